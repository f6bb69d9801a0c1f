/*
 * base/status.h - how a function says that it failed.
 *
 * Every function that can fail returns an `enum status` and, where it takes a
 * `struct error *`, leaves one sentence there: lower case, no full stop, the
 * offending word in 'quotes', and what would have been right. Nothing below
 * app/ prints or exits; app/ puts `file:line:column: ` before the sentence.
 */
#ifndef BACKSTEP_BASE_STATUS_H
#define BACKSTEP_BASE_STATUS_H

#include <stddef.h>

enum status {
    STATUS_OK = 0,
    STATUS_INPUT,       /* the user's words or data fell short: exit code 1 */
    STATUS_USAGE,       /* wrong command-line options: exit code 2 */
    STATUS_MEMORY,      /* an allocation failed; the object is as it was */
    STATUS_IO,          /* a file or pipe failed: exit code 1 */
    STATUS_INTERRUPTED, /* the user pressed ^C */
};

enum { ERROR_TEXT_MAX = 512 };

/* Zero-initialise before use. `column` counts code points from 1 in the
 * command's own line; 0 says "the command as a whole". `length` is how many
 * columns the offending word takes (at least 1 where column is set). */
struct error {
    enum status status;
    size_t column;
    size_t length;
    char text[ERROR_TEXT_MAX];
};

#if defined(__GNUC__)
#define PRINTF_LIKE(form, first) __attribute__((format(printf, form, first)))
#else
#define PRINTF_LIKE(form, first)
#endif

/* Fill `error` (which may be NULL) and return `status`, so that a caller can
 * write `return error_set(...)`. Text that is too long is cut at a whole
 * character and ends in "...". Control bytes in it are made harmless. */
enum status error_set(struct error *error, enum status status, const char *format, ...)
    PRINTF_LIKE(3, 4);

/* The same, at a column of the line. */
enum status error_at(struct error *error, size_t column, size_t length, const char *format, ...)
    PRINTF_LIKE(4, 5);

/* The sentence for an allocation that failed; returns STATUS_MEMORY. */
void error_fill_memory(struct error *error);
static inline enum status error_memory(struct error *error) {
    error_fill_memory(error);
    return STATUS_MEMORY;
}

/* The same for what was stopped. */
static inline enum status error_interrupted(struct error *error) {
    return error_set(error, STATUS_INTERRUPTED, "stopped: all is as it was");
}

/* The sentence for a function that returned one of the two, or STATUS_OK, and none itself. */
static inline enum status error_about(struct error *error, enum status status) {
    return status == STATUS_OK            ? STATUS_OK
           : status == STATUS_INTERRUPTED ? error_interrupted(error)
                                          : error_memory(error);
}

#endif
