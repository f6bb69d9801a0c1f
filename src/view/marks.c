/*
 * view/marks.c - which quantities the present equation is made of.
 *
 *     ∂C/∂r⁽¹⁾ᵢ = Σⱼ ∂C/∂z⁽²⁾ⱼ · W⁽¹⁾ᵢⱼ
 *     target         operand 1   operand 2
 *
 * Every different quantity on the right side gets the next role, in the order in
 * which it is read. The equation, the diagram, the table and the weights all ask
 * here, so that the same number looks the same everywhere.
 */
#include "base/table.h"
#include "picture.h"

static const enum role operand_roles[] = {ROLE_OPERAND_1, ROLE_OPERAND_2, ROLE_OPERAND_3};

static bool same_kind(const struct quantity *a, const struct quantity *b) {
    return a->kind == b->kind && a->next == b->next && a->layer == b->layer;
}

static void add_mark(struct picture *p, const struct quantity *q, enum role role) {
    if (p->mark_count < MARKS_MAX) {
        p->marks[p->mark_count++] = (struct mark){*q, role};
    }
}

/* The role of a quantity of this kind; the next free one where there is none yet. */
static enum role role_for(const struct picture *p, const struct quantity *q) {
    size_t used = 0;
    for (size_t n = 0; n < p->mark_count; n++) {
        if (p->marks[n].role == ROLE_TARGET) {
            continue;
        }
        if (same_kind(&p->marks[n].q, q)) {
            return p->marks[n].role;
        }
        size_t place = (size_t)p->marks[n].role - ROLE_OPERAND_1 + 1;
        used = place > used ? place : used;
    }
    return used < TABLE_COUNT(operand_roles) ? operand_roles[used] : ROLE_TEXT;
}

static void add_operand(void *context, const char *string, const struct quantity *q) {
    struct picture *p = context;
    (void)string;
    if (!q) {
        return;
    }
    for (size_t n = 0; n < p->mark_count; n++) {
        if (quantity_equal(&p->marks[n].q, q)) {
            return;
        }
    }
    enum role role = role_for(p, q);
    if (role != ROLE_TEXT) {
        add_mark(p, q, role);
    }
}

static void add_equation(struct picture *p, struct quantity target) {
    struct equation equation;
    add_mark(p, &target, ROLE_TARGET);
    if (question_concerns(&p->state->question, &target) &&
        p->state->question.hints < HINT_SYMBOLS) {
        return; /* what it is made of is the first hint */
    }
    if (equation_open(&equation, p->model, target, NULL) == STATUS_OK) {
        struct print_options options = picture_printing(p);
        expr_print(equation.right, &options, add_operand, p);
        equation_close(&equation);
    }
}

bool picture_part(const struct picture *p, size_t n, struct part *part) {
    size_t elements = walk_elements(p->model, p->focus.step);
    part->first = 1;
    for (;; n--) {
        if (part->first > elements) {
            return false;
        }
        part->whole = walk_element(p->model, p->focus.step, part->first);
        part->whole.i = part->whole.j = 0;
        size_t rows, cols;
        quantity_shape(p->model, &part->whole, &rows, &cols);
        part->count = rows * cols;
        if (n == 0) {
            return true;
        }
        part->first += part->count;
    }
}

void picture_find_marks(struct picture *p) {
    struct part part;
    p->mark_count = 0;
    if (p->focus.step == 0) {
        return;
    }
    if (p->single) {
        add_equation(p, p->target);
        return;
    }
    for (size_t n = 0; picture_part(p, n, &part); n++) {
        add_equation(p, quantity_generic(p->model, part.whole));
    }
}

static bool index_fits(int64_t pattern, int64_t index) {
    return pattern <= 0 || index <= 0 || pattern == index;
}

static const struct mark *mark_of(const struct picture *p, const struct quantity *q) {
    const struct mark *found = NULL;
    for (size_t n = 0; n < p->mark_count; n++) {
        const struct mark *mark = &p->marks[n];
        if (same_kind(&mark->q, q) && index_fits(mark->q.i, q->i) && index_fits(mark->q.j, q->j) &&
            (!found || mark->role == ROLE_TARGET)) {
            found = mark;
        }
    }
    return found;
}

enum role picture_role(const struct picture *p, const struct quantity *q, enum role plain) {
    const struct mark *mark = mark_of(p, q);
    return mark ? mark->role : plain;
}

/* Of a whole joint all weights are operands: its title says so for all of them. Of all else
 * the numbers say so themselves, and their title is left alone. */
static bool said_by_title(const struct picture *p, const struct quantity *q) {
    bool joint = q->kind == QUANTITY_W || q->kind == QUANTITY_B || q->kind == QUANTITY_DW ||
                 q->kind == QUANTITY_DB;
    return joint && !p->single;
}

enum role picture_cell_role(const struct picture *p, const struct quantity *q, enum role plain,
                            bool *marked) {
    const struct mark *mark = said_by_title(p, q) ? NULL : mark_of(p, q);
    *marked = mark != NULL;
    return mark ? mark->role : plain;
}

enum role picture_title_role(const struct picture *p, const struct quantity *q, enum role plain) {
    return said_by_title(p, q) ? picture_role(p, q, plain) : plain;
}

bool picture_marked(const struct picture *p, const struct quantity *q) {
    bool marked;
    (void)picture_cell_role(p, q, ROLE_TEXT, &marked);
    return marked;
}
