/*
 * app/options_table.c - the table of the options of the command line, and what each does
 * with its value.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/number.h"
#include "base/text.h"
#include "options.h"
#include "view/canvas.h"

static enum status bad_value(struct error *error, const char *option, const char *value,
                             const char *right) {
    return error_set(error, STATUS_USAGE, "'%s' is no value for %s: %s is right", value, option,
                     right);
}

/* The digits at `*at` as a number; of a large one only that it is large. */
static int take_number(const char **at) {
    int number = 0;
    for (; **at >= '0' && **at <= '9'; ++*at) {
        number = number < 10000 ? number * 10 + (**at - '0') : number;
    }
    return number;
}

static enum status set_size(struct options *o, const char *value, struct error *error) {
    const char *at = value;
    int cols = take_number(&at);
    int rows = *at == 'x' ? (at++, take_number(&at)) : 0;
    if (*at != '\0' || cols < 1 || cols > CANVAS_MAX_COLS || rows < 1 || rows > CANVAS_MAX_ROWS) {
        return bad_value(error, "--size", value, "WIDTHxHEIGHT like 80x24, up to 2000x1000,");
    }
    o->cols = cols;
    o->rows = rows;
    return STATUS_OK;
}

static enum status set_speed(struct options *o, const char *value, struct error *error) {
    bool overflow;
    size_t taken = number_parse(value, strlen(value), &o->speed, &overflow);
    if (taken == 0 || value[taken] != '\0' || !(o->speed > 0 && o->speed <= 100)) {
        return bad_value(error, "--speed", value, "a number above 0 and at most 100");
    }
    return STATUS_OK;
}

static enum status set_limit(struct options *o, const char *value, struct error *error) {
    bool overflow;
    size_t taken = number_parse(value, strlen(value), &o->limit, &overflow);
    if (taken == 0 || value[taken] != '\0' || !(o->limit >= 0 && o->limit <= 1e9)) {
        return bad_value(error, "--limit", value, "a number of seconds, or 0 for no limit,");
    }
    return STATUS_OK;
}

static enum status set_seed(struct options *o, const char *value, struct error *error) {
    char *end;
    errno = 0;
    o->seed = strtoull(value, &end, 10);
    o->seeded = true;
    if (*value < '0' || *value > '9' || *end != '\0' || errno == ERANGE) {
        return bad_value(error, "--seed", value, "a whole number from 0");
    }
    return STATUS_OK;
}

static enum status set_grain(struct options *o, const char *value, struct error *error) {
    for (size_t g = GRAIN_ELEMENT; g <= GRAIN_EQUATION; g++) {
        if (strcmp(value, grain_name(g)) == 0) {
            o->grain = (enum grain)g;
            return STATUS_OK;
        }
    }
    return bad_value(error, "--grain", value, "'element' or 'equation'");
}

static enum status set_format(struct options *o, const char *value, struct error *error) {
    (void)error;
    o->format = value;
    return STATUS_OK;
}
static enum status set_output(struct options *o, const char *value, struct error *error) {
    (void)error;
    o->output = value;
    return STATUS_OK;
}
static enum status set_at(struct options *o, const char *value, struct error *error) {
    (void)error;
    o->at = value;
    return STATUS_OK;
}
static enum status set_theme(struct options *o, const char *value, struct error *error) {
    struct text names = TEXT_EMPTY;
    o->theme = theme_named(value);
    for (size_t i = 0; theme_at(i) && !o->theme; i++) {
        const char *between = i == 0 ? "" : theme_at(i + 1) ? ", " : " or ";
        text_printf(&names, "%s'%s'", between, theme_at(i)->name);
    }
    enum status status =
        o->theme ? STATUS_OK : bad_value(error, "--theme", value, text_string(&names));
    text_free(&names);
    return status;
}
static enum status set_record(struct options *o, const char *value, struct error *error) {
    (void)error;
    o->record = value;
    return STATUS_OK;
}
static enum status set_answers(struct options *o, const char *value, struct error *error) {
    (void)value;
    (void)error;
    o->answers = true;
    return STATUS_OK;
}
static enum status set_line(struct options *o, const char *value, struct error *error) {
    (void)error;
    o->lines[o->line_count++] = value;
    return STATUS_OK;
}
static enum status set_write(struct options *o, const char *value, struct error *error) {
    (void)value;
    (void)error;
    o->write = true;
    return STATUS_OK;
}
static enum status set_allow_files(struct options *o, const char *value, struct error *error) {
    (void)value;
    (void)error;
    o->allow_files = true;
    return STATUS_OK;
}
static enum status set_loop(struct options *o, const char *value, struct error *error) {
    (void)value;
    (void)error;
    o->loop = true;
    return STATUS_OK;
}
static enum status set_ascii(struct options *o, const char *value, struct error *error) {
    (void)value;
    (void)error;
    o->ascii = true;
    return STATUS_OK;
}
static enum status set_no_color(struct options *o, const char *value, struct error *error) {
    (void)value;
    (void)error;
    o->no_color = true;
    return STATUS_OK;
}
static enum status set_plain(struct options *o, const char *value, struct error *error) {
    (void)value;
    (void)error;
    o->plain = true;
    return STATUS_OK;
}
static enum status set_help(struct options *o, const char *value, struct error *error) {
    (void)value;
    (void)error;
    o->help = true;
    return STATUS_OK;
}
static enum status set_version(struct options *o, const char *value, struct error *error) {
    (void)value;
    (void)error;
    o->version = true;
    return STATUS_OK;
}

static const struct option known_options[] = {
    {"help", NULL, "", "tell how the program is called", true, set_help},
    {"h", NULL, "", "the same", true, set_help},
    {"version", NULL, "", "tell the version", true, set_version},
    {"size", "WxH", "80x24 120x40", "the size of the screen, 80x24 unless given", false, set_size},
    {"speed", "X", "", "so many times as fast", false, set_speed},
    {"grain", "GRAIN", "element equation", "how much a step takes, an equation unless given", false,
     set_grain},
    {"format", "FORMAT", "<format>",
     "what is written: unless given, what FILE ends in, or the first", false, set_format},
    {"o", "FILE", "<file>", "write to this file", false, set_output},
    {"at", "PLACE", "end all", "which screens: a step, a mark, the end, or all", false, set_at},
    {"theme", "NAME", "<theme>", "the colours", false, set_theme},
    {"e", "COMMAND", "", "run a command, after the scene; may be given again", false, set_line},
    {"w", NULL, "", "write the scene itself", false, set_write},
    {"allow-files", NULL, "",
     "let scenes read and write files outside their folders, without asking", false,
     set_allow_files},
    {"limit", "SECONDS", "",
     "seconds of the processor for a scene that nobody watches: 60; 0: no limit", false, set_limit},
    {"loop", NULL, "", "begin again at the end", false, set_loop},
    {"ascii", NULL, "", "no other characters than ASCII's", false, set_ascii},
    {"no-color", NULL, "", "no colours", false, set_no_color},
    {"plain", NULL, "", "lines of text in place of a screen, for readers that speak", false,
     set_plain},
    {"record", "FILE", "<file>", "film the session: .cast for asciinema, .html or .svg", false,
     set_record},
    {"seed", "N", "", "of a quiz: which elements it asks for; of a worksheet: its numbers", false,
     set_seed},
    {"answers", NULL, "", "with the answers in place of the blanks", false, set_answers},
};

const struct option *option_at(size_t index) {
    return index < sizeof known_options / sizeof *known_options ? &known_options[index] : NULL;
}
