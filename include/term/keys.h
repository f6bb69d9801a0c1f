/*
 * term/keys.h - the bytes that come from the terminal, as events.
 *
 * A queue of bytes and a decoder for it: UTF-8, the escape sequences of keys,
 * the mouse (SGR and the older form), bracketed paste. Knows no terminal and no
 * clock: the caller puts bytes in and says what time it is, in milliseconds.
 */
#ifndef BACKSTEP_TERM_KEYS_H
#define BACKSTEP_TERM_KEYS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/text.h"
#include "term/terminal.h"

enum {
    KEYS_QUEUE = 16384,
    KEYS_ESCAPE_MS = 50,       /* a lone Escape is one after this long */
    KEYS_SEQUENCE_MS = 250,    /* a sequence that got further may take longer */
    KEYS_PASTE_MS = 3000,      /* a paste ends when nothing came for this long */
    KEYS_PASTE_LIMIT = 1 << 20 /* bytes kept of a paste; the rest is dropped */
};

struct keys {
    char queue[KEYS_QUEUE];
    size_t start, end; /* what is not decoded yet */
    int64_t last;      /* when the last byte came */
    bool utf8;         /* else bytes above 0x7F mean nothing */
    bool pasting;
    struct text raw;   /* the paste so far */
    struct text paste; /* the cleaned paste that the last event points to */
};

void keys_open(struct keys *keys, bool utf8);
void keys_close(struct keys *keys);

/* How many bytes there is room for, and putting them in (no more than that). */
size_t keys_room(struct keys *keys);
void keys_push(struct keys *keys, const char *bytes, size_t count, int64_t now);

/* The next event, if a whole one is there: EVENT_KEY, EVENT_PASTE or
 * EVENT_MOUSE. Otherwise false, and `*wait` is in how many milliseconds to ask
 * again even if nothing more comes; -1 for never. */
bool keys_next(struct keys *keys, int64_t now, struct event *event, int *wait);

/* If this control key (^C, ^Z) is in the queue, outside of a paste: drop it with all
 * before it, as a terminal in its ordinary mode does, and return true. */
bool keys_take(struct keys *keys, char key);

/* The bytes of one key, where they need no queue: how many of `count` make up
 * the event, 0 when more are needed. `late` says that no more will come. */
size_t keys_decode(const char *bytes, size_t count, bool utf8, bool late, struct event *event);

#endif
