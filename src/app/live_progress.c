/*
 * app/live_progress.c - the screen while a long training runs, and ^C.
 *
 * An update may take a microsecond or a minute. So the clock and the terminal are
 * looked at only once in `stride` updates, and the stride follows what they take: to
 * be at the keys within some hundredths of a second and at the updates nearly always.
 * Drawing gets a share of the time, whatever it costs. A new size of the terminal is
 * taken in between two updates, and so are the keys that choose what is shown; the first
 * other one waits, with all behind it, until the training is over.
 */
#include <stdio.h>
#include <string.h>

#include "base/number.h"
#include "lang/keys.h"
#include "live.h"
#include "seconds.h"
#include "usage.h"

enum { BAR = 16 };

static const double look_least = 0.004, look_most = 0.02; /* seconds between two looks */
static const double first_frame = 0.1, between_frames = 0.05;
static const double busy = 0.5;            /* so long nothing is said of what cannot be watched */
static const double pause_for_drawing = 5; /* times what the drawing took */

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
    live->pace.shown = true;
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

/* Show another screen, where a key asks for that. */
static bool choose_screen(struct live *live, const struct event *event) {
    char name[KEY_NAME_MAX] = "";
    if (event->type == EVENT_KEY) {
        key_code_name(event->key, event->modifiers, name);
    }
    const char *command = live_bound(live, name).command;
    if (!command || strncmp(command, "view ", 5) != 0) {
        return false;
    }
    struct session trial = {0};
    struct runner runner = {.session = &trial, .read_only = true, .preview = true};
    struct result result = {0};
    struct state chosen;
    if (state_copy(&trial.now, &live->session.now) == STATUS_OK) {
        trial.now.screen = live->pace.screen;
        if (command_try(&runner, command, strlen(command), &chosen, &result, NULL) == STATUS_OK) {
            live->pace.screen = chosen.screen;
            state_close(&chosen);
        }
        result_free(&result);
        state_close(&trial.now);
    }
    return true;
}

/* What the terminal has to say while updates are made. */
static void take_events(struct live *live) {
    struct pace *pace = &live->pace;
    pace->stop = pace->stop || terminal_interrupted(live->terminal);
    pace->has_event = pace->has_event && !pace->stop; /* typed before ^C */
    while (!pace->stop && !pace->has_event) {
        terminal_wait(live->terminal, 0, &pace->event);
        if (pace->event.type == EVENT_NONE) {
            return;
        }
        if (pace->event.type == EVENT_RESIZE || pace->event.type == EVENT_RESUME) {
            live_resize(live);
            pace->due = 0;
        } else if (choose_screen(live, &pace->event)) {
            pace->due = 0;
        } else {
            pace->stop = pace->event.type == EVENT_INTERRUPT || pace->event.type == EVENT_QUIT;
            pace->has_event = !pace->stop;
        }
    }
}

static void watch_training(void *context, const struct state *draft, uint64_t done, uint64_t most) {
    struct live *live = context;
    struct pace *pace = &live->pace;
    if (done == 0) {
        double now = seconds_now();
        *pace = (struct pace){.stride = 1,
                              .next = 1,
                              .begun = pace->begun,
                              .looked = now,
                              .due = now + first_frame,
                              .screen = draft->screen,
                              .event = pace->event,
                              .has_event = pace->has_event,
                              .stop = pace->stop,
                              .shown = pace->shown};
    }
    pace->told = true;
    if (done < pace->next || !live->terminal) {
        return;
    }
    double now = seconds_now();
    adapt(pace, now);
    pace->next = done + pace->stride;
    take_events(live);
    if (now >= pace->due && !pace->stop) {
        show_progress(live, draft, done, most);
        double after = seconds_now(), rest = pause_for_drawing * (after - now);
        pace->due = after + (rest > between_frames ? rest : between_frames);
        pace->looked = after;
    }
}

static bool stop_asked(void *context) {
    struct live *live = context;
    if (live->pace.told) { /* a moment ago */
        live->pace.told = false;
        return live->pace.stop;
    }
    struct pace *pace = &live->pace;
    pace->stop = pace->stop || (live->terminal && terminal_interrupted(live->terminal));
    if (live->terminal && !pace->stop && !pace->shown && seconds_now() - pace->begun > busy) {
        live_draw_busy(live);
        pace->shown = true;
    }
    return pace->stop;
}

void live_begin(struct live *live) {
    live->pace.stop = live->pace.shown = false;
    live->pace.begun = seconds_now();
}

/* A ^C that was typed ahead is for what comes after a scene's few lines. */
static enum status give_up(void *context, struct error *error) {
    struct live *live = context;
    bool long_since = seconds_now() - live->pace.begun > first_frame;
    bool stop = live->pace.stop || (long_since && stop_asked(live));
    return stop ? error_set(error, STATUS_INPUT, "stopped here: Space goes on") : STATUS_OK;
}

/* ---- what runs ---- */

/* Columns of a page of text: two blanks at either side, where there is room for them. */
static size_t page_columns(const struct live *live) {
    int cols = live->canvas.cols;
    return cols > 0 ? (size_t)view_page_width(cols) : 0;
}

/* A key that the scene bound, or one before it, does no more than the scene may. */
static void restrain(const struct live *live, struct runner *runner) {
    bool open = live->scene.source.name != NULL;
    const struct runner *scene = &live->scene.player.runner;
    bool writes = open && scene->writing == WRITE_FREELY;
    runner->scene = true;
    runner->fence = open ? scene->fence : "";
    runner->writing = writes ? WRITE_FREELY : WRITE_NEVER;
}

struct runner live_runner(struct live *live) {
    struct runner runner = {.session = &live->session,
                            .covered =
                                live->cover.kind != COVER_NONE && live->cover.kind != COVER_LEAVE,
                            .typed = true,
                            .columns = page_columns(live),
                            .window = live->terminal ? &live->hits.window : NULL,
                            .preferences = &live->preferences,
                            .stop = stop_asked,
                            .give_up = give_up,
                            .progress = watch_training,
                            .screen = live_screen,
                            .own = &usage_words,
                            .context = live};
    if (live->of_scene) {
        restrain(live, &runner);
    }
    return runner;
}
