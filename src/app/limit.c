/*
 * app/limit.c - the time that a scene may take which nobody watches, counted in seconds of
 * the processor: a busy machine does not make a scene wrong.
 */
#include "limit.h"

#include <time.h>

#include "base/number.h"

static double seconds_used(void) {
    struct timespec used;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &used);
    return (double)used.tv_sec + (double)used.tv_nsec * 1e-9;
}

static bool is_up(const struct limit *limit) {
    return limit->seconds > 0 && seconds_used() - limit->begun > limit->seconds;
}

void limit_begin(struct limit *limit, const struct options *options) {
    *limit = (struct limit){options->limit, seconds_used()};
}

enum status limit_check(const struct limit *limit, struct error *error) {
    char seconds[NUMBER_TEXT_MAX];
    return !is_up(limit)
               ? STATUS_OK
               : error_set(error, STATUS_INPUT,
                           "the scene has used up its %s s of the processor: '--limit SECONDS' "
                           "gives it more",
                           number_shortest(limit->seconds, seconds));
}

static bool stop(void *context) {
    return is_up(context);
}

static enum status give_up(void *context, struct error *error) {
    return limit_check(context, error);
}

void limit_runner(struct limit *limit, struct runner *runner) {
    runner->stop = stop;
    runner->give_up = give_up;
    runner->context = limit;
}
