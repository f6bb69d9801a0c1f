/*
 * base/file.c - whole files in, and what a path is.
 */
#define _XOPEN_SOURCE 700 /* realpath() */

#include "base/file.h"

#include "base/table.h"
#include "file_private.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum status file_error(struct error *error, const char *verb, const char *path, int cause) {
    return error_set(error, STATUS_IO, "cannot %s '%s': %s", verb, path, strerror(cause));
}

enum { MEBIBYTE = 1024 * 1024 };

static enum status read_all(int fd, const char *path, size_t limit, struct text *out,
                            struct error *error) {
    char buffer[65536];
    for (;;) {
        ssize_t got = read(fd, buffer, sizeof buffer);
        if (got < 0 && errno == EINTR) {
            continue;
        }
        if (got < 0) {
            return file_error(error, "read", path, errno);
        }
        if (got == 0) {
            return STATUS_OK;
        }
        if (out->length + (size_t)got > limit) {
            bool mebibytes = limit > 0 && limit % MEBIBYTE == 0;
            return error_set(error, STATUS_IO, "'%s' is larger than %zu %s", path,
                             mebibytes ? limit / MEBIBYTE : limit, mebibytes ? "MiB" : "bytes");
        }
        text_put_bytes(out, buffer, (size_t)got);
        if (out->failed) { /* what comes from a pipe may have no end */
            return error_memory(error);
        }
    }
}

enum status file_read(const char *path, size_t limit, struct text *out, struct error *error) {
    if (strcmp(path, "-") == 0) {
        return read_all(STDIN_FILENO, "standard input", limit, out, error);
    }
    /* O_NONBLOCK: opening a named pipe must not wait for a writer. */
    int fd = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY);
    if (fd < 0) {
        return file_error(error, "open", path, errno);
    }
    struct stat info;
    enum status status;
    if (fstat(fd, &info) != 0) {
        status = file_error(error, "read", path, errno);
    } else if (S_ISDIR(info.st_mode)) {
        status = error_set(error, STATUS_IO, "'%s' is a folder, not a file", path);
    } else if (!S_ISREG(info.st_mode)) {
        status = error_set(error, STATUS_IO, "'%s' is not a regular file", path);
    } else {
        status = read_all(fd, path, limit, out, error);
    }
    close(fd);
    return status;
}

bool file_stamp(const char *path, uint64_t *stamp) {
    struct stat info;
    if (stat(path, &info) != 0) {
        return false;
    }
#ifdef __APPLE__
    const struct timespec *written = &info.st_mtimespec;
#else
    const struct timespec *written = &info.st_mtim;
#endif
    const uint64_t parts[] = {(uint64_t)written->tv_sec, (uint64_t)written->tv_nsec,
                              (uint64_t)info.st_size, (uint64_t)info.st_ino, (uint64_t)info.st_dev};
    for (size_t i = 0; i < TABLE_COUNT(parts); i++) {
        *stamp = (*stamp ^ parts[i]) * 0x9E3779B97F4A7C15; /* odd: no stamp is lost */
        *stamp ^= *stamp >> 29;
    }
    return true;
}

bool file_is_missing(const char *path) {
    struct stat info;
    return lstat(path, &info) != 0 && (errno == ENOENT || errno == ENOTDIR);
}

char *file_folder(const char *path) {
    const char *slash = strrchr(path, '/');
    if (!slash) {
        return NULL;
    }
    return slash == path ? string_copy("/") : string_copy_bytes(path, (size_t)(slash - path));
}

/* The path of a name in a folder. NULL when memory is short. */
static char *path_in(const char *folder, const char *name) {
    struct text path = TEXT_EMPTY;
    text_printf(&path, "%s/%s", strcmp(folder, "/") == 0 ? "" : folder, name);
    if (path.failed) {
        text_free(&path);
    }
    return path.bytes;
}

char *file_absolute(const char *path) {
    if (*path == '/') {
        return string_copy(path);
    }
    while (path[0] == '.' && path[1] == '/') {
        path += 2;
    }
    char folder[4096]; /* as long as most systems let a path be */
    return getcwd(folder, sizeof folder) ? path_in(folder, path) : string_copy(path);
}

char *file_real(const char *path) {
    struct stat info;
    char *real = realpath(path, NULL);
    if (real || errno != ENOENT || lstat(path, &info) == 0) {
        return real; /* a link that leads nowhere lies nowhere */
    }
    char *folder = file_folder(path), *in = realpath(folder ? folder : ".", NULL);
    const char *slash = strrchr(path, '/');
    real = in ? path_in(in, slash ? slash + 1 : path) : NULL;
    free(folder);
    free(in);
    return real;
}

bool file_is_inside(const char *path, const char *folder) {
    char *real = file_real(path), *root = realpath(folder ? folder : ".", NULL);
    size_t length = root && strcmp(root, "/") != 0 ? strlen(root) : 0;
    bool inside = real && root && strncmp(real, root, length) == 0 && real[length] == '/';
    free(real);
    free(root);
    return inside;
}
