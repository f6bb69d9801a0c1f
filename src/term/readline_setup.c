/*
 * term/readline_setup.c - the GNU readline library set up, and what is to be known of its
 * commands.
 *
 * It never sees the terminal: see term/readline.c. Its input file is /dev/null although
 * nothing is read from it: of a terminal it asks the size and sets the same again, so that
 * a new size that comes just then is lost (rltty.c). What it looks for there, the keys that
 * stty knows, is bound here.
 */
#include "readline_setup.h"

#include <string.h>
#include <termios.h>
#include <unistd.h>

#include "base/table.h"

enum { MAP_DEPTH_MAX = 32 };

/* -- Commands ------------------------------------------------------------------- */

/* Commands that could bring the process down or to a standstill: keyboard
 * macros can run for ever, changing the mode or reading inputrc again in the
 * middle of a line frees what is still in use, and pastes are ours. */
static rl_command_func_t *const REFUSED[] = {
    rl_start_kbd_macro,      rl_end_kbd_macro,         rl_call_last_kbd_macro,
    rl_print_last_kbd_macro, rl_re_read_init_file,     rl_vi_editing_mode,
    rl_emacs_editing_mode,   rl_bracketed_paste_begin, NULL};

/* Commands that read one character more, whatever it is. */
static rl_command_func_t *const READS_ON[] = {
    rl_quoted_insert, rl_char_search,    rl_backward_char_search, rl_vi_char_search,
    rl_vi_set_mark,   rl_vi_change_char, rl_vi_goto_mark,         NULL};

/* Commands that may go to another line of history. readline keeps the undo list
 * of a line in its history entry as well, and frees it twice when searches and
 * edits of recalled lines come together: it has to have none then. (So undo does
 * not reach back over such a command, and a recalled line that was edited and
 * then left has its old text.) */
static rl_command_func_t *const MOVES[] = {rl_get_next_history,
                                           rl_get_previous_history,
                                           rl_beginning_of_history,
                                           rl_end_of_history,
                                           rl_operate_and_get_next,
                                           rl_fetch_history,
                                           rl_reverse_search_history,
                                           rl_forward_search_history,
                                           rl_noninc_forward_search,
                                           rl_noninc_reverse_search,
                                           rl_noninc_forward_search_again,
                                           rl_noninc_reverse_search_again,
                                           rl_history_search_forward,
                                           rl_history_search_backward,
                                           rl_history_substr_search_forward,
                                           rl_history_substr_search_backward,
                                           rl_vi_search,
                                           rl_vi_search_again,
                                           rl_vi_fetch_history,
                                           NULL};

static bool function_in(rl_command_func_t *function, rl_command_func_t *const *list) {
    while (*list && *list != function) {
        list++;
    }
    return *list != NULL;
}

bool readline_refuses(rl_command_func_t *command) {
    return function_in(command, REFUSED);
}

bool readline_reads_on(rl_command_func_t *command) {
    return function_in(command, READS_ON);
}

bool readline_moves(rl_command_func_t *command) {
    return function_in(command, MOVES);
}

/* -- Setting it up -------------------------------------------------------------- */

static void redisplay(void) {
}

static void show_no_matches(char **matches, int count, int width) {
    (void)matches;
    (void)count;
    (void)width;
}

static char *no_word_breaks(void) {
    static char none[] = "";
    return none;
}

static void unbind_refused(Keymap map, int depth) {
    for (int key = 0; key < KEYMAP_SIZE && depth < MAP_DEPTH_MAX; key++) {
        if (map[key].type == ISKMAP && map[key].function) {
            Keymap inner; /* kept by readline in the place of a function */
            memcpy(&inner, &map[key].function, sizeof inner);
            unbind_refused(inner, depth + 1);
        } else if (map[key].type == ISFUNC && readline_refuses(map[key].function)) {
            map[key].function = NULL;
        }
    }
}

/* What goes before the user's settings; the last three where text is UTF-8. */
static void set_variables(bool utf8) {
    static const char *const VARIABLES[][2] = {
        {"bell-style", "none"},
        {"blink-matching-paren", "off"}, /* it waits half a second */
        {"completion-query-items", "0"},
        {"echo-control-characters", "off"},
        {"enable-bracketed-paste", "off"},
        {"isearch-terminators", "\\C-[\\C-J"},
        {"keyseq-timeout", "0"},
        {"page-completions", "off"},
        {"show-mode-in-prompt", "off"},
        {"convert-meta", "off"},
        {"input-meta", "on"},
        {"output-meta", "on"},
    };
    size_t count = TABLE_COUNT(VARIABLES) - (utf8 ? 0 : 3);
    for (size_t i = 0; i < count; i++) {
        (void)rl_variable_bind(VARIABLES[i][0], VARIABLES[i][1]);
    }
}

/* rl_initialize() reads the user's inputrc and complains on standard error,
 * where the screen is: it has to do that in silence. */
static void initialize_silently(void) {
    int saved = dup(STDERR_FILENO);
    if (saved >= 0) {
        (void)dup2(fileno(rl_outstream), STDERR_FILENO);
    }
    (void)rl_initialize();
    if (saved >= 0) {
        (void)dup2(saved, STDERR_FILENO);
        (void)close(saved);
    }
}

/* The editing keys of the terminal's driver (stty erase, kill ...), before inputrc is read. */
static void bind_driver_keys(void) {
    static const struct {
        int at;
        rl_command_func_t *command;
    } KEYS[] = {
        {VERASE, rl_rubout},
        {VKILL, rl_unix_line_discard},
#ifdef VWERASE
        {VWERASE, rl_unix_word_rubout},
#endif
#ifdef VLNEXT
        {VLNEXT, rl_quoted_insert},
#endif
    };
    struct termios modes;
    long none = fpathconf(STDIN_FILENO, _PC_VDISABLE);
    bool known = tcgetattr(STDIN_FILENO, &modes) == 0;
    for (size_t i = 0; known && i < TABLE_COUNT(KEYS); i++) {
        int key = modes.c_cc[KEYS[i].at];
        if (key != none && emacs_standard_keymap[key].type == ISFUNC) {
            (void)rl_bind_key_in_map(key, KEYS[i].command, emacs_standard_keymap);
        }
    }
}

void readline_setup(const struct editor_options *options) {
    rl_catch_signals = 0;
    rl_catch_sigwinch = 0;
    rl_change_environment = 0; /* else LINES and COLUMNS freeze the screen's size */
    rl_prep_term_function = NULL;
    rl_deprep_term_function = NULL;
    rl_redisplay_function = redisplay;
    rl_completion_display_matches_hook = show_no_matches;
    rl_completion_word_break_hook = no_word_breaks;
    rl_ignore_completion_duplicates = 0;
    rl_sort_completion_matches = 0;
    rl_readline_name = "backstep";
    rl_terminal_name = options->terminal_type;
    bind_driver_keys();
    initialize_silently();
    rl_terminal_name = NULL;
    set_variables(options->utf8);
    unbind_refused(rl_get_keymap_by_name("emacs"), 0);
    unbind_refused(rl_get_keymap_by_name("vi-insert"), 0);
    unbind_refused(rl_get_keymap_by_name("vi-command"), 0);
}
