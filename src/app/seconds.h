/*
 * app/seconds.h - the time that passes, as the machine counts it. Private to app/.
 */
#ifndef BACKSTEP_SRC_APP_SECONDS_H
#define BACKSTEP_SRC_APP_SECONDS_H

/* Seconds of the monotonic clock: from any beginning, never fewer than before. */
double seconds_now(void);

#endif
