/*
 * out/film_html.c - a film as a page that plays it: one file, which asks for nothing
 * from anywhere.
 *
 * src/out/page/player.html is the page, with @NAMES@ where this file puts something in. A
 * run of cells is a class ("c5" its role, "h3" and "l4" the halves of two heats) and
 * text; a theme is what the classes look like, so the page can change it. All words of
 * the film go into the page as text: escaped, or as JSON that the script reads.
 */
#include <string.h>

#include "base/table.h"
#include "base/utf8.h"
#include "frame.h"
#include "out/film.h"
#include "out/json.h"
#include "out/page.h"

/* ---- themes ---- */

static void put_color(struct text *out, const char *name, int32_t rgb) {
    text_printf(out, "%s: #%06x; ", name, (unsigned)rgb);
}

/* A role's ink --i and paper --p; --b is the paper where it is not the page's own. */
static void put_role(struct text *out, const struct theme *theme, size_t role) {
    const struct look *look = &theme->looks[role];
    struct style style = style_seen(
        theme, (struct style){look->foreground.rgb, look->background.rgb, look->attributes});
    text_printf(out, "[data-theme=%s] .c%zu { ", theme->name, role);
    put_color(out, "--i", style.ink);
    put_color(out, "--p", style.paper);
    if (style.paper != theme->paper) {
        put_color(out, "--b", style.paper);
    }
    text_put(out, style.attributes & LOOK_BOLD ? "font-weight: bold; " : "");
    text_put(out, style.attributes & LOOK_ITALIC ? "font-style: italic; " : "");
    text_put(out, style.attributes & LOOK_UNDERLINE ? "text-decoration: underline; " : "");
    text_put(out, "}\n");
    text_printf(out,
                "[data-theme=%s] .h%zu { --i: #%06x; } [data-theme=%s] .l%zu { --b: #%06x; }\n",
                theme->name, role, (unsigned)style.paper, theme->name, role, (unsigned)style.paper);
}

static void put_colors(struct text *out, const struct film *film) {
    int rows, cols;
    film_size(film, &rows, &cols);
    text_printf(
        out, ":root { --cols: %d; --line: color-mix(in srgb, var(--ink) 28%%, var(--paper)); }\n",
        cols);
    for (size_t n = 0; theme_at(n); n++) {
        const struct theme *theme = theme_at(n);
        text_printf(out, "[data-theme=%s] { color-scheme: %s; ", theme->name,
                    (theme->paper >> 8 & 0xFF) < 0x80 ? "dark" : "light");
        put_color(out, "--ink", theme->ink);
        put_color(out, "--paper", theme->paper);
        const struct look *focus = &theme->looks[ROLE_POSITIVE];
        put_color(out, "--focus",
                  focus->foreground.rgb == COLOR_DEFAULT ? theme->ink : focus->foreground.rgb);
        text_put(out, "}\n");
        for (size_t role = 0; role < ROLE_COUNT; role++) {
            put_role(out, theme, role);
        }
    }
}

/* The themes to choose from: those that can show what was drawn for this one. */
static void put_themes(struct text *out, const struct film *film) {
    for (size_t n = 0; theme_at(n); n++) {
        if (theme_has_heat(theme_at(n)) || !theme_has_heat(film->theme)) {
            text_printf(out, "<option>%s</option>", theme_at(n)->name);
        }
    }
}

static void put_theme(struct text *out, const struct film *film) {
    text_put(out, film->theme->name);
}

/* ---- cells ---- */

/* The classes of a cell; two cells with the same belong to one run. */
static void put_class(struct text *out, const struct cell *cell, bool cursor) {
    if (cell->lower != 0) {
        text_printf(out, "h%d l%d", cell->role, cell->lower);
    } else {
        text_printf(out, "c%d", cell->role);
    }
    bool reverse = (cell->emphasis & EMPHASIS_REVERSE) != 0;
    text_put(out, reverse != cursor ? " v" : "");
    text_put(out, cell->emphasis & EMPHASIS_BOLD ? " b" : "");
    text_put(out, cell->emphasis & EMPHASIS_UNDERLINE ? " u" : "");
}

static bool same_run(const struct canvas *canvas, int first, int col) {
    const struct cell *a = canvas_cell(canvas, 0, first), *b = canvas_cell(canvas, 0, col);
    return b->glyph == 0 ||
           (a->role == b->role && a->emphasis == b->emphasis && a->lower == b->lower &&
            first != canvas->cursor_col && col != canvas->cursor_col);
}

/* The column after the last one that is more than a plain blank. */
static int seen_cols(const struct canvas *canvas) {
    int cols = canvas->cols;
    while (cols > 0) {
        const struct cell *cell = canvas_cell(canvas, 0, cols - 1);
        if (cell->glyph != ' ' || cell->role != ROLE_TEXT || cell->emphasis != 0 ||
            cell->lower != 0 || cols - 1 == canvas->cursor_col) {
            break;
        }
        cols--;
    }
    return cols;
}

