/*
 * view/panel_prompt.c - the two lines at the bottom, and the completions over them.
 *
 *     : W0[1,2] = 0.5                 or the last message
 *     W0[1,2] 0.3 -> 0.5              or the keys, and where the scene stands
 *
 * A message that is too long for its row goes over the rows above both.
 */
#include <string.h>

#include "base/utf8.h"
#include "panel.h"

enum {
    CANDIDATE_ROWS = 6,
    CANDIDATES_MAX = 400,
    HINTS_MAX = 16,
    MESSAGE_ROWS = 3,
    SCENE_LENGTHS = 3
};

/* Keys are "key what  key what": the first word of each is the key; one with three blanks
 * before it is the last to give way. */
struct key_hint {
    const char *bytes;
    size_t length;
    int cells;
    bool kept;
};

static size_t split_keys(const char *keys, struct key_hint hints[HINTS_MAX]) {
    size_t count = 0;
    while (*keys && count < HINTS_MAX) {
        size_t blanks = strspn(keys, " ");
        keys += blanks;
        const char *end = strstr(keys, "  ");
        size_t length = end ? (size_t)(end - keys) : strlen(keys);
        struct text text = TEXT_EMPTY;
        text_put_bytes(&text, keys, length);
        hints[count++] =
            (struct key_hint){keys, length, (int)utf8_cells(text_string(&text)), blanks > 2};
        text_free(&text);
        keys += length;
    }
    return count;
}

static int draw_key(const struct picture *p, int row, int col, const struct key_hint *hint) {
    size_t key = strcspn(hint->bytes, " ");
    key = key < hint->length ? key : hint->length;
    struct text name = TEXT_EMPTY, what = TEXT_EMPTY;
    text_put_bytes(&name, hint->bytes, key);
    text_put_bytes(&what, hint->bytes + key, hint->length - key);
    picture_hit_key(p, (struct rect){row, col, 1, hint->cells}, text_string(&name));
    col = canvas_put(p->canvas, row, col, ROLE_KEY, text_string(&name));
    col = canvas_put(p->canvas, row, col, ROLE_QUIET, text_string(&what)) + 2;
    text_free(&name);
    text_free(&what);
    return col;
}

static int hints_cells(const struct key_hint hints[HINTS_MAX], size_t count) {
    int cells = -2;
    for (size_t n = 0; n < count; n++) {
        cells += 2 + hints[n].cells;
    }
    return cells;
}

/* The one to give way: the middle one of those that are not kept; where all are, the one
 * behind the first, which is the way on. */
static size_t least_needed(const struct key_hint hints[HINTS_MAX], size_t count) {
    size_t others = 0, n = 0;
    for (size_t i = 0; i < count; i++) {
        others += hints[i].kept ? 0 : 1;
    }
    if (others == 0) {
        return count > 1 ? 1 : 0;
    }
    for (size_t left = others / 2; left > 0 || hints[n].kept; n++) {
        left -= hints[n].kept ? 0 : 1;
    }
    return n;
}

static void draw_keys(const struct picture *p, int row, int col, int width, const char *keys) {
    struct key_hint hints[HINTS_MAX];
    size_t count = split_keys(keys, hints);
    while (count > 0 && hints_cells(hints, count) > width) {
        size_t gone = least_needed(hints, count--);
        for (size_t n = gone; n < count; n++) {
            hints[n] = hints[n + 1];
        }
    }
    for (size_t n = 0; n < count; n++) {
        col = draw_key(p, row, col, &hints[n]);
    }
}

/* "one-neuron 2/9, off script"; without the scene; without what it is doing. */
static void put_scene(struct text *out, const struct view *view, int level) {
    const char *progress = view->progress ? view->progress : "";
    const char *folder = view->scene ? strrchr(view->scene, '/') : NULL;
    const char *name = folder && folder[1] ? folder + 1 : view->scene;
    text_put(out, level < 1 && name ? name : "");
    text_put(out, out->length > 0 && *progress ? " " : "");
    text_put_bytes(out, progress, level < 2 ? strlen(progress) : strcspn(progress, ","));
}

/* Where the scene stands, right-aligned: at the first length that leaves most of the keys,
 * of so many cells, their room; else only how far it is. Returns its cells with a gap. */
