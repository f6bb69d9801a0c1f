/*
 * terminal.h - a program in a pseudo-terminal of 120 x 40, with a clock: how long a
 * key takes from its byte to the last byte of the answer, and how many bytes that is.
 */
#ifndef BACKSTEP_TESTS_BENCH_TERMINAL_H
#define BACKSTEP_TESTS_BENCH_TERMINAL_H

#include <stddef.h>
#include <sys/types.h>

struct terminal {
    pid_t pid;
    int master;
    double started; /* seconds of the monotonic clock, just before exec */
};

/* An answer: seconds to its last byte, and its bytes; 0 bytes: there was none. */
struct answer {
    double seconds;
    size_t bytes;
};

/* Start a program that keeps the user's files in the folder `home`; its first frame is what
 * the first answer holds. Ends the benchmark where there are no pseudo-terminals. */
struct terminal terminal_start(const char *const *argv, const char *home);
struct answer terminal_first_frame(struct terminal *terminal);

/* Send the bytes of one key and wait until nothing more comes. */
struct answer terminal_key(struct terminal *terminal, const char *bytes);

/* Processor seconds that the program has used so far; negative where the system does
 * not tell. */
double terminal_used(const struct terminal *terminal);

void terminal_close(struct terminal *terminal);

#endif
