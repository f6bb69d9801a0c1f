/*
 * app/keeping.h - what a session does is kept in a journal, on the screen and in plain
 * mode alike. Private to app/.
 */
#ifndef BACKSTEP_SRC_APP_KEEPING_H
#define BACKSTEP_SRC_APP_KEEPING_H

#include <stdint.h>

#include "journal.h"
#include "lang/command.h"
#include "lang/source.h"
#include "options.h"

struct keeping {
    struct journal journal; /* a file once there is something in it */
    bool on;                /* what is done is to be kept */
    bool whole;             /* ... beginning with the state: no scene makes it */
    bool from_state;        /* the journal began so */
    bool plain;             /* told, not shown */
    bool quiz;              /* its questions are drawn by `seed` */
    uint64_t seed;
};

/* Another scene was opened: what was kept is over, what is done from now on is kept where
 * it is to be `on`. */
void keeping_restart(struct keeping *keeping, bool on, const struct options *options);

/* Does a line that was run say all that it does? Not where it leads elsewhere, or leans on
 * what came before it; of what is no edit of the network and no step only what left the
 * numbers alone, unlike what `changed` them. */
bool keeping_says_all(const char *line, size_t length, const struct result *result, bool changed);

/* What is kept of a line that was run. */
struct kept {
    struct text line; /* "train 80" where it was stopped there */
    bool leans;       /* on what no state holds: what came before it, or a scene */
};

/* False where doing it again would bring nothing back. The line is to be freed in any case. */
bool keeping_line(struct kept *kept, const struct session *session, bool scene, const char *line,
                  size_t length, const struct state *before, const struct result *result);

/* Keep it, once it is done; the first one begins the journal, of this scene (its name is
 * NULL for none). One that leans on what a journal that began with the state does not hold
 * has this journal begin anew, with the state that it led to. Where there is no home for
 * journals, it is off. */
enum status keeping_add(struct keeping *keeping, struct session *session,
                        const struct source *scene, const struct kept *kept, struct error *error);

/* What was left of a session that did not end well: see unfinished_find(). */
bool keeping_find(const struct keeping *keeping, struct unfinished *unfinished);

/* " of xor", harmless; nothing where no scene was open. */
void unfinished_put_name(struct text *out, const struct unfinished *unfinished);

/* The state as commands, as `save` writes it; a comment where it cannot be said. */
void keeping_put_state(const struct state *state, struct text *out, struct error *error);

#endif
