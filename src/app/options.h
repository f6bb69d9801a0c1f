/*
 * app/options.h - the command line as a record.
 */
#ifndef BACKSTEP_SRC_APP_OPTIONS_H
#define BACKSTEP_SRC_APP_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/status.h"
#include "view/theme.h"
#include "walk/walk.h"

struct options {
    const char **scenes; /* what is no option: names, paths, "-" */
    size_t scene_count;
    const char **lines; /* -e */
    size_t line_count;
    const char *format;        /* NULL: the default of the command */
    const char *output;        /* -o; NULL or "-": standard output */
    const char *at;            /* --at; NULL: "end" */
    const struct theme *theme; /* NULL: the default */
    const char *record;        /* NULL: nothing is */
    enum grain grain;
    int rows, cols; /* --size WxH */
    double speed;
    double limit;  /* seconds of the processor, of a scene that nobody watches; 0: none */
    bool write;    /* -w */
    uint64_t seed; /* of a quiz, of a worksheet */
    bool seeded, answers;
    bool allow_files; /* scenes may go out of their folders, and write */
    bool loop, ascii, no_color, plain, quiz, help, version;
};

/* A word of the command line that names what to do. */
struct action {
    const char *name;
    const char *usage;
    const char *help;
    const char *takes;   /* the long options that it understands, by blanks */
    size_t fewest, most; /* scenes; in place of the fewest, -e lines do too */
    int (*run)(const struct options *options);
};

struct option {
    const char *name;   /* without the dashes: one letter takes one dash */
    const char *value;  /* what its value is called; NULL where it takes none */
    const char *values; /* words that may be one, for completion; <file>, or a table's name */
    const char *help;
    bool everywhere; /* every action takes it */
    size_t place;    /* of the member of `struct options` that it sets, for setters to share */
    enum status (*set)(struct options *o, const struct option *option, const char *value,
                       struct error *error);
};

/* The options, NULL past the end or where none has the name; and whether an action takes one. */
const struct option *option_at(size_t index);
const struct option *option_named(const char *name);
bool action_takes(const struct action *action, const struct option *option);

/* Refuse an option, saying what is near; `name` is the word without dashes and value. */
enum status options_refuse_option(const struct action *action, const char *word, const char *name,
                                  struct error *error);

/* Refuse a word in the place of an action or a scene, where it is known what it means; a
 * word `alone` may be a misspelt scene as well: of one that is nearer to a scene nothing is
 * said here. */
bool options_refuse_action(const char *word, bool alone, struct error *error);
bool options_names_scene(const char *word);

/* Read argv[1 ...]; `*action` is what to do. On failure `error` says what is wrong
 * with which word, and what would have been right (STATUS_USAGE). */
enum status options_read(struct options *options, const struct action **action, int argc,
                         char **argv, struct error *error);
void options_free(struct options *options);

/* The actions; the first, without a name, opens the screen. NULL past the end. */
const struct action *action_at(size_t index);
const struct action *action_named(const char *word); /* NULL for none */

int action_open(const struct options *options);
int action_play(const struct options *options);
int action_quiz(const struct options *options);
int action_run(const struct options *options);
int action_check(const struct options *options);
int action_trace(const struct options *options);
int action_render(const struct options *options);
int action_record(const struct options *options);
int action_fmt(const struct options *options);
int action_worksheet(const struct options *options);
int action_list(const struct options *options);
int action_help(const struct options *options);

#endif
