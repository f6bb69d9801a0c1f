/*
 * out/page.h - the pages that are compiled into the program, with places to be filled
 * in: generated from the .html files of src/out/page when the program is built.
 */
#ifndef BACKSTEP_OUT_PAGE_H
#define BACKSTEP_OUT_PAGE_H

#include <stddef.h>

struct builtin_page {
    const char *name; /* the file's name without ".html" */
    const char *text;
    size_t length; /* bytes in `text` */
};

extern const struct builtin_page builtin_pages[];
extern const size_t builtin_page_count;

#endif
