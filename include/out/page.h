/*
 * out/page.h - the pages that are compiled into the program, with places to be filled in, out
 * of the .html files of src/out/page/.
 */
#ifndef BACKSTEP_OUT_PAGE_H
#define BACKSTEP_OUT_PAGE_H

#include "base/builtin.h"

extern const struct builtin builtin_pages[];
extern const size_t builtin_page_count;

#endif
