/*
 * app/session_log.c - `backstep record`: what a live session does, as a scene.
 *
 * A line that does the same wherever it is run again is kept as it is; a training that
 * was stopped, as the updates that it made. After anything else that changed something
 * (undo, going to another update or another place of a scene, a file that was read) the
 * state itself is written as `save` writes it. A pause follows each, so that the scene is
 * told step by step; run to its end it makes the same numbers, to the last bit.
 */
#include "session_log.h"

#include <string.h>

#include "base/file.h"
#include "keeping.h"

void session_log_state(struct session_log *log, struct session *session) {
    if (log->path) {
        keeping_put_state(session, &log->text, &log->error);
        text_put(&log->text, "pause\n");
    }
}

void session_log_line(struct session_log *log, struct session *session, const char *line,
                      size_t length, const struct state *before, const struct result *result) {
    const struct state *now = &session->now;
    if (!log->path) {
        return;
    }
    bool changed = before->version != now->version;
    bool moved =
        before->place.step != now->place.step || before->place.element != now->place.element;
    if (result->trained) {
        uint64_t done = state_model(now)->updates - state_model(before)->updates;
        if (done > 0) {
            text_printf(&log->text, "train %llu\npause\n", (unsigned long long)done);
        }
    } else if (keeping_says_all(line, length, result, changed)) {
        text_put_bytes(&log->text, line, length);
        text_put(&log->text, "\npause\n");
    } else if (changed || moved) {
        session_log_state(log, session);
    }
}

enum status session_log_close(struct session_log *log, struct error *error) {
    enum status status = STATUS_OK;
    if (log->path && log->text.failed) {
        status = error_memory(error);
    } else if (log->path && log->error.status != STATUS_OK) {
        *error = log->error;
        status = error->status;
    } else if (log->path) {
        status = file_write(log->path, text_string(&log->text), log->text.length, error);
    }
    text_free(&log->text);
    return status;
}
