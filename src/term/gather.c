/*
 * term/gather.c - a frame as one write, by way of an unnamed file.
 *
 * The file is memory on Linux, and one without a name elsewhere. Where anything about
 * it fails, output goes to the terminal directly, as if there were no gathering.
 */
#if defined(__linux__)
#define _GNU_SOURCE /* memfd_create() */
#include <sys/mman.h>
#endif

#include "term/gather.h"

#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

enum { CHUNK = 16384 }; /* most frames are smaller: one write */

static int unnamed_file(void) {
#if defined(__linux__) && defined(MFD_CLOEXEC)
    return memfd_create("frame", MFD_CLOEXEC);
#else
    FILE *file = tmpfile();
    int fd = file ? fcntl(fileno(file), F_DUPFD_CLOEXEC, 3) : -1;
    if (file) {
        (void)fclose(file);
    }
    return fd;
#endif
}

struct gather gather_open(void) {
    return (struct gather){unnamed_file()};
}

void gather_close(struct gather *gather) {
    if (gather->fd >= 0) {
        (void)close(gather->fd);
    }
    gather->fd = -1;
}

void gather_begin(struct gather *gather) {
    if (gather->fd >= 0 &&
        (lseek(gather->fd, 0, SEEK_SET) != 0 || dup2(gather->fd, STDOUT_FILENO) < 0)) {
        gather_close(gather);
    }
}

void gather_end(struct gather *gather, const struct tty *tty) {
    if (gather->fd < 0) {
        return;
    }
    off_t length = lseek(gather->fd, 0, SEEK_CUR), at = 0;
    (void)dup2(tty->out, STDOUT_FILENO);
    while (at < length) {
        char bytes[CHUNK];
        size_t most = length - at < CHUNK ? (size_t)(length - at) : CHUNK;
        ssize_t count = pread(gather->fd, bytes, most, at);
        if (count <= 0) {
            break;
        }
        tty_write(tty, bytes, (size_t)count);
        at += count;
    }
}
