/*
 * app/tree.c - the tree behind a number: opened by `explain`, walked and unfolded by the
 * keys of its mode. It stays that of the state in which it was asked for.
 */
#include "tree.h"

void tree_close(struct tree *tree) {
    why_close(&tree->why);
    if (tree->state.version) {
        state_close(&tree->state);
    }
}

enum status tree_open(struct tree *tree, const struct state *state, const struct account *account,
                      struct error *error) {
    tree_close(tree);
    tree->at = 0;
    if (state_copy(&tree->state, state) != STATUS_OK) {
        tree->state = (struct state){0};
        return error_memory(error);
    }
    bool open =
        why_start(&tree->why, &account->q) == STATUS_OK &&
        why_expand_levels(&tree->why, state_model(&tree->state), 0, account->depth) == STATUS_OK;
    return open ? STATUS_OK : error_memory(error);
}

enum status tree_fold(struct tree *tree, enum request request, struct error *error) {
    struct why *why = &tree->why;
    struct model *model = state_model(&tree->state);
    enum status status = STATUS_OK;
    if (request == REQUEST_UNFOLD) {
        status = why_expand(why, model, tree->at);
    } else if (request == REQUEST_UNFOLD_LEVEL) {
        status = why_expand_next(why, model, tree->at);
    } else if (why->rows[tree->at].open) {
        why_collapse(why, tree->at);
    } else {
        tree->at = why_parent(why, tree->at);
    }
    return status == STATUS_OK ? STATUS_OK : error_memory(error);
}

enum status tree_choose(struct tree *tree, size_t row, struct error *error) {
    if (row > tree->why.count) {
        return error_set(error, STATUS_INPUT, "there is no such row");
    }
    tree->at = row > 0 ? row - 1 : tree->at;
    bool open = tree->why.rows[tree->at].open;
    bool folds = open || why_expandable(&tree->why, tree->at);
    return folds ? tree_fold(tree, open ? REQUEST_FOLD : REQUEST_UNFOLD, error) : STATUS_OK;
}
