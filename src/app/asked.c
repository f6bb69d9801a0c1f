/*
 * app/asked.c - the table of what requests mean to a session.
 */
#include "asked.h"

enum { GOES = ASKED_SCENE | ASKED_PLACE | ASKED_KEPT };

static const int kinds[] = {
    [REQUEST_CONTINUE] = GOES,
    [REQUEST_PREVIOUS] = GOES,
    [REQUEST_NEXT_MARK] = GOES,
    [REQUEST_PREVIOUS_MARK] = GOES,
    [REQUEST_GOTO_MARK] = GOES,
    [REQUEST_REWIND] = GOES,
    [REQUEST_RESTART] = GOES,
    [REQUEST_SEEK] = GOES,
    [REQUEST_PLAY] = ASKED_SCENE | ASKED_PLACE | ASKED_PLAYBACK,
    [REQUEST_SPEED] = ASKED_SCENE | ASKED_PLAYBACK,
    [REQUEST_FASTER] = ASKED_SCENE | ASKED_PLAYBACK,
    [REQUEST_SLOWER] = ASKED_SCENE | ASKED_PLAYBACK,
    [REQUEST_KEEP] = ASKED_SCENE | ASKED_KEPT,
    [REQUEST_ALLOW] = ASKED_SCENE | ASKED_KEPT,
    [REQUEST_REFUSE] = ASKED_SCENE | ASKED_KEPT,
    [REQUEST_RELOAD] = ASKED_SCENE,
    [REQUEST_ASK] = ASKED_KEPT,
    [REQUEST_UNDO] = ASKED_KEPT,
    [REQUEST_REDO] = ASKED_KEPT,
};

int asked_kind(enum request request) {
    return (size_t)request < sizeof kinds / sizeof *kinds ? kinds[request] : 0;
}
