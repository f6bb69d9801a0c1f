/*
 * term/direct.h - terminals whose colours are numbers made of red, green and
 * blue, in terminfo's way. Pure arithmetic, no terminal.
 */
#ifndef BACKSTEP_TERM_DIRECT_H
#define BACKSTEP_TERM_DIRECT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Where `promise` (the value of COLORTERM, or NULL) says that there are 24-bit
 * colours: the type that has them by ncurses' naming, "xterm-256color" ->
 * "xterm-direct", in `direct` of `size` bytes. False where there is none. */
bool direct_type(const char *type, const char *promise, char *direct, size_t size);

/* The bits of red, green and blue among `colors` colours. `number` and `string`
 * are terminfo's RGB in those forms ("8/8/8"), below 1 and NULL when absent:
 * then the channels share the bits equally. */
void direct_bits(long colors, int number, const char *string, int bits[3]);

/* 0xRRGGBB as such a terminal counts it. The lowest numbers are the palette
 * there, so a nearly black colour gets a trace of red. */
int direct_number(const int bits[3], int32_t rgb);

#endif
