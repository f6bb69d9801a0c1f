/*
 * app/live_key.c - keys: the table gives the command; and what commands do to pages and
 * menus.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "lang/keys.h"
#include "live.h"

enum { COUNT_MOST = 1000000 };

static bool take_digit(struct live *live, const struct event *event) {
    bool digit = event->key >= '0' && event->key <= '9';
    if (!digit || event->modifiers || (event->key == '0' && live->count == 0)) {
        return false;
    }
    live->count = live->count * 10 + (unsigned long)(event->key - '0');
    live->count = live->count > COUNT_MOST ? COUNT_MOST : live->count;
    live_message(live, false, "%lu times the next key", live->count);
    return true;
}

/* ---- what a key does ---- */

/* The modes whose keys count now, the first of them first. */
static size_t modes_of(const struct live *live, enum key_mode modes[KEY_MODES]) {
    static const enum key_mode of_covers[] = {[COVER_PAGE] = KEYS_PAGE,
                                              [COVER_TREE] = KEYS_TREE,
                                              [COVER_MENU] = KEYS_MENU,
                                              [COVER_LEAVE] = KEYS_LEAVE,
                                              [COVER_CONSENT] = KEYS_CONSENT};
    const struct state *state = &live->session.now;
    size_t count = 0;
    if (live->cover != COVER_NONE) {
        modes[count++] = of_covers[live->cover];
        return count;
    }
    if (state->pick.active) {
        modes[count++] = KEYS_PICK;
    }
    if (state->screen == SCREEN_WEIGHTS) {
        modes[count++] = KEYS_WEIGHTS;
    }
    if (live_question_open(live)) {
        modes[count++] = KEYS_ASKED;
    }
    modes[count++] = KEYS_ALWAYS;
    return count;
}

const char *live_keys(struct live *live) {
    const struct key_bindings *bindings = &live->preferences.bindings;
    enum key_mode modes[KEY_MODES];
    size_t count = modes_of(live, modes);
    bool cut = showing_is_cut(&live->session.now, live->canvas.rows, live->canvas.cols);
    struct key_line *line = &live->key_line;
    if (line->text.length == 0 || line->mode != modes[0] || line->cut != cut ||
        line->changes != bindings->changes) {
        text_cut(&line->text, 0);
        line->mode = modes[0];
        line->cut = cut;
        line->changes = bindings->changes;
        for (size_t i = 0; i < count && line->text.length == 0; i++) {
            showing_keys(&line->text, bindings, modes[i], cut);
        }
    }
    return text_string(&line->text);
}

/* What comes with the command of a key. */
struct use {
    bool counted;  /* digits typed before it are put behind it */
    bool of_scene; /* a scene bound it */
};

static const char *command_of(const struct live *live, const char *name, struct use *use) {
    const struct key_bindings *bindings = &live->preferences.bindings;
    enum key_mode modes[KEY_MODES];
    size_t count = modes_of(live, modes);
    *use = (struct use){0};
    const char *offered =
        live->recovery.offered ? key_command(bindings, KEYS_OFFER, name, &use->counted) : NULL;
    for (size_t i = 0; i < count && !offered; i++) {
        const char *command = key_command(bindings, modes[i], name, &use->counted);
        if (command) {
            use->of_scene = key_is_of_scene(bindings, modes[i], name);
            return command;
        }
    }
    return offered;
}

const char *live_key_command(const struct live *live, const struct event *event) {
    char name[KEY_NAME_MAX];
    struct use use;
    key_code_name(event->key, event->modifiers, name);
    return command_of(live, name, &use);
}

static void run_key(struct live *live, const char *command, const struct use *use) {
    struct text line = TEXT_EMPTY;
    text_put(&line, command);
    if (use->counted && live->count > 0) {
        text_printf(&line, " %lu", live->count);
    }
    live->count = 0;
    live->of_scene = use->of_scene;
    live_run(live, text_string(&line));
    live->of_scene = false;
    text_free(&line);
}

/* ---- pages ---- */

/* `at` moved among `count` places, of which `shown` are a page. */
static size_t moved(size_t at, size_t count, size_t shown, const struct result *result) {
    size_t way = result->count, last = count > 0 ? count - 1 : 0;
    switch (result->move) {
    case MOVE_HOME: return 0;
    case MOVE_END: return last;
    case MOVE_PAGE_UP:
        way *= shown; /* and up */
    /* fall through */
    case MOVE_UP: return at > way ? at - way : 0;
    case MOVE_PAGE_DOWN:
        way *= shown; /* and down */
    /* fall through */
    case MOVE_DOWN: return way > last || at > last - way ? last : at + way;
    default: return at;
    }
}

void live_scroll(struct live *live, const struct result *result) {
    size_t shown = view_page_rows(live->canvas.rows);
    if (live->cover == COVER_PAGE) {
        size_t count = view_page_count(text_string(&live->page.text), live->canvas.cols);
        live->page.top =
            moved(live->page.top, count > shown ? count - shown + 1 : 1, shown, result);
    } else if (live->cover == COVER_TREE) {
        shown = view_why_rows(live->canvas.rows);
        live->tree.at = moved(live->tree.at, live->tree.why.count, shown, result);
    } else if (live->cover == COVER_MENU) {
        live->menu.at = moved(live->menu.at, live->menu.catalogue.count, shown, result);
    }
}

