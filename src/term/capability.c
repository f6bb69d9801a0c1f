/*
 * term/capability.c - terminfo's strings.
 */
#include "term/capability.h"

#include <string.h>

#define NCURSES_NOMACROS 1
#include <ncurses.h>
#include <term.h>

const char *capability(const char *name) {
    char copy[16] = "";
    strncpy(copy, name, sizeof copy - 1);
    const char *value = tigetstr(copy); /* (char *)-1 for a wrong name */
    return value && value != (const char *)-1 && *value ? value : NULL;
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
