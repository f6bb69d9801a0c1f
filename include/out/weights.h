/*
 * out/weights.h - which tensor of a file is which matrix of the network.
 *
 * Two ways of naming are known. PyTorch's, of an nn.Sequential: "0.weight", "0.bias",
 * "2.weight" ..., all with the same words before their numbers, which tell the order;
 * a weight is [to][from] there. And the program's own: "W0", "b0", "W1" ..., "x" and
 * "y", a weight being [from][to].
 */
#ifndef BACKSTEP_OUT_WEIGHTS_H
#define BACKSTEP_OUT_WEIGHTS_H

#include "net/model.h"
#include "out/tensor.h"

enum naming { NAMING_TORCH, NAMING_OWN };

/* What a file makes of a network; the tensors are the caller's. */
struct weights {
    size_t K;
    size_t *widths;          /* [K + 1] */
    const struct tensor **W; /* [K] */
    const struct tensor **b; /* [K]; NULL where a layer has none */
    const struct tensor *x, *y;
    bool transposed;
    bool bias; /* some layer has one */
};

/* Find the network that the tensors tell of. An error names the one that does not fit
 * and begins with the file's name. */
enum status weights_match(struct weights *weights, const struct tensors *tensors, const char *file,
                          struct error *error);
void weights_free(struct weights *weights);

/* Put the numbers into a model of these widths: W, b (zero where there is none), whether
 * there are biases, and x and y where the file has them. */
enum status weights_fill(struct model *model, const struct weights *weights);

/* The other way: the parameters of a model (and x and y with its own names) as tensors. */
enum status weights_collect(struct tensors *tensors, struct model *model, enum naming naming,
                            struct error *error);

#endif
