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
#include "seconds.h"
#include "showing.h"

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

/* Where what is typed is kept from one run to the next. */
static bool history_place(struct text *path) {
    return place_of(path, "XDG_STATE_HOME", ".local/state", "history");
}

static enum status open_prompt(struct live *live, struct error *error) {
    struct text path = TEXT_EMPTY;
    enum status status = prompt_open(&live->typing.prompt, live->terminal, complete, live, error);
    if (status == STATUS_OK && history_place(&path)) {
        (void)prompt_history_load(live->typing.prompt, text_string(&path), error);
    }
    text_free(&path);
    return status;
}

void live_prompt_close(struct live *live, struct error *error) {
    struct text path = TEXT_EMPTY;
    if (live->typing.prompt && history_place(&path) && place_make(text_string(&path))) {
        (void)prompt_history_save(live->typing.prompt, text_string(&path), HISTORY_LINES, error);
    }
    text_free(&path);
    prompt_close(live->typing.prompt);
    live->typing.prompt = NULL;
}

void live_prompt_open(struct live *live, const char *initial) {
    struct error error = {0};
    if (!live->typing.prompt && open_prompt(live, &error) != STATUS_OK) {
        message_set(&live->message, true, "%s", error.text);
        return;
    }
    live->typing.on = true;
    live->typing.one_value = false;
    live->cover.kind = COVER_NONE;
    message_set(&live->message, error.text[0] != '\0', "%s", error.text); /* of the history */
    prompt_begin(live->typing.prompt, initial);
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
    live->typing.one_value = live->typing.on;
    if (live->typing.on) {
        prompt_offer(live->typing.prompt, value);
    }
    text_free(&line);
}

void live_preview_drop(struct live *live) {
    if (live->typing.previewing) {
        state_close(&live->typing.preview);
        live->typing.previewing = false;
    }
}

void live_prompt_leave(struct live *live) {
    live_preview_drop(live);
    text_free(&live->typing.hint);
    live->typing.on = false;
}

/* ---- the preview, which is a courtesy: it gives way to what is typed next ---- */

static const double quick = 0.05, longest = 2; /* seconds */

static bool give_way(void *context) {
    struct live *live = context;
    struct typing *typing = &live->typing;
    struct pace *pace = &live->pace;
    if (!pace->has_event) {
        terminal_wait(live->terminal, 0, &pace->event);
        pace->has_event = pace->event.type != EVENT_NONE;
    }
    typing->over = typing->over || pace->has_event || seconds_now() > typing->until;
    return typing->over;
}

/* Work out what the line at the prompt would do, within so many seconds; a half-typed or
 * wrong one leaves the picture alone and says what is missing. */
static void preview(struct live *live, double seconds) {
    struct typing *typing = &live->typing;
    struct runner runner = {.session = &live->session, .stop = give_way, .context = live};
    live_preview_drop(live);
    text_free(&typing->hint);
    typing->until = seconds_now() + seconds;
    typing->over = false;
    typing->previewing = showing_try(&runner, prompt_line(typing->prompt), live->canvas.ascii,
                                     &typing->preview, &typing->hint, &typing->hint_is_error);
    if (typing->over) {
        live_preview_drop(live);
        text_cut(&typing->hint, 0);
        text_put(&typing->hint, seconds < longest ? "this takes a moment to be shown"
                                                  : "this takes a while: Enter does it");
        typing->hint_is_error = false;
    }
    if (prompt_offered(typing->prompt) > 0) {
        text_cut(&typing->hint, 0);
        text_put(&typing->hint, "digits replace it, Backspace edits it");
    }
}

void live_preview(struct live *live) {
    live_preview_drop(live);
    if (live->typing.on) {
        preview(live, quick);
    }
}

bool live_preview_late(struct live *live) {
    bool late = live->typing.on && live->typing.over && !live->pace.has_event;
    if (late) {
        preview(live, longest);
    }
    return late && !live->pace.has_event;
}
