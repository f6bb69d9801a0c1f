/*
 * view/panel_watch.c - the expressions that the user watches, on every screen.
 *
 *      watch  ∂C/∂W⁽⁰⁾₁₂ = 0.0000 → 0.3780        norm(W⁽⁰⁾) = 1.1091
 *             [1 2 3] · r⁽¹⁾ = ·                  W⁽⁴⁾ does not fit
 *
 * Each has a field of its own, as wide as the width of the screen says, so that
 * nothing moves when a number grows. A dot where the walk has not been.
 */
#include <math.h>

#include "panel.h"
#include "walk/watch.h"

enum {
    LABEL_COLS = 7,
    LABELLED_COLS = 36,
    FIELD_COLS = 36,
    NARROW_COLS = 24, /* of a field, where there are too many for the rows */
    NUMBER_COLS = 12,
};

static int fields_across(int cols) {
    int fields = (cols - LABEL_COLS) / FIELD_COLS;
    return fields < 1 ? 1 : fields > 4 ? 4 : fields;
}

int watch_rows(const struct state *state, int cols) {
    int count = (int)watch_count(state->watch), across = fields_across(cols);
    return (count + across - 1) / across;
}

static void put_value(struct line *line, const struct picture *p, double value, enum role role) {
    char text[CELL_TEXT_MAX];
    struct text number = TEXT_EMPTY;
    cell_text(p, value, NUMBER_COLS, p->state->digits, text);
    number_put_signed(&number, text, p->notation);
    line_put(line, role, number.failed ? NULL : text_string(&number));
    text_free(&number);
}

/* Was it another number before? */
static bool differs(const struct watched *now, const struct watched *before, size_t at) {
    if (!before->known || before->value.rows != now->value.rows ||
        before->value.cols != now->value.cols) {
        return false;
    }
    double a = value_at(&now->value, at), b = value_at(&before->value, at);
    return !(a == b || (isnan(a) && isnan(b)));
}

/* A number, old -> new where it changed; or a list, what changed in it marked. */
static void put_reading(struct line *line, const struct picture *p, const struct watched *now,
                        const struct watched *before, int cols) {
    const struct value *value = &now->value;
    if (value->rank == 0) {
        bool changed = differs(now, before, 0);
        if (changed) {
            put_value(line, p, value_at(&before->value, 0), ROLE_QUIET);
            line_put(line, ROLE_CHANGED, p->notation == NOTATION_ASCII ? " -> " : " → ");
        }
        put_value(line, p, value_at(value, 0), changed ? ROLE_CHANGED : ROLE_TEXT);
        return;
    }
    line_put(line, ROLE_QUIET, "[");
    for (size_t at = 0; at < value->rows * value->cols && line->cells <= cols; at++) {
        line_put(line, ROLE_QUIET, at == 0 ? "" : at % value->cols == 0 ? "; " : " ");
        put_value(line, p, value_at(value, at),
                  differs(now, before, at) ? ROLE_CHANGED : ROLE_TEXT);
    }
    line_put(line, ROLE_QUIET, "]");
}

static void draw_field(const struct picture *p, struct rect rect, const char *text, size_t length) {
    struct line line = LINE_EMPTY;
    struct watched now = watched_open(p->model, p->state->place, text, length);
    if (!now.expr) {
        line_printf(&line, ROLE_QUIET, "%.*s", (int)length, text);
        line_put(&line, ROLE_WARNING, now.large ? " is too large" : " does not fit");
        line_draw(&line, p, rect, 0);
        line_free(&line);
        return;
    }
    struct watched before = {0};
    if (p->before) {
        before = watched_open(p->before, p->view->before->place, text, length);
    }
    line_expr(&line, p, now.expr, NULL, false, false, 0);
    line_put(&line, ROLE_TEXT, " = ");
    if (now.known && question_hides_in(&p->state->question, p->model, now.expr)) {
        line_put(&line, ROLE_QUIET, "?");
    } else if (now.known) {
        put_reading(&line, p, &now, &before, rect.cols);
    } else {
        line_put(&line, ROLE_QUIET, panel_dot(p));
    }
    line_draw(&line, p, rect, 0);
    line_free(&line);
    watched_close(&now);
    watched_close(&before);
}

void panel_watch(const struct picture *p, struct rect rect) {
    int across = fields_across(rect.cols), label = rect.cols >= LABELLED_COLS ? LABEL_COLS : 0;
    size_t count = watch_count(p->state->watch);
    while ((size_t)across * (size_t)rect.rows < count &&
           (rect.cols - label) / (across + 1) >= NARROW_COLS) {
        across++;
    }
    size_t shown = (size_t)across * (size_t)rect.rows;
    int width = (rect.cols - label) / across;
    if (rect.rows > 0 && label > 0) {
        canvas_put(p->canvas, rect.row, rect.col + 1, ROLE_HEADING, "watch");
    }
    for (size_t n = 0; n < count && n < shown; n++) {
        size_t length;
        const char *text = watch_at(p->state->watch, n, &length);
        struct rect field = {rect.row + (int)n / across, rect.col + label + (int)n % across * width,
                             1, width - 1};
        if (n + 1 == shown && n + 1 < count) { /* no room for the last ones */
            canvas_printf(p->canvas, field.row, field.col, ROLE_QUIET, "%s %zu more",
                          p->notation == NOTATION_ASCII ? "..." : "…", count - n);
        } else {
            draw_field(p, field, text, length);
        }
    }
}
