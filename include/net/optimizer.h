/*
 * net/optimizer.h - the table of update rules, and the state that they keep.
 *
 * A formula may use W (the parameter, weight or bias), g (its gradient, after
 * clipping and decay), the rule's own moments by name (their new values), t (the
 * number of this update, from 1) and the settings by name. The definitions are
 * those of torch.optim; equations.md, section 8.
 */
#ifndef BACKSTEP_NET_OPTIMIZER_H
#define BACKSTEP_NET_OPTIMIZER_H

#include <stddef.h>
#include <stdint.h>

#include "net/network.h"

enum { MOMENTS_MAX = 2 };

struct hyperparameters {
    double lr;
    double momentum;
    double rho;
    double epsilon;
    double beta1, beta2;
    double decay; /* L2: decay * W joins the gradient; 0 is off */
    double clip;  /* the largest global norm of the gradient; 0 is off */
};

/* What all parameters of one update share. */
struct update {
    const struct hyperparameters *h;
    double correction1; /* 1 - beta1^t */
    double correction2; /* 1 - beta2^t */
};

struct rule {
    const char *name; /* at the prompt: "adam" */
    const char *help;
    size_t moments;
    const char *moment_name[MOMENTS_MAX];    /* "m": the rows mW and mb of expr/quantity.c */
    const char *moment_formula[MOMENTS_MAX]; /* the new moment; here the own name is the old one */
    const char *formula;                     /* the new W */
    const char *settings;                    /* the names of the settings it reads, by blanks */
    bool corrected;                          /* it reads the corrections */
    /* Returns the new parameter; puts the new moments in place of the old. */
    double (*apply)(const struct update *update, double W, double g, double moment[MOMENTS_MAX]);
};

const struct rule *rule_at(size_t index);

/* The moments of every parameter, shared between copies like the weights. */
struct optimizer {
    const struct rule *rule;
    struct hyperparameters h;
    uint64_t t; /* updates done since the rule was chosen */
    size_t K;
    struct block **moment_W[MOMENTS_MAX]; /* [K], each [n_k][stride] like W */
    struct block **moment_b[MOMENTS_MAX]; /* [K], each [n_k+1] */
};

/* SGD and the default settings of equations.md, section 8. */
struct optimizer optimizer_default(void);

/* Choose a rule: t and the moments start anew; settings stay. On failure
 * (memory) the optimizer is as it was. */
enum status optimizer_choose(struct optimizer *optimizer, const struct rule *rule,
                             const struct network *network);

enum status optimizer_copy(struct optimizer *copy, const struct optimizer *optimizer);
void optimizer_close(struct optimizer *optimizer);

/* Is it W - lr g, with g the gradient as it is? */
bool optimizer_is_plain(const struct optimizer *optimizer);

/* The shared factors of the next update. */
struct update optimizer_next(const struct optimizer *optimizer);

#endif
