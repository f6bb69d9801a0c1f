/*
 * view/hit.h - what lies where on the screen, for whoever points at it: numbers
 * that can be picked or explained, keys that can be pressed, rows that can be chosen.
 *
 * view_compose() fills the list in the order of drawing: what was added last lies
 * on top.
 */
#ifndef BACKSTEP_VIEW_HIT_H
#define BACKSTEP_VIEW_HIT_H

#include <stddef.h>

#include "base/text.h"
#include "expr/quantity.h"
#include "view/canvas.h"

enum hit_kind {
    HIT_ELEMENT, /* elements side by side, `each` columns wide, the first of them `q` */
    HIT_NUMBER,  /* the same, of numbers that are computed: they can be explained */
    HIT_KEY,     /* as good as the key `key` */
    HIT_ROW,     /* row `index` of the menu */
};

enum { HIT_KEY_MAX = 32 };

struct hit {
    struct rect rect;
    enum hit_kind kind;
    struct quantity q;
    int each;
    char key[HIT_KEY_MAX];
    size_t index;
};

/* What the screen of weights shows of joint `joint`: so many of its rows and columns,
 * counted from 0; `rows` 0: it shows all there is, or is not there. */
struct seen {
    size_t joint, row, col, rows, cols;
};

struct hits {
    struct hit *list;
    size_t count, capacity;
    struct seen window;
};

/* Forget what the last frame showed; the memory is kept. */
void hits_clear(struct hits *hits);
void hits_close(struct hits *hits);

/* What lies at this cell; NULL for nothing. */
const struct hit *hits_at(const struct hits *hits, int row, int col);

/* Is the sign of a key a word, which a '/' parts from the next, and not one sign of several? */
bool hit_key_is_word(const char *sign);

/* The sign that stands for a key in a line of keys: "→" for "Right", "n" for "n". */
const char *hit_key_sign(const char *key);

/* The element of a HIT_ELEMENT or HIT_NUMBER that lies in this column. */
struct quantity hit_element(const struct hit *hit, int col);

#endif
