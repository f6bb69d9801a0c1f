/*
 * app/list.c - the action that lists the built-in scenes.
 */
#include <stdio.h>

#include "lang/catalogue.h"
#include "options.h"
#include "report.h"

int action_list(const struct options *options) {
    (void)options;
    struct catalogue catalogue;
    if (catalogue_open(&catalogue) != STATUS_OK) {
        return complain("out of memory", 1);
    }
    for (size_t i = 0; i < catalogue.count; i++) {
        printf("%-18s %s\n", catalogue.rows[i].name, catalogue.rows[i].title);
    }
    catalogue_close(&catalogue);
    return finish_out(0);
}
