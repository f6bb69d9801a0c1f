/*
 * app/live_prompt.c - the prompt: while a line is typed the view shows what it
 * would do.
 */
#include <string.h>

#include "lang/complete.h"
#include "live.h"

static char **complete(void *context, const char *line, size_t cursor, size_t *start) {
    const struct live *live = context;
    return complete_line(&live->session.now, line, cursor, start);
}

void live_prompt_open(struct live *live, const char *initial) {
    struct error error = {0};
    if (!live->prompt &&
        prompt_open(&live->prompt, live->terminal, complete, live, &error) != STATUS_OK) {
        live_message(live, true, "%s", error.text);
        return;
    }
    live->prompting = true;
    live->cover = COVER_NONE;
    live_message(live, false, "%s", "");
    prompt_begin(live->prompt, initial);
}

void live_preview_drop(struct live *live) {
    if (live->previewing) {
        state_close(&live->preview);
        live->previewing = false;
    }
}

static void close_prompt(struct live *live) {
    live_preview_drop(live);
    text_free(&live->hint);
    live->prompting = false;
}

void live_prompt_feed(struct live *live, const struct event *event) {
    switch (prompt_feed(live->prompt, event)) {
    case PROMPT_ACCEPTED: {
        const char *line = prompt_accepted(live->prompt);
        live_preview_drop(live);
        if (strspn(line, " ") == strlen(line)) { /* an empty line leaves the prompt */
            close_prompt(live);
            return;
        }
        prompt_history_add(live->prompt, line);
        if (!live_run(live, line) && live->prompting) {
            prompt_begin(live->prompt, prompt_accepted(live->prompt)); /* to be mended */
        }
        if (live->cover != COVER_NONE) {
            close_prompt(live);
        }
        break;
    }
    case PROMPT_CANCELLED: close_prompt(live); break;
    default: live_message(live, false, "%s", ""); break;
    }
}

/* Run the line's statements on a session of their own, which shares everything with
 * the real one; what comes out is what Enter would make. */
static enum status try_line(struct live *live, const char *line, struct session *trial,
                            struct result *result, struct error *error) {
    struct source source;
    enum status status = source_open(&source, "prompt", line, strlen(line), error);
    if (status != STATUS_OK) {
        return status;
    }
    struct runner runner = {.session = trial, .read_only = true, .preview = true};
    (void)live;
    for (size_t i = 0; i < source.count && status == STATUS_OK; i++) {
        size_t length;
        const char *statement = source_statement(&source, i, &length);
        struct state draft;
        text_free(&result->output);
        status = command_try(&runner, statement, length, &draft, result, error);
        if (status == STATUS_OK) {
            state_close(&trial->now);
            trial->now = draft;
        }
    }
    source_close(&source);
    return status;
}

static void set_hint(struct live *live, const struct result *result, const char *line) {
    const char *output = text_string(&result->output);
    size_t length = strcspn(output, "\n");
    if (length > 0) {
        text_put(&live->hint, "= ");
        text_put_bytes(&live->hint, output, length);
        text_put(&live->hint, output[length] == '\n' && output[length + 1] ? " ..." : "");
    } else {
        complete_usage(line, &live->hint);
    }
}

/* Work out what the line at the prompt would do; a half-typed or wrong one leaves
 * the picture alone and says what is missing. */
void live_preview(struct live *live) {
    live_preview_drop(live);
    if (!live->prompting) {
        return;
    }
    text_free(&live->hint);
    live->hint_is_error = false;
    const char *line = prompt_line(live->prompt);
    struct session trial = {.history_bytes = 0};
    struct result result = {0};
    struct error error = {0};
    if (strspn(line, " ") == strlen(line) ||
        state_copy(&trial.now, &live->session.now) != STATUS_OK) {
        return;
    }
    if (try_line(live, line, &trial, &result, &error) == STATUS_OK) {
        set_hint(live, &result, line);
        live->preview = trial.now;
        live->previewing = true;
    } else {
        text_put(&live->hint, error.text);
        live->hint_is_error = true;
        state_close(&trial.now);
    }
    result_free(&result);
}
