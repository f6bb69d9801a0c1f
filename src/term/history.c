/*
 * term/history.c - the file of what was typed.
 */
#include "history.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/file.h"
#include "base/utf8.h"

enum {
    FILE_MOST = 4 << 20,
    LINE_MOST = 4096, /* longer lines are not kept: they were pasted */
    LOCK_TRIES = 50,  /* of 10 ms: whoever holds it longer is not waited for */
};

enum status history_read(const char *path, struct text *lines, struct error *error) {
    struct stat info;
    if (lstat(path, &info) != 0) {
        return STATUS_OK;
    }
    if (S_ISLNK(info.st_mode)) {
        return error_set(error, STATUS_IO, "'%s' is a symbolic link: no history is read or written",
                         path);
    }
    struct text raw = TEXT_EMPTY;
    enum status status = file_read(path, FILE_MOST, &raw, error);
    const char *bytes = text_string(&raw);
    for (size_t at = 0; status == STATUS_OK && at < raw.length;) {
        const char *end = memchr(bytes + at, '\n', raw.length - at);
        size_t count = end ? (size_t)(end - bytes) - at : raw.length - at;
        utf8_clean(lines, bytes + at, count, false);
        text_put_char(lines, '\n');
        at += count + 1;
    }
    text_free(&raw);
    return status == STATUS_OK && lines->failed ? error_memory(error) : status;
}

/* A lock beside the file, which is replaced itself. -1 where there is none: then what two
 * programs write at the same moment may lose the lines of one. */
static int take_lock(const char *path) {
    struct text name = TEXT_EMPTY;
    text_printf(&name, "%s.lock", path);
    int fd = name.failed
                 ? -1
                 : open(text_string(&name), O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0600);
    text_free(&name);
    for (int n = 0; fd >= 0 && n < LOCK_TRIES && !file_lock(fd); n++) {
        struct timespec moment = {.tv_nsec = 10 * 1000 * 1000};
        nanosleep(&moment, NULL);
    }
    return fd;
}

/* Lines from `from` on, without repeats in a row and without what is too long. */
static void put_lines(struct text *out, const char *from, size_t *count) {
    const char *last = NULL;
    size_t last_length = 0;
    *count = 0;
    while (*from) {
        size_t length = strcspn(from, "\n");
        bool same = last && length == last_length && memcmp(from, last, length) == 0;
        if (length > 0 && length <= LINE_MOST && !same) {
            text_put_bytes(out, from, length);
            text_put_char(out, '\n');
            last = from;
            last_length = length;
            ++*count;
        }
        from += length + (from[length] == '\n' ? 1 : 0);
    }
}

/* What was typed is nobody else's business, from the first byte on. */
static enum status write_private(const char *path, const char *bytes, size_t count,
                                 struct error *error) {
    struct stat info;
    if (lstat(path, &info) == 0 && S_ISREG(info.st_mode) && (info.st_mode & 077) != 0) {
        (void)chmod(path, 0600);
    }
    mode_t mask = umask(077);
    enum status status = file_write(path, bytes, count, error);
    (void)umask(mask);
    return status;
}

enum status history_merge(const char *path, const struct text *own, size_t limit,
                          struct error *error) {
    struct text all = TEXT_EMPTY, kept = TEXT_EMPTY;
    size_t count = 0;
    int lock = take_lock(path);
    enum status status = history_read(path, &all, error);
    if (status == STATUS_OK) {
        text_put_bytes(&all, text_string(own), own->length);
        put_lines(&kept, text_string(&all), &count);
        const char *from = text_string(&kept);
        for (; count > limit; count--) {
            from += strcspn(from, "\n") + 1;
        }
        status = all.failed || kept.failed ? error_memory(error)
                                           : write_private(path, from, strlen(from), error);
    }
    if (lock >= 0) {
        close(lock);
    }
    text_free(&all);
    text_free(&kept);
    return status;
}
