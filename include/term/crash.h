/*
 * term/crash.h - the terminal put back when the process dies of itself:
 * SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT, or exit() with the screen open.
 *
 * In the handler nothing but write(), tcsetattr() and raise(): bytes and modes
 * are worked out beforehand. The signal then goes on to whoever had it before.
 */
#ifndef BACKSTEP_TERM_CRASH_H
#define BACKSTEP_TERM_CRASH_H

#include <stddef.h>
#include <termios.h>

enum { CRASH_BYTES_MAX = 256 };

/* From now on a crash writes `bytes` to `fd` and gives it the modes `modes`
 * (both are copied). May be called again with other bytes. */
void crash_arm(int fd, const struct termios *modes, const char *bytes, size_t count);

/* Signals go back to who had them. */
void crash_disarm(void);

#endif
