/*
 * term/readline.c - the line of the GNU readline library, which no other file knows but
 * the one that sets it up.
 *
 * readline runs in its callback mode and never sees the terminal: its input is
 * the queue below, its files are /dev/null, its redisplay does nothing. Which
 * bytes it may have is decided in term/editor.c. Should a command read more
 * than there is, it reads ^G, which ends it.
 */
#include <stdio.h>

#include <readline/history.h>
#include <readline/readline.h>

#include <stdlib.h>
#include <string.h>

#include "readline_setup.h"
#include "term/line.h"

enum { VI_MODE = 0, ABORT_KEY = 7, QUEUE_MAX = 160 };
enum { STARVED_MAX = 16, ARGUMENT_MAX = 99 };
static const char LABEL[] = ": ";

/* The one line of the process. */
static struct {
    bool initialized;
    bool open;    /* a line has begun */
    bool discard; /* the line that ends now is not wanted */
    FILE *nowhere;
    struct editor_options options;
    char queue[QUEUE_MAX];
    size_t start, end;
    char last;   /* the byte that readline took last */
    int starved; /* reads in a row from an empty queue */
    enum editor_result result;
    char *accepted; /* as readline gave it; NULL: none yet */
} line;

/* -- What readline calls ------------------------------------------------------ */

static int next_byte(FILE *stream) {
    (void)stream;
    if (line.start == line.end) {
        line.last = ABORT_KEY;
        return ++line.starved > STARVED_MAX ? EOF : ABORT_KEY;
    }
    line.starved = 0;
    line.last = line.queue[line.start++];
    return (unsigned char)line.last;
}

/* Asked to tell a lone Escape from a sequence; else "no" keeps readline from
 * reading ahead. */
static int more_bytes(void) {
    return line.last == ESC && line.start < line.end;
}

static char **complete(const char *text, int start, int end) {
    (void)text, (void)start;
    rl_attempted_completion_over = 1;
    rl_completion_suppress_append = 1;
    if (!line.options.matches || end < 0) {
        return NULL;
    }
    return line.options.matches(line.options.context, rl_line_buffer, (size_t)end);
}

/* Two lines in one, of a macro with two line ends; where memory is short, the first. */
static char *join(char *first, const char *second) {
    size_t length = strlen(first), more = strlen(second);
    char *both = realloc(first, length + sizeof "; " + more);
    if (!both) {
        return first;
    }
    memcpy(both + length, "; ", sizeof "; ");
    memcpy(both + length + 2, second, more + 1);
    return both;
}

/* A line has ended: Enter, or end of input (NULL). */
static void line_ended(char *text) {
    if (line.discard) {
        free(text);
    } else if (!text) {
        line.result = EDITOR_ENDED;
    } else if (line.result == EDITOR_ACCEPTED && *line.accepted) {
        line.accepted = join(line.accepted, text);
        free(text);
    } else {
        free(line.accepted);
        line.accepted = text;
        line.result = EDITOR_ACCEPTED;
    }
}

/* -- The line ------------------------------------------------------------------- */

enum status line_open(const struct editor_options *options, struct error *error) {
    line.nowhere = fopen("/dev/null", "r+");
    if (!line.nowhere) {
        return error_set(error, STATUS_IO, "cannot open '/dev/null'");
    }
    line.options = *options;
    rl_instream = rl_outstream = line.nowhere;
    if (!line.initialized) {
        rl_getc_function = next_byte;
        rl_input_available_hook = more_bytes;
        rl_attempted_completion_function = complete;
        readline_setup(options);
        line.initialized = true;
    }
    return STATUS_OK;
}

void line_close(void) {
    rl_clear_history();
    rl_instream = rl_outstream = NULL;
    (void)fclose(line.nowhere);
    free(line.accepted);
    line.accepted = NULL;
}

void line_begin(const char *initial) {
    line.open = true;
    line.discard = false;
    rl_callback_handler_install(LABEL, line_ended);
    if (initial && *initial) {
        rl_replace_line(initial, 1);
        rl_point = rl_end;
    }
}

/* What commands leave behind that others would trip over: vi's . after an r that
 * was given up puts a NUL into the line, on which other commands work for ever,
 * and so they do on a large argument. */
static void mend(void) {
    char *nul = rl_end > 0 ? memchr(rl_line_buffer, '\0', (size_t)rl_end) : NULL;
    while (nul) {
        *nul = ' ';
        nul = memchr(nul, '\0', (size_t)(rl_line_buffer + rl_end - nul));
    }
    if (rl_numeric_arg > ARGUMENT_MAX) {
        rl_numeric_arg = ARGUMENT_MAX;
    }
}

