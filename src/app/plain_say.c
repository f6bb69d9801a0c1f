/*
 * app/plain_say.c - what plain mode says, and runs with. Nothing that is written moves a
 * cursor or sets a colour: every byte goes through plain_put().
 */
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/utf8.h"
#include "report.h"
#include "plain.h"
#include "term/tty.h"
#include "usage.h"
#include "view/canvas.h"

/* ---- what is said ---- */

/* Of the terminal that the text goes to; 0 where it goes to none. */
static size_t columns(void) {
    struct tty tty = {.out = STDOUT_FILENO};
    int rows, cols;
    return tty_size(&tty, &rows, &cols) ? (size_t)cols : 0;
}

/* So many bytes of a line fit: up to its last blank behind a word that does, or the first
 * where none does; all of them where the line fits, or has no such blank. */
static size_t fitting(const char *line, size_t length, size_t width) {
    size_t cells = 0, end = 0, taken;
    for (size_t at = 0; at < length; at += taken) {
        uint32_t code_point;
        taken = utf8_decode(line + at, length - at, &code_point);
        bool behind_word = code_point == ' ' && at > 0 && line[at - 1] != ' ';
        end = behind_word && (cells <= width || end == 0) ? at : end;
        cells += (size_t)utf8_width(code_point);
        if (cells > width && end > 0) {
            return end;
        }
    }
    return length;
}

/* Lines that are too long for the terminal, which would cut their words, go on in the next. */
static void wrap(struct text *out, const char *text, size_t width) {
    while (*text) {
        size_t length = strcspn(text, "\n"), fits = fitting(text, length, width);
        text_put_bytes(out, text, fits);
        text += fits + (fits < length ? strspn(text + fits, " ") : 0);
        text_put(out, fits < length || *text == '\n' ? "\n" : "");
        text += fits == length && *text == '\n';
    }
}

/* Write a text, whatever is in it, as harmless lines. */
void plain_put(const struct plain *plain, const char *bytes, size_t count) {
    struct text clean = TEXT_EMPTY, shown = TEXT_EMPTY, lines = TEXT_EMPTY;
    size_t width = columns();
    utf8_clean(&clean, bytes, plain->recovery.running ? 0 : count, true);
    const char *at = text_string(&clean), *end = at + clean.length;
    while (plain->ascii && at < end) {
        uint32_t code_point;
        at += utf8_decode(at, (size_t)(end - at), &code_point);
        text_put_char(&shown, code_point == '\n' ? '\n' : (char)glyph_ascii(code_point));
    }
    text_put(&shown, plain->ascii ? "" : at);
    if (width > 0) {
        wrap(&lines, text_string(&shown), width);
    }
    const struct text *out = width > 0 ? &lines : &shown;
    put_out(text_string(out), out->length);
    text_free(&clean);
    text_free(&shown);
    text_free(&lines);
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
                           .own = &usage_words};
}
