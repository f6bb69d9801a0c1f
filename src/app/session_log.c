/*
 * app/session_log.c - `backstep record`: what a live session does, as a scene.
 *
 * A line that does the same wherever it is run again is kept as it is; a training that
 * was stopped, as the updates that it made. After anything else that changed something
 * (undo, going to another update or another place of a scene, a file that was read) the
 * state itself is written as `save` writes it: all of it, or where only numbers, words and
 * the place of the walk are others, these alone. A pause follows each, so that the scene is
 * told step by step; run to its end it makes the same numbers, to the last bit.
 */
#include "session_log.h"

#include <string.h>

#include "base/ascii.h"
#include "base/file.h"
#include "base/table.h"
#include "keeping.h"
#include "lang/source.h"

/* ---- a state after another ---- */

/* The bytes of what a statement sets: "W0", "say". */
static size_t name_length(const char *statement, size_t length) {
    size_t n = 0;
    while (n < length && !ascii_is_blank(statement[n])) {
        n++;
    }
    return n;
}

/* Does the statement set what it names, and nothing else, whatever was before? A bias is set
 * only where there is one. */
static bool sets_alone(const char *statement, size_t length) {
    static const char *const commands[] = {"title", "say",    "digits", "view",
                                           "axis",  "output", "grain",  "goto"};
    size_t name = name_length(statement, length);
    for (size_t i = 0; i < TABLE_COUNT(commands); i++) {
        if (string_is(commands[i], statement, name)) {
            return true;
        }
    }
    bool assigns = length > name + 1 && statement[name + 1] == '=';
    return assigns && statement[0] != 'b';
}

/* Append what `to` says otherwise than `from`; false where more is another than may be. */
static bool put_difference(struct text *out, const struct source *from, const struct source *to) {
    bool good = from->count == to->count;
    for (size_t i = 0; good && i < to->count; i++) {
        size_t before, now;
        const char *old = source_statement(from, i, &before);
        const char *new = source_statement(to, i, &now);
        size_t name = name_length(new, now);
        if (before == now && memcmp(old, new, now) == 0) {
            continue;
        }
        good =
            name == name_length(old, before) && memcmp(old, new, name) == 0 && sets_alone(new, now);
        text_put_bytes(out, new, now);
        text_put_char(out, '\n');
    }
    return good;
}

/* The statements that lead from one state to the other; false where there is no such way. */
static bool put_way(struct text *out, const struct state *from, const struct state *to,
                    struct error *error) {
    struct text texts[2] = {TEXT_EMPTY, TEXT_EMPTY};
    struct source sources[2] = {0};
    bool good = true;
    for (size_t n = 0; n < 2; n++) {
        keeping_put_state(n == 0 ? from : to, &texts[n], error);
        good = good && source_open(&sources[n], "record", text_string(&texts[n]), texts[n].length,
                                   NULL) == STATUS_OK;
    }
    good = good && put_difference(out, &sources[0], &sources[1]);
    for (size_t n = 0; n < 2; n++) {
        source_close(&sources[n]);
        text_free(&texts[n]);
    }
    return good;
}

/* ---- the log ---- */

/* What is written so far comes to this state. */
static void tell(struct session_log *log, const struct state *now) {
    if (log->has_told) {
        state_close(&log->told);
    }
    log->has_told = state_copy(&log->told, now) == STATUS_OK;
}

void session_log_state(struct session_log *log, const struct session *session) {
    struct text way = TEXT_EMPTY;
    if (!log->path) {
        return;
    }
    bool whole = !log->has_told || !put_way(&way, &log->told, &session->now, &log->error);
    if (whole) {
        text_cut(&way, 0);
        keeping_put_state(&session->now, &way, &log->error);
    }
    if (way.length > 0) { /* else nothing is otherwise */
        text_put_bytes(&log->text, text_string(&way), way.length);
        text_put(&log->text, "pause\n");
    }
    log->text.failed |= way.failed;
    text_free(&way);
    tell(log, &session->now);
}

void session_log_line(struct session_log *log, const struct session *session, const char *line,
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
    tell(log, now);
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
    if (log->has_told) {
        state_close(&log->told);
        log->has_told = false;
    }
    return status;
}
