/*
 * app/live_loop.c - the interactive loop: wait, act, draw.
 */
#include "live.h"

static void interrupted(struct live *live, const struct event *event) {
    if (live->typing.on) {
        live_prompt_feed(live, event);
    } else {
        live->cover.kind = COVER_NONE;
        message_set(&live->message, false, "q quits");
    }
}

static void handle(struct live *live, const struct event *event) {
    switch (event->type) {
    case EVENT_QUIT:
        live->quit = live->cut_off = true;
        live->code = event->key > 0 ? 128 + event->key : live->code; /* as shells say it */
        break;
    case EVENT_RESIZE:
    case EVENT_RESUME: live_resize(live); break;
    case EVENT_INTERRUPT: interrupted(live, event); break;
    case EVENT_KEY:
        if (live->typing.on) {
            live_prompt_feed(live, event);
        } else {
            live_key(live, event);
        }
        break;
    case EVENT_PASTE:
        if (live->typing.on) {
            live_prompt_feed(live, event);
        }
        break;
    case EVENT_MOUSE: live_mouse(live, event); break;
    default: break;
    }
}

/* Open the prompt for a question; what was said of the one before it stays. */
static void ask(struct live *live) {
    struct message said = live->message;
    live->message = (struct message){0};
    live_prompt_open(live, "");
    if (live->message.text.length == 0) {
        text_free(&live->message.text);
        live->message = said;
    } else {
        text_free(&said.text);
    }
}

/* The next event: what was typed while something ran that takes long comes first. */
static void next_event(struct live *live, int milliseconds, struct event *event) {
    if (live->pace.has_event) {
        *event = live->pace.event;
        live->pace.has_event = false;
    } else {
        terminal_wait(live->terminal, milliseconds, event);
    }
}

/* Take every event that is there, then work out the preview once, then draw: again, where
 * the preview took a while. */
void live_loop(struct live *live) {
    while (!live->quit) {
        if (live->asking) {
            live->asking = false;
            ask(live);
        }
        live_preview(live);
        live_draw(live);
        if (live_preview_late(live)) {
            live_draw(live);
        }
        struct event event;
        int timeout = live_journal_timeout(live, live_timeout(live));
        next_event(live, timeout, &event);
        while (event.type != EVENT_NONE && !live->quit) {
            handle(live, &event);
            if (live->quit) {
                break;
            }
            next_event(live, 0, &event);
        }
        live_tick(live);
    }
}
