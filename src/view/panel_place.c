/*
 * view/panel_place.c - the two lines at the top: what is looked at, and where the
 * walk stands in it.
 *
 *     Several neurons: weights are matrices             2-3-2 · ReLU · half-squared
 *     ← backward · layer 2 · B1 through the activation      step 7 of 13 ■■■■■■■······
 *
 * Both lines have longer and shorter forms; the longest that fits is taken.
 */
#include <stdio.h>
#include <string.h>

#include "base/utf8.h"
#include "net/activation.h"
#include "net/cost.h"
#include "panel.h"

enum {
    WIDTHS_SHOWN = 6,
    LOOKED_AT = 32,
    RULED_COLS = 36,
    STEP_COLS = 50, /* from here on "step 7 of 13", below "7/13" */
    TRACK_COLS = 72,
    TRACK = 8,
    LONG_TRACK_COLS = 100,
    LONG_TRACK = 25,
    PASS = 8, /* of "backward": what follows "forward" stands where it will on the way back */
};

/* "2-3-2", or the ends of it: "8-8-…-8 (1001 layers)". */
static void put_widths(struct text *out, const struct network *network) {
    const struct layer *layers = network->layers;
    if (network->K < WIDTHS_SHOWN) {
        for (size_t k = 0; k <= network->K; k++) {
            text_printf(out, "%s%zu", k > 0 ? "-" : "", layers[k].n);
        }
        return;
    }
    text_printf(out, "%zu-%zu-…-%zu (%zu layers)", layers[0].n, layers[1].n, layers[network->K].n,
                network->K + 1);
}

/* "ReLU", "ReLU, softmax" where the last layer has another, "mixed". */
static void put_activations(struct text *out, const struct network *network) {
    const struct activation *first = network->layers[1].activation;
    const struct activation *last = network->layers[network->K].activation;
    bool mixed = false;
    for (size_t k = 1; k < network->K && k < LOOKED_AT; k++) {
        mixed = mixed || network->layers[k].activation != first;
    }
    text_put(out, mixed ? "mixed" : first->title);
    if (last != first || mixed) {
        text_printf(out, ", %s", last->title);
    }
}

/* "update 31": what the walk goes through comes after so many of them. */
static void put_updates(struct text *out, const struct picture *p) {
    if (p->model->updates > 0) {
        text_printf(out, "update %llu", (unsigned long long)p->model->updates);
    }
}

/* The network in a few words; a higher level leaves more out. */
static void put_summary(struct text *out, const struct picture *p, int level) {
    const struct network *network = &p->model->network;
    put_updates(out, p);
    text_put(out, out->length > 0 ? panel_separator(p) : "");
    put_widths(out, network);
    if (level < 2) {
        text_put(out, panel_separator(p));
        put_activations(out, network);
    }
    if (level < 1) {
        text_printf(out, "%s%s", panel_separator(p), network->cost->name);
    }
    if (p->other && level < 2) {
        text_printf(out, "  ≠ %s", p->state->compare.line);
    }
}

static int title_margin(int cols) {
    return cols > 20 ? 1 : 0;
}

static void draw_title(const struct picture *p, struct rect rect) {
    const char *title = p->state->title ? p->state->title : "backstep";
    int room = rect.cols - 1 - (int)utf8_cells(title);
    for (int level = 0; level <= 2; level++) {
        struct text summary = TEXT_EMPTY;
        put_summary(&summary, p, level);
        int cells = (int)utf8_cells(text_string(&summary));
        bool fits = cells + 2 <= room;
        if (fits) {
            canvas_put(p->canvas, rect.row, rect.col + rect.cols - cells - 1, ROLE_QUIET,
                       text_string(&summary));
        }
        text_free(&summary);
        if (fits) {
            break;
        }
    }
    int margin = title_margin(rect.cols);
    panel_text(p, rect.row, rect.col + margin, rect.cols - margin, ROLE_TITLE, title);
}

struct fit view_fit_title(const struct state *state, int cols) {
    struct fit fit = panel_fit(state->title ? state->title : "", cols - title_margin(cols), 1);
    return fit;
}

/* ---- the place ---- */

static const char *pass_arrow(enum law law) {
    enum role role = pass_role(law);
    return role == ROLE_FORWARD    ? "→"
           : role == ROLE_BACKWARD ? "←"
           : role == ROLE_UPDATE   ? "↻"
                                   : "";
}

