/*
 * tests/out/test_film.c - frames in time, and what each format makes of them.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>
#include <jansson.h>
#include <vterm.h>

#include "jsonlint.h"
#include "out/film.h"
#include "script.h"

static struct canvas drawn(const char *second_row) {
    struct canvas canvas;
    assert_int_equal(canvas_open(&canvas, 3, 12, false), STATUS_OK);
    canvas_put(&canvas, 0, 1, ROLE_TEXT, "a < b & c");
    canvas_put(&canvas, 1, 0, ROLE_TARGET, second_row);
    canvas_put(&canvas, 2, 0, ROLE_TEXT, "日本");
    return canvas;
}

static void add(struct film *film, uint64_t ms, const char *second_row, const char *say) {
    struct canvas canvas = drawn(second_row);
    assert_int_equal(film_add(film, ms, &canvas, true, say, NULL), STATUS_OK);
    canvas_close(&canvas);
}

/* Three frames of three rows, of which two never change; a mark at the second. */
static struct film shot(void) {
    struct film film;
    film_open(&film, theme_named("dark"));
    assert_int_equal(film_set_title(&film, "A film"), STATUS_OK);
    add(&film, 0, "one", "first");
    assert_int_equal(film_mark(&film, "here"), STATUS_OK);
    add(&film, 1500, "two", "second");
    add(&film, 2250, "one", "second");
    film_finish(&film, 4000);
    return film;
}

static char *written(const struct film *film, const char *name) {
    struct text out = TEXT_EMPTY;
    const struct film_format *format = film_format_at(0);
    for (size_t n = 0; format && strcmp(format->name, name) != 0; n++) {
        format = film_format_at(n);
    }
    assert_non_null(format);
    format->write(&out, film);
    assert_false(out.failed);
    return out.bytes;
}

static void rows_are_kept_once(void **unused) {
    (void)unused;
    struct film film = shot();
    assert_int_equal(film.count, 3);
    assert_int_equal(film.row_count, 4);
    for (int row = 0; row < 3; row++) {
        struct canvas first = film_canvas_row(&film, &film.frames[0], row);
        struct canvas last = film_canvas_row(&film, &film.frames[2], row);
        assert_ptr_equal(first.cells, last.cells);
        assert_int_equal(first.cols, 12);
    }
    film_close(&film);
}

/* The table of rows grows, and still finds every row. */
static void many_rows_are_found_again(void **unused) {
    (void)unused;
    struct film film;
    film_open(&film, theme_at(0));
    for (int round = 0; round < 2; round++) {
        for (uint64_t n = 0; n < 600; n++) {
            char word[16] = {(char)('a' + n % 26), (char)('a' + n / 26), '\0'};
            add(&film, 1000 * (uint64_t)round + n, word, NULL);
        }
    }
    assert_int_equal(film.count, 1200);
    assert_int_equal(film.row_count, 602);
    film_close(&film);
}

static void what_does_not_change_only_lasts(void **unused) {
    (void)unused;
    struct film film = shot();
    add(&film, 5000, "one", "second");
    assert_int_equal(film.count, 3);
    assert_int_equal(film.end, 5000);
    assert_int_equal(film_mark(&film, "again"), STATUS_OK); /* a mark wants a frame */
    add(&film, 6000, "one", "second");
    assert_int_equal(film.count, 4);
    assert_int_equal(film.marks[1].frame, 3);
    assert_int_equal(film_mark(&film, "never shown"), STATUS_OK);
    film_finish(&film, 7000);
    assert_int_equal(film.mark_count, 2);
    film_close(&film);
}

static void text_stands_frame_below_frame(void **unused) {
    (void)unused;
    struct film film = shot();
    char *text = written(&film, "text");
    assert_string_equal(text, " a < b & c\none\n日本\n\n a < b & c\ntwo\n日本\n\n"
                              " a < b & c\none\n日本\n");
    free(text);
    film_close(&film);
}

