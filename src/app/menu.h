/*
 * app/menu.h - the menu of the built-in scenes. Private to app/.
 */
#ifndef BACKSTEP_SRC_APP_MENU_H
#define BACKSTEP_SRC_APP_MENU_H

#include <stdbool.h>

#include "lang/catalogue.h"

struct menu {
    struct catalogue catalogue;
    char **rows; /* as text, NULL-terminated; NULL: it was not filled yet */
    size_t at;   /* the marked row */
};

/* Fill it, the first time; on failure it stays empty. The mark stands at the scene of this
 * name (NULL: none is open), or behind it where that one is `over`. */
enum status menu_open(struct menu *menu, const char *open, bool over);

/* The scene behind this one: see catalogue_next(). NULL where memory is short, too. */
const char *menu_next(struct menu *menu, const char *name);
void menu_close(struct menu *menu); /* one that was never open, too */

#endif
