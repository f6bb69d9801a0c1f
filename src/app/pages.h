/*
 * app/pages.h - what is written from the tables for other programs to read: the man
 * page, and the completion of shells.
 */
#ifndef BACKSTEP_SRC_APP_PAGES_H
#define BACKSTEP_SRC_APP_PAGES_H

#include "base/text.h"
#include "options.h"

#define BACKSTEP_VERSION "0.1.0"

struct page {
    const char *name; /* after `help --format` */
    void (*put)(struct text *out);
};
const struct page *page_at(size_t index); /* NULL past the end */

void page_man(struct text *out);

#endif
