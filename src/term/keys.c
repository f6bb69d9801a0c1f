/*
 * term/keys.c - the queue of bytes, and pastes.
 *
 * Bytes are [start, end) of the queue. While a paste is on, everything up to
 * its end marker moves to `raw`, whose first KEYS_PASTE_LIMIT bytes are kept.
 * A paste without an end is over when nothing came for KEYS_PASTE_MS: its text
 * never turns into keys.
 */
#include "term/keys.h"

#include <string.h>

#include "base/utf8.h"

static const char PASTE_START[] = "\033[200~";
static const char PASTE_END[] = "\033[201~";
enum { MARKER = 6 };

void keys_open(struct keys *keys, bool utf8) {
    *keys = (struct keys){.utf8 = utf8};
}

void keys_close(struct keys *keys) {
    text_free(&keys->raw);
    text_free(&keys->paste);
}

size_t keys_room(struct keys *keys) {
    memmove(keys->queue, keys->queue + keys->start, keys->end - keys->start);
    keys->end -= keys->start;
    keys->start = 0;
    return sizeof keys->queue - keys->end;
}

void keys_push(struct keys *keys, const char *bytes, size_t count, int64_t now) {
    size_t room = keys_room(keys);
    count = count < room ? count : room;
    memcpy(keys->queue + keys->end, bytes, count);
    keys->end += count;
    keys->last = now;
}

/* Bytes of `marker` that begin at `bytes`: MARKER, or fewer if `count` cuts it short. */
static bool marker_begins(const char *bytes, size_t count, const char *marker) {
    return memcmp(bytes, marker, count < MARKER ? count : MARKER) == 0;
}

/* Move `count` bytes from the head of the queue to the paste. */
static void paste_take(struct keys *keys, size_t count) {
    size_t kept = keys->raw.length;
    size_t room = kept < KEYS_PASTE_LIMIT ? KEYS_PASTE_LIMIT - kept : 0;
    text_put_bytes(&keys->raw, keys->queue + keys->start, count < room ? count : room);
    keys->start += count;
}

/* Bytes at the end of a text that are an unfinished character. */
static size_t unfinished_tail(const char *bytes, size_t count) {
    for (size_t back = 1; back <= 3 && back <= count; back++) {
        unsigned char c = (unsigned char)bytes[count - back];
        if (c >= 0xC0) {
            size_t whole = c >= 0xF0 ? 4 : c >= 0xE0 ? 3 : 2;
            return back < whole ? back : 0;
        }
        if (c < 0x80) {
            return 0;
        }
    }
    return 0;
}

/* The raw paste becomes clean text: line ends as '\n', nothing harmful. Where memory is
 * short it is empty: a part of it might be a command of another meaning. */
static void paste_finish(struct keys *keys, struct event *event) {
    struct text *raw = &keys->raw;
    size_t length = 0;
    if (raw->failed) {
        text_cut(raw, 0);
    }
    if (raw->length >= KEYS_PASTE_LIMIT) {
        text_cut(raw, raw->length - unfinished_tail(raw->bytes, raw->length));
    }
    for (size_t i = 0; i < raw->length; i++) {
        char c = raw->bytes[i];
        if (c == '\n' && i > 0 && raw->bytes[i - 1] == '\r') {
            continue;
        }
        raw->bytes[length++] = c;
    }
    for (size_t i = 0; i < length; i++) {
        raw->bytes[i] = raw->bytes[i] == '\r' ? '\n' : raw->bytes[i];
    }
    text_cut(&keys->paste, 0);
    utf8_clean(&keys->paste, raw->bytes, length, true);
    text_free(raw);
    keys->pasting = false;
    if (keys->paste.failed) {
        text_free(&keys->paste);
    }
    *event = (struct event){.type = EVENT_PASTE, .text = text_string(&keys->paste)};
}

/* Go on with a paste; true when it has ended. */
static bool paste_next(struct keys *keys, int64_t now, struct event *event, int *wait) {
    while (keys->start < keys->end) {
        const char *bytes = keys->queue + keys->start;
        size_t count = keys->end - keys->start;
        const char *escape = memchr(bytes, '\033', count);
        size_t plain = escape ? (size_t)(escape - bytes) : count;
        if (plain > 0) {
            paste_take(keys, plain);
        } else if (!marker_begins(bytes, count, PASTE_END)) {
            paste_take(keys, 1);
        } else if (count >= MARKER) {
            keys->start += MARKER;
            paste_finish(keys, event);
            return true;
        } else {
            break;
        }
    }
    int64_t due = keys->last + KEYS_PASTE_MS - now;
    if (due > 0) {
        *wait = (int)due;
        return false;
    }
    keys->start = keys->end; /* the beginning of a marker that will not end */
    paste_finish(keys, event);
    return true;
}

bool keys_next(struct keys *keys, int64_t now, struct event *event, int *wait) {
    *wait = -1;
    while (keys->pasting || keys->start < keys->end) {
        if (keys->pasting) {
            return paste_next(keys, now, event, wait);
        }
        const char *bytes = keys->queue + keys->start;
        size_t count = keys->end - keys->start;
        if (count >= MARKER && marker_begins(bytes, count, PASTE_START)) {
            keys->start += MARKER;
            keys->pasting = true;
            continue;
        }
        int64_t patience = count <= 2 ? KEYS_ESCAPE_MS : KEYS_SEQUENCE_MS;
        int64_t due = keys->last + patience - now;
        size_t taken = keys_decode(bytes, count, keys->utf8, due <= 0, event);
        if (taken == 0) {
            *wait = due > 0 ? (int)due : 0;
            return false;
        }
        keys->start += taken;
        return true;
    }
    return false;
}

bool keys_take(struct keys *keys, char key) {
    bool pasting = keys->pasting;
    for (size_t i = keys->start; i < keys->end; i++) {
        size_t count = keys->end - i;
        if (count >= MARKER &&
            marker_begins(keys->queue + i, count, pasting ? PASTE_END : PASTE_START)) {
            pasting = !pasting;
        }
        if (!pasting && keys->queue[i] == key) {
            keys->start = i + 1;
            keys->pasting = false;
            text_free(&keys->raw);
            return true;
        }
    }
    return false;
}