/* Without its sequences the ANSI frame is the plain one; every line ends in plain ink. */
static void ansi_says_the_same(void **unused) {
    (void)unused;
    struct film film;
    struct text plain = TEXT_EMPTY;
    film_open(&film, theme_named("dark"));
    add(&film, 0, "−1.5", NULL);
    char *ansi = written(&film, "ansi");
    assert_non_null(strstr(ansi, "48;2;"));
    assert_non_null(strstr(ansi, "−1.5\033[0m\n"));
    for (const char *c = ansi; *c; c++) {
        if (*c == '\033') {
            c = strchr(c, 'm');
        } else {
            text_put_char(&plain, *c);
        }
    }
    assert_string_equal(text_string(&plain), " a < b & c\n−1.5\n日本\n");
    free(ansi);
    text_free(&plain);
    film_close(&film);
}

static void a_still_picture_is_whole(void **unused) {
    (void)unused;
    struct film film;
    film_open(&film, theme_named("light"));
    add(&film, 0, "−1.5", NULL);
    char *svg = written(&film, "svg");
    assert_int_equal(strncmp(svg, "<svg ", 5), 0);
    assert_non_null(strstr(svg, "</svg>\n"));
    assert_non_null(strstr(svg, "a\u00A0&lt;\u00A0b\u00A0&amp;\u00A0c"));
    assert_int_equal(count_of(svg, "<text "), count_of(svg, "</text>"));
    assert_non_null(strstr(svg, "textLength=\"36\"")); /* four cells of nine pixels */
    assert_null(strstr(svg, "<animate"));
    free(svg);
    film_close(&film);
}

/* They meet from cell to cell in any font: a line runs on, its branches reach the edges of
 * their cells, blocks fill theirs. */
static void lines_and_blocks_are_shapes(void **unused) {
    (void)unused;
    struct film film;
    film_open(&film, theme_named("dark"));
    add(&film, 0, "a──┬─┤ █▀▌━", NULL);
    char *svg = written(&film, "svg");
    assert_non_null(strstr(svg, "M49 61H50V70H49z"));
    assert_non_null(strstr(svg, "M27 61H68V62H27z")); /* five cells, the last to its middle */
    assert_non_null(strstr(svg, "M67 52H68V70H67z"));
    assert_non_null(strstr(svg, "M81 52H90V70H81zM90 52H99V61H90zM99 52H103.5V70H99z"));
    assert_non_null(strstr(svg, "M108 60H117V63H108z"));
    assert_null(strstr(svg, "─"));
    assert_null(strstr(svg, "█"));
    assert_int_equal(count_of(svg, "<path "), 3);
    free(svg);
    film_close(&film);
}

/* Each frame shows itself for its part of the four seconds. */
static void a_moving_picture_has_its_times(void **unused) {
    (void)unused;
    struct film film = shot();
    char *svg = written(&film, "svg");
    assert_int_equal(count_of(svg, "<g class=\"f"), 3);
    assert_int_equal(count_of(svg, "<g class=\"f first\" display=\"inline\">"), 1);
    assert_int_equal(count_of(svg, "dur=\"4.000s\""), 3);
    assert_non_null(strstr(svg, "values=\"inline;none\" keyTimes=\"0;0.375000\""));
    assert_non_null(strstr(svg, "values=\"none;inline;none\" keyTimes=\"0;0.375000;0.562500\""));
    assert_non_null(strstr(svg, "values=\"none;inline\" keyTimes=\"0;0.562500\""));
    assert_int_equal(count_of(svg, "<use "), 9);
    free(svg);
    film_close(&film);
}

static void recordings_are_lines_of_json(void **unused) {
    (void)unused;
    static const char *const names[] = {"cast", "cast3"};
    struct film film = shot();
    for (size_t n = 0; n < 2; n++) {
        char *cast = written(&film, names[n]);
        size_t lines = 0;
        for (char *line = strtok(cast, "\n"); line; line = strtok(NULL, "\n")) {
            assert_true(json_is_strict(line));
            lines++;
        }
        assert_int_equal(lines, 6 + n); /* a head, three frames, a mark, the end */
        free(cast);
    }
    film_close(&film);
}