/* Have a command run, whatever keys the user has it on. */
static void run_command(rl_command_func_t *command) {
    KEYMAP_ENTRY *enter = &rl_get_keymap()['\r'];
    KEYMAP_ENTRY bound = *enter;
    *enter = (KEYMAP_ENTRY){ISFUNC, command};
    line.queue[0] = '\r';
    line.start = 0;
    line.end = 1;
    rl_callback_read_char();
    *enter = bound;
}

static int do_nothing(int count, int key) {
    return count < 0 && key < 0;
}

enum editor_result line_run(const char *bytes, size_t count) {
    line.result = EDITOR_EDITING;
    line.start = 0;
    line.end = count < QUEUE_MAX ? count : QUEUE_MAX;
    memcpy(line.queue, bytes, line.end);
    line.starved = 0;
    while (line.start < line.end && line.result != EDITOR_ENDED) {
        rl_callback_read_char();
        mend();
    }
    if (line.result == EDITOR_EDITING && RL_ISSTATE(RL_STATE_DONE)) {
        run_command(do_nothing); /* Enter after an argument is noticed at the next key only */
    }
    return line.result;
}

void line_end(bool ended) {
    if (!ended) {
        /* By the way of Enter, so that history is as it was before its lines
         * were edited. */
        line.discard = true;
        run_command(rl_newline);
    }
    rl_callback_handler_remove();
    line.open = false;
}

void line_insert(const char *text) {
    (void)rl_begin_undo_group();
    (void)rl_insert_text(text);
    (void)rl_end_undo_group();
}

void line_cut(size_t from) {
    (void)rl_begin_undo_group();
    (void)rl_delete_text((int)from, rl_end);
    rl_point = (int)from;
    (void)rl_end_undo_group();
}

/* -- What the guard asks ---------------------------------------------------------- */

enum line_state line_state(void) {
    unsigned long state = rl_readline_state;
    if (state & RL_STATE_ISEARCH) {
        return LINE_SEARCHING;
    }
    if (state & RL_STATE_NSEARCH) {
        return LINE_ASKING;
    }
    if (state & (RL_STATE_VIMOTION | RL_STATE_CHARSEARCH)) {
        return LINE_MOTION;
    }
    return state & (RL_STATE_NUMERICARG | RL_STATE_MULTIKEY) ? LINE_COUNTING : LINE_IDLE;
}

bool line_is_vi(void) {
    return rl_editing_mode == VI_MODE;
}

bool line_inserts(void) {
    return rl_editing_mode != VI_MODE || rl_get_keymap() == vi_insertion_keymap;
}

bool line_searches_on(char byte) {
    const KEYMAP_ENTRY *entry = &rl_get_keymap()[(unsigned char)byte];
    return entry->type == ISFUNC && (entry->function == rl_reverse_search_history ||
                                     entry->function == rl_forward_search_history);
}

enum line_meaning line_lookup(const char *bytes, size_t count) {
    int type = ISFUNC;
    rl_command_func_t *function = rl_function_of_keyseq_len(bytes, count, NULL, &type);
    if (!function) {
        return LINE_NOTHING;
    }
    if (type == ISKMAP) {
        return LINE_PREFIX;
    }
    if (type == ISFUNC && readline_refuses(function)) {
        return LINE_REFUSED;
    }
    /* ; and , repeat a search for a character and take none. */
    bool repeats = function == rl_vi_char_search && strchr(";,", bytes[count - 1]);
    if (type == ISFUNC && !repeats && readline_reads_on(function)) {
        return LINE_READS_ON;
    }
    bool moves = type != ISFUNC || readline_moves(function);
    return moves ? LINE_MOVES : LINE_COMMAND;
}

void line_forget_undo(void) {
    rl_free_undo_list();
}

/* -- What there is to see --------------------------------------------------------- */

const char *line_text(void) {
    return line.open && rl_line_buffer ? rl_line_buffer : "";
}

size_t line_cursor(void) {
    return line.open && rl_point > 0 ? (size_t)rl_point : 0;
}

const char *line_label(void) {
    return line.open && rl_display_prompt ? rl_display_prompt : LABEL;
}

const char *line_accepted(void) {
    return line.accepted ? line.accepted : "";
}

void line_history_add(const char *text) {
    HIST_ENTRY *newest = history_length > 0 ? history_get(history_base + history_length - 1) : NULL;
    if (*text && (!newest || strcmp(newest->line, text) != 0)) {
        add_history(text);
    }
    using_history();
}