static int draw_scene(const struct picture *p, int row, struct rect rect, int keys) {
    int used = 0;
    for (int level = 0; level < SCENE_LENGTHS && used == 0; level++) {
        struct text text = TEXT_EMPTY;
        put_scene(&text, p->view, level);
        int cells = (int)utf8_cells(text_string(&text));
        int room = rect.cols - (level + 1 < SCENE_LENGTHS ? keys * 2 / 3 : 0);
        if (cells > 0 && cells + 2 <= room) {
            canvas_put(p->canvas, row, rect.col + rect.cols - cells - 1, ROLE_QUIET,
                       text_string(&text));
            used = cells + 3;
        }
        text_free(&text);
    }
    return used;
}

/* The byte at which the visible part of the line begins, so that the cursor shows. */
static size_t scrolled(const char *line, size_t cursor, int room) {
    size_t from = 0, length = strlen(line);
    cursor = cursor < length ? cursor : length;
    while (from < cursor) {
        struct text part = TEXT_EMPTY;
        text_put_bytes(&part, line + from, cursor - from);
        int cells = (int)utf8_cells(text_string(&part));
        text_free(&part);
        if (cells < room) {
            break;
        }
        /* far away: jump close first, then code point by code point */
        uint32_t code_point;
        if (cells > 4 * room + 64) {
            from += (cursor - from) / 2;
            while (from < cursor && ((unsigned char)line[from] & 0xC0) == 0x80) {
                from++;
            }
        } else {
            from += utf8_decode(line + from, length - from, &code_point);
        }
    }
    return from;
}

static void draw_line(const struct picture *p, struct rect rect) {
    const struct view *view = p->view;
    const char *label = view->label ? view->label : ": ";
    const char *line = view->line ? view->line : "";
    int col = panel_text(p, rect.row, rect.col, rect.cols - 1, ROLE_KEY, label);
    int room = rect.col + rect.cols - col;
    size_t from = scrolled(line, view->cursor, room);
    struct rect before = canvas_clip(p->canvas, rect);
    if (from > 0) {
        canvas_put(p->canvas, rect.row, col - 1, ROLE_QUIET, "…");
    }
    int end = canvas_put(p->canvas, rect.row, col, ROLE_PROMPT, line + from);
    if (view->offered > from) {
        int start = end - (int)utf8_cells(line + view->offered);
        canvas_put(p->canvas, rect.row, start, ROLE_SELECTED, line + view->offered);
    }
    canvas_clip(p->canvas, before);
    struct text part = TEXT_EMPTY;
    size_t length = strlen(line), cursor = view->cursor < length ? view->cursor : length;
    text_put_bytes(&part, line + from, cursor > from ? cursor - from : 0);
    int at = col + (int)utf8_cells(text_string(&part));
    text_free(&part);
    p->canvas->cursor_row = rect.row;
    p->canvas->cursor_col = at < rect.col + rect.cols ? at : rect.col + rect.cols - 1;
}

/* In its row, or over rows that end at row `last`. */
static void draw_note(const struct picture *p, struct rect rect, int last, enum role role,
                      const char *note) {
    int margin = rect.cols > 20 ? 1 : 0, width = rect.cols - 2 * margin;
    int rows = panel_wrapped(note, width, last + 1 < MESSAGE_ROWS ? last + 1 : MESSAGE_ROWS);
    if (rows > 1 || rect.row <= last) { /* over what stands there */
        rect.row = rows > 1 ? last - rows + 1 : rect.row;
        canvas_fill(p->canvas, (struct rect){rect.row, rect.col, rows, rect.cols}, ROLE_TEXT, ' ');
    }
    panel_wrap(p, (struct rect){rect.row, rect.col + margin, rows, width}, role, note);
}

static void draw_message(const struct picture *p, struct rect rect, int last) {
    const struct view *view = p->view;
    draw_note(p, rect, last, view->message_is_error ? ROLE_ERROR : ROLE_TEXT, view->message);
}

/* That columns have fewer decimals than somebody asked for. */
static void put_fewer(struct text *out, const struct picture *p) {
    int asked = p->state->digits;
    if (p->decimals && asked > DIGITS_DEFAULT && *p->decimals < asked) {
        text_printf(out, "room for only %d of %d decimals", *p->decimals, asked);
    }
}

