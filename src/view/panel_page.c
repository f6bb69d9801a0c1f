/*
 * view/panel_page.c - what covers the panels: a page of text, and the menu.
 *
 *     ── help, lines 1–20 of 45 ─────────────────────────
 *     ...
 *
 * A line that is wider than the window goes on in the next row, under its own words.
 */
#include <stdio.h>
#include <string.h>

#include "base/utf8.h"
#include "panel.h"

enum { PAGE_FRAME = 3, MENU_COLS = 84 }; /* heading, message, keys */

size_t view_page_rows(int rows) {
    return rows > PAGE_FRAME ? (size_t)(rows - PAGE_FRAME) : 1;
}

static int page_margin(int cols) {
    return cols >= 84 ? 2 : cols >= 40 ? 1 : 0;
}

/* 79 columns of 80: so wide are the pages of help. */
int view_page_width(int cols) {
    return cols > 1 ? cols - page_margin(cols) : 1;
}

/* The rows of a page one after the other. */
struct page_rows {
    const char *at; /* what is left of the page */
    size_t left;    /* bytes of a line that was broken here */
    int width, hang;
};
struct page_row {
    const char *bytes;
    size_t length;
    int indent;
};

/* Where a broken line goes on: under what stands behind its last gap in the left half,
 * "  step   a step on"; with a gap further right, a little further in than it begins. */
static int hang_of(const char *line, size_t length, int width) {
    int column = 0, hang = 0, blanks = 2;
    bool begun = false;
    for (size_t at = 0; at < length; column++) {
        uint32_t code_point;
        bool blank = line[at] == ' ';
        if (!blank && blanks >= 2 && column <= width / 2) {
            hang = column;
        } else if (!blank && blanks >= 2 && begun) {
            return hang + 2 <= width / 2 ? hang + 2 : hang;
        }
        begun = begun || !blank;
        blanks = blank ? blanks + 1 : 0;
        at += utf8_decode(line + at, length - at, &code_point);
    }
    return hang;
}

static bool next_row(struct page_rows *rows, struct page_row *row) {
    size_t length = rows->left;
    if (length == 0 && *rows->at == '\0') {
        return false;
    }
    row->indent = rows->hang;
    if (length == 0) {
        length = strcspn(rows->at, "\n");
        row->indent = 0;
    }
    row->bytes = rows->at;
    row->length = length;
    if (length > (size_t)(rows->width - row->indent)) { /* no cell takes less than a byte */
        size_t blanks = strspn(rows->at, " ");
        blanks = blanks < length ? blanks : 0;
        row->length = blanks + panel_row_bytes(rows->at + blanks, length - blanks,
                                               rows->width - row->indent - (int)blanks);
    }
    if (rows->left == 0 && row->length < length) {
        rows->hang = hang_of(rows->at, length, rows->width);
    }
    size_t gap = row->length < length ? strspn(row->bytes + row->length, " ") : 0;
    rows->left = length - row->length - gap;
    rows->at += row->length + gap;
    rows->at += rows->left == 0 && *rows->at == '\n';
    return true;
}

size_t view_page_count(const char *page, int cols) {
    struct page_rows rows = {.at = page, .width = view_page_width(cols)};
    struct page_row row;
    size_t count = 0;
    while (next_row(&rows, &row)) {
        count++;
    }
    return count;
}

static bool is_heading(const char *line, size_t length) {
    return length > 1 && line[0] != ' ' && line[length - 1] == ':';
}

/* A line in which groups may stand side by side: headings are what ends in ':' before a
 * gap or the end, behind a gap or at the start. */
static void draw_page_line(const struct picture *p, int row, int col, int width, const char *line) {
    panel_text(p, row, col, width, ROLE_TEXT, line);
    struct rect before = canvas_clip(p->canvas, (struct rect){row, col, 1, width});
    for (const char *from = line; *from;) {
        const char *gap = strstr(from, "  ");
        size_t length = gap ? (size_t)(gap - from) : strlen(from);
        if (is_heading(from, length)) {
            struct text heading = TEXT_EMPTY;
            struct text ahead = TEXT_EMPTY;
            text_put_bytes(&heading, from, length);
            text_put_bytes(&ahead, line, (size_t)(from - line));
            canvas_put(p->canvas, row, col + (int)utf8_cells(text_string(&ahead)), ROLE_HEADING,
                       text_string(&heading));
            text_free(&ahead);
            text_free(&heading);
        }
        from += length;
        from += strspn(from, " ");
    }
    canvas_clip(p->canvas, before);
}

