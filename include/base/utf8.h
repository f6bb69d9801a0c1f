/*
 * base/utf8.h - UTF-8 and the width of text in terminal cells.
 *
 * Widths come from utf8proc's tables and not from the C library, so that a
 * rendered frame has the same bytes on every machine and in every locale.
 */
#ifndef BACKSTEP_BASE_UTF8_H
#define BACKSTEP_BASE_UTF8_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/text.h"

/* Read one code point from the `count` bytes at `bytes`. Returns how many
 * bytes it took (1 for a byte that is not UTF-8, which reads as U+FFFD), and 0
 * only when `count` is 0. Over-long forms and surrogates are not UTF-8. */
size_t utf8_decode(const char *bytes, size_t count, uint32_t *code_point);

/* Write a code point; returns the number of bytes (1 to 4). */
size_t utf8_encode(uint32_t code_point, char bytes[4]);

/* Append a code point. */
void utf8_put(struct text *out, uint32_t code_point);

/* Cells that a code point takes: 0 (combining, or not for the screen), 1 or 2. */
int utf8_width(uint32_t code_point);

/* Cells of a whole string. */
size_t utf8_cells(const char *string);

/* Code points in the first `count` bytes: turns a byte offset into a column. */
size_t utf8_length(const char *bytes, size_t count);

/* True when a code point may reach a screen or a file as it is: no control, no
 * bidi or other invisible format character, no private or unassigned one. */
bool utf8_harmless(uint32_t code_point);

/* The same for a code point that is to be shown: what is harmful becomes U+FFFD. Returns the
 * cells that it takes. */
int utf8_show(uint32_t *code_point);

/* Append `count` bytes with everything harmful replaced by U+FFFD, a tab by a
 * blank, letters composed (NFC), and at most one combining mark a letter.
 * Newlines stay where `keep_newlines`. */
void utf8_clean(struct text *out, const char *bytes, size_t count, bool keep_newlines);

/* Is it the name of UTF-8 ("UTF-8", "utf8")? And is that the locale's set of characters,
 * once setlocale() was called? */
bool utf8_is_named(const char *codeset);
bool utf8_in_locale(void);

#endif
