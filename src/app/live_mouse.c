/*
 * app/live_mouse.c - the mouse: what it points at stands for a command, as a key does:
 * a number to set is picked, a computed one explained.
 */
#include <string.h>

#include "base/table.h"
#include "live.h"

enum { WHEEL_ROWS = 3 };

/* At the prompt "Enter", "Esc" and "Tab" of the line of keys are the keys themselves. */
static void press_at_prompt(struct live *live, const struct hit *hit) {
    static const struct {
        const char *name;
        int key;
    } keys[] = {{"Enter", KEY_CODE_ENTER}, {"Escape", KEY_CODE_ESCAPE}, {"Tab", KEY_CODE_TAB}};
    for (size_t i = 0; i < TABLE_COUNT(keys) && hit->kind == HIT_KEY; i++) {
        if (strcmp(hit->key, keys[i].name) == 0) {
            struct event event = {.type = EVENT_KEY, .key = keys[i].key, .byte_count = 1};
            event.bytes[0] = (char)keys[i].key;
            live_prompt_feed(live, &event);
        }
    }
}

/* A number is picked; the picked one is edited. */
static void press_element(struct live *live, struct quantity q) {
    const struct pick *pick = &live->session.now.pick;
    struct text line = TEXT_EMPTY;
    if (pick->active && quantity_equal(&pick->q, &q)) {
        text_put(&line, "edit");
    } else {
        text_put(&line, "pick ");
        quantity_name(&line, &q);
    }
    live_run(live, text_string(&line));
    text_free(&line);
}

/* Where a computed number comes from. */
static void press_number(struct live *live, struct quantity q) {
    struct text line = TEXT_EMPTY;
    text_put(&line, "explain ");
    quantity_name(&line, &q);
    live_run(live, text_string(&line));
    text_free(&line);
}

/* A row of the menu or of the tree. */
static void press_row(struct live *live, size_t row) {
    struct text line = TEXT_EMPTY;
    text_printf(&line, "choose %zu", row);
    live_run(live, text_string(&line));
    text_free(&line);
}

static void press(struct live *live, int row, int col) {
    const struct hit *found = hits_at(&live->hits, row, col);
    if (!found) {
        return;
    }
    struct hit hit = *found; /* the list is made anew with the next frame */
    if (live->typing.on) {
        press_at_prompt(live, &hit);
    } else if (hit.kind == HIT_KEY) {
        live_press(live, hit.key);
    } else if (hit.kind == HIT_ELEMENT && live->cover.kind == COVER_NONE) {
        press_element(live, hit_element(&hit, col));
    } else if (hit.kind == HIT_NUMBER && live->cover.kind == COVER_NONE) {
        press_number(live, hit_element(&hit, col));
    } else if (hit.kind == HIT_ROW &&
               (live->cover.kind == COVER_MENU || live->cover.kind == COVER_TREE)) {
        press_row(live, hit.index + 1);
    }
}

/* The wheel scrolls what there is to scroll; with Shift sideways. */
static void wheel(struct live *live, bool up, bool sideways) {
    bool list = live->cover.kind == COVER_PAGE || live->cover.kind == COVER_TREE ||
                live->cover.kind == COVER_MENU;
    bool weights = live->cover.kind == COVER_NONE && live->session.now.screen == SCREEN_WEIGHTS &&
                   live->hits.window.rows > 0;
    if (live->typing.on || (!list && !weights)) {
        return;
    }
    struct text line = TEXT_EMPTY;
    const char *way = sideways && weights ? (up ? "left" : "right") : up ? "up" : "down";
    text_printf(&line, "scroll %s %d", way,
                live->cover.kind == COVER_MENU || live->cover.kind == COVER_TREE ? 1 : WHEEL_ROWS);
    live_run(live, text_string(&line));
    text_free(&line);
}

void live_mouse(struct live *live, const struct event *event) {
    switch (event->mouse) {
    case MOUSE_PRESS:
        if (event->button == 1) {
            press(live, event->row, event->col);
        }
        break;
    case MOUSE_WHEEL_UP:
    case MOUSE_WHEEL_DOWN:
        wheel(live, event->mouse == MOUSE_WHEEL_UP, (event->modifiers & MODIFIER_SHIFT) != 0);
        break;
    default: break;
    }
}
