/*
 * base/file_write.c - whole files out; a write never leaves half a file behind.
 *
 * The bytes go to a temporary file in the same folder, backstep-unfinished-XXXXXX, which
 * takes the file's name once all of it is on the disk: that name may be as long as names
 * can be. Who writes one holds it locked, so that one which nobody holds was left by a
 * program that was killed: the next write in the same folder removes it.
 *
 * A link stays a link: what is replaced is the file that it leads to.
 */
#define _XOPEN_SOURCE 700

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "file_private.h"

static const char unfinished[] = "backstep-unfinished-", letters[] = "XXXXXX";
enum { ATTEMPTS = 100, LEFT_MOST = 100, LINKS_MOST = 40 };

bool file_lock(int fd) {
    struct flock whole = {.l_type = F_WRLCK, .l_whence = SEEK_SET};
    return fcntl(fd, F_SETLK, &whole) == 0;
}

bool file_lock_new(int fd) {
    struct stat info;
    bool locked = file_lock(fd);
    bool lost = locked ? fstat(fd, &info) != 0 || info.st_nlink == 0 : errno == EACCES;
    errno = lost ? EAGAIN : errno;
    return locked && !lost;
}

bool file_put(int fd, const char *bytes, size_t count) {
    while (count > 0) {
        ssize_t wrote = write(fd, bytes, count);
        if (wrote < 0 && errno == EINTR) {
            continue;
        }
        if (wrote < 0) {
            return false;
        }
        bytes += wrote;
        count -= (size_t)wrote;
    }
    return true;
}

/* The rename is on the disk only when its folder is; not every file system can. */
static void sync_folder(const char *path) {
    char *folder = file_folder(path);
    int fd = open(folder ? folder : ".", O_RDONLY | O_CLOEXEC);
    if (fd >= 0) {
        fsync(fd);
        close(fd);
    }
    free(folder);
}

/* Write the temporary file and put it in place of `path`; locked until it is there. errno
 * on failure. */
static bool write_and_rename(const char *path, const char *temporary, int fd, const char *bytes,
                             size_t count) {
    struct stat old;
    mode_t mask = umask(0);
    umask(mask);
    mode_t mode = stat(path, &old) == 0 ? (old.st_mode & 0777) : (0666 & ~mask);
    bool good = file_put(fd, bytes, count) && fchmod(fd, mode) == 0 && fsync(fd) == 0 &&
                rename(temporary, path) == 0;
    int cause = errno;
    if (!good) {
        unlink(temporary);
    }
    close(fd); /* fsync() has told what could go wrong */
    errno = cause;
    return good;
}

static bool is_temporary(const char *entry) {
    size_t mark = sizeof unfinished - 1;
    return strlen(entry) == mark + sizeof letters - 1 && memcmp(entry, unfinished, mark) == 0;
}

void file_remove_left(const char *path) {
    struct stat info;
    int fd = open(path, O_RDWR | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
    if (fd < 0) {
        return;
    }
    bool own = fstat(fd, &info) == 0 && S_ISREG(info.st_mode) && info.st_nlink == 1 &&
               info.st_uid == geteuid();
    if (own && file_lock(fd)) {
        (void)unlink(path);
    }
    close(fd);
}

/* A name of so many bytes in the folder of `path`. */
static void put_beside(struct text *out, const char *path, const char *name, size_t length) {
    const char *slash = strrchr(path, '/');
    text_cut(out, 0);
    text_put_bytes(out, path, slash ? (size_t)(slash + 1 - path) : 0);
    text_put_bytes(out, name, length);
}

/* Remove all temporary files beside `path` that nobody writes any more. */
static void remove_all_left(const char *path) {
    char *folder = file_folder(path);
    DIR *stream = opendir(folder ? folder : ".");
    struct dirent *entry;
    for (int left = LEFT_MOST; stream && left > 0 && (entry = readdir(stream)) != NULL;) {
        struct text found = TEXT_EMPTY;
        if (is_temporary(entry->d_name)) {
            put_beside(&found, path, entry->d_name, strlen(entry->d_name));
            if (!found.failed) {
                file_remove_left(text_string(&found));
            }
            left--;
        }
        text_free(&found);
    }
    if (stream) {
        closedir(stream);
    }
    free(folder);
}

/* A new temporary file, locked: one that another program took for a dead one's is left to
 * that. -1 with errno where there is none. Where locks are not to be had, it goes without. */
static int open_temporary(const char *path, struct text *temporary) {
    for (int n = 0; n < ATTEMPTS; n++) {
        put_beside(temporary, path, unfinished, strlen(unfinished));
        text_put(temporary, letters);
        if (temporary->failed) {
            errno = ENOMEM;
            return -1;
        }
        int fd = mkstemp(temporary->bytes);
        if (fd < 0) {
            return -1;
        }
        if (file_lock_new(fd) || errno != EAGAIN) {
            (void)fcntl(fd, F_SETFD, FD_CLOEXEC);
            return fd;
        }
        close(fd);
    }
    errno = EBUSY;
    return -1;
}

/* ---- links ---- */

/* The path that a link names, from where `path` starts; NULL with errno. */
static char *link_target(const char *path) {
    char name[4096];
    ssize_t length = readlink(path, name, sizeof name);
    if (length < 0 || length == sizeof name) {
        errno = length < 0 ? errno : ENAMETOOLONG;
        return NULL;
    }
    struct text target = TEXT_EMPTY;
    put_beside(&target, name[0] == '/' ? "" : path, name, (size_t)length);
    if (target.failed) {
        text_free(&target);
        errno = ENOMEM;
    }
    return target.bytes;
}

/* Where the file itself is, or is to be made; the caller frees it. NULL with errno. A link
 * that another user made is refused: in a folder that everybody may write to, it would
 * choose which of this user's files is replaced. */
static char *follow_links(const char *path) {
    struct stat info;
    char *at = string_copy(path);
    errno = ENOMEM; /* where there is none */
    for (int n = 0; at && lstat(at, &info) == 0 && S_ISLNK(info.st_mode); n++) {
        bool own = info.st_uid == geteuid() || info.st_uid == 0;
        char *next = own && n < LINKS_MOST ? link_target(at) : NULL;
        int cause = !own ? EACCES : n >= LINKS_MOST ? ELOOP : errno;
        free(at);
        at = next;
        errno = cause;
    }
    return at;
}

enum status file_write(const char *path, const char *bytes, size_t count, struct error *error) {
    struct stat info;
    if (stat(path, &info) == 0 && !S_ISREG(info.st_mode)) {
        return error_set(error, STATUS_IO, "'%s' is not a regular file", path);
    }
    char *file = follow_links(path);
    if (!file) {
        return errno == ENOMEM ? error_memory(error) : file_error(error, "write", path, errno);
    }
    struct text temporary = TEXT_EMPTY;
    enum status status = STATUS_OK;
    remove_all_left(file);
    int fd = open_temporary(file, &temporary);
    if (fd < 0 || !write_and_rename(file, text_string(&temporary), fd, bytes, count)) {
        status = temporary.failed ? error_memory(error) : file_error(error, "write", path, errno);
    } else {
        sync_folder(file);
    }
    text_free(&temporary);
    free(file);
    return status;
}
