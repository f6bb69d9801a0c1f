/*
 * lang/command_set.c - the commands that a configuration file is made of: settings of
 * the program, and keys.
 */
#include <stdlib.h>
#include <string.h>

#include "base/ascii.h"
#include "base/table.h"
#include "call.h"
#include "source_private.h"

/* A scene, which may not do what it likes: nor may the keys that it binds, and those that
 * answer for the user it cannot bind. */
static bool is_scene(const struct runner *runner) {
    return runner->scene || runner->fence != NULL;
}

/* ---- set ---- */

static enum status set_theme(struct call *call) {
    struct word word;
    size_t row;
    enum status status = call_choose(call, "theme", "the name of a theme", &word, &row);
    status = status == STATUS_OK ? call_end(call) : status;
    if (status == STATUS_OK && call->runner->preferences) {
        preferences_set_theme(call->runner->preferences, theme_at(row), is_scene(call->runner));
    }
    return status;
}

static enum status set_mouse(struct call *call) {
    bool on;
    enum status status = call_switch(call, &on);
    if (status == STATUS_OK && call->runner->preferences) {
        preferences_set_mouse(call->runner->preferences, on, is_scene(call->runner));
    }
    return status;
}

static enum status set_labels(struct call *call) {
    bool on;
    enum status status = call_switch(call, &on);
    if (status == STATUS_OK) {
        call->state->labels = on;
    }
    return status;
}

/* "set history MIB" */
static enum status set_history(struct call *call) {
    uint64_t mebibytes = 0;
    enum status status = call_count(call, "number of MiB", 1, 1024 * 1024, &mebibytes);
    if (status == STATUS_OK) {
        status = call_end(call);
    }
    call->result->request = REQUEST_HISTORY;
    call->result->count = (size_t)mebibytes;
    return status;
}

static const struct setting {
    const char *name, *help;
    enum status (*set)(struct call *call);
} settings[] = {
    {"theme", "the colours: 'set theme light'; 'help set' lists them", set_theme},
    {"mouse", "'off' leaves the mouse to the terminal, for selecting text", set_mouse},
    {"digits", "the decimals of numbers on the screen", run_digits},
    {"grain", "how far a step goes: 'set grain element'", run_grain},
    {"history", "the MiB that undo and going back over updates may take", set_history},
    {"labels", "'on' lets print write the name before the value", set_labels},
};

const char *setting_name(size_t index) {
    return index < TABLE_COUNT(settings) ? settings[index].name : NULL;
}

const char *setting_help(size_t index) {
    return settings[index].help;
}

/* What the user sets is set again for the next scene. */
static enum status note_setting(struct call *call, size_t setting) {
    struct preferences *preferences = call->runner->preferences;
    if (!preferences || is_scene(call->runner)) {
        return STATUS_OK;
    }
    char *line = string_copy_bytes(call->line, call->length);
    if (!line) {
        return error_memory(call->error);
    }
    free(preferences->lines[setting]);
    preferences->lines[setting] = line;
    return STATUS_OK;
}

/* "set NAME VALUE" */
enum status run_set(struct call *call) {
    struct word word;
    _Static_assert(sizeof settings / sizeof *settings <= PREFERENCES_MOST, "room for each");
    if (!call_word(call, &word)) {
        return call_missing(call, "what to set");
    }
    for (size_t i = 0; setting_name(i); i++) {
        if (word_is(&word, settings[i].name)) {
            enum status status = settings[i].set(call);
            return status == STATUS_OK ? note_setting(call, i) : status;
        }
    }
    return call_unknown(call, &word, "setting");
}

/* ---- bind ---- */

static bool answers_for_user(enum key_mode mode) {
    return mode == KEYS_LEAVE || mode == KEYS_CONSENT || mode == KEYS_OFFER;
}

