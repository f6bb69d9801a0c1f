/*
 * app/menu.h - the menu of the built-in scenes. Private to app/.
 */
#ifndef BACKSTEP_SRC_APP_MENU_H
#define BACKSTEP_SRC_APP_MENU_H

#include "lang/catalogue.h"

struct menu {
    struct catalogue catalogue;
    char **rows; /* as text, NULL-terminated; NULL: it was not filled yet */
    size_t at;   /* the marked row */
};

/* Fill it, the first time; on failure it stays empty. The mark stands at the scene of this
 * name (NULL: none is open): the next one is the row below. */
enum status menu_open(struct menu *menu, const char *open);
void menu_close(struct menu *menu); /* one that was never open, too */

#endif
