/*
 * base/ascii.h - digits, letters and blanks, whatever the locale is.
 */
#ifndef BACKSTEP_BASE_ASCII_H
#define BACKSTEP_BASE_ASCII_H

#include <stdbool.h>

static inline bool ascii_is_digit(char c) {
    return c >= '0' && c <= '9';
}

static inline bool ascii_is_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static inline bool ascii_is_blank(char c) {
    return c == ' ' || c == '\t';
}

static inline char ascii_lower(char c) {
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

#endif
