/*
 * app/options_table.c - the table of the options of the command line, and what each does
 * with its value.
 */
#include <errno.h>
#include <math.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "base/ascii.h"
#include "base/number.h"
#include "base/table.h"
#include "base/text.h"
#include "options.h"
#include "view/canvas.h"

static void *member(struct options *o, const struct option *option) {
    return (char *)o + option->place;
}

static enum status bad_value(struct error *error, const struct option *option, const char *value,
                             const char *right) {
    return error_set(error, STATUS_USAGE, "'%s' is no value for --%s: %s is right", value,
                     option->name, right);
}

/* It is given: it has no value. */
static enum status set_flag(struct options *o, const struct option *option, const char *value,
                            struct error *error) {
    (void)value;
    (void)error;
    *(bool *)member(o, option) = true;
    return STATUS_OK;
}

/* Whatever the value is: who reads it judges it. */
static enum status set_word(struct options *o, const struct option *option, const char *value,
                            struct error *error) {
    (void)error;
    *(const char **)member(o, option) = value;
    return STATUS_OK;
}

static enum status set_line(struct options *o, const struct option *option, const char *value,
                            struct error *error) {
    (void)option;
    (void)error;
    o->lines[o->line_count++] = value;
    return STATUS_OK;
}

/* The digits at `*at` as a number; of a large one only that it is large. */
static int take_number(const char **at) {
    int number = 0;
    for (; ascii_is_digit(**at); ++*at) {
        number = number < 10000 ? number * 10 + (**at - '0') : number;
    }
    return number;
}

static enum status set_size(struct options *o, const struct option *option, const char *value,
                            struct error *error) {
    const char *at = value;
    int cols = take_number(&at);
    int rows = *at == 'x' ? (at++, take_number(&at)) : 0;
    if (*at != '\0' || cols < 1 || cols > CANVAS_MAX_COLS || rows < 1 || rows > CANVAS_MAX_ROWS) {
        return bad_value(error, option, value, "WIDTHxHEIGHT like 80x24, up to 2000x1000,");
    }
    o->cols = cols;
    o->rows = rows;
    return STATUS_OK;
}

/* The whole value as a number; NaN where it is none. */
static double number_of(const char *value) {
    double number;
    bool overflow;
    size_t taken = number_parse(value, strlen(value), &number, &overflow);
    return taken == 0 || value[taken] != '\0' ? NAN : number;
}

static enum status set_speed(struct options *o, const struct option *option, const char *value,
                             struct error *error) {
    o->speed = number_of(value);
    return o->speed > 0 && o->speed <= 100
               ? STATUS_OK
               : bad_value(error, option, value, "a number above 0 and at most 100");
}

static enum status set_limit(struct options *o, const struct option *option, const char *value,
                             struct error *error) {
    o->limit = number_of(value);
    return o->limit >= 0 && o->limit <= 1e9
               ? STATUS_OK
               : bad_value(error, option, value, "a number of seconds, or 0 for no limit,");
}

static enum status set_seed(struct options *o, const struct option *option, const char *value,
                            struct error *error) {
    char *end;
    errno = 0;
    o->seed = strtoull(value, &end, 10);
    o->seeded = true;
    if (*value < '0' || *value > '9' || *end != '\0' || errno == ERANGE) {
        return bad_value(error, option, value, "a whole number from 0");
    }
    return STATUS_OK;
}

static enum status set_grain(struct options *o, const struct option *option, const char *value,
                             struct error *error) {
    for (size_t g = GRAIN_ELEMENT; g <= GRAIN_EQUATION; g++) {
        if (strcmp(value, grain_name(g)) == 0) {
            o->grain = (enum grain)g;
            return STATUS_OK;
        }
    }
    return bad_value(error, option, value, "'element' or 'equation'");
}

static enum status set_theme(struct options *o, const struct option *option, const char *value,
                             struct error *error) {
    struct text names = TEXT_EMPTY;
    o->theme = theme_named(value);
    for (size_t i = 0; theme_at(i) && !o->theme; i++) {
        const char *between = i == 0 ? "" : theme_at(i + 1) ? ", " : " or ";
        text_printf(&names, "%s'%s'", between, theme_at(i)->name);
    }
    enum status status =
        o->theme ? STATUS_OK : bad_value(error, option, value, text_string(&names));
    text_free(&names);
    return status;
}

#define AT(MEMBER) offsetof(struct options, MEMBER)

static const struct option known_options[] = {
    {"help", NULL, "", "tell how the program is called", true, AT(help), set_flag},
    {"h", NULL, "", "the same", true, AT(help), set_flag},
    {"version", NULL, "", "tell the version", true, AT(version), set_flag},
    {"size", "WxH", "80x24 120x40", "the size of the screen, 80x24 unless given", false, AT(rows),
     set_size},
    {"speed", "X", "", "so many times as fast", false, AT(speed), set_speed},
    {"grain", "GRAIN", "element equation", "how much a step takes, an equation unless given", false,
     AT(grain), set_grain},
    {"format", "FORMAT", "<format>",
     "what is written: unless given, what FILE ends in, or the first", false, AT(format), set_word},
    {"o", "FILE", "<file>", "write to this file", false, AT(output), set_word},
    {"at", "PLACE", "end all", "which screens: a step, a mark, the end, or all", false, AT(at),
     set_word},
    {"theme", "NAME", "<theme>", "the colours", false, AT(theme), set_theme},
    {"e", "COMMAND", "", "run a command, after the scene; may be given again", false, AT(lines),
     set_line},
    {"w", NULL, "", "write the scene itself", false, AT(write), set_flag},
    {"allow-files", NULL, "",
     "let scenes read and write files outside their folders, without asking", false,
     AT(allow_files), set_flag},
    {"limit", "SECONDS", "",
     "seconds of the processor for a scene that nobody watches: 60; 0: no limit", false, AT(limit),
     set_limit},
    {"loop", NULL, "", "begin again at the end", false, AT(loop), set_flag},
    {"ascii", NULL, "", "no other characters than ASCII's", false, AT(ascii), set_flag},
    {"no-color", NULL, "", "no colours", false, AT(no_color), set_flag},
    {"plain", NULL, "", "lines of text in place of a screen, for readers that speak", false,
     AT(plain), set_flag},
    {"record", "FILE", "<file>", "film the session: .cast for asciinema, .html or .svg", false,
     AT(record), set_word},
    {"seed", "N", "", "of a quiz: which elements it asks for; of a worksheet: its numbers", false,
     AT(seed), set_seed},
    {"answers", NULL, "", "with the answers in place of the blanks", false, AT(answers), set_flag},
};

const struct option *option_at(size_t index) {
    return TABLE_AT(known_options, index);
}

const struct option *option_named(const char *name) {
    return TABLE_NAMED(known_options, name);
}
