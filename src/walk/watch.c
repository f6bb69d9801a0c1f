/*
 * walk/watch.c - the list of watched expressions.
 */
#include "walk/watch.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"

const char *watch_at(const char *watch, size_t n, size_t *length) {
    const char *at = watch ? watch : "";
    for (; n > 0 && *at; n--) {
        at += strcspn(at, "\n");
        at += *at == '\n';
    }
    *length = strcspn(at, "\n");
    return *at ? at : NULL;
}

size_t watch_count(const char *watch) {
    size_t count = 0, length;
    while (watch_at(watch, count, &length)) {
        count++;
    }
    return count;
}

size_t watch_find(const char *watch, const char *expression, size_t length) {
    size_t n = 0, other;
    const char *at = watch_at(watch, n, &other);
    while (at && (other != length || memcmp(at, expression, length) != 0)) {
        at = watch_at(watch, ++n, &other);
    }
    return n;
}

/* Put a new text in the place of the list; NULL in it for an empty one. */
static bool replace(char **watch, struct text *text) {
    if (text->failed) {
        text_free(text);
        return false;
    }
    free(*watch);
    *watch = text->length > 0 ? text->bytes : NULL;
    if (!*watch) {
        text_free(text);
    }
    return true;
}

bool watch_add(char **watch, const char *expression, size_t length) {
    struct text text = TEXT_EMPTY;
    if (*watch) {
        text_printf(&text, "%s\n", *watch);
    }
    text_put_bytes(&text, expression, length);
    return replace(watch, &text);
}

bool watch_remove(char **watch, size_t n) {
    struct text text = TEXT_EMPTY;
    size_t length, count = watch_count(*watch);
    for (size_t m = 0; m < count; m++) {
        const char *at = watch_at(*watch, m, &length);
        if (m != n) {
            text_put(&text, text.length > 0 ? "\n" : "");
            text_put_bytes(&text, at, length);
        }
    }
    return replace(watch, &text);
}

static bool all_reached(const struct model *model, struct place place, const struct expr *expr) {
    bool reached = expr->op != EXPR_QUANTITY || walk_reached(model, place, &expr->quantity);
    for (size_t n = 0; n < expr->arg_count && reached; n++) {
        reached = all_reached(model, place, expr->args[n]);
    }
    return reached;
}

struct watched watched_open(struct model *model, struct place place, const char *expression,
                            size_t length) {
    struct watched watched = {0};
    struct names names = names_of_model(model);
    struct scope scope = {.model = model};
    if (expr_parse(&names, expression, length, 1, false, NULL, &watched.expr, NULL) != STATUS_OK) {
        return (struct watched){0};
    }
    watched.large = expr_effort(watched.expr, model) > EFFORT_QUICK;
    if (watched.large || expr_evaluate(watched.expr, &scope, &watched.value, NULL) != STATUS_OK) {
        expr_free(watched.expr);
        return (struct watched){.large = watched.large};
    }
    watched.known = all_reached(model, place, watched.expr);
    return watched;
}

void watched_close(struct watched *watched) {
    expr_free(watched->expr);
    value_free(&watched->value);
}
