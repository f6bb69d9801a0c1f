/*
 * base/file.h - whole files in, whole files out.
 */
#ifndef BACKSTEP_BASE_FILE_H
#define BACKSTEP_BASE_FILE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/status.h"
#include "base/text.h"

/* Read a whole file of at most `limit` bytes into `out` (which the caller
 * frees). A directory, a device, a missing or a larger file is an error that
 * names the path and the cause. Path "-" reads standard input. */
enum status file_read(const char *path, size_t limit, struct text *out, struct error *error);

/* Replace or create `path` in one step: a temporary file in the same folder,
 * fsync, rename, fsync of the folder. On failure the old file is untouched and
 * the temporary one is gone. Where `path` is a link, that stays, and the file is the one
 * that it leads to; a link of another user's is refused. */
enum status file_write(const char *path, const char *bytes, size_t count, struct error *error);

/* Write all of these bytes; false with errno where that cannot be done. */
bool file_put(int fd, const char *bytes, size_t count);

/* Hold the file locked until it is closed; false with errno where another program does. */
bool file_lock(int fd);

/* The same for a file that was just made. False with EAGAIN where another program took it
 * for one that was left, before the lock was on it: then it is not this program's. */
bool file_lock_new(int fd);

/* Remove what a program that was killed has left: a regular file of this user's that nobody
 * holds locked. */
void file_remove_left(const char *path);

/* Mix into `stamp` what tells whether a file was written since: its time, its size, which
 * file it is. False where it cannot be looked at. */
bool file_stamp(const char *path, uint64_t *stamp);

/* Is there nothing of that name? False where it cannot be told. */
bool file_is_missing(const char *path);

/* The folder that a path lies in, NULL where it names none: there relative paths in a
 * scene start. And the path from the root. Both are the caller's to free; the second is
 * NULL when memory is short. */
char *file_folder(const char *path);
char *file_absolute(const char *path);

/* The path from the root, '..' and symbolic links followed; a file may be yet to be made,
 * its folder not. NULL where it leads nowhere, or memory is short; the caller frees it. */
char *file_real(const char *path);

/* Does `path`, followed so, lie in `folder` (NULL: the working folder) or below it? */
bool file_is_inside(const char *path, const char *folder);

#endif
