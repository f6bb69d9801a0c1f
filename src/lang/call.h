/*
 * lang/call.h - a command while it runs: its arguments and what it may touch.
 * Private to lang/.
 */
#ifndef BACKSTEP_SRC_LANG_CALL_H
#define BACKSTEP_SRC_LANG_CALL_H

#include "base/nearest.h"
#include "expr/expr.h"
#include "lang/command.h"
#include "out/tensor.h"

struct call {
    const struct runner *runner;
    const struct command *command;
    struct state *state; /* the copy that the command may change */
    const char *line;    /* the whole statement */
    size_t length;
    size_t at;              /* what of it has been read */
    size_t counted, column; /* so many bytes from the start are so many code points */
    struct result *result;
    struct error *error;
};

/* Of updates that a line can name. */
#define UPDATES_MOST UINT64_C(1000000000000)

/* A blank-delimited word of the line; "..." keeps blanks. Not NUL-terminated. */
struct word {
    const char *bytes;
    size_t length;
    size_t column; /* from 1, in code points */
};

/* The next word; false at the end of the line. */
bool call_word(struct call *call, struct word *word);

/* Look at the next word without reading it. */
bool call_peek(struct call *call, struct word *word);

/* Go on to where the next word begins, or the line ends. */
void call_skip_blanks(struct call *call);

/* The column of byte `at`, and of the next byte to read. */
size_t call_column(struct call *call, size_t at);

/* Nothing may follow. */
enum status call_end(struct call *call);

/* "NAME is missing: usage" at the end of the line. */
enum status call_missing(struct call *call, const char *what);

/* An error at a word. */
enum status word_error(struct call *call, const struct word *word, const char *format, ...)
    PRINTF_LIKE(3, 4);

bool word_is(const struct word *word, const char *string);

/* Is it the name of a quantity, in this network or in another ("z9")? */
bool word_names_quantity(const struct word *word);

/* Refuse "off" where a number is to stand, and 0 means that. */
enum status call_refuse_off(struct call *call);

/* "on" or "off"; the second, with nothing behind it. */
enum status call_on_off(struct call *call, bool *on);
enum status call_switch(struct call *call, bool *on);

/* Whether the word is a whole number, of at most 18 digits. */
bool word_digits(const struct word *word, uint64_t *value);

/* The next word as a whole number between the bounds. */
enum status call_count(struct call *call, const char *what, uint64_t least, uint64_t most,
                       uint64_t *value);

/* The number of a seed; and "[seed N]" at the end of the line, which leaves `*seed` as
 * it is where there is none. */
enum status call_seed(struct call *call, uint64_t *seed);
enum status call_last_seed(struct call *call, uint64_t *seed);

/* The rest of the line, or up to where the expression ends, as a single number. */
enum status call_number(struct call *call, const char *what, double *value);
enum status call_expression(struct call *call, bool list, bool to_end, struct expr **expr);
enum status call_evaluate(struct call *call, const struct expr *expr, struct value *value);

/* Write a value to the output: a number, a vector's numbers, a matrix a row a line. */
void call_put_value(struct call *call, const struct value *value);

/* Refuse what an open question hides: the value that is asked for, or what is computed
 * from it. */
enum status call_check_hidden(struct call *call, const struct expr *expr);

/* The rest of the line, blanks trimmed; an owned string, NULL when memory is short. */
char *call_rest(struct call *call);
char *word_copy(const struct word *word);

/* Write a word so that it is read as this one; false where it cannot be said. */
bool word_put(struct text *out, const char *word);

/* The path that a word names, to be read, or written: a relative one starts at the
 * runner's folder. One outside the fence is refused, and "-" to be read where lines are typed.
 * The caller frees it. */
enum status call_path(struct call *call, const struct word *word, bool written, char **path);

/* The error has to do with what this word names. */
void call_blame(struct call *call, const struct word *word);

/* The quantity that a word names, all of it. */
enum status call_quantity(struct call *call, const struct word *word, struct quantity *q);

/* Whether 'new' may stand before a quantity, which the word names: the update gives it
 * another value. */
enum status call_updated(struct call *call, const struct word *word, const struct quantity *q);

/* The whole of a quantity that has one element means that element. */
void call_single(const struct call *call, struct quantity *q);

/* The model to write; NULL with the error filled when memory is short. */
struct model *call_edit(struct call *call);

/* The same for updates, of which the line is kept: walk/track.h. */
struct model *call_train(struct call *call);

/* Tables whose names may follow a command: for errors and completion alike. */
struct choice {
    const char *kind;                  /* "activation" */
    const char *(*name)(size_t index); /* NULL past the end */
    const char *(*help)(size_t index);
};
const struct choice *choice_named(const char *kind, size_t length);