static void times_count_from_the_start_or_from_the_event_before(void **unused) {
    (void)unused;
    struct film film = shot();
    char *v2 = written(&film, "cast"), *v3 = written(&film, "cast3");
    assert_non_null(strstr(v2, "{\"version\": 2, \"width\": 12, \"height\": 3, "));
    assert_non_null(strstr(v2, "\n[1.500, \"m\", \"here\"]\n[2.250, \"o\", \"\\u001b[2;1H"));
    assert_non_null(strstr(v2, "\n[4.000, \"o\", "));
    assert_non_null(strstr(v3, "{\"version\": 3, \"term\": {\"cols\": 12, \"rows\": 3, "));
    assert_non_null(strstr(v3, "\n[0.000, \"m\", \"here\"]\n[0.750, \"o\", \"\\u001b[2;1H"));
    assert_non_null(strstr(v3, "\n[1.750, \"o\", "));
    assert_non_null(strstr(v3, "\n[0.000, \"x\", \"0\"]\n"));
    /* of the second frame only the row that differs */
    assert_int_equal(count_of(v2, "日本"), 1);
    free(v2);
    free(v3);
    film_close(&film);
}

/* The first lines of a recording, as a terminal takes them. */
static void play(VTerm *terminal, char *cast, size_t lines) {
    for (char *line = strtok(cast, "\n"); line && lines > 0; line = strtok(NULL, "\n"), lines--) {
        json_t *event = json_loads(line, 0, NULL);
        const char *code = json_string_value(json_array_get(event, 1));
        const char *data = json_string_value(json_array_get(event, 2));
        if (code && strcmp(code, "o") == 0) {
            vterm_input_write(terminal, data, strlen(data));
        }
        json_decref(event);
    }
}

/* Also where a row that is drawn anew reaches the last column. */
static void a_terminal_shows_what_was_recorded(void **unused) {
    (void)unused;
    static const char *const rows[] = {"abcdefghijkl", "mnopqrstuvwx", "short"};
    struct film film;
    film_open(&film, theme_at(0));
    for (uint64_t n = 0; n < 3; n++) {
        add(&film, n, rows[n], NULL);
    }
    for (size_t n = 0; n < 3; n++) {
        VTerm *terminal = vterm_new(3, 12);
        VTermScreen *screen = vterm_obtain_screen(terminal);
        vterm_set_utf8(terminal, 1);
        vterm_screen_reset(screen, 1);
        char *cast = written(&film, "cast");
        play(terminal, cast, 2 + n);
        for (int col = 0; col < 12; col++) {
            VTermScreenCell cell;
            vterm_screen_get_cell(screen, (VTermPos){1, col}, &cell);
            uint32_t wanted = col < (int)strlen(rows[n]) ? (uint32_t)rows[n][col] : 0;
            assert_int_equal(cell.chars[0], wanted);
        }
        free(cast);
        vterm_free(terminal);
    }
    film_close(&film);
}

static void another_size_is_an_event(void **unused) {
    (void)unused;
    struct film film = shot();
    struct canvas canvas;
    assert_int_equal(canvas_open(&canvas, 2, 40, false), STATUS_OK);
    assert_int_equal(film_add(&film, 5000, &canvas, false, NULL, NULL), STATUS_OK);
    char *cast = written(&film, "cast");
    assert_non_null(
        strstr(cast, "\n[5.000, \"r\", \"40x2\"]\n[5.000, \"o\", \"\\u001b[?25l\\u001b[2J"));
    free(cast);
    canvas_close(&canvas);
    film_close(&film);
}