/* Left part of the line at four lengths, 0 the longest. */
static void put_here(struct line *line, const struct picture *p, int level) {
    const struct law_row *law = law_row(p->step.law);
    const char *between = panel_separator(p);
    bool ascii = p->notation == NOTATION_ASCII;
    if (p->focus.step == 0) {
        line_put(line, ROLE_HEADING, "START");
        bool rather_updates = p->layout.title.rows == 0 && p->model->updates > 0;
        level = rather_updates ? 2 : level;
        line_printf(line, ROLE_QUIET, "%s", level < 2 ? between : "");
        /* beside a curve, "nothing" would be wrong */
        const char *words = p->state->screen == SCREEN_TRAINING ? "the walk has not begun"
                                                                : "nothing is computed yet";
        line_put(line, ROLE_QUIET, level < 2 ? words : "");
        return;
    }
    if (level < 3) {
        bool word = level < 1 || ascii;
        bool steady = level < 1 && pass_role(p->step.law) == ROLE_FORWARD;
        line_printf(line, pass_role(p->step.law), "%s%s%-*s%s",
                    ascii ? "" : pass_arrow(p->step.law), ascii ? "" : " ", steady ? PASS : 0,
                    word ? law->pass : "", word ? between : "");
    }
    if (level < 3) {
        line_printf(line, ROLE_TEXT, "layer %zu%s", p->step.layer, between);
    }
    line_put(line, ROLE_HEADING, law->name);
    line_printf(line, ROLE_HEADING, "%s%s", level < 2 ? " " : "", level < 2 ? law->title : "");
    size_t elements = walk_elements(p->model, p->focus.step);
    if (p->single && elements > 1) {
        line_put(line, ROLE_QUIET, level < 3 ? between : " ");
        line_printf(line, ROLE_QUIET, "%zu of %zu", p->focus.first, elements);
    }
}

/* One cell for each step, or for several of them: full where all are done. */
static void draw_track(const struct picture *p, int row, int col, int cells) {
    size_t length = walk_length(p->model);
    for (int n = 0; n < cells; n++) {
        size_t step = ((size_t)n + 1) * length / (size_t)cells;
        size_t from = (size_t)n * length / (size_t)cells;
        bool done = step <= p->focus.step;
        bool here = from < p->focus.step && p->focus.step <= step;
        enum role role = done || here ? pass_role(walk_step_at(p->model, step).law) : ROLE_QUIET;
        canvas_put(p->canvas, row, col + n, role, done ? "■" : here ? "□" : panel_dot(p));
    }
}

static int put_step(char *text, size_t size, int cols, size_t step, size_t length) {
    return cols >= STEP_COLS ? snprintf(text, size, "step %zu of %zu", step, length)
                             : snprintf(text, size, "%zu/%zu", step, length);
}

/* "step 7 of 13" and the track, right-aligned. How much of it depends on the width
 * alone, so that it stays where it is. Returns the columns left before it. */
static int draw_progress(const struct picture *p, struct rect rect) {
    size_t length = walk_length(p->model);
    char text[80];
    int most_cells = put_step(text, sizeof text, rect.cols, length, length);
    int cells = put_step(text, sizeof text, rect.cols, p->focus.step, length);
    int most = rect.cols >= LONG_TRACK_COLS ? LONG_TRACK : rect.cols >= TRACK_COLS ? TRACK : 0;
    int track = length < (size_t)most ? (int)length : most;
    int right = rect.col + rect.cols - (rect.cols >= STEP_COLS ? 1 : 0);
    int col = right - cells - (track > 0 ? track + 1 : 0);
    if (col < rect.col + 3) {
        return rect.cols;
    }
    canvas_fill(p->canvas, (struct rect){rect.row, col - 1, 1, rect.col + rect.cols - col + 1},
                ROLE_TEXT, ' ');
    canvas_put(p->canvas, rect.row, col, ROLE_TEXT, text);
    draw_track(p, rect.row, right - track, track);
    return col - 1 - rect.col - (most_cells - cells);
}

/* Behind `from`, where there is no line above for it. */
static void draw_updates(const struct picture *p, int row, int from, int end) {
    struct text text = TEXT_EMPTY;
    put_updates(&text, p);
    int cells = (int)utf8_cells(text_string(&text));
    if (cells > 0 && p->layout.title.rows == 0 && end - cells - 2 > from) {
        canvas_printf(p->canvas, row, end - cells - 2, ROLE_UPDATE, " %s ", text_string(&text));
    }
    text_free(&text);
}

/* Where no title stands above, a rule is drawn from the one to the other. */
static void draw_place(const struct picture *p, struct rect rect) {
    bool ruled = p->layout.title.rows == 0 && rect.cols >= RULED_COLS;
    int margin = ruled ? 2 : title_margin(rect.cols);
    if (ruled) {
        canvas_hline(p->canvas, rect.row, rect.col, rect.cols, ROLE_FRAME);
    }
    int room = draw_progress(p, rect) - 2 * margin;
    for (int level = 0; level <= 3; level++) {
        struct line line = LINE_EMPTY;
        put_here(&line, p, level);
        bool fits = line.cells <= room || level == 3;
        if (fits) {
            int cells = line.cells < room ? line.cells : room;
            struct rect here = {rect.row, rect.col + margin, 1, room};
            if (ruled) {
                struct rect around = {rect.row, here.col - 1, 1, cells + 2};
                canvas_fill(p->canvas, around, ROLE_TEXT, ' ');
            }
            line_draw(&line, p, here, 0);
            draw_updates(p, rect.row, here.col + cells + margin, here.col + room);
        }
        line_free(&line);
        if (fits) {
            return;
        }
    }
}

void panel_place(const struct picture *p) {
    if (p->layout.title.rows > 0) {
        draw_title(p, p->layout.title);
    }
    if (p->layout.place.rows > 0) {
        draw_place(p, p->layout.place);
    }
}
