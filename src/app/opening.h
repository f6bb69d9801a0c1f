/*
 * app/opening.h - a scene that is opened, and how far it may reach. Private to app/.
 */
#ifndef BACKSTEP_SRC_APP_OPENING_H
#define BACKSTEP_SRC_APP_OPENING_H

#include "lang/player.h"
#include "options.h"

/* A scene and a session that it has not run on yet; for a quiz, the questions about its
 * last state, and that. On failure nothing is open. */
struct opening {
    struct source source;
    struct session session;
    char *folder;
};
enum status opening_open(struct opening *opening, const struct options *options, const char *name,
                         struct error *error);
void opening_close(struct opening *opening);

/* Keep a scene to its own folder, unless the options let it out. */
void fence_in(struct runner *runner, const char *folder, const struct options *options);

#endif