/* Where nothing else is said: that a number that the walk has reached is not finite, or
 * became too small; or that numbers are shorter than they should be. */
static void draw_fault(const struct picture *p, struct rect rect) {
    struct text text = TEXT_EMPTY;
    enum role role = ROLE_WARNING;
    picture_put_fault(&text, p);
    if (text.length == 0) {
        picture_put_underflow(&text, p);
    }
    if (text.length == 0) {
        role = ROLE_QUIET;
        put_fewer(&text, p);
    }
    if (text.length > 0 && rect.row >= 0) {
        canvas_fill(p->canvas, rect, ROLE_TEXT, ' ');
        draw_note(p, rect, rect.row, role, text_string(&text));
    }
    text_free(&text);
}

/* ---- completions ---- */

static void draw_candidates(const struct picture *p, struct rect above) {
    char *const *list = p->view->candidates;
    size_t count = 0;
    int widest = 1;
    for (; count < CANDIDATES_MAX && list[count]; count++) {
        int cells = (int)utf8_cells(list[count]);
        widest = cells > widest ? cells : widest;
    }
    int columns = above.cols / (widest + 2) > 0 ? above.cols / (widest + 2) : 1;
    int rows = ((int)count + columns - 1) / columns;
    int most = above.rows < CANDIDATE_ROWS ? above.rows : CANDIDATE_ROWS;
    if (count == 0 || most < 2) {
        return;
    }
    bool more = list[count] || rows > most - 1;
    rows = rows < most - 1 ? rows : most - 1;
    struct rect rect = {above.row + above.rows - rows - 1, above.col, rows + 1, above.cols};
    canvas_fill(p->canvas, rect, ROLE_TEXT, ' ');
    panel_heading(p, rect, ROLE_HINT, more ? "completions (more than these)" : "completions");
    for (size_t n = 0; n < count && (int)n < rows * columns; n++) {
        panel_text(p, rect.row + 1 + (int)n / columns,
                   rect.col + 1 + (int)n % columns * (widest + 2), above.cols - 1, ROLE_HINT,
                   list[n]);
    }
}

void panel_prompt(const struct picture *p) {
    const struct view *view = p->view;
    struct rect prompt = p->layout.prompt, keys = p->layout.keys;
    if (prompt.rows < 1) {
        return;
    }
    bool message = view->message && *view->message;
    bool failed = message && view->message_is_error; /* what Enter answered, until the next key */
    bool hint = view->prompt && view->hint && *view->hint && !failed;
    if (view->prompt) {
        draw_line(p, prompt);
    } else if (message) {
        draw_message(p, prompt, prompt.row);
    } else if (!view->page && !view->why && !view->menu) {
        int above = keys.rows > 0 ? 0 : 1; /* the keys have the prompt's row */
        draw_fault(p, (struct rect){prompt.row - above, prompt.col, 1, prompt.cols});
    }
    int margin = keys.cols > 20 || prompt.cols > 20 ? 1 : 0;
    struct rect last = keys.rows > 0 ? keys : prompt;
    /* beneath the prompt, or above it where the keys have no row */
    struct rect beside = keys.rows > 0 ? keys : (struct rect){prompt.row - 1, 0, 1, prompt.cols};
    if (!hint && message && view->prompt && beside.row > 0) {
        draw_message(p, beside, prompt.row - 1);
    } else if (hint && !view->hint_is_error && keys.rows == 0 && beside.row > 0) {
        canvas_fill(p->canvas, beside, ROLE_TEXT, ' ');
        panel_text(p, beside.row, beside.cols > 20, beside.cols - 2, ROLE_HINT, view->hint);
    } else if (hint && beside.row > 0) {
        draw_note(p, beside, prompt.row - 1, view->hint_is_error ? ROLE_ERROR : ROLE_HINT,
                  view->hint);
    } else if (keys.rows > 0 || (!view->prompt && !message)) {
        const char *names = view->keys ? view->keys : "";
        int used = draw_scene(p, last.row, last, margin + (int)utf8_cells(names));
        draw_keys(p, last.row, last.col + margin, last.cols - margin - used, names);
    }
    if (view->prompt && view->candidates && view->candidates[0]) {
        draw_candidates(p, (struct rect){0, 0, prompt.row, prompt.cols});
    }
}
