/*
 * app/live_log.c - `backstep record`: what a live session does, as a scene.
 *
 * A line that does the same wherever it is run again is kept as it is; a training that
 * was stopped, as the updates that it made. After anything else that changed something
 * (undo, going to another update or another place of a scene, a file that was read) the
 * state itself is written as `save` writes it. A pause follows each, so that the scene is
 * told step by step; run to its end it makes the same numbers, to the last bit.
 */
#include <string.h>

#include "base/file.h"
#include "live.h"

void live_log_state(struct live *live) {
    if (live->options->log) {
        keeping_put_state(&live->session, &live->log.text, &live->log.error);
        text_put(&live->log.text, "pause\n");
    }
}

/* Does the line say all that it does? Of what is no edit of the network and no step only
 * what leaves the numbers alone. */
static bool says_all(const char *line, size_t length, const struct result *result, bool changed) {
    size_t word = 0;
    while (word < length && line[word] != ' ' && line[word] != '\t') {
        word++;
    }
    const struct command *command = command_named(line, word);
    if (result->request != REQUEST_NONE || result->travelled || result->merged) {
        return false;
    }
    if (!command) { /* an assignment */
        return true;
    }
    bool plain = (command->flags & COMMAND_QUICK) != 0;
    bool own = command->group == GROUP_NETWORK || command->group == GROUP_WALK ||
               (command->group == GROUP_TRAIN && strcmp(command->name, "reset") != 0);
    return plain && (own || !changed);
}

void live_log(struct live *live, const char *line, size_t length, const struct state *before,
              const struct result *result) {
    const struct state *now = &live->session.now;
    struct text *log = &live->log.text;
    if (!live->options->log) {
        return;
    }
    bool changed = before->version != now->version;
    bool moved =
        before->place.step != now->place.step || before->place.element != now->place.element;
    if (result->trained) {
        uint64_t done = state_model(now)->updates - state_model(before)->updates;
        if (done > 0) {
            text_printf(log, "train %llu\npause\n", (unsigned long long)done);
        }
    } else if (says_all(line, length, result, changed)) {
        text_put_bytes(log, line, length);
        text_put(log, "\npause\n");
    } else if (changed || moved) {
        live_log_state(live);
    }
}

/* What was not written is in the journal still. */
static void keep_journal(struct live *live, struct error *error) {
    struct error why = *error;
    if (live->keeping.journal.fd >= 0) {
        live->log.unwritten = true;
        error_set(error, why.status, "%s; what you did is kept: the next backstep offers it",
                  why.text);
    }
}

enum status live_log_close(struct live *live, struct error *error) {
    const char *path = live->options->log;
    enum status status = STATUS_OK;
    if (path && live->log.text.failed) {
        status = error_memory(error);
    } else if (path && live->log.error.status != STATUS_OK) {
        *error = live->log.error;
        status = error->status;
    } else if (path) {
        status = file_write(path, text_string(&live->log.text), live->log.text.length, error);
    }
    text_free(&live->log.text);
    if (status != STATUS_OK) {
        keep_journal(live, error);
    }
    return status;
}
