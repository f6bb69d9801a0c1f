/*
 * view/hit.c - the list of what lies where, and how panels add to it.
 */
#include "view/hit.h"

#include <stdlib.h>
#include <string.h>

#include "base/ascii.h"
#include "base/memory.h"
#include "base/table.h"
#include "base/utf8.h"
#include "picture.h"

void hits_clear(struct hits *hits) {
    hits->count = 0;
    hits->window = (struct seen){0};
}

void hits_close(struct hits *hits) {
    free(hits->list);
    *hits = (struct hits){0};
}

/* Where memory is short the hit is left out. */
static void hits_add(struct hits *hits, const struct hit *hit) {
    struct hit *list = memory_grow(hits->list, hits->count, &hits->capacity, sizeof *list);
    if (list) {
        hits->list = list;
        hits->list[hits->count++] = *hit;
    }
}

const struct hit *hits_at(const struct hits *hits, int row, int col) {
    for (size_t n = hits->count; n-- > 0;) {
        const struct rect *rect = &hits->list[n].rect;
        if (row >= rect->row && row < rect->row + rect->rows && col >= rect->col &&
            col < rect->col + rect->cols) {
            return &hits->list[n];
        }
    }
    return NULL;
}

struct quantity hit_element(const struct hit *hit, int col) {
    struct quantity q = hit->q;
    int64_t right = hit->each > 0 ? (col - hit->rect.col) / hit->each : 0;
    if (q.j > 0) {
        q.j += right;
    } else {
        q.i += right;
    }
    return q;
}

/* ---- for panels ---- */

/* The number to set by hand that a number on the screen belongs to. */
static bool pickable(const struct picture *p, struct quantity *q) {
    q->next = false;
    switch (q->kind) {
    case QUANTITY_DW:
    case QUANTITY_GW: q->kind = QUANTITY_W; break;
    case QUANTITY_DB:
    case QUANTITY_GB: q->kind = QUANTITY_B; break;
    default: break;
    }
    return pick_allowed(p->model, q);
}

void picture_hit_elements(const struct picture *p, struct rect rect, int each,
                          const struct quantity *q, bool known) {
    if (!p->view->hits) {
        return;
    }
    struct hit hit = {.rect = rect, .kind = HIT_ELEMENT, .q = *q, .each = each};
    if (!pickable(p, &hit.q)) {
        hit.kind = HIT_NUMBER;
        hit.q = *q;
    }
    if (hit.kind == HIT_ELEMENT || (known && !q->next)) {
        hits_add(p->view->hits, &hit);
    }
}

bool picture_picked(const struct picture *p, const struct quantity *q) {
    return p->state->pick.active && quantity_equal(&p->state->pick.q, q);
}

void picture_hit_row(const struct picture *p, struct rect rect, size_t index) {
    struct hit hit = {.rect = rect, .kind = HIT_ROW, .index = index};
    if (p->view->hits) {
        hits_add(p->view->hits, &hit);
    }
}

/* Signs in the line of keys that are no names of keys. */
static const struct {
    const char *sign, *key;
} signs[] = {{"←", "Left"}, {"→", "Right"}, {"↑", "Up"}, {"↓", "Down"}, {"Esc", "Escape"}};

const char *hit_key_sign(const char *key) {
    for (size_t n = 0; n < TABLE_COUNT(signs); n++) {
        if (strcmp(signs[n].key, key) == 0) {
            return signs[n].sign;
        }
    }
    return key;
}

static void add_key(const struct picture *p, struct rect rect, const char *sign, size_t length) {
    struct hit hit = {.rect = rect, .kind = HIT_KEY};
    if (length >= sizeof hit.key) {
        return;
    }
    memcpy(hit.key, sign, length);
    for (size_t n = 0; n < TABLE_COUNT(signs); n++) {
        if (strcmp(signs[n].sign, hit.key) == 0) {
            strcpy(hit.key, signs[n].key);
        }
    }
    hits_add(p->view->hits, &hit);
}

bool hit_key_is_word(const char *sign) {
    return ascii_is_letter(*sign) || ascii_is_digit(*sign) || *sign == '^';
}

void picture_hit_key(const struct picture *p, struct rect rect, const char *name) {
    size_t length = strlen(name);
    if (!p->view->hits || length == 0) {
        return;
    }
    if (hit_key_is_word(name)) {
        size_t first = strcspn(name, "/"); /* "p/n": two words */
        add_key(p, rect, name, first);
        if (name[first] == '/') {
            int cells = (int)first + 1;
            picture_hit_key(p, (struct rect){rect.row, rect.col + cells, 1, rect.cols - cells},
                            name + first + 1);
        }
        return;
    }
    while (length > 0) {
        uint32_t code_point;
        size_t taken = utf8_decode(name, length, &code_point);
        int cells = taken == length ? rect.cols : utf8_width(code_point);
        add_key(p, (struct rect){rect.row, rect.col, 1, cells}, name, taken);
        rect.col += cells;
        rect.cols -= cells;
        name += taken;
        length -= taken;
    }
}
