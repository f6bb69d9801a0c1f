/*
 * app/live_key.c - keys: the table gives the command; pages and menus have a few
 * keys of their own.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/utf8.h"
#include "lang/keys.h"
#include "live.h"

enum { COUNT_MOST = 1000000 };

/* Names of the keys that are no characters. */
static const struct {
    int key;
    const char *name;
} key_names[] = {
    {KEY_CODE_UP, "Up"},          {KEY_CODE_DOWN, "Down"},
    {KEY_CODE_LEFT, "Left"},      {KEY_CODE_RIGHT, "Right"},
    {KEY_CODE_HOME, "Home"},      {KEY_CODE_END, "End"},
    {KEY_CODE_PAGE_UP, "PageUp"}, {KEY_CODE_PAGE_DOWN, "PageDown"},
    {KEY_CODE_ENTER, "Enter"},    {KEY_CODE_BACKSPACE, "Backspace"},
    {KEY_CODE_ESCAPE, "Escape"},  {KEY_CODE_TAB, "Tab"},
    {KEY_CODE_F1, "F1"},          {KEY_CODE_F1 + 1, "F2"},
    {KEY_CODE_F1 + 2, "F3"},      {KEY_CODE_F1 + 3, "F4"},
    {'\b', "Backspace"},          {' ', "Space"},
};

/* The key's name as in the table: "Right", "n", "^L". */
static void name_key(const struct event *event, char name[16]) {
    for (size_t i = 0; i < sizeof key_names / sizeof *key_names; i++) {
        if (key_names[i].key == event->key) {
            snprintf(name, 16, "%s", key_names[i].name);
            return;
        }
    }
    if (event->key < ' ') {
        snprintf(name, 16, "^%c", event->key + '@');
    } else if (event->key < KEY_CODE_FIRST) {
        char bytes[4];
        size_t count = utf8_encode((uint32_t)event->key, bytes);
        snprintf(name, 16, "%.*s", (int)count, bytes);
    } else {
        snprintf(name, 16, "?unknown");
    }
}

static bool take_digit(struct live *live, const struct event *event) {
    bool digit = event->key >= '0' && event->key <= '9';
    if (!digit || event->modifiers || (event->key == '0' && live->count == 0)) {
        return false;
    }
    live->count = live->count * 10 + (unsigned long)(event->key - '0');
    live->count = live->count > COUNT_MOST ? COUNT_MOST : live->count;
    live_message(live, false, "%lu", live->count);
    return true;
}

static void run_key(struct live *live, const struct key_row *row) {
    struct text line = TEXT_EMPTY;
    text_put(&line, row->command);
    if (row->counted && live->count > 0) {
        text_printf(&line, " %lu", live->count);
    }
    live->count = 0;
    live_run(live, text_string(&line));
    text_free(&line);
}

/* ---- pages ---- */

static size_t page_lines(const struct live *live) {
    size_t lines = 0;
    for (const char *c = text_string(&live->page); *c; c++) {
        lines += *c == '\n';
    }
    return lines;
}

static void page_key(struct live *live, const char *name) {
    size_t shown = view_page_rows(live->canvas.rows);
    size_t lines = page_lines(live);
    size_t last = lines > shown ? lines - shown : 0;
    size_t top = live->page_top;
    if (strcmp(name, "Down") == 0) {
        top++;
    } else if (strcmp(name, "Up") == 0) {
        top -= top > 0;
    } else if (strcmp(name, "PageDown") == 0 || strcmp(name, "Space") == 0) {
        top += shown;
    } else if (strcmp(name, "PageUp") == 0 || strcmp(name, "Backspace") == 0) {
        top -= top < shown ? top : shown;
    } else if (strcmp(name, "Home") == 0 || strcmp(name, "g") == 0) {
        top = 0;
    } else if (strcmp(name, "End") == 0 || strcmp(name, "G") == 0) {
        top = last;
    } else {
        live->cover = COVER_NONE;
    }
    live->page_top = top > last ? last : top;
}

