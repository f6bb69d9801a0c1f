/*
 * lang/quiz_spoil.h - equations with something wrong in them. Private to lang/.
 */
#ifndef BACKSTEP_SRC_LANG_QUIZ_SPOIL_H
#define BACKSTEP_SRC_LANG_QUIZ_SPOIL_H

#include "expr/expr.h"
#include "lang/quiz.h"

/* Spoil one node; false where it is none of those that are meant. `n` counts variants. */
typedef bool (*spoil)(struct doubt *doubt, struct expr *node, size_t n);

/* The value of the equation with every node spoilt that is meant; false where there was
 * nothing to spoil. */
bool spoil_value(struct doubt *doubt, spoil edit, size_t n, double *value);

/* The slope left out, or that of the layer above. */
bool spoil_drop_slope(struct doubt *doubt, struct expr *node, size_t n);

/* W[j,i] for W[i,j], z for r, r for z. */
bool spoil_transpose(struct doubt *doubt, struct expr *node, size_t n);
bool spoil_take_z(struct doubt *doubt, struct expr *node, size_t n);
bool spoil_take_r(struct doubt *doubt, struct expr *node, size_t n);

/* Term n of a sum alone, or the sum without it; no bias. */
bool spoil_keep_term(struct doubt *doubt, struct expr *node, size_t n);
bool spoil_drop_term(struct doubt *doubt, struct expr *node, size_t n);
bool spoil_drop_bias(struct doubt *doubt, struct expr *node, size_t n);

/* Plus for minus; no square (1: and its difference turned), no learning rate, one factor
 * alone. */
bool spoil_add_instead(struct doubt *doubt, struct expr *node, size_t n);
bool spoil_drop_square(struct doubt *doubt, struct expr *node, size_t n);
bool spoil_drop_rate(struct doubt *doubt, struct expr *node, size_t n);
bool spoil_drop_factor(struct doubt *doubt, struct expr *node, size_t n);

#endif
