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
#include <string.h>

#include "live.h"
#include "seconds.h"

static const double sync_seconds = 1;

/* ---- keeping ---- */

void live_journal_restart(struct live *live) {
    if (!live->recovery.running) {
        keeping_restart(&live->keeping, !live->hands_off, live->options);
    }
}

/* What was kept before stays. */
static void give_up(struct live *live, const struct error *error) {
    message_set(&live->message, true, "%s: what you do from here on is not kept", error->text);
    live->keeping.on = false;
}

static void keep(struct live *live, const struct kept *kept) {
    struct error error = {0};
    if (keeping_add(&live->keeping, &live->session, &live->scene.source, kept, &error) !=
        STATUS_OK) {
        give_up(live, &error);
    }
}

void live_journal(struct live *live, const char *line, size_t length, const struct state *before,
                  const struct result *result) {
    struct kept kept = {TEXT_EMPTY, false};
    if (live->keeping.on && !live->recovery.running &&
        keeping_line(&kept, &live->session, live->scene.source.name != NULL, line, length, before,
                     result)) {
        keep(live, &kept);
    }
    text_free(&kept.line);
}

void live_journal_scene(struct live *live) {
    struct kept kept = {TEXT_EMPTY, true};
    if (live->keeping.on && !live->recovery.running) {
        text_put(&kept.line, "continue");
        keep(live, &kept);
    }
    text_free(&kept.line);
}

int live_journal_timeout(struct live *live, int milliseconds) {
    if (!live->keeping.journal.unsynced) {
        return milliseconds;
    }
    double now = seconds_now(), due = live->journal_synced + sync_seconds - now;
    if (due <= 0) {
        journal_sync(&live->keeping.journal);
        live->journal_synced = now;
        return milliseconds;
    }
    int left = (int)ceil(due * 1000);
    return milliseconds < 0 || left < milliseconds ? left : milliseconds;
}

/* ---- what was left ---- */

bool live_journal_offer(struct live *live) {
    const struct unfinished *left = &live->recovery.unfinished;
    struct text name = TEXT_EMPTY;
    if (!live->recovery.found) {
        return false;
    }
    unfinished_put_name(&name, left);
    message_set(&live->message, false,
                "an unfinished session%s, %zu line%s: %s brings it back, %s drops it",
                text_string(&name), left->lines, left->lines == 1 ? "" : "s",
                live->options->quiz ? "'recover'" : "r",
                live->options->quiz ? "'forget'" : "d"); /* its prompt is open */
    live->message.offers = true;
    text_free(&name);
    return true;
}

void live_journal_open(struct live *live) {
    if (recovery_find(&live->recovery, &live->keeping) && live->message.text.length == 0) {
        live_journal_offer(live);
    }
}

void live_journal_close(struct live *live, bool kept) {
    if (kept) {
        journal_sync(&live->keeping.journal);
    }
    journal_end(&live->keeping.journal, kept);
    recovery_close(&live->recovery);
}