/* ---- the menu ---- */

/* The rows of the menu: name and title, side by side. */
static enum status make_menu(struct live *live) {
    if (live->menu) {
        return STATUS_OK;
    }
    if (catalogue_open(&live->catalogue) != STATUS_OK) {
        return STATUS_MEMORY;
    }
    size_t count = live->catalogue.count;
    live->menu_rows = memory_array(count + 1, sizeof *live->menu_rows);
    live->menu = memory_array(count + 1, sizeof *live->menu);
    for (size_t i = 0; live->menu_rows && live->menu && i < count; i++) {
        struct text row = TEXT_EMPTY;
        text_printf(&row, "%-18s %s", live->catalogue.rows[i].name, live->catalogue.rows[i].title);
        live->menu_rows[i] = row.bytes;
        live->menu[i] = row.bytes;
    }
    return live->menu_rows && live->menu ? STATUS_OK : STATUS_MEMORY;
}

enum status live_menu_open(struct live *live) {
    enum status status = make_menu(live);
    if (status == STATUS_OK) {
        live->cover = COVER_MENU;
    } else {
        live_message(live, true, "out of memory");
    }
    return status;
}

static void menu_key(struct live *live, const char *name) {
    size_t count = live->catalogue.count;
    struct error error = {0};
    if (strcmp(name, "Down") == 0 || strcmp(name, "j") == 0 || strcmp(name, "Tab") == 0) {
        live->menu_at += live->menu_at + 1 < count;
    } else if (strcmp(name, "Up") == 0 || strcmp(name, "k") == 0) {
        live->menu_at -= live->menu_at > 0;
    } else if (strcmp(name, "Home") == 0) {
        live->menu_at = 0;
    } else if (strcmp(name, "End") == 0) {
        live->menu_at = count > 0 ? count - 1 : 0;
    } else if (strcmp(name, "Enter") == 0 || strcmp(name, "Space") == 0 ||
               strcmp(name, "Right") == 0) {
        if (count > 0 &&
            live_load(live, live->catalogue.rows[live->menu_at].name, &error) != STATUS_OK) {
            live_message(live, true, "%s", error.text);
        }
    } else if (strcmp(name, "Escape") == 0) {
        live->cover = COVER_NONE;
    } else if (strcmp(name, "q") == 0) {
        live_run(live, "quit");
    } else if (strcmp(name, ":") == 0) {
        live_run(live, "prompt");
    }
}

static void leave_key(struct live *live, const char *name) {
    if (strcmp(name, "y") == 0 || strcmp(name, "Y") == 0) {
        live->quit = true;
    } else if (strcmp(name, "n") == 0 || strcmp(name, "N") == 0 || strcmp(name, "Escape") == 0 ||
               strcmp(name, "q") == 0) {
        live->cover = COVER_NONE;
    }
}

/* Hands-off, Space holds and goes on; every other key is as always. */
static bool play_key(struct live *live, const char *name) {
    struct playback *playback = &live->playback;
    if (!live->source.name || !playback->playing || strcmp(name, "Space") != 0) {
        return false;
    }
    bool held = playback->held;
    playback_hold(playback, !held);
    if (held) { /* on at once */
        live_continue(live);
    }
    return true;
}

void live_key(struct live *live, const struct event *event) {
    char name[16];
    name_key(event, name);
    if (live->cover == COVER_PAGE) {
        page_key(live, name);
    } else if (live->cover == COVER_MENU) {
        menu_key(live, name);
    } else if (live->cover == COVER_LEAVE) {
        leave_key(live, name);
    } else if (!play_key(live, name) && !take_digit(live, event)) {
        const struct key_row *row = key_named(name);
        if (row) {
            run_key(live, row);
        } else if (strcmp(name, "Escape") == 0) {
            live->count = 0;
            live_message(live, false, "%s", "");
        }
    }
}
