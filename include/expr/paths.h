/*
 * expr/paths.h - a gradient as a sum over paths: each way from a weight (or a neuron)
 * through the layers to the cost, with the product of what it passes.
 *
 *     ∂C/∂W⁽⁰⁾₁₂ = Σ over paths  x₁ · Step(z⁽¹⁾₂) · W⁽¹⁾₂ⱼ · Step(z⁽²⁾ⱼ) · ∂C/∂r⁽²⁾ⱼ
 *
 * The largest are found without looking at all of them: from the last layer backwards
 * every neuron keeps its few largest ways to the cost. So a network of thousands of
 * layers takes one pass over its weights.
 */
#ifndef BACKSTEP_EXPR_PATHS_H
#define BACKSTEP_EXPR_PATHS_H

#include "expr/print.h"

enum { PATHS_KEPT = 10 }; /* the largest, of each neuron */

struct path {
    double product; /* its factors, multiplied from left to right */
    size_t *nodes;  /* [node_count of its paths] the neuron of each layer, from 1 */
};

struct paths {
    struct quantity q; /* the gradient */
    size_t first;      /* the layer of nodes[0] */
    size_t node_count; /* of each path; with softmax the last layer counts twice: z, then r */
    bool from_r;       /* it begins at an output r, not at a z */
    bool to_z;         /* it ends with dz of the last layer: B0 and B1 are one */
    struct path list[PATHS_KEPT];
    size_t count;         /* of the list: the largest first */
    double listed, total; /* the sum of the list; the gradient itself */
};

/* The paths of one element of dr, dz, dW or db (or gW and gb of a batch of one). What is
 * no gradient of one sample is refused, and so are factors that are not finite. */
enum status paths_open(struct paths *paths, struct model *model, struct quantity q,
                       struct error *error);
void paths_close(struct paths *paths);

/* How many paths there are, exactly: "6", or "8^998 · 2" where that is not short. */
void paths_put_count(struct text *out, const struct paths *paths, const struct model *model,
                     enum notation notation);
/* The same as a number; infinite where a double cannot hold it. */
double paths_count(const struct paths *paths, const struct model *model);

/* The factors of a path, from left to right. */
typedef void (*path_visit)(void *context, const struct quantity *factor);
void path_factors(const struct paths *paths, const struct path *path, const struct model *model,
                  path_visit visit, void *context);

#endif
