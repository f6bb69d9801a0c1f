/*
 * lang/command_scene.c - what a scene says to its player and its audience, and what
 * more than one word asks for: allow, quit, seek ...
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/ascii.h"
#include "base/number.h"
#include "call.h"
#include "expr/quantity.h"

static enum status set_text(struct call *call, char **text) {
    char *rest = call_rest(call);
    if (!rest) {
        return error_memory(call->error);
    }
    free(*text);
    *text = rest;
    if (*rest == '\0') {
        free(rest);
        *text = NULL;
    }
    return STATUS_OK;
}

enum status run_title(struct call *call) {
    return set_text(call, &call->state->title);
}

enum status run_say(struct call *call) {
    return set_text(call, &call->state->say);
}

/* What is said, or asked, whole: a small screen cuts it. */
enum status run_story(struct call *call) {
    const struct state *state = call->state;
    struct text *out = &call->result->output;
    if (state->question.stage != QUESTION_NONE) {
        struct print_options options = {.model = state_model(state)};
        question_put(out, &state->question, &options);
    } else {
        text_put(out, state->say ? state->say : "nothing is said here");
    }
    text_put(out, "\n");
    call->result->request = REQUEST_HELP;
    return call_end(call);
}

static enum status read_positive(struct call *call, const char *what, double most) {
    double value = 0;
    size_t from = call->at;
    enum status status = call_number(call, what, &value);
    if (status == STATUS_OK) {
        status = call_end(call);
    }
    if (status == STATUS_OK && !(value > 0 && value <= most)) {
        status = error_at(call->error, call_column(call, from) + 1, call->length - from - 1,
                          "%s is a number above 0 and at most %g", what, most);
    }
    call->result->seconds = value;
    return status;
}

enum status run_wait(struct call *call) {
    call->result->request = REQUEST_WAIT;
    return read_positive(call, "a wait in seconds", 3600);
}

enum status run_speed(struct call *call) {
    struct word word;
    if (call_peek(call, &word) && (word_is(&word, "faster") || word_is(&word, "slower"))) {
        call_word(call, &word);
        call->result->request = word_is(&word, "faster") ? REQUEST_FASTER : REQUEST_SLOWER;
        return call_end(call);
    }
    if (word_is(&word, "fast") || word_is(&word, "slow")) {
        return word_error(call, &word, "'%.*s' is no speed: 'speed %.*ser' or 'speed 2' is right",
                          (int)word.length, word.bytes, (int)word.length, word.bytes);
    }
    call->result->request = REQUEST_SPEED;
    return read_positive(call, "a speed", 100);
}

static bool is_mark_char(char c) {
    return ascii_is_letter(c) || ascii_is_digit(c) || c == '_' || c == '-' || c == '.';
}

/* A mark must not read as a quantity, an end of the walk, or a number. */
static enum status check_mark(struct call *call, const struct word *word) {
    bool good = word->length > 0;
    for (size_t i = 0; i < word->length; i++) {
        good = good && is_mark_char(word->bytes[i]);
    }
    if (!good) {
        return word_error(call, word, "a mark's name has letters, digits, '-', '_' and '.'");
    }
    if (word->length >= sizeof call->result->name) {
        return word_error(call, word, "a mark's name has at most %zu letters",
                          sizeof call->result->name - 1);
    }
    bool quantity = word_names_quantity(word);
    bool number = ascii_is_digit(word->bytes[0]);
    if (quantity || number || word_is(word, "START") || word_is(word, "END")) {
        return word_error(call, word,
                          "'%.*s' cannot name a mark: 'goto' gives it a meaning already",
                          (int)word->length, word->bytes);
    }
    return STATUS_OK;
}

static void put_name(struct call *call, const struct word *word) {
    size_t most = sizeof call->result->name - 1;
    size_t length = word->length < most ? word->length : most;
    memcpy(call->result->name, word->bytes, length);
    call->result->name[length] = '\0';
    call->result->column = word->column;
}

enum status run_mark(struct call *call) {
    struct word word;
    if (!call_word(call, &word)) {
        return call_missing(call, "the name of the mark");
    }
    enum status status = check_mark(call, &word);
    if (status == STATUS_OK) {
        status = call_end(call);
    }
    if (status == STATUS_OK) {
        put_name(call, &word);
        call->result->request = REQUEST_MARK;
    }
    return status;
}

/* "include FILE": where a scene is read, the file's lines have taken its place. */
enum status run_include(struct call *call) {
    struct word word;
    if (!call_word(call, &word)) {
        return call_missing(call, "a file, or the name of a built-in scene");
    }
    enum status status = call_end(call);
    return status == STATUS_OK
               ? word_error(call, &word,
                            "'include' stands in a scene: the lines of '%.*s' would "
                            "take its place there",
                            (int)word.length, word.bytes)
               : status;
}

/* "seek 50%" or "seek MARK" */
enum status run_seek(struct call *call) {
    struct word word;
    if (!call_word(call, &word)) {
        return call_missing(call, "a share like '50%' or the name of a mark");
    }
    enum status status = call_end(call);
    if (status != STATUS_OK) {
        return status;
    }
    uint64_t percent;
    if (word_digits(&word, &percent) && percent <= 100) {
        return word_error(call, &word, "a share of the scene ends in '%%': 'seek %llu%%'",
                          (unsigned long long)percent);
    }
    if (word.length == 0 || word.bytes[word.length - 1] != '%') {
        status = check_mark(call, &word);
        put_name(call, &word);
        call->result->request = REQUEST_GOTO_MARK;
        return status;
    }
    double value = 0;
    bool overflow;
    size_t taken = number_parse(word.bytes, word.length - 1, &value, &overflow);
    if (taken == 0 || taken != word.length - 1 || !(value >= 0 && value <= 100)) {
        return word_error(call, &word, "a share of the scene is from 0%% to 100%%");
    }
    call->result->seconds = value / 100;
    call->result->request = REQUEST_SEEK;
    return STATUS_OK;
}

/* "close": what covers the panels goes, or what a scene shows of a number. */
enum status run_close(struct call *call) {
    call->result->request = REQUEST_CLOSE;
    if (!call->runner->covered) {
        call->state->account = (struct account){0};
    }
    return call_end(call);
}

/* "allow", "allow no" */
enum status run_allow(struct call *call) {
    struct word word;
    bool no = call_peek(call, &word) && word_is(&word, "no");
    if (no) {
        call_word(call, &word);
    }
    call->result->request = no ? REQUEST_REFUSE : REQUEST_ALLOW;
    return call_end(call);
}

/* "quit", "quit now" */
enum status run_quit(struct call *call) {
    struct word word;
    bool now = call_peek(call, &word) && word_is(&word, "now");
    if (now) {
        call_word(call, &word);
    }
    call->result->request = now ? REQUEST_QUIT_NOW : REQUEST_QUIT;
    return call_end(call);
}