/* The row of the table of that kind that a word names; SIZE_MAX for none. */
size_t word_row(const struct word *word, const char *kind);

/* The next word as the name of such a row. Where there is none, `what` is missing. */
enum status call_choose(struct call *call, const char *kind, const char *what, struct word *word,
                        size_t *row);

/* Commas in the bytes that may be meant as decimal signs: "0,5", and not "[1,2]". */
size_t decimal_commas(const char *bytes, size_t length);

/* Where the error stands at such a comma of the statement, say what the sign is. */
void tell_decimal_sign(const struct call *call);

/* The command behind which this word stands, as the row of a table; NULL for none. */
const struct command *command_taking(const struct word *word);

/* Refuse a word that is a key, where an answer is waited for at the prompt; false where it
 * is none. */
bool refuse_answer_key(struct call *call, const struct word *word);

/* Refuse a word that is no command, saying what is near. */
enum status unknown_command(struct call *call, const struct word *word);

/* Refuse a word that is in no row of the table of that kind, naming the nearest, or all;
 * or `otherwise` instead of all. */
enum status call_unknown(struct call *call, const struct word *word, const char *kind);
enum status call_no_such(struct call *call, const struct word *word, const char *kind,
                         const char *otherwise);

/* The runner's own words may be meant too. */
void call_consider_own(const struct call *call, struct nearest *nearest);

/* A kind of file that `export` writes, and `import` reads where it can. */
struct format {
    const char *name;   /* as it is typed: "json" */
    const char *ending; /* of its files, with the point: `import` knows them by it */
    const char *help;
    /* Append the bytes of the file. `file` is its name as it was typed ("-" for standard
     * output), for errors and for what depends on its ending. */
    enum status (*write)(struct call *call, const struct word *file, struct text *out);
    /* Instead of that: write one quantity, whose name is typed before the file's. */
    void (*write_array)(struct text *out, const struct tensor *tensor);
    /* NULL where such files cannot be read. */
    enum status (*read)(const char *bytes, size_t length, const char *file, struct tensors *tensors,
                        struct error *error);
};
const struct format *format_at(size_t index); /* NULL past the end */
/* The format that the ending of a file's name tells; NULL for none that can be read. */
const struct format *format_read_by(const char *path);

/* So many weights can be made at every key. */
enum { PREVIEW_WEIGHTS_MOST = 200 * 1000 };

/* A network of these widths with the settings of the present one, which has its place
 * to take. */
enum status call_new_model(struct call *call, const size_t *widths, size_t count,
                           struct model **model);

/* May the quantity that this word names be assigned? */
enum status call_check_target(struct call *call, const struct quantity *q, const struct word *word);

/* What an assignment does with a value of whatever shape, given at a word. */
enum status call_assign(struct call *call, const struct quantity *q, const struct value *value,
                        size_t column, size_t width);

/* The screen, for the table of formats. */
enum status frame_write(struct call *call, const struct word *file, struct text *out);

/* Run a statement on a state, which is half changed where it fails. */
enum status call_apply(const struct runner *runner, struct state *state, const char *line,
                       size_t length, struct result *result, struct error *error);

/* What a saved state begins with: a scene that is as long as a scene may be. */
#define STATE_FIRST_LINE "# A state of backstep: 'load' restores it, and it plays as a scene.\n"

/* The state as commands that make it again; paths in it start at `folder`, an absolute
 * path, or NULL: then they are absolute. What cannot be said is refused. */
enum status state_save(struct text *out, const struct state *state, const char *folder,
                       struct error *error);

/* An assignment: "W0[1,2] = ...". True where the statement begins like one. */
bool is_assignment(const char *line, size_t length);
enum status run_assignment(struct call *call);

/* Write one element of x, y, W or b. */
enum status set_element(struct call *call, const struct quantity *q, double value);

/* The list of keys, `width` columns wide. */
void manual_keys(struct text *out, const struct key_bindings *bindings, size_t width);

/* The rows of the table of `set`. */
const char *setting_name(size_t index);
const char *setting_help(size_t index);

/* Where a network is compared with another that no longer belongs to it, make that anew;
 * where it cannot be made any more, compare no longer, and say so in `message`. */
enum status compare_follow(const struct runner *runner, struct state *state, struct text *message,
                           struct error *error);

/* The functions of the table's rows. */
#define COMMAND(RUN, ...) enum status RUN(struct call *call);
#define ASK(...)
#include "command_table.h"
#undef COMMAND
#undef ASK

#endif
