/*
 * base/builtin.h - a text that is compiled into the program, out of a file.
 *
 * Their tables are generated when the program is built: sorted by name (the order of
 * strcmp), with a row of NULL at the end that the count leaves out. Texts are UTF-8, end in
 * a '\0' that the length leaves out, and live as long as the program.
 */
#ifndef BACKSTEP_BASE_BUILTIN_H
#define BACKSTEP_BASE_BUILTIN_H

#include <stddef.h>

struct builtin {
    const char *name; /* the file's name without its ending */
    const char *text;
    size_t length; /* bytes in `text` */
};

#endif
