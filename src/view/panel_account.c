/*
 * view/panel_account.c - what a scene shows of a number: the tree that `explain` opens, or
 * words as a page. A short one takes the equation's place, the network beneath it; a long
 * one all that lies between the place and the narration.
 *
 *     ── resolve ───────────────────────────────────────────
 *       ∂C/∂W⁽⁰⁾₁₁ = ∂C/∂r⁽¹⁾₁ · Step(z⁽¹⁾₁) · x₁
 *         = −3.25 · 1 · 2
 *         = −6.5
 *
 * It is made anew for each frame, so that its numbers are those of the state shown.
 */
#include "expr/account.h"

#include "panel.h"

enum { SHORT_TREE = 7, SHORT_SHARE = 3 }; /* rows; a third of the screen's */

static bool is_tree(const struct state *state) {
    return state->account.kind == ACCOUNT_TREE;
}

/* The tree, to be closed in any case. */
static bool open_tree(struct why *why, const struct state *state) {
    const struct account *account = &state->account;
    return why_start(why, &account->q) == STATUS_OK &&
           why_expand_levels(why, state_model(state), 0, account->depth) == STATUS_OK;
}

static bool put_page(struct text *text, const struct state *state, enum notation notation) {
    struct print_options options = {
        .model = state_model(state), .notation = notation, .digits = state->digits};
    return account_print(text, &state->account, &options, NULL) == STATUS_OK && !text->failed;
}

static int tree_rows(const struct state *state) {
    struct why why;
    int rows = open_tree(&why, state) && why.count < SHORT_TREE ? 1 + (int)why.count : 0;
    why_close(&why);
    return rows;
}

static int page_rows(const struct state *state, int cols) {
    struct text text = TEXT_EMPTY;
    bool good = put_page(&text, state, NOTATION_UNICODE);
    size_t rows = good ? 1 + view_page_count(text_string(&text), cols) : 0;
    text_free(&text);
    return rows < 1000 ? (int)rows : 0;
}

int account_rows(const struct state *state, int rows, int cols) {
    if (state->screen != SCREEN_WALK || !account_fits(&state->account, state_model(state))) {
        return 0;
    }
    int wanted = is_tree(state) ? tree_rows(state) : page_rows(state, cols);
    return wanted <= rows / SHORT_SHARE ? wanted : 0;
}

static bool draw_tree(const struct picture *p, struct rect rect) {
    struct why why;
    struct view view = *p->view;
    struct picture own = *p;
    bool good = open_tree(&why, p->state);
    if (good) {
        view.why = &why;
        view.why_at = 0;
        own.view = &view;
        panel_why(&own, rect);
    }
    why_close(&why);
    return good;
}

static bool draw_page(const struct picture *p, struct rect rect) {
    struct text text = TEXT_EMPTY;
    struct view view = *p->view;
    struct picture own = *p;
    bool good = put_page(&text, p->state, p->notation);
    if (good) {
        view.page = text_string(&text);
        view.page_top = 0;
        view.page_title = account_name(&p->state->account);
        own.view = &view;
        panel_page(&own, rect);
    }
    text_free(&text);
    return good;
}

bool panel_account(const struct picture *p, struct rect rect) {
    if (rect.rows < 1 || !account_fits(&p->state->account, p->model)) {
        return false;
    }
    return is_tree(p->state) ? draw_tree(p, rect) : draw_page(p, rect);
}
