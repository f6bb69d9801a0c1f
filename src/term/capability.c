/*
 * term/capability.c - terminfo's strings.
 */
#include "term/capability.h"

#include <stdint.h>
#include <string.h>

#define NCURSES_NOMACROS 1
#include <ncurses.h>
#include <term.h>

enum { NAME_MAX_BYTES = 16 };

const char *capability(const char *name) {
    char copy[NAME_MAX_BYTES] = "";
    strncpy(copy, name, sizeof copy - 1);
    const char *value = tigetstr(copy); /* (char *)-1 for a wrong name */
    return value && value != (const char *)-1 && *value ? value : NULL;
}

bool capability_flag(const char *name) {
    char copy[NAME_MAX_BYTES] = "";
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

const struct filled *capability_fill(struct filled *filled, const char *how, int first,
                                     int second) {
    if (!filled->made || filled->first != first || filled->second != second) {
        *filled = (struct filled){.made = true, .first = first, .second = second};
        char *format = (char *)(uintptr_t)how;
        const char *bytes =
            how ? tparm(format, (long)first, (long)second, 0L, 0L, 0L, 0L, 0L, 0L, 0L) : NULL;
        filled->length = (unsigned char)capability_plain(bytes, filled->bytes, CAPABILITY_MAX);
    }
    return filled;
}
