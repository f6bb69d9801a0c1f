/*
 * app/session_log.h - `backstep record`: what a live session does, as a scene. Private to
 * app/.
 */
#ifndef BACKSTEP_SRC_APP_SESSION_LOG_H
#define BACKSTEP_SRC_APP_SESSION_LOG_H

#include "base/text.h"
#include "lang/command.h"

struct session_log {
    const char *path;   /* NULL: there is none */
    struct text text;   /* the scene so far, */
    struct state told;  /* ... which comes to this state */
    bool has_told;      /* it does, once it has begun */
    struct error error; /* something of it could not be written */
};

/* The present state, as it is. */
void session_log_state(struct session_log *log, const struct session *session);

/* A line that was run on the session, and the state `before` it. */
void session_log_line(struct session_log *log, const struct session *session, const char *line,
                      size_t length, const struct state *before, const struct result *result);

/* Write the file, and close the log. */
enum status session_log_close(struct session_log *log, struct error *error);

#endif
