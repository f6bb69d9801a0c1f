/*
 * app/journal.c - the files of journals: written, locked, found again.
 */
#include "journal.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/file.h"
#include "base/memory.h"
#include "places.h"

static const char heading[] = "backstep journal 1\n";
static const char prefix[] = "journal-", unborn[] = "new-journal-";
enum { FOUND_MOST = 1000, ATTEMPTS = 100 };

static enum status journal_error(struct error *error, const char *path, int cause) {
    return error_set(error, STATUS_IO, "cannot keep a journal in '%s': %s", path, strerror(cause));
}

/* The folder, the user's own and closed to everybody else. */
static bool make_folder(const char *folder) {
    struct text inside = TEXT_EMPTY;
    text_printf(&inside, "%s/", folder);
    bool made = !inside.failed && place_make(text_string(&inside));
    text_free(&inside);
    int fd = made ? open(folder, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC) : -1;
    if (fd < 0) {
        return false;
    }
    struct stat info;
    bool own = fstat(fd, &info) == 0 && info.st_uid == geteuid();
    bool closed = own && ((info.st_mode & 077) == 0 || fchmod(fd, 0700) == 0);
    int cause = own ? errno : EPERM;
    close(fd);
    errno = cause;
    return closed;
}

/* All of these bytes at the end of the file, or none. */
static bool append(struct journal *journal, const char *bytes, size_t count) {
    if (!file_put(journal->fd, bytes, count)) {
        int cause = errno;
        if (ftruncate(journal->fd, (off_t)journal->size) != 0) {
            cause = errno;
        }
        errno = cause;
        return false;
    }
    journal->size += count;
    journal->unsynced = true;
    return true;
}

static void put_heading(struct text *text, const char *scene) {
    char folder[4096];
    text_put(text, heading);
    if (getcwd(folder, sizeof folder) && !strchr(folder, '\n')) {
        text_printf(text, "in %s\n", folder);
    }
    if (scene) {
        text_printf(text, "scene %s\n", scene);
    }
    text_put(text, "\n");
}

/* A name that no other has: by the time, so that they sort, and the process. */
static void put_names(const char *folder, struct text *path, struct text *hidden) {
    static unsigned long count;
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    count++;
    for (int n = 0; n < 2; n++) {
        text_cut(n == 0 ? path : hidden, 0);
        text_printf(n == 0 ? path : hidden, "%s/%s%010lld-%09ld-%ld-%lu", folder,
                    n == 0 ? prefix : unborn, (long long)now.tv_sec, now.tv_nsec, (long)getpid(),
                    count);
    }
}

/* A new file, locked, at `hidden`, which is to become `path`; -1 with errno where there is
 * none. Before it is locked another program may take it for one that was left. */
static int open_unborn(const char *folder, struct text *path, struct text *hidden) {
    for (int n = 0; n < ATTEMPTS; n++) {
        put_names(folder, path, hidden);
        int flags = O_RDWR | O_CREAT | O_EXCL | O_APPEND | O_NOFOLLOW | O_CLOEXEC;
        bool named = !path->failed && !hidden->failed;
        int fd = named ? open(text_string(hidden), flags, 0600) : -1;
        if (fd < 0 || file_lock_new(fd)) {
            errno = named ? errno : ENOMEM;
            return fd;
        }
        int cause = errno;
        close(fd);
        errno = cause;
        if (cause != EAGAIN) {
            break;
        }
    }
    return -1;
}

/* Under another name until it is locked and has its heading: nobody takes it for one
 * that was left. */
enum status journal_begin(struct journal *journal, const char *folder, const char *scene,
                          struct error *error) {
    struct text path = TEXT_EMPTY, hidden = TEXT_EMPTY, head = TEXT_EMPTY;
    enum status status = STATUS_OK;
    *journal = (struct journal){.fd = -1};
    put_heading(&head, scene);
    if (head.failed || !make_folder(folder)) {
        status = journal_error(error, folder, head.failed ? ENOMEM : errno);
    } else {
        journal->fd = open_unborn(folder, &path, &hidden);
        journal->path = string_copy(text_string(&path));
        bool good = journal->fd >= 0 && journal->path &&
                    append(journal, text_string(&head), head.length) &&
                    rename(text_string(&hidden), journal->path) == 0;
        if (!good) {
            status = journal_error(error, folder, errno);
            (void)unlink(text_string(&hidden));
            journal_end(journal, true);
        }
    }
    text_free(&path);
    text_free(&hidden);
    text_free(&head);
    return status;
}

enum status journal_add(struct journal *journal, const char *line, size_t length,
                        struct error *error) {
    struct text bytes = TEXT_EMPTY;
    enum status status = STATUS_OK;
    text_put_bytes(&bytes, line, length);
    text_put(&bytes, "\n");
    if (bytes.failed) {
        status = error_memory(error);
    } else if (!append(journal, text_string(&bytes), bytes.length)) {
        status = journal_error(error, journal->path, errno);
    }
    text_free(&bytes);
    return status;
}

bool journal_fits(const struct journal *journal, size_t length) {
    return length < JOURNAL_BYTES_MAX - journal->size;
}

void journal_sync(struct journal *journal) {
    if (journal->unsynced) {
        (void)fsync(journal->fd);
        journal->unsynced = false;
    }
}