/* A run of cells as it goes into the page: in markup, or as three values of JSON. */
static void put_run(struct text *out, const struct canvas *canvas, int first, int end, bool json) {
    struct text class = TEXT_EMPTY, text = TEXT_EMPTY;
    put_class(&class, canvas_cell(canvas, 0, first), first == canvas->cursor_col);
    for (int col = first; col < end; col++) {
        frame_put_cell(&text, canvas_cell(canvas, 0, col));
    }
    if (json) {
        text_printf(out, "%s\"%s\",", first > 0 ? "," : "", text_string(&class));
        json_string_in_page(out, text_string(&text));
        text_printf(out, ",%d", end - first);
    } else {
        text_printf(out, "<span class=\"%s\">", text_string(&class));
        markup_put(out, text_string(&text));
        text_put(out, "</span>");
    }
    out->failed |= class.failed || text.failed;
    text_free(&class);
    text_free(&text);
}

static void put_row(struct text *out, const struct canvas *canvas, bool json) {
    int cols = seen_cols(canvas);
    for (int col = 0, end; col < cols; col = end) {
        for (end = col + 1; end < cols && same_run(canvas, col, end);) {
            end++;
        }
        put_run(out, canvas, col, end, json);
    }
}

/* The first frame, for readers that run no script. */
static void put_still(struct text *out, const struct film *film) {
    for (int row = 0; film->count > 0 && row < film->frames[0].rows; row++) {
        struct canvas canvas = film_canvas_row(film, &film->frames[0], row);
        text_put(out, "<span class=\"row\">");
        put_row(out, &canvas, false);
        text_put(out, "\n</span>");
    }
}

/* ---- words ---- */

static void put_title(struct text *out, const struct film *film) {
    markup_put(out, film->title ? film->title : "backstep");
}

/* What every frame that says something says, in their order. */
static void put_words(struct text *out, const struct film *film) {
    const char *said = NULL;
    size_t count = 0;
    for (size_t n = 0; n < film->count; n++) {
        const struct film_frame *frame = &film->frames[n];
        bool says = frame->say && (!said || strcmp(said, frame->say) != 0);
        said = frame->rest ? frame->say : said;
        if (!frame->rest || (!says && !frame->told)) {
            continue;
        }
        text_put(out,
                 count++ == 0 ? "<details id=\"words\"><summary>In words</summary>\n<ol>\n" : "");
        text_printf(out, "<li data-frame=\"%zu\">", n);
        if (says) {
            text_put(out, "<p>");
            markup_put(out, frame->say);
            text_put(out, "</p>");
        }
        if (frame->told) {
            text_put(out, "<pre>");
            markup_put(out, frame->told);
            text_put(out, "</pre>");
        }
        text_put(out, "</li>\n");
    }
    text_put(out, count > 0 ? "</ol>\n</details>" : "");
}

static void put_json_words(struct text *out, const char *words) {
    text_put_char(out, ',');
    if (words) {
        json_string_in_page(out, words);
    } else {
        text_put_char(out, '0');
    }
}

static void put_frame(struct text *out, const struct film *film, const struct film_frame *frame) {
    text_printf(out, "[%llu,%d,[", (unsigned long long)frame->ms, frame->rest);
    for (int row = 0; row < frame->rows; row++) {
        text_printf(out, "%s%zu", row > 0 ? "," : "", film->order[frame->first + (size_t)row]);
    }
    text_put_char(out, ']');
    put_json_words(out, frame->say);
    put_json_words(out, frame->told);
    text_put_char(out, ']');
}

static void put_film(struct text *out, const struct film *film) {
    text_printf(out, "{\"end\":%llu,\"anyTheme\":%s,\"rows\":[", (unsigned long long)film->end,
                film->any_theme ? "true" : "false");
    for (size_t n = 0; n < film->row_count; n++) {
        struct canvas canvas = film_row_canvas(film, n);
        text_put(out, n > 0 ? ",\n[" : "\n[");
        put_row(out, &canvas, true);
        text_put_char(out, ']');
    }
    text_put(out, "],\"frames\":[");
    for (size_t n = 0; n < film->count; n++) {
        text_put(out, n > 0 ? ",\n" : "\n");
        put_frame(out, film, &film->frames[n]);
    }
    text_put(out, "],\"marks\":[");
    for (size_t n = 0; n < film->mark_count; n++) {
        text_printf(out, "%s[%zu,", n > 0 ? "," : "", film->marks[n].frame);
        json_string_in_page(out, film->marks[n].name);
        text_put_char(out, ']');
    }
    text_put(out, "]}");
}

/* ---- the page ---- */

static const struct part {
    const char *name;
    void (*put)(struct text *out, const struct film *film);
} parts[] = {
    {"@TITLE@", put_title},   {"@THEME@", put_theme}, {"@THEMES@", put_themes},
    {"@COLORS@", put_colors}, {"@STILL@", put_still}, {"@WORDS@", put_words},
    {"@FILM@", put_film},
};

static const struct part *part_at(const char *page) {
    for (size_t n = 0; n < TABLE_COUNT(parts); n++) {
        if (strncmp(page, parts[n].name, strlen(parts[n].name)) == 0) {
            return &parts[n];
        }
    }
    return NULL;
}

static const char *player_page(void) {
    const struct builtin *page =
        table_named(builtin_pages, builtin_page_count, sizeof *builtin_pages, "player");
    return page ? page->text : "";
}

void film_html(struct text *out, const struct film *film) {
    const char *page = player_page();
    for (const char *at; (at = strchr(page, '@'));) {
        const struct part *part = part_at(at);
        text_put_bytes(out, page, (size_t)(at - page));
        if (part) {
            part->put(out, film);
            page = at + strlen(part->name);
        } else {
            text_put_char(out, '@'); /* of @media */
            page = at + 1;
        }
    }
    text_put(out, page);
}
