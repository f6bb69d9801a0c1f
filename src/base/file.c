/*
 * base/file.c - whole files in, whole files out; a write never leaves half a
 * file behind.
 */
#define _XOPEN_SOURCE 700 /* realpath() */

#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static enum status file_error(struct error *error, const char *verb, const char *path, int cause) {
    return error_set(error, STATUS_IO, "cannot %s '%s': %s", verb, path, strerror(cause));
}

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
            return out->failed ? error_memory(error) : STATUS_OK;
        }
        if (out->length + (size_t)got > limit) {
            return error_set(error, STATUS_IO, "'%s' is larger than %zu bytes", path, limit);
        }
        text_put_bytes(out, buffer, (size_t)got);
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

static bool write_all(int fd, const char *bytes, size_t count) {
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
    char *folder = string_copy(path);
    if (!folder) {
        return;
    }
    char *slash = strrchr(folder, '/');
    if (slash == folder) {
        slash[1] = '\0';
    } else if (slash) {
        *slash = '\0';
    }
    int fd = open(slash ? folder : ".", O_RDONLY | O_CLOEXEC);
    if (fd >= 0) {
        fsync(fd);
        close(fd);
    }
    free(folder);
}

/* Write the temporary file and put it in place of `path`. errno on failure. */
static bool write_and_rename(const char *path, const char *temporary, int fd, const char *bytes,
                             size_t count) {
    struct stat old;
    mode_t mask = umask(0);
    umask(mask);
    mode_t mode = stat(path, &old) == 0 ? (old.st_mode & 0777) : (0666 & ~mask);
    bool good = write_all(fd, bytes, count) && fchmod(fd, mode) == 0 && fsync(fd) == 0;
    int cause = errno;
    if (close(fd) != 0 && good) {
        good = false;
        cause = errno;
    }
    if (good && rename(temporary, path) != 0) {
        good = false;
        cause = errno;
    }
    if (!good) {
        unlink(temporary);
    }
    errno = cause;
    return good;
}

enum status file_write(const char *path, const char *bytes, size_t count, struct error *error) {
    struct stat info;
    if (stat(path, &info) == 0 && !S_ISREG(info.st_mode)) {
        return error_set(error, STATUS_IO, "'%s' is not a regular file", path);
    }
    struct text temporary = TEXT_EMPTY;
    text_printf(&temporary, "%s.backstep-XXXXXX", path);
    if (temporary.failed) {
        return error_memory(error);
    }
    enum status status = STATUS_OK;
    int fd = mkstemp(temporary.bytes);
    if (fd < 0 || !write_and_rename(path, temporary.bytes, fd, bytes, count)) {
        status = file_error(error, "write", path, errno);
    } else {
        sync_folder(path);
    }
    text_free(&temporary);
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
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        *stamp = (*stamp ^ parts[i]) * 0x9E3779B97F4A7C15; /* odd: no stamp is lost */
        *stamp ^= *stamp >> 29;
    }
    return true;
}

char *file_folder(const char *path) {
    const char *slash = strrchr(path, '/');
    if (!slash) {
        return NULL;
    }
    return slash == path ? string_copy("/") : string_copy_bytes(path, (size_t)(slash - path));
}

char *file_absolute(const char *path) {
    if (*path == '/') {
        return string_copy(path);
    }
    while (path[0] == '.' && path[1] == '/') {
        path += 2;
    }
    char folder[4096]; /* as long as most systems let a path be */
    struct text absolute = TEXT_EMPTY;
    if (!getcwd(folder, sizeof folder)) {
        return string_copy(path);
    }
    text_printf(&absolute, "%s/%s", strcmp(folder, "/") == 0 ? "" : folder, path);
    if (absolute.failed) {
        text_free(&absolute);
        return NULL;
    }
    return absolute.bytes;
}

char *file_real(const char *path) {
    struct stat info;
    char *real = realpath(path, NULL);
    if (real || errno != ENOENT || lstat(path, &info) == 0) {
        return real; /* a link that leads nowhere lies nowhere */
    }
    char *folder = file_folder(path), *in = realpath(folder ? folder : ".", NULL);
    const char *slash = strrchr(path, '/');
    struct text text = TEXT_EMPTY;
    if (in) {
        text_printf(&text, "%s/%s", strcmp(in, "/") == 0 ? "" : in, slash ? slash + 1 : path);
    }
    free(folder);
    free(in);
    return text.bytes;
}

bool file_is_inside(const char *path, const char *folder) {
    char *real = file_real(path), *root = realpath(folder ? folder : ".", NULL);
    size_t length = root && strcmp(root, "/") != 0 ? strlen(root) : 0;
    bool inside = real && root && strncmp(real, root, length) == 0 && real[length] == '/';
    free(real);
    free(root);
    return inside;
}
