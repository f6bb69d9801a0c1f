/*
 * app/menu.c - the menu of the built-in scenes: the rows as text, name and title side by
 * side.
 */
#include "menu.h"

#include <stdlib.h>

#include "base/memory.h"
#include "base/text.h"

void menu_close(struct menu *menu) {
    catalogue_close(&menu->catalogue);
    for (size_t i = 0; menu->rows && menu->rows[i]; i++) {
        free(menu->rows[i]);
    }
    free(menu->rows);
    *menu = (struct menu){0};
}

/* All rows; on failure none. */
static enum status fill(struct menu *menu) {
    if (catalogue_open(&menu->catalogue) != STATUS_OK) {
        return STATUS_MEMORY;
    }
    size_t count = menu->catalogue.count;
    menu->rows = memory_array(count + 1, sizeof *menu->rows);
    bool good = menu->rows != NULL;
    for (size_t i = 0; good && i < count; i++) {
        const struct catalogue_row *scene = &menu->catalogue.rows[i];
        struct text row = TEXT_EMPTY;
        text_printf(&row, "%-18s %s", scene->name, scene->title);
        menu->rows[i] = row.bytes;
        good = !row.failed;
    }
    if (!good) {
        menu_close(menu);
    }
    return good ? STATUS_OK : STATUS_MEMORY;
}

enum status menu_open(struct menu *menu, const char *open, bool over) {
    if (!menu->rows && fill(menu) != STATUS_OK) {
        return STATUS_MEMORY;
    }
    const char *next = open && over ? catalogue_next(&menu->catalogue, open) : NULL;
    const char *marked = next ? next : open;
    size_t at = marked ? catalogue_find(&menu->catalogue, marked) : menu->catalogue.count;
    menu->at = at < menu->catalogue.count ? at : menu->at;
    return STATUS_OK;
}

const char *menu_next(struct menu *menu, const char *name) {
    bool filled = menu->rows || fill(menu) == STATUS_OK;
    return filled ? catalogue_next(&menu->catalogue, name) : NULL;
}