void panel_page(const struct picture *p, struct rect rect) {
    const char *page = p->view->page;
    size_t count = view_page_count(page, rect.cols), first = p->view->page_top;
    size_t shown = rect.rows > 1 ? (size_t)rect.rows - 1 : 1;
    int top = rect.row + (rect.rows > 1 ? 1 : 0);
    canvas_fill(p->canvas, rect, ROLE_TEXT, ' ');
    if (top > rect.row) {
        const char *title = p->view->page_title ? p->view->page_title : "help";
        char seen[120];
        size_t last = first + shown;
        snprintf(seen, sizeof seen, "%.40s, lines %zu–%zu of %zu", title, first + 1,
                 last < count ? last : count, count);
        panel_heading(p, (struct rect){rect.row, rect.col, 1, rect.cols}, ROLE_HEADING,
                      count > shown ? seen : title);
    }
    int margin = page_margin(rect.cols), width = view_page_width(rect.cols);
    struct page_rows rows = {.at = page, .width = width};
    struct page_row row;
    for (size_t n = 0; n < first + shown && next_row(&rows, &row); n++) {
        if (n >= first) {
            struct text text = TEXT_EMPTY;
            text_put_bytes(&text, row.bytes, row.length);
            draw_page_line(p, top + (int)(n - first), rect.col + margin + row.indent,
                           width - row.indent, text_string(&text));
            text_free(&text);
        }
    }
}

/* ---- the menu ---- */

static size_t menu_count(const char *const *menu) {
    size_t count = 0;
    while (menu[count]) {
        count++;
    }
    return count;
}

static void draw_item(const struct picture *p, struct rect rect, size_t n) {
    const char *item = p->view->menu[n];
    bool picked = n == p->view->menu_at;
    picture_hit_row(p, rect, n);
    enum role role = picked ? ROLE_SELECTED : ROLE_TEXT;
    if (picked) {
        canvas_fill(p->canvas, rect, role, ' ');
        canvas_put(p->canvas, rect.row, rect.col + (rect.cols > 20), role, "▶");
    }
    int margin = rect.cols > 20 ? 4 : 2;
    panel_text(p, rect.row, rect.col + margin, rect.cols - margin - 1, role, item);
}

/* The name of the program; where not all rows fit, the heading tells which are seen. */
static void draw_menu_head(const struct picture *p, struct rect rect, size_t first, size_t fits,
                           size_t count) {
    char seen[60] = "";
    if (count > fits) {
        size_t last = first + fits < count ? first + fits : count;
        snprintf(seen, sizeof seen, "%zu–%zu of %zu", first + 1, last, count);
    }
    canvas_put(p->canvas, rect.row, rect.col, ROLE_TITLE, "backstep");
    panel_text(p, rect.row + 1, rect.col, rect.cols, ROLE_QUIET,
               "backpropagation, one equation at a time. New here? Press Enter.");
    panel_heading(p, (struct rect){rect.row + 2, rect.col, 1, rect.cols}, ROLE_HEADING, seen);
}

void panel_menu(const struct picture *p) {
    struct canvas *canvas = p->canvas;
    size_t count = menu_count(p->view->menu);
    int below = canvas->rows > PAGE_FRAME ? 2 : 0; /* message and keys stay */
    int rows = canvas->rows - below, above = rows >= 10 ? 4 : rows >= 4 ? 1 : 0;
    int head = above == 4 && rows < above + (int)count ? 0 : 1; /* rather close than not all */
    above -= above == 4 && head == 0;
    canvas_fill(canvas, (struct rect){0, 0, rows, canvas->cols}, ROLE_TEXT, ' ');
    int cols = canvas->cols < MENU_COLS ? canvas->cols : MENU_COLS;
    int left = (canvas->cols - cols) / 2;
    int margin = cols > 20 ? 4 : 0;
    size_t fits = rows > above ? (size_t)(rows - above) : 0;
    size_t first = window_first(count, fits, p->view->menu_at);
    if (above > 1) {
        draw_menu_head(p, (struct rect){head, left + margin, above, cols - 2 * margin}, first, fits,
                       count);
        above += fits > count; /* an empty row, where there is room */
    } else if (above == 1) {
        canvas_put(canvas, 0, left, ROLE_TITLE, "backstep");
    }
    for (size_t n = 0; n < fits && first + n < count; n++) {
        draw_item(p, (struct rect){above + (int)n, left, 1, cols}, first + n);
    }
    if (below > 0 &&
        p->view->menu_about) { /* beneath the list, at the lowest in the message's row */
        int row = above + (int)(count < fits ? count : fits) + 1;
        panel_text(p, row < rows ? row : rows, left + margin, cols - margin - 1, ROLE_SAY,
                   p->view->menu_about);
    }
}