/* ---- the menu ---- */

/* The rows of the menu: name and title, side by side. */
static enum status menu_fill(struct menu *menu) {
    if (menu->names) {
        return STATUS_OK;
    }
    if (catalogue_open(&menu->catalogue) != STATUS_OK) {
        return STATUS_MEMORY;
    }
    size_t count = menu->catalogue.count;
    menu->rows = memory_array(count + 1, sizeof *menu->rows);
    menu->names = memory_array(count + 1, sizeof *menu->names);
    for (size_t i = 0; menu->rows && menu->names && i < count; i++) {
        const struct catalogue_row *scene = &menu->catalogue.rows[i];
        struct text row = TEXT_EMPTY;
        text_printf(&row, "%-18s %s", scene->name, scene->title);
        menu->rows[i] = row.bytes;
        menu->names[i] = row.bytes;
    }
    return menu->rows && menu->names ? STATUS_OK : STATUS_MEMORY;
}

void menu_close(struct menu *menu) {
    catalogue_close(&menu->catalogue);
    for (size_t i = 0; menu->rows && menu->rows[i]; i++) {
        free(menu->rows[i]);
    }
    free(menu->rows);
    free(menu->names);
}

/* The mark stands at the scene that is open: the next one is the row below. */
static void mark_open_scene(struct live *live) {
    const struct catalogue *catalogue = &live->menu.catalogue;
    for (size_t i = 0; live->source.name && i < catalogue->count; i++) {
        if (strcmp(catalogue->rows[i].name, live->source.name) == 0) {
            live->menu.at = i;
        }
    }
}

enum status live_menu_open(struct live *live) {
    enum status status = menu_fill(&live->menu);
    if (status == STATUS_OK) {
        mark_open_scene(live);
        live->cover = COVER_MENU;
    } else {
        live_message(live, true, "out of memory");
    }
    return status;
}

/* Open row `row` of the menu, from 1; 0 is the marked one. */
void live_choose(struct live *live, size_t row) {
    size_t at = row > 0 ? row - 1 : live->menu.at;
    if (live->cover == COVER_TREE) {
        live_why_choose(live, row);
        return;
    }
    if (live->cover != COVER_MENU || at >= live->menu.catalogue.count) {
        live_message(live, true,
                     live->cover == COVER_MENU ? "there is no such row"
                                               : "the menu is not open: 'menu' opens it");
        return;
    }
    live->menu.at = at;
    live_leave(live, LEAVE_SCENE);
}

void live_open_chosen(struct live *live) {
    struct error error = {0};
    if (live_load(live, live->menu.catalogue.rows[live->menu.at].name, &error) != STATUS_OK) {
        live->cover = COVER_MENU;
        live_message(live, true, "%s", error.text);
    }
}

/* Hands-off, Space holds and goes on; every other key is as always. */
static bool play_key(struct live *live, const char *name) {
    struct playback *playback = &live->playback;
    if (!live->source.name || !playback->playing || strcmp(name, "Space") != 0) {
        return false;
    }
    bool held = playback->held;
    live->work.acts++;
    if (held && live_holds_back(live, REQUEST_CONTINUE, "continue")) {
        return true;
    }
    playback_hold(playback, !held);
    if (held) { /* on at once */
        live_continue(live);
        live_journal_scene(live);
    }
    return true;
}

/* A key by its name; false where it means nothing. */
bool live_press(struct live *live, const char *name) {
    struct use use;
    if (live->cover == COVER_NONE && play_key(live, name)) {
        return true;
    }
    const char *command = command_of(live, name, &use);
    if (command) {
        run_key(live, command, &use);
    } else if (live->cover == COVER_PAGE && *name) {
        live_run(live, "close"); /* any key leaves a page */
    }
    return command != NULL;
}

/* Escape leaves whatever there is to leave, and is never wrong. */
static void tell_no_key(struct live *live, const char *name) {
    struct text list = TEXT_EMPTY;
    bool counted;
    live_message(live, false, "%s", "");
    if (key_command(&live->preferences.bindings, KEYS_OFFER, name, &counted) &&
        live_journal_offer(live)) {
        return; /* the key counts now */
    }
    if (strcmp(name, "Escape") != 0 && *name &&
        key_names_of(&live->preferences.bindings, KEYS_ALWAYS, "help keys", "", 1, &list) > 0) {
        live_message(live, false, "%s does nothing here: %s lists the keys", name,
                     text_string(&list));
    }
    text_free(&list);
}

/* A key with a modifier is looked for with it, then without. */
void live_key(struct live *live, const struct event *event) {
    char name[KEY_NAME_MAX], plain[KEY_NAME_MAX];
    struct use use;
    bool covered =
        live->cover == COVER_PAGE || live->cover == COVER_LEAVE || live->cover == COVER_CONSENT;
    key_code_name(event->key, event->modifiers, name);
    key_code_name(event->key, 0, plain);
    if (!covered && take_digit(live, event)) {
        return;
    }
    bool known = event->modifiers == 0 || command_of(live, name, &use);
    if (!live_press(live, known ? name : plain) && !covered) {
        live->count = 0;
        tell_no_key(live, name);
    }
}
