/*
 * app/live_why.c - the tree behind a number on the screen: opened by `explain`, walked
 * and unfolded by the keys of its mode. It stays that of the state in which it was
 * asked for.
 */
#include "live.h"

void live_why_close(struct live *live) {
    why_close(&live->why);
    if (live->why_state.version) {
        state_close(&live->why_state);
    }
}

void live_why_open(struct live *live, const struct account *account) {
    live_why_close(live);
    live->why_at = 0;
    live->cover = COVER_NONE;
    if (state_copy(&live->why_state, &live->session.now) != STATUS_OK) {
        live->why_state = (struct state){0};
    } else if (why_start(&live->why, &account->q) == STATUS_OK &&
               why_expand_levels(&live->why, state_model(&live->why_state), 0, account->depth) ==
                   STATUS_OK) {
        live->cover = COVER_TREE;
        return;
    }
    live_message(live, true, "out of memory");
}

/* Open the marked row, or all of the next level beneath it; close it, or go to what it
 * stands beneath where it is closed. */
void live_why_fold(struct live *live, enum request request) {
    struct why *why = &live->why;
    struct model *model;
    enum status status = STATUS_OK;
    if (live->cover != COVER_TREE) {
        live_message(live, true, "there is no tree to unfold: 'explain' opens one");
        return;
    }
    model = state_model(&live->why_state);
    if (request == REQUEST_UNFOLD) {
        status = why_expand(why, model, live->why_at);
    } else if (request == REQUEST_UNFOLD_LEVEL) {
        status = why_expand_next(why, model, live->why_at);
    } else if (why->rows[live->why_at].open) {
        why_collapse(why, live->why_at);
    } else {
        live->why_at = why_parent(why, live->why_at);
    }
    if (status != STATUS_OK) {
        live_message(live, true, "out of memory");
    }
}

/* Mark a row, from 1, or take the marked one: open it, or close it. */
void live_why_choose(struct live *live, size_t row) {
    if (row > live->why.count) {
        live_message(live, true, "there is no such row");
        return;
    }
    live->why_at = row > 0 ? row - 1 : live->why_at;
    bool open = live->why.rows[live->why_at].open;
    if (open || why_expandable(&live->why, live->why_at)) {
        live_why_fold(live, open ? REQUEST_FOLD : REQUEST_UNFOLD);
    }
}
