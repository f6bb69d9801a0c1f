/*
 * app/tree.h - the tree behind a number, as `explain` shows it: walked and unfolded row
 * by row. Private to app/.
 */
#ifndef BACKSTEP_SRC_APP_TREE_H
#define BACKSTEP_SRC_APP_TREE_H

#include "expr/why.h"
#include "lang/command.h"
#include "walk/state.h"

struct tree {
    struct why why;
    size_t at;          /* its marked row, */
    struct state state; /* ... and the state that it explains, a copy */
};

/* That of an account of a state, open as many levels deep as it asks for; one that was
 * open is closed. */
enum status tree_open(struct tree *tree, const struct state *state, const struct account *account,
                      struct error *error);
void tree_close(struct tree *tree); /* one that was never open, too */

/* REQUEST_UNFOLD opens the marked row, REQUEST_UNFOLD_LEVEL all of the next level beneath
 * it; REQUEST_FOLD closes it, or goes to what it stands beneath where it is closed. */
enum status tree_fold(struct tree *tree, enum request request, struct error *error);

/* Mark a row, from 1, or take the marked one (0): open it, or close it. */
enum status tree_choose(struct tree *tree, size_t row, struct error *error);

#endif
