/*
 * app/live_journal.c - what a live session does is kept in a journal, and an unfinished
 * one is done again when the user wants it.
 *
 * All that changes anything is a command, so a journal is the lines that were run, from
 * the scene that was open: undo, marks, pauses and answers come back with the numbers.
 * Each line is written when it is done. The disk has it a second later at most: a power
 * cut takes that second, a kill nothing but the command that was running.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "config.h"
#include "live.h"

static const double sync_seconds = 1;

/* ---- keeping ---- */

void live_journal_restart(struct live *live) {
    if (!live->recovery.running) {
        journal_end(&live->keeping.journal, false);
        live->keeping.on = !live->hands_off;
        live->keeping.quiz = live->options->quiz;
        live->keeping.seed = live->options->seed;
        live->keeping.whole = false;
    }
}

/* What was kept before stays. */
static void give_up(struct live *live, const struct error *error) {
    live_message(live, true, "%s: what you do from here on is not kept", error->text);
    live->keeping.on = false;
}

static void keep_line(struct live *live, const char *line, size_t length) {
    struct error error = {0};
    if (keeping_add(&live->keeping, &live->session, &live->source, line, length, &error) !=
        STATUS_OK) {
        give_up(live, &error);
    }
}

void live_journal(struct live *live, const char *line, size_t length, const struct state *before,
                  const struct result *result) {
    struct text kept = TEXT_EMPTY;
    if (live->keeping.on && !live->recovery.running &&
        keeping_line(&kept, &live->session, live->source.name != NULL, line, length, before,
                     result)) {
        keep_line(live, text_string(&kept), kept.length);
    }
    text_free(&kept);
}

void live_journal_scene(struct live *live) {
    if (live->keeping.on && !live->recovery.running) {
        keep_line(live, "continue", strlen("continue"));
    }
}

int live_journal_timeout(struct live *live, int milliseconds) {
    if (!live->keeping.journal.unsynced) {
        return milliseconds;
    }
    double now = live_seconds(), due = live->journal_synced + sync_seconds - now;
    if (due <= 0) {
        journal_sync(&live->keeping.journal);
        live->journal_synced = now;
        return milliseconds;
    }
    int left = (int)ceil(due * 1000);
    return milliseconds < 0 || left < milliseconds ? left : milliseconds;
}

/* ---- bringing back ---- */

bool live_journal_offer(struct live *live) {
    const struct unfinished *left = &live->recovery.unfinished;
    struct text name = TEXT_EMPTY;
    if (!live->recovery.has_unfinished) {
        return false;
    }
    unfinished_put_name(&name, left);
    live_message(live, false, "an unfinished session%s, %zu line%s: %s brings it back, %s drops it",
                 text_string(&name), left->lines, left->lines == 1 ? "" : "s",
                 live->options->quiz ? "'recover'" : "r",
                 live->options->quiz ? "'forget'" : "d"); /* its prompt is open */
    live->recovery.offered = true;
    text_free(&name);
    return true;
}

void live_journal_open(struct live *live) {
    live->recovery.has_unfinished = keeping_find(&live->keeping, &live->recovery.unfinished);
    if (live->message.length == 0) {
        live_journal_offer(live);
    }
}

void live_journal_close(struct live *live, bool kept) {
    if (kept) {
        journal_sync(&live->keeping.journal);
    }
    journal_end(&live->keeping.journal, kept);
    if (live->recovery.has_unfinished) {
        unfinished_close(&live->recovery.unfinished, true);
    }
}

/* The ground that the unfinished session began on. */
static enum status go_to_ground(struct live *live, struct error *error) {
    struct session session;
    if (live->recovery.unfinished.scene) {
        return live_load(live, live->recovery.unfinished.scene, error);
    }
    enum status status = session_open(&session, error);
    if (status == STATUS_OK) {
        live_unload(live);
        live_forget_change(live);
        session_close(&live->session);
        live->session = session;
        struct runner runner = live_runner(live);
        runner.preferences = NULL;
        config_apply(&live->config, &runner, NULL);
        live_work_safe(live);
    }
    return status;
}

/* Run the lines; how many went as they did then. The rest is not what it was. */
static size_t run_again(struct live *live, struct text *why) {
    size_t length, done = 0;
    const char *line;
    live->recovery.folder = live->recovery.unfinished.folder;
    while ((line = unfinished_line(&live->recovery.unfinished, &length)) != NULL) {
        char *copy = string_copy_bytes(line, length);
        bool good = copy && live_run(live, copy);
        free(copy);
        if (live->pace.stop || (live->terminal && terminal_interrupted(live->terminal))) {
            text_put(why, "stopped");
            break;
        }
        if (!good) {
            text_put(why, text_string(&live->message));
            break;
        }
        done++;
    }
    live->recovery.folder = NULL;
    return done;
}

static void bring_back(struct live *live) {
    struct error error = {0};
    struct text why = TEXT_EMPTY;
    size_t lines = live->recovery.unfinished.lines, start = live->recovery.unfinished.at, done = 0;
    live->recovery.running = true;
    if (go_to_ground(live, &error) == STATUS_OK) {
        done = run_again(live, &why);
    } else {
        text_put(&why, error.text);
    }
    live->recovery.running = false;
    live->player.runner.read_only = false;
    live->cover = COVER_NONE;
    live->quit = false;
    if (live->source.name && live->playback.playing) {
        playback_play(&live->playback, false);
    }
    if (done == lines) { /* it is this session's from now on */
        journal_end(&live->keeping.journal, false);
        live->keeping.journal = live->recovery.unfinished.journal;
        live->recovery.unfinished.journal = (struct journal){.fd = -1};
        unfinished_close(&live->recovery.unfinished, true);
        live->recovery.has_unfinished = false;
        live_message(live, false, "brought back: %zu line%s", done, done == 1 ? "" : "s");
    } else {
        live->recovery.unfinished.at = start; /* to be tried again */
        journal_end(&live->keeping.journal, false);
        live->keeping.whole = true;
        live_message(live, true, "brought back %zu of %zu lines: %s", done, lines,
                     text_string(&why));
    }
    text_free(&why);
}

void live_recover(struct live *live, bool drop) {
    if (!live->recovery.has_unfinished) {
        live_message(live, true, "there is no unfinished session");
    } else if (drop) {
        unfinished_close(&live->recovery.unfinished, false);
        live->recovery.has_unfinished = false;
        live_message(live, false, "dropped");
    } else {
        bring_back(live);
    }
}
