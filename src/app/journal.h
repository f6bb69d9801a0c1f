/*
 * app/journal.h - what a session did, kept in a file while it goes on, so that a program
 * that is killed takes at most its last command with it. Private to app/.
 *
 * A journal is text, one command a line under a few lines of a heading:
 *
 *     backstep journal 1
 *     in /home/ada/lessons       where relative paths start
 *     scene xor                  the scene that was open; without it, none
 *
 *     x = 1 0
 *     train 10
 *
 * Each session has a file of its own, for the user alone, which it holds locked: one that
 * nobody holds is of a session that did not end well.
 */
#ifndef BACKSTEP_SRC_APP_JOURNAL_H
#define BACKSTEP_SRC_APP_JOURNAL_H

#include <stdbool.h>
#include <stddef.h>

#include "base/status.h"
#include "base/text.h"

enum {
    JOURNAL_BYTES_MAX = 16 * 1024 * 1024,
    JOURNALS_KEPT = 8, /* unfinished ones; older ones go */
};

struct journal {
    int fd; /* locked; -1: there is no file */
    char *path;
    size_t size; /* bytes */
    bool unsynced;
};

/* An unfinished session's. */
struct unfinished {
    struct journal journal; /* taken: no other program can have it */
    struct text bytes;
    char *folder, *scene; /* of the heading; scene may be NULL */
    size_t lines;         /* commands */
    size_t at;            /* the byte of `bytes` where the next of them begins */
};

/* Begin one in this folder, which is made; `scene` may be NULL. Nothing is open on
 * failure. */
enum status journal_begin(struct journal *journal, const char *folder, const char *scene,
                          struct error *error);

/* Append a line: it is with the system when this returns, so that killing the program
 * does not lose it, and on the disk after journal_sync(). On failure the file is as it
 * was. */
enum status journal_add(struct journal *journal, const char *line, size_t length,
                        struct error *error);
void journal_sync(struct journal *journal);

/* Is there room for a line of this length? */
bool journal_fits(const struct journal *journal, size_t length);

/* Close; the file goes, unless it is to be `kept`. */
void journal_end(struct journal *journal, bool kept);

/* The newest unfinished session of the folder that did something; false where there is
 * none. What is empty, or too old, or was never begun, is removed on the way. */
bool unfinished_find(struct unfinished *unfinished, const char *folder);
void unfinished_close(struct unfinished *unfinished, bool kept);

/* Its next command, NULL after the last. */
const char *unfinished_line(struct unfinished *unfinished, size_t *length);

#endif