/* "[MODE] KEY" */
static enum status read_key(struct call *call, enum key_mode *mode, char key[KEY_NAME_MAX]) {
    struct word word;
    *mode = KEYS_ALWAYS;
    if (!call_word(call, &word)) {
        return call_missing(call, "the name of a key");
    }
    for (size_t i = 0; key_mode_name(i); i++) {
        if (word_is(&word, key_mode_name(i))) {
            *mode = (enum key_mode)i;
            if (is_scene(call->runner) && answers_for_user(*mode)) {
                return word_error(call, &word, "a scene cannot bind keys that answer for the user");
            }
            if (!call_word(call, &word)) {
                return call_missing(call, "the name of a key");
            }
            break;
        }
    }
    if (word.length >= KEY_NAME_MAX || !key_name_known(word.bytes, word.length)) {
        return call_no_such(call, &word, "key",
                            "'n', 'F5', '^X', 'Alt-x', 'PageUp', 'Shift-Up' are some");
    }
    if (*mode <= KEYS_PICK && word.length == 1 && ascii_is_digit(word.bytes[0])) {
        return word_error(call, &word, "digits are counts: '3 Right' goes three steps on");
    }
    memcpy(key, word.bytes, word.length);
    key[word.length] = '\0';
    return STATUS_OK;
}

/* Does what is bound begin like a command, each of them where there are several? Whether
 * they can run is seen when the key is pressed. */
static enum status check_commands(struct call *call) {
    struct call rest = *call;
    struct word word;
    if (!call_peek(call, &word)) {
        return call_missing(call, "the command");
    }
    while (call_peek(&rest, &word)) {
        size_t at = (size_t)(word.bytes - call->line);
        bool comment;
        size_t end = source_statement_end(call->line, at, call->length, &comment);
        if (word.bytes[-1] == '"' || word.bytes[0] == '"') {
            return word_error(call, &word, "a key's command stands without quotes: '%s'",
                              call->command->example);
        }
        if (!is_assignment(word.bytes, end - at) && !command_named(word.bytes, word.length)) {
            return unknown_command(call, &word);
        }
        rest.at = end < call->length ? end + 1 : end;
    }
    return STATUS_OK;
}

/* The mark that the command goes to, where it does: it may be set later. */
static enum status note_mark(struct call *call) {
    struct state state;
    struct result result = {0};
    struct error error = {0};
    struct word word;
    if (!call_peek(call, &word) || !word_is(&word, "goto")) {
        return STATUS_OK;
    }
    if (state_copy(&state, call->state) != STATUS_OK) {
        return error_memory(call->error);
    }
    size_t at = (size_t)(word.bytes - call->line);
    if (call_apply(call->runner, &state, word.bytes, call->length - at, &result, &error) ==
            STATUS_OK &&
        result.request == REQUEST_GOTO_MARK) {
        memcpy(call->result->name, result.name, sizeof result.name);
        call->result->column = word.column - 1 + result.column;
    }
    state_close(&state);
    result_free(&result);
    return STATUS_OK;
}

/* "bind F5 train 10", "bind picking x nudge 5" */
enum status run_bind(struct call *call) {
    enum key_mode mode;
    char key[KEY_NAME_MAX];
    enum status status = read_key(call, &mode, key);
    status = status == STATUS_OK ? check_commands(call) : status;
    status = status == STATUS_OK ? note_mark(call) : status;
    if (status != STATUS_OK || !call->runner->preferences) {
        return status;
    }
    char *command = call_rest(call);
    bool good = command && key_bind(&call->runner->preferences->bindings, mode, key, command,
                                    is_scene(call->runner));
    free(command);
    return good ? STATUS_OK : error_memory(call->error);
}

enum status run_unbind(struct call *call) {
    enum key_mode mode;
    char key[KEY_NAME_MAX];
    enum status status = read_key(call, &mode, key);
    status = status == STATUS_OK ? call_end(call) : status;
    if (status != STATUS_OK || !call->runner->preferences) {
        return status;
    }
    return key_bind(&call->runner->preferences->bindings, mode, key, NULL, is_scene(call->runner))
               ? STATUS_OK
               : error_memory(call->error);
}
