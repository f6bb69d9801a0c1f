/*
 * app/asked.h - what the requests of commands mean to a session, on the screen and in
 * plain mode alike. Private to app/.
 */
#ifndef BACKSTEP_SRC_APP_ASKED_H
#define BACKSTEP_SRC_APP_ASKED_H

#include "lang/command.h"

enum {
    ASKED_SCENE = 1,    /* it is for the scene that is open */
    ASKED_PLACE = 2,    /* ... to be elsewhere: what was made since may be dropped */
    ASKED_PLAYBACK = 4, /* ... to play by itself, or faster or slower */
    ASKED_KEPT = 8,     /* the journal keeps the line: without it one would not be where one is */
    ASKED_USER = 16,    /* only the user may say it: no key that a scene bound does */
};

/* The bits of a request; 0 for one that is none of all this. */
int asked_kind(enum request request);

#endif
