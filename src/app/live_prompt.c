/*
 * app/live_prompt.c - the prompt: while a line is typed the view shows what it
 * would do.
 */
#include <string.h>

#include "base/number.h"
#include "lang/complete.h"
#include "lang/quiz.h"
#include "live.h"
#include "places.h"

enum { HISTORY_LINES = 1000 };

static char **complete(void *context, const char *line, size_t cursor, size_t *start) {
    const struct live *live = context;
    const struct state *state = &live->session.now;
    char **list = NULL;
    if (live_question_open(live)) { /* what an answer may be made of */
        struct text answer = TEXT_EMPTY;
        size_t lead;
        quiz_command(&answer, state, line, &lead);
        if (lead > 0 && !answer.failed && answer.length == strlen(line) + lead) {
            list = complete_line(state, text_string(&answer), cursor + lead, start);
            *start -= list ? lead : 0;
        }
        text_free(&answer);
    }
    return list ? list : complete_line(state, line, cursor, start);
}

bool live_question_open(const struct live *live) {
    return live->session.now.question.stage == QUESTION_OPEN;
}

/* Where what is typed is kept from one run to the next. */
static bool history_place(struct text *path) {
    return place_of(path, "XDG_STATE_HOME", ".local/state", "history");
}

static enum status open_prompt(struct live *live, struct error *error) {
    struct text path = TEXT_EMPTY;
    enum status status = prompt_open(&live->prompt, live->terminal, complete, live, error);
    if (status == STATUS_OK && history_place(&path)) {
        (void)prompt_history_load(live->prompt, text_string(&path), error);
    }
    text_free(&path);
    return status;
}

void live_prompt_close(struct live *live, struct error *error) {
    struct text path = TEXT_EMPTY;
    if (live->prompt && history_place(&path) && place_make(text_string(&path))) {
        (void)prompt_history_save(live->prompt, text_string(&path), HISTORY_LINES, error);
    }
    text_free(&path);
    prompt_close(live->prompt);
    live->prompt = NULL;
}

void live_prompt_open(struct live *live, const char *initial) {
    struct error error = {0};
    if (!live->prompt && open_prompt(live, &error) != STATUS_OK) {
        live_message(live, true, "%s", error.text);
        return;
    }
    live->prompting = true;
    live->editing = false;
    live->cover = COVER_NONE;
    live_message(live, error.text[0] != '\0', "%s", error.text); /* of the history */
    prompt_begin(live->prompt, initial);
}

void live_prompt_edit(struct live *live) {
    const struct quantity *q = &live->session.now.pick.q;
    struct text line = TEXT_EMPTY;
    char number[NUMBER_TEXT_MAX];
    quantity_name(&line, q);
    text_put(&line, " = ");
    size_t value = line.length;
    text_put(&line, number_shortest(quantity_value(state_model(&live->session.now), q), number));
    live_prompt_open(live, text_string(&line));
    live->editing = live->prompting;
    if (live->prompting) {
        prompt_offer(live->prompt, value);
    }
    text_free(&line);
}

void live_preview_drop(struct live *live) {
    if (live->previewing) {
        state_close(&live->preview);
        live->previewing = false;
    }
}

void live_prompt_leave(struct live *live) {
    live_preview_drop(live);
    text_free(&live->hint);
    live->prompting = false;
}

/* A line of the prompt: a command, or an answer where a question is open. */
static bool run_typed(struct live *live, const char *line) {
    struct text command = TEXT_EMPTY;
    size_t lead;
    if (!live_question_open(live)) {
        return live_run(live, line);
    }
    quiz_command(&command, &live->session.now, line, &lead);
    bool good = live_run(live, text_string(&command));
    text_free(&command);
    return good;
}

/* This character, where a line would begin. */
static bool begins_with(const struct live *live, const struct event *event, char character) {
    return event->type == EVENT_KEY && event->key == (unsigned char)character &&
           event->modifiers == 0 && *prompt_line(live->prompt) == '\0';
}

/* What may be typed, where nothing is. */
static void tell_prompt(struct live *live) {
    live_message(live, false, "%s",
                 live_question_open(live)
                     ? "an answer is a number, ? is a hint, Escape looks around"
                     : "a command is typed here, 'help' lists them; Escape goes back to the keys");
}

void live_prompt_feed(struct live *live, const struct event *event) {
    if (begins_with(live, event, ' ')) { /* it would go on in the scene, but for the prompt */
        tell_prompt(live);
        return;
    }
    if (live_question_open(live) && begins_with(live, event, '?')) { /* it needs no Enter */
        live_preview_drop(live);
        live_run(live, "hint");
        if (!live_question_open(live)) { /* the third hint is the result */
            live_prompt_leave(live);
        }
        return;
    }
    switch (prompt_feed(live->prompt, event)) {
    case PROMPT_ACCEPTED: {
        const char *line = prompt_accepted(live->prompt);
        live_preview_drop(live);
        bool nothing = strspn(line, " ") == strlen(line);
        if (nothing && live_question_open(live)) {
            tell_prompt(live);
            return;
        }
        if (nothing) { /* an empty line leaves the prompt */
            live_prompt_leave(live);
            return;
        }
        prompt_history_add(live->prompt, line);
        bool asked = live_question_open(live);
        bool good = run_typed(live, line);
        if (!good && live->prompting) {
            prompt_begin(live->prompt, prompt_accepted(live->prompt)); /* to be mended */
        }
        if (live->cover != COVER_NONE || (good && live->editing) ||
            (asked && !live_question_open(live))) {
            live_prompt_leave(live);
        }
        break;
    }
    case PROMPT_CANCELLED: live_prompt_leave(live); break;
    default: live_message(live, false, "%s", ""); break;
    }
}

/* Work out what the line at the prompt would do; a half-typed or wrong one leaves
 * the picture alone and says what is missing. */
void live_preview(struct live *live) {
    live_preview_drop(live);
    if (live->prompting) {
        text_free(&live->hint);
        live->previewing =
            showing_try(&live->session, prompt_line(live->prompt), live->canvas.ascii,
                        &live->preview, &live->hint, &live->hint_is_error);
        if (prompt_offered(live->prompt) > 0) {
            text_cut(&live->hint, 0);
            text_put(&live->hint, "digits replace it, Backspace edits it");
        }
    }
}
