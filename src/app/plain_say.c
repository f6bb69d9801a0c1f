/*
 * app/plain_say.c - what plain mode says, and runs with. Nothing that is written moves a
 * cursor or sets a colour: every byte goes through plain_put().
 */
#include <signal.h>
#include <stdio.h>
#include <string.h>

#include "base/utf8.h"
#include "report.h"
#include "plain.h"
#include "view/canvas.h"
#include "usage.h"

/* ---- what is said ---- */

/* Write a text, whatever is in it, as harmless lines. */
void plain_put(const struct plain *plain, const char *bytes, size_t count) {
    struct text clean = TEXT_EMPTY;
    utf8_clean(&clean, bytes, plain->recovery.running ? 0 : count, true);
    const char *at = text_string(&clean), *end = at + clean.length;
    while (plain->ascii && at < end) {
        uint32_t code_point;
        at += utf8_decode(at, (size_t)(end - at), &code_point);
        char c = code_point == '\n' ? '\n' : (char)glyph_ascii(code_point);
        put_out(&c, 1);
    }
    if (!plain->ascii) {
        put_out(at, clean.length);
    }
    text_free(&clean);
}

void plain_text(const struct plain *plain, struct text *text) {
    plain_put(plain, text_string(text), text->length);
    text_free(text);
}

void plain_line(const struct plain *plain, const char *string) {
    plain_put(plain, string, strlen(string));
    plain_put(plain, "\n", 1);
}

/* An error, in the order of things; lines of a record say which line it was. */
void plain_error(struct plain *plain, size_t column, const char *message) {
    if (plain->recovery.running) {
        return;
    }
    fflush(stdout);
    if (plain->talks) {
        complain(message, 0);
    } else {
        fprintf(stderr, "-:%zu:%zu: %s\n", plain->line, column > 0 ? column : 1, message);
        plain->code = 1;
    }
}

static const char *const advice =
    "Enter is a step on, 'back' a step back, 'continue' goes on with the story (where it says "
    "Space). A line is a command (where it says ':'). 'help' lists them, 'quit' leaves.\n";

void plain_advise(const struct plain *plain) {
    plain_put(plain, advice, strlen(advice));
}

/* What a statement wrote, and its one line. */
void plain_keep(void *context, const struct result *result) {
    struct plain *plain = context;
    struct text *out = &plain->output;
    text_put_bytes(out, text_string(&result->output), result->output.length);
    if (out->length > 0 && out->bytes[out->length - 1] != '\n') {
        text_put(out, "\n");
    }
    if (result->message.length > 0) {
        text_printf(out, "%s%s.\n", result->warning ? "Warning: " : "",
                    text_string(&result->message));
    }
}

/* ---- what lines and scenes run with: ^C ends what takes long ---- */

bool plain_stop_asked(void *context) {
    sigset_t pending;
    (void)context;
    return sigpending(&pending) == 0 && sigismember(&pending, SIGINT) == 1;
}

static enum status give_up(void *context, struct error *error) {
    return plain_stop_asked(context)
               ? error_set(error, STATUS_INPUT,
                           "stopped here: 'continue' goes on with what there is")
               : STATUS_OK;
}

struct runner plain_runner(struct plain *plain) {
    return (struct runner){.session = &plain->session,
                           .preferences = &plain->preferences,
                           .typed = true,
                           .stop = plain_stop_asked,
                           .give_up = give_up,
                           .page = usage_page};
}
