/*
 * app/cover.c - what covers the panels: opened, moved in, and put into the view.
 */
#include "cover.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

void cover_close(struct cover *cover) {
    text_free(&cover->page.text);
    tree_close(&cover->tree);
    menu_close(&cover->menu);
}

/* ---- opening ---- */

void cover_page(struct cover *cover, const char *output, const char *command) {
    struct page *page = &cover->page;
    text_free(&page->text);
    text_put(&page->text, output);
    page->top = 0;
    command += strspn(command, " \t");
    snprintf(page->title, sizeof page->title, "%.*s", (int)strcspn(command, " \t;#\n"), command);
    cover->kind = COVER_PAGE;
}

enum status cover_tree(struct cover *cover, const struct state *state,
                       const struct account *account, struct error *error) {
    enum status status = tree_open(&cover->tree, state, account, error);
    cover->kind = status == STATUS_OK ? COVER_TREE : COVER_NONE;
    return status;
}

enum status cover_menu(struct cover *cover, const char *open, bool over, struct error *error) {
    if (menu_open(&cover->menu, open, over) != STATUS_OK) {
        return error_memory(error);
    }
    cover->kind = COVER_MENU;
    return STATUS_OK;
}

void cover_ask(struct cover *cover, enum cover_kind kind, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(cover->question, sizeof cover->question, format, arguments);
    va_end(arguments);
    cover->kind = kind;
}

/* ---- moving ---- */

/* `at` moved among `count` places, of which `shown` are a page. */
static size_t moved(size_t at, size_t count, size_t shown, const struct result *result) {
    size_t way = result->count, last = count > 0 ? count - 1 : 0;
    switch (result->move) {
    case MOVE_HOME: return 0;
    case MOVE_END: return last;
    case MOVE_PAGE_UP:
        way *= shown; /* and up */
    /* fall through */
    case MOVE_UP: return at > way ? at - way : 0;
    case MOVE_PAGE_DOWN:
        way *= shown; /* and down */
    /* fall through */
    case MOVE_DOWN: return way > last || at > last - way ? last : at + way;
    default: return at;
    }
}

void cover_scroll(struct cover *cover, const struct result *result, int rows, int cols) {
    struct page *page = &cover->page;
    struct tree *tree = &cover->tree;
    struct menu *menu = &cover->menu;
    size_t shown = view_page_rows(rows);
    if (cover->kind == COVER_PAGE) {
        size_t count = view_page_count(text_string(&page->text), cols);
        page->top = moved(page->top, count > shown ? count - shown + 1 : 1, shown, result);
    } else if (cover->kind == COVER_TREE) {
        tree->at = moved(tree->at, tree->why.count, view_why_rows(rows), result);
    } else if (cover->kind == COVER_MENU) {
        menu->at = moved(menu->at, menu->catalogue.count, shown, result);
    }
}

enum status cover_fold(struct cover *cover, enum request request, struct error *error) {
    if (cover->kind != COVER_TREE) {
        return error_set(error, STATUS_INPUT, "there is no tree to unfold: 'explain' opens one");
    }
    return tree_fold(&cover->tree, request, error);
}

enum status cover_choose(struct cover *cover, size_t row, struct error *error) {
    struct menu *menu = &cover->menu;
    if (cover->kind == COVER_TREE) {
        return tree_choose(&cover->tree, row, error);
    }
    if (cover->kind != COVER_MENU) {
        return error_set(error, STATUS_INPUT, "the menu is not open: 'menu' opens it");
    }
    if (row > menu->catalogue.count) {
        return error_set(error, STATUS_INPUT, "there is no such row");
    }
    menu->at = row > 0 ? row - 1 : menu->at;
    return STATUS_OK;
}

/* ---- showing ---- */

void cover_show(const struct cover *cover, struct view *view) {
    switch (cover->kind) {
    case COVER_NONE: break;
    case COVER_PAGE:
        view->page = text_string(&cover->page.text);
        view->page_top = cover->page.top;
        view->page_title = cover->page.title;
        break;
    case COVER_TREE:
        view->why = &cover->tree.why;
        view->why_at = cover->tree.at;
        view->state = &cover->tree.state;
        view->before = NULL;
        break;
    case COVER_MENU:
        view->menu = (const char *const *)cover->menu.rows;
        view->menu_at = cover->menu.at;
        view->menu_about = cover->menu.catalogue.rows[cover->menu.at].about;
        break;
    case COVER_LEAVE:
    case COVER_CONSENT: view->message = cover->question; break;
    }
}
