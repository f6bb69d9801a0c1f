/*
 * app/live_progress.c - the screen while a long training runs, and ^C.
 *
 * An update may take a microsecond or a minute. So the clock and the terminal are
 * looked at only once in `stride` updates, and the stride follows what they take: to
 * be at the keys within some hundredths of a second and at the updates nearly always.
 * Drawing gets a share of the time, whatever it costs.
 */
#include <stdio.h>
#include <time.h>

#include "base/number.h"
#include "live.h"

enum { BAR = 16 };

static const double look_least = 0.004, look_most = 0.02; /* seconds between two looks */
static const double first_frame = 0.1, between_frames = 0.05;
static const double pause_for_drawing = 5; /* times what the drawing took */

static double seconds_now(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec * 1e-9;
}

/* "training ■■■■············ 2600 of 10000 updates, C = 0.0123" */
static void put_progress(struct text *text, const struct state *draft, uint64_t done,
                         uint64_t most) {
    int full = (int)((double)done / (double)most * BAR);
    text_put(text, "training ");
    for (int n = 0; n < BAR; n++) {
        text_put(text, n < full ? "■" : "·");
    }
    text_printf(text, " %llu of %llu updates", (unsigned long long)done, (unsigned long long)most);
    const struct curve *curve = &draft->curve;
    if (curve->count > 0) {
        char cost[NUMBER_TEXT_MAX];
        text_printf(text, ", %s = %s", state_model(draft)->feed.data ? "meanC" : "C",
                    number_fixed(curve_cost(curve, curve->count - 1), draft->digits, cost));
    }
}

static void show_progress(struct live *live, const struct state *draft, uint64_t done,
                          uint64_t most) {
    struct text text = TEXT_EMPTY;
    put_progress(&text, draft, done, most);
    live_draw_training(live, draft, text_string(&text));
    text_free(&text);
}

/* How many updates from one look at the clock to the next. */
static void adapt(struct pace *pace, double now) {
    double took = now - pace->looked;
    if (took < look_least) {
        pace->stride *= 2;
    } else if (took > look_most) {
        pace->stride = pace->stride / 2 > 0 ? pace->stride / 2 : 1;
    }
    pace->looked = now;
}

void live_watch_training(void *context, const struct state *draft, uint64_t done, uint64_t most) {
    struct live *live = context;
    struct pace *pace = &live->pace;
    if (done == 0) {
        double now = seconds_now();
        *pace = (struct pace){.stride = 1, .next = 1, .looked = now, .due = now + first_frame};
    }
    pace->told = true;
    if (done < pace->next || !live->terminal) {
        return;
    }
    double now = seconds_now();
    adapt(pace, now);
    pace->next = done + pace->stride;
    pace->stop = terminal_interrupted(live->terminal);
    if (now >= pace->due && !pace->stop) {
        show_progress(live, draft, done, most);
        double after = seconds_now(), rest = pause_for_drawing * (after - now);
        pace->due = after + (rest > between_frames ? rest : between_frames);
        pace->looked = after;
    }
}

bool live_stop_asked(void *context) {
    struct live *live = context;
    if (live->pace.told) { /* a moment ago */
        live->pace.told = false;
        return live->pace.stop;
    }
    return live->terminal && terminal_interrupted(live->terminal);
}
