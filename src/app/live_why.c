/*
 * app/live_why.c - the tree behind a number on the screen: opened by `explain`, walked
 * and unfolded by the keys of its mode. It stays that of the state in which it was
 * asked for.
 */
#include "live.h"

void tree_close(struct tree *tree) {
    why_close(&tree->why);
    if (tree->state.version) {
        state_close(&tree->state);
    }
}

/* The levels that are open at first; false where memory is short. */
static bool tree_open(struct tree *tree, const struct state *state, const struct account *account) {
    tree_close(tree);
    tree->at = 0;
    if (state_copy(&tree->state, state) != STATUS_OK) {
        tree->state = (struct state){0};
        return false;
    }
    return why_start(&tree->why, &account->q) == STATUS_OK &&
           why_expand_levels(&tree->why, state_model(&tree->state), 0, account->depth) == STATUS_OK;
}

void live_why_open(struct live *live, const struct account *account) {
    if (tree_open(&live->tree, &live->session.now, account)) {
        live->cover = COVER_TREE;
    } else {
        live->cover = COVER_NONE;
        live_message(live, true, "out of memory");
    }
}

/* Open the marked row, or all of the next level beneath it; close it, or go to what it
 * stands beneath where it is closed. */
static enum status tree_fold(struct tree *tree, enum request request) {
    struct why *why = &tree->why;
    if (request == REQUEST_UNFOLD) {
        return why_expand(why, state_model(&tree->state), tree->at);
    }
    if (request == REQUEST_UNFOLD_LEVEL) {
        return why_expand_next(why, state_model(&tree->state), tree->at);
    }
    if (why->rows[tree->at].open) {
        why_collapse(why, tree->at);
    } else {
        tree->at = why_parent(why, tree->at);
    }
    return STATUS_OK;
}

void live_why_fold(struct live *live, enum request request) {
    if (live->cover != COVER_TREE) {
        live_message(live, true, "there is no tree to unfold: 'explain' opens one");
    } else if (tree_fold(&live->tree, request) != STATUS_OK) {
        live_message(live, true, "out of memory");
    }
}

/* Mark a row, from 1, or take the marked one: open it, or close it. */
void live_why_choose(struct live *live, size_t row) {
    if (row > live->tree.why.count) {
        live_message(live, true, "there is no such row");
        return;
    }
    live->tree.at = row > 0 ? row - 1 : live->tree.at;
    bool open = live->tree.why.rows[live->tree.at].open;
    if (open || why_expandable(&live->tree.why, live->tree.at)) {
        live_why_fold(live, open ? REQUEST_FOLD : REQUEST_UNFOLD);
    }
}