/* Whatever a title, a mark or a narration says, it stays text. */
static void hostile_words_stay_words(void **unused) {
    (void)unused;
    static const char hostile[] =
        "</title></script><script>alert(1)</script><!-- \"&quot; @FILM@ \033]0;x\a \u202E";
    struct film film;
    film_open(&film, theme_at(0));
    assert_int_equal(film_set_title(&film, hostile), STATUS_OK);
    for (size_t n = 0; n < 2; n++) {
        assert_int_equal(film_mark(&film, hostile), STATUS_OK);
        add(&film, n, n == 0 ? "</pre>" : "<b>", hostile);
    }
    for (size_t n = 0; film_format_at(n); n++) {
        char *bytes = written(&film, film_format_at(n)->name);
        bool ansi = strcmp(film_format_at(n)->name, "ansi") == 0;
        bool markup = strcmp(film_format_at(n)->name, "html") == 0 ||
                      strcmp(film_format_at(n)->name, "svg") == 0;
        assert_true(ansi || !strchr(bytes, '\033'));
        assert_null(strchr(bytes, '\a'));
        assert_null(strstr(bytes, "\u202E"));
        assert_null(markup ? strstr(bytes, "<script>") : NULL);
        assert_null(markup ? strstr(bytes, "<b>") : NULL);
        assert_null(markup ? strstr(bytes, "</pre><") : NULL);
        free(bytes);
    }
    char *html = written(&film, "html");
    assert_int_equal(count_of(html, "</script>"), 2);
    assert_int_equal(count_of(html, "</title>"), 1);
    free(html);
    film_close(&film);
}

static void a_page_asks_for_nothing(void **unused) {
    (void)unused;
    struct film film = shot();
    char *html = written(&film, "html");
    assert_non_null(strstr(html, "default-src 'none'"));
    assert_null(strstr(html, "://"));
    assert_null(strstr(html, " src="));
    assert_null(strstr(html, "url("));
    assert_null(strstr(html, "innerHTML"));
    assert_null(strstr(html, " style=")); /* the policy would not have it */
    for (const char *c = html; (c = strchr(c, '@')); c++) {
        assert_int_equal(strncmp(c, "@media ", 7), 0); /* no place is left to be filled */
    }
    char *film_at = strstr(html, "<script type=\"application/json\" id=\"film\">");
    char *end = strstr(film_at, "</script>");
    *end = '\0';
    assert_true(json_is_strict(strchr(film_at, '>') + 1));
    free(html);
    film_close(&film);
}

static void endings_name_formats(void **unused) {
    (void)unused;
    struct error error = {0};
    assert_string_equal(film_format_of("a/b.svg", FILM_STILL, &error)->name, "svg");
    assert_string_equal(film_format_of("b.cast", FILM_MOVES, &error)->name, "cast");
    assert_null(film_format_of("b.cast", FILM_STILL, &error));
    assert_string_equal(error.text, "'b.cast' should end in '.txt', '.ansi', '.svg' or '.html'");
    assert_null(film_format_of("a.svg/b", FILM_STILL, &error));
    assert_null(film_format_of(".svg", FILM_STILL, &error));
    assert_null(film_format_of("b.txt", FILM_MOVES, &error));
    assert_string_equal(error.text, "'b.txt' should end in '.svg', '.html' or '.cast'");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rows_are_kept_once),
        cmocka_unit_test(many_rows_are_found_again),
        cmocka_unit_test(what_does_not_change_only_lasts),
        cmocka_unit_test(text_stands_frame_below_frame),
        cmocka_unit_test(ansi_says_the_same),
        cmocka_unit_test(a_still_picture_is_whole),
        cmocka_unit_test(lines_and_blocks_are_shapes),
        cmocka_unit_test(a_moving_picture_has_its_times),
        cmocka_unit_test(recordings_are_lines_of_json),
        cmocka_unit_test(times_count_from_the_start_or_from_the_event_before),
        cmocka_unit_test(a_terminal_shows_what_was_recorded),
        cmocka_unit_test(another_size_is_an_event),
        cmocka_unit_test(hostile_words_stay_words),
        cmocka_unit_test(a_page_asks_for_nothing),
        cmocka_unit_test(endings_name_formats),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) ? 1 : 0;
}
