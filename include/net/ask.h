/*
 * net/ask.h - whoever may stop what takes long, asked once in so much work.
 */
#ifndef BACKSTEP_NET_ASK_H
#define BACKSTEP_NET_ASK_H

#include <stdbool.h>
#include <stddef.h>

struct ask {
    bool (*stop)(void *context); /* NULL: nobody may */
    void *context;
    size_t since; /* what was done since it was asked */
};

/* Products, about a third of those of a pass there and back: some hundredths of a second. */
enum { ASK_PRODUCTS = 16 * 1024 * 1024 };

/* So much more is done, or comes next: are we to stop? Asked once in `every`. */
static inline bool ask_stop(struct ask *ask, size_t more, size_t every) {
    ask->since += more;
    if (!ask->stop || ask->since < every) {
        return false;
    }
    ask->since = 0;
    return ask->stop(ask->context);
}

#endif
