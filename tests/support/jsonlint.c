/*
 * support/jsonlint.c - a JSON reader that only says yes or no.
 */
#include "jsonlint.h"

#include <stddef.h>
#include <string.h>

enum { DEPTH_MOST = 32, KEYS_MOST = 256 };

static const char *read_value(const char *at, int depth);

static const char *skip(const char *at) {
    return at + strspn(at, " \t\n\r");
}

static const char *read_digits(const char *at) {
    size_t count = strspn(at, "0123456789");
    return count > 0 ? at + count : NULL;
}

/* Every reader returns where it came to, or NULL. */
static const char *read_number(const char *at) {
    at += *at == '-';
    if (*at == '0' && at[1] >= '0' && at[1] <= '9') {
        return NULL;
    }
    at = read_digits(at);
    if (at && *at == '.') {
        at = read_digits(at + 1);
    }
    if (at && (*at == 'e' || *at == 'E')) {
        at++;
        at = read_digits(at + (*at == '-' || *at == '+'));
    }
    return at;
}

static const char *read_string(const char *at) {
    if (*at++ != '"') {
        return NULL;
    }
    while (*at != '"') {
        if ((unsigned char)*at < 0x20) {
            return NULL; /* the end too */
        }
        if (*at == '\\') {
            at++;
            if (*at == 'u') {
                if (strspn(at + 1, "0123456789abcdefABCDEF") < 4) {
                    return NULL;
                }
                at += 4;
            } else if (*at == '\0' || !strchr("\"\\/bfnrt", *at)) {
                return NULL;
            }
        }
        at++;
    }
    return at + 1;
}

static const char *read_array(const char *at, int depth) {
    at = skip(at + 1);
    if (*at == ']') {
        return at + 1;
    }
    for (;;) {
        at = read_value(at, depth + 1);
        if (!at) {
            return NULL;
        }
        at = skip(at);
        if (*at == ']') {
            return at + 1;
        }
        if (*at++ != ',') {
            return NULL;
        }
    }
}

static bool key_is_new(const char *keys[], const size_t lengths[], size_t count) {
    for (size_t i = 0; i < count; i++) {
        if (lengths[i] == lengths[count] && memcmp(keys[i], keys[count], lengths[i]) == 0) {
            return false;
        }
    }
    return true;
}

static const char *read_object(const char *at, int depth) {
    const char *keys[KEYS_MOST];
    size_t lengths[KEYS_MOST];
    at = skip(at + 1);
    if (*at == '}') {
        return at + 1;
    }
    for (size_t count = 0; count < KEYS_MOST; count++) {
        const char *end = read_string(at);
        if (!end) {
            return NULL;
        }
        keys[count] = at;
        lengths[count] = (size_t)(end - at);
        at = skip(end);
        if (!key_is_new(keys, lengths, count) || *at++ != ':') {
            return NULL;
        }
        at = read_value(at, depth + 1);
        if (!at) {
            return NULL;
        }
        at = skip(at);
        if (*at == '}') {
            return at + 1;
        }
        if (*at++ != ',') {
            return NULL;
        }
        at = skip(at);
    }
    return NULL;
}

static const char *read_value(const char *at, int depth) {
    at = skip(at);
    if (depth > DEPTH_MOST) {
        return NULL;
    }
    switch (*at) {
    case '{': return read_object(at, depth);
    case '[': return read_array(at, depth);
    case '"': return read_string(at);
    case 't': return strncmp(at, "true", 4) == 0 ? at + 4 : NULL;
    case 'f': return strncmp(at, "false", 5) == 0 ? at + 5 : NULL;
    case 'n': return strncmp(at, "null", 4) == 0 ? at + 4 : NULL;
    default: return read_number(at);
    }
}

bool json_is_strict(const char *text) {
    const char *end = read_value(text, 0);
    return end && *skip(end) == '\0';
}