void journal_end(struct journal *journal, bool kept) {
    if (journal->fd >= 0) {
        if (!kept) {
            (void)unlink(journal->path);
        }
        close(journal->fd);
    }
    free(journal->path);
    *journal = (struct journal){.fd = -1};
}

/* ---- what was left ---- */

static bool read_bytes(int fd, struct text *bytes) {
    char buffer[65536];
    for (;;) {
        ssize_t got = pread(fd, buffer, sizeof buffer, (off_t)bytes->length);
        if (got < 0 && errno == EINTR) {
            continue;
        }
        if (got <= 0 || bytes->length + (size_t)got > JOURNAL_BYTES_MAX) {
            return got == 0 && !bytes->failed;
        }
        text_put_bytes(bytes, buffer, (size_t)got);
    }
}

/* The line at `*at`, without its newline; one that has none was not finished. */
static const char *next_line(const struct text *bytes, size_t *at, size_t *length) {
    const char *line = text_string(bytes) + *at;
    const char *end = memchr(line, '\n', bytes->length - *at);
    if (!end) {
        return NULL;
    }
    *length = (size_t)(end - line);
    *at += *length + 1;
    return line;
}

static bool take_value(const char *line, size_t length, const char *word, char **value) {
    size_t skip = strlen(word);
    if (*value || length <= skip || memcmp(line, word, skip) != 0) {
        return false;
    }
    *value = string_copy_bytes(line + skip, length - skip);
    return *value != NULL;
}

static bool read_heading(struct unfinished *found) {
    size_t length, skip = sizeof heading - 1;
    const char *line;
    if (found->bytes.length < skip || memcmp(text_string(&found->bytes), heading, skip) != 0) {
        return false;
    }
    found->at = skip;
    while ((line = next_line(&found->bytes, &found->at, &length)) && length > 0) {
        if (!take_value(line, length, "in ", &found->folder) &&
            !take_value(line, length, "scene ", &found->scene)) {
            return false;
        }
    }
    return line != NULL;
}

const char *unfinished_line(struct unfinished *unfinished, size_t *length) {
    return next_line(&unfinished->bytes, &unfinished->at, length);
}

void unfinished_close(struct unfinished *unfinished, bool kept) {
    journal_end(&unfinished->journal, kept);
    text_free(&unfinished->bytes);
    free(unfinished->folder);
    free(unfinished->scene);
    *unfinished = (struct unfinished){.journal.fd = -1};
}

/* Open and take the file, if nobody has it; false where it is not to be offered. What
 * nothing was done in is removed. */
static bool take(struct unfinished *found, const char *path) {
    struct stat info;
    *found = (struct unfinished){
        .journal.fd = open(path, O_RDWR | O_APPEND | O_NONBLOCK | O_NOFOLLOW | O_CLOEXEC)};
    struct journal *journal = &found->journal;
    bool own = journal->fd >= 0 && fstat(journal->fd, &info) == 0 && S_ISREG(info.st_mode) &&
               info.st_uid == geteuid() && file_lock(journal->fd);
    journal->path = own ? string_copy(path) : NULL;
    if (!journal->path || !read_bytes(journal->fd, &found->bytes)) {
        unfinished_close(found, true);
        return false;
    }
    bool good = read_heading(found);
    size_t length, start = found->at;
    while (good && unfinished_line(found, &length)) {
        found->lines++;
    }
    journal->size = found->at; /* what stands behind it was not finished */
    bool some = found->lines > 0 && ftruncate(journal->fd, (off_t)journal->size) == 0;
    found->at = start;
    if (!some) {
        unfinished_close(found, found->lines > 0);
    }
    return some;
}

static int newer_first(const void *left, const void *right) {
    return strcmp(*(char *const *)right, *(char *const *)left);
}

static bool begins(const char *name, const char *with) {
    return strncmp(name, with, strlen(with)) == 0;
}

/* The journals of the folder; the caller frees each. Those that were begun by a program that
 * was killed just then are removed. */
static size_t list_journals(const char *folder, char **paths) {
    size_t count = 0;
    struct dirent *entry;
    DIR *stream = opendir(folder);
    while (stream && count < FOUND_MOST && (entry = readdir(stream)) != NULL) {
        struct text path = TEXT_EMPTY;
        text_printf(&path, "%s/%s", folder, entry->d_name);
        if (!path.failed && begins(entry->d_name, prefix)) {
            paths[count++] = path.bytes;
            continue;
        }
        if (!path.failed && begins(entry->d_name, unborn)) {
            file_remove_left(text_string(&path));
        }
        text_free(&path);
    }
    if (stream) {
        closedir(stream);
    }
    qsort(paths, count, sizeof *paths, newer_first);
    return count;
}

bool unfinished_find(struct unfinished *unfinished, const char *folder) {
    char **paths = memory_array(FOUND_MOST, sizeof *paths);
    size_t count = paths ? list_journals(folder, paths) : 0;
    size_t kept = 0;
    *unfinished = (struct unfinished){.journal.fd = -1};
    for (size_t i = 0; i < count; i++) {
        struct unfinished found;
        if (take(&found, paths[i])) {
            kept++;
            if (kept == 1) {
                *unfinished = found;
            } else {
                unfinished_close(&found, kept <= JOURNALS_KEPT);
            }
        }
        free(paths[i]);
    }
    free(paths);
    return kept > 0;
}
