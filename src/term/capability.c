/*
 * term/capability.c - terminfo's strings.
 */
#include "term/capability.h"

#include <stdint.h>
#include <string.h>

#define NCURSES_NOMACROS 1
#include <ncurses.h>
#include <term.h>

enum { NAME_BYTES = 16 };

const char *capability(const char *name) {
    char copy[NAME_BYTES] = "";
    strncpy(copy, name, sizeof copy - 1);
    const char *value = tigetstr(copy); /* (char *)-1 for a wrong name */
    return value && value != (const char *)-1 && *value ? value : NULL;
}

bool capability_flag(const char *name) {
    char copy[NAME_BYTES] = "";
    strncpy(copy, name, sizeof copy - 1);
    return tigetflag(copy) > 0;
}

size_t capability_plain(const char *value, char *bytes, size_t size) {
    size_t length = 0;
    while (value && *value && length < size) {
        const char *end = value[0] == '$' && value[1] == '<' ? strchr(value, '>') : NULL;
        if (end) {
            value = end + 1;
        } else {
            bytes[length++] = *value++;
        }
    }
    length = length < size ? length : 0;
    bytes[length] = '\0';
    return length;
}

/* ---- with numbers ---- */

/* Take it apart; false where it is of another form. */
static bool take_apart(struct format *format, const char *text) {
    static const char *const marks[] = {"%p1%d", "%p2%d"};
    while (*text) {
        size_t length = (size_t)format->numbers < 2 ? strlen(marks[format->numbers]) : 0;
        unsigned char *used = &format->lengths[format->numbers];
        if (strncmp(text, "%i", 2) == 0) {
            format->base = 1;
            text += 2;
        } else if (length > 0 && strncmp(text, marks[format->numbers], length) == 0) {
            format->numbers++;
            text += length;
        } else if (*text == '%' || *used == FORMAT_PART_MAX) {
            return false;
        } else {
            format->parts[format->numbers][(*used)++] = *text++;
        }
    }
    format->length = (unsigned char)(format->lengths[0] + format->lengths[1] + format->lengths[2]);
    return format->numbers > 0;
}

struct format format_of(const char *name) {
    struct format format = {.terminfo = capability(name)};
    char plain[CAPABILITY_MAX];
    if (capability_plain(format.terminfo, plain, sizeof plain) > 0) {
        format.simple = take_apart(&format, plain);
    }
    return format;
}

static size_t digits_of(int number) {
    size_t digits = number < 10 ? 1 : number < 100 ? 2 : 3;
    for (number /= 1000; number > 0; number /= 10) {
        digits++;
    }
    return digits;
}

static size_t put_number(int number, char *bytes) {
    size_t digits = digits_of(number);
    for (size_t at = digits; at-- > 0; number /= 10) {
        bytes[at] = (char)('0' + number % 10);
    }
    return digits;
}

static size_t put_by_terminfo(const struct format *format, int first, int second, char *bytes) {
    char *text = (char *)(uintptr_t)format->terminfo;
    const char *filled =
        text ? tparm(text, (long)first, (long)second, 0L, 0L, 0L, 0L, 0L, 0L, 0L) : NULL;
    return capability_plain(filled, bytes, CAPABILITY_MAX);
}

size_t format_cost(const struct format *format, int first, int second) {
    if (!format->simple || first < 0 || second < 0) {
        char bytes[CAPABILITY_MAX];
        return put_by_terminfo(format, first, second, bytes);
    }
    size_t count = format->length + digits_of(first + format->base);
    return count + (format->numbers > 1 ? digits_of(second + format->base) : 0);
}

size_t format_put(const struct format *format, int first, int second, char bytes[CAPABILITY_MAX]) {
    if (!format->simple || first < 0 || second < 0) {
        return put_by_terminfo(format, first, second, bytes);
    }
    const int numbers[2] = {first, second};
    size_t count = 0;
    for (int n = 0; n < 3; n++) { /* a part that is not there has no bytes */
        memcpy(bytes + count, format->parts[n], format->lengths[n]);
        count += format->lengths[n];
        if (n < 2 && n < format->numbers) {
            count += put_number(numbers[n] + format->base, bytes + count);
        }
    }
    return count;
}
