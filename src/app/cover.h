/*
 * app/cover.h - what covers the panels of a session on the screen: a page of text, the tree
 * behind a number, the menu, or a question. Private to app/.
 */
#ifndef BACKSTEP_SRC_APP_COVER_H
#define BACKSTEP_SRC_APP_COVER_H

#include "base/text.h"
#include "menu.h"
#include "tree.h"
#include "view/view.h"

enum cover_kind { COVER_NONE, COVER_PAGE, COVER_TREE, COVER_MENU, COVER_LEAVE, COVER_CONSENT };

/* COVER_PAGE */
struct page {
    struct text text;
    size_t top;
    char title[24]; /* the command that it answers */
};

/* Each part keeps what it was while another covers the panels. */
struct cover {
    enum cover_kind kind;
    struct page page;
    struct tree tree;
    struct menu menu;
    char question[128]; /* of COVER_LEAVE and COVER_CONSENT */
};
void cover_close(struct cover *cover);

/* What a command wrote, under the command's name. */
void cover_page(struct cover *cover, const char *output, const char *command);

/* The tree of an account of the state, or nothing where memory is short. */
enum status cover_tree(struct cover *cover, const struct state *state,
                       const struct account *account, struct error *error);

/* The menu, marked at the scene that is `open`, behind it where that is `over`, or where it
 * was; on failure the cover stays as it was. */
enum status cover_menu(struct cover *cover, const char *open, bool over, struct error *error);

/* COVER_LEAVE or COVER_CONSENT */
void cover_ask(struct cover *cover, enum cover_kind kind, const char *format, ...)
    PRINTF_LIKE(3, 4);

/* Move in the page, the tree or the menu; the size is the screen's. */
void cover_scroll(struct cover *cover, const struct result *result, int rows, int cols);

/* Open or close rows of the tree: see tree_fold(). */
enum status cover_fold(struct cover *cover, enum request request, struct error *error);

/* Take a row of the tree or of the menu, from 1; 0 is the marked one. In the menu it is
 * marked. */
enum status cover_choose(struct cover *cover, size_t row, struct error *error);

/* Put it into the view, which points into it. */
void cover_show(const struct cover *cover, struct view *view);

#endif
