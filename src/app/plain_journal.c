/*
 * app/plain_journal.c - what is done in plain mode at a terminal is kept in a journal too,
 * and an unfinished session is brought back when the user says so. Lines that a program
 * writes it has anyway: of those none is kept.
 */
#include <stdlib.h>

#include "headless.h"
#include "plain.h"
#include "plain_tell.h"

void plain_journal_restart(struct plain *plain) {
    if (!plain->recovering) {
        journal_end(&plain->keeping.journal, false);
        plain->keeping.on = plain->talks;
        plain->keeping.quiz = plain->options->quiz;
        plain->keeping.seed = plain->options->seed;
        plain->keeping.whole = false;
    }
}

void plain_journal(struct plain *plain, const char *line, size_t length, const struct state *before,
                   const struct result *result) {
    struct keeping *keeping = &plain->keeping;
    struct text kept = TEXT_EMPTY;
    struct error error = {0};
    if (keeping->on && !plain->recovering &&
        keeping_line(&kept, &plain->session, plain->source.name != NULL, line, length, before,
                     result)) {
        if (keeping_add(keeping, &plain->session, &plain->source, text_string(&kept), kept.length,
                        &error) == STATUS_OK) {
            journal_sync(&keeping->journal);
        } else { /* what was kept before stays */
            text_free(&kept);
            text_printf(&kept, "%s: what you do from here on is not kept", error.text);
            plain_error(plain, 0, text_string(&kept));
            keeping->on = false;
        }
    }
    text_free(&kept);
}

void plain_journal_open(struct plain *plain) {
    plain_journal_restart(plain);
    plain->has_unfinished = keeping_find(&plain->keeping, &plain->unfinished);
    if (plain->has_unfinished) {
        struct text text = TEXT_EMPTY;
        text_put(&text, "There is an unfinished session");
        unfinished_put_name(&text, &plain->unfinished);
        text_printf(&text, ", %zu line%s: 'recover' brings it back, 'forget' drops it.\n",
                    plain->unfinished.lines, plain->unfinished.lines == 1 ? "" : "s");
        plain_text(plain, &text);
    }
}

void plain_journal_close(struct plain *plain) {
    journal_end(&plain->keeping.journal, false);
    if (plain->has_unfinished) {
        unfinished_close(&plain->unfinished, true);
    }
}

/* The ground that the unfinished session began on. */
static enum status go_to_ground(struct plain *plain, struct error *error) {
    struct session session;
    if (plain->unfinished.scene) {
        return plain_load(plain, plain->unfinished.scene, error);
    }
    enum status status = session_open(&session, error);
    if (status == STATUS_OK) {
        plain_unload(plain);
        session_close(&plain->session);
        plain->session = session;
        plain->choosing = false;
        plain_configure(plain, NULL);
    }
    return status;
}

/* Run the lines, without a word; how many went as they did then. */
static size_t run_again(struct plain *plain) {
    size_t length, done = 0;
    const char *line;
    struct runner runner = plain_runner(plain);
    plain->folder_then = plain->unfinished.folder;
    while ((line = unfinished_line(&plain->unfinished, &length)) != NULL &&
           plain_run_line(plain, line, length) && !runner.stop(runner.context)) {
        done++;
    }
    plain->folder_then = NULL;
    return done;
}

static void bring_back(struct plain *plain) {
    struct error error = {0};
    struct text text = TEXT_EMPTY;
    size_t lines = plain->unfinished.lines, start = plain->unfinished.at, done = 0;
    plain->recovering = true;
    if (go_to_ground(plain, &error) == STATUS_OK) {
        done = run_again(plain);
    }
    plain->recovering = false;
    plain->player.runner.read_only = false;
    plain->quit = plain->stopped = false;
    text_free(&plain->output);
    if (done == lines) { /* it is this session's from now on */
        journal_end(&plain->keeping.journal, false);
        plain->keeping.journal = plain->unfinished.journal;
        plain->unfinished.journal = (struct journal){.fd = -1};
        unfinished_close(&plain->unfinished, true);
        plain->has_unfinished = false;
        text_printf(&text, "Brought back: %zu line%s.\n", done, done == 1 ? "" : "s");
    } else {
        plain->unfinished.at = start; /* to be tried again */
        journal_end(&plain->keeping.journal, false);
        plain->keeping.whole = true;
        text_printf(&text, "Brought back %zu of %zu lines%s%s.\n", done, lines,
                    error.text[0] ? ": " : "", error.text);
    }
    tell_state(&text, &plain->session.now, plain->ascii);
    plain_text(plain, &text);
}

void plain_recover(struct plain *plain, bool drop) {
    if (!plain->has_unfinished) {
        plain_error(plain, 0, "there is no unfinished session");
    } else if (drop) {
        unfinished_close(&plain->unfinished, false);
        plain->has_unfinished = false;
        plain_line(plain, "Dropped.");
    } else {
        bring_back(plain);
    }
}
