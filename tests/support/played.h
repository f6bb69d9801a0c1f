/*
 * support/played.h - a scene while it plays: the one of the test that runs.
 */
#ifndef BACKSTEP_SUPPORT_PLAYED_H
#define BACKSTEP_SUPPORT_PLAYED_H

#include "lang/player.h"
#include "script.h"

extern struct played {
    struct script script;
    struct source source;
    struct player player;
    struct error error;
} played;

/* The text of one that pauses five times, with the marks 'middle' and 'late'. */
extern const char played_five_pauses[];

/* A scene of this text, or a built-in one; nothing of it has run. */
void played_open(const char *text);
void played_open_builtin(const char *name);
void played_close(void);

void played_says(const char *say);

/* On to the next pause. */
enum stop_reason played_go_on(void);

#endif
