/*
 * net/optimizer.c - the table of update rules and their moments.
 */
#include "net/optimizer.h"

#include <math.h>
#include <stdlib.h>

#include "base/mathfn.h"
#include "base/table.h"

/* W <- W - lr g */
static double sgd_apply(const struct update *update, double W, double g, double *moment) {
    (void)moment;
    return W - update->h->lr * g;
}

/* v <- mu v + g;  W <- W - lr v */
static double momentum_apply(const struct update *update, double W, double g, double *moment) {
    moment[0] = update->h->momentum * moment[0] + g;
    return W - update->h->lr * moment[0];
}

/* v <- mu v + g;  W <- W - lr (g + mu v) */
static double nesterov_apply(const struct update *update, double W, double g, double *moment) {
    moment[0] = update->h->momentum * moment[0] + g;
    return W - update->h->lr * (g + update->h->momentum * moment[0]);
}

/* s <- rho s + (1 - rho) g^2;  W <- W - lr g / (sqrt(s) + epsilon) */
static double rmsprop_apply(const struct update *update, double W, double g, double *moment) {
    const struct hyperparameters *h = update->h;
    moment[0] = h->rho * moment[0] + (1 - h->rho) * (g * g);
    return W - h->lr * g / (sqrt(moment[0]) + h->epsilon);
}

/* m <- beta1 m + (1 - beta1) g;  v <- beta2 v + (1 - beta2) g^2;
 * W <- W - lr (m / (1 - beta1^t)) / (sqrt(v / (1 - beta2^t)) + epsilon) */
static double adam_apply(const struct update *update, double W, double g, double *moment) {
    const struct hyperparameters *h = update->h;
    moment[0] = h->beta1 * moment[0] + (1 - h->beta1) * g;
    moment[1] = h->beta2 * moment[1] + (1 - h->beta2) * (g * g);
    double m_hat = moment[0] / update->correction1;
    double v_hat = moment[1] / update->correction2;
    return W - h->lr * m_hat / (sqrt(v_hat) + h->epsilon);
}

static const struct rule rules[] = {
    {
        .name = "sgd",
        .help = "plain gradient descent",
        .formula = "W - lr*g",
        .settings = "lr",
        .apply = sgd_apply,
    },
    {
        .name = "momentum",
        .help = "gradient descent with a velocity",
        .moments = 1,
        .moment_name = {"v"},
        .moment_formula = {"momentum*v + g"},
        .formula = "W - lr*v",
        .settings = "lr momentum",
        .apply = momentum_apply,
    },
    {
        .name = "nesterov",
        .help = "momentum that looks ahead",
        .moments = 1,
        .moment_name = {"v"},
        .moment_formula = {"momentum*v + g"},
        .formula = "W - lr*(g + momentum*v)",
        .settings = "lr momentum",
        .apply = nesterov_apply,
    },
    {
        .name = "rmsprop",
        .help = "each step divided by the root of the mean square",
        .moments = 1,
        .moment_name = {"s"},
        .moment_formula = {"rho*s + (1 - rho)*g^2"},
        .formula = "W - lr*g/(sqrt(s) + epsilon)",
        .settings = "lr rho epsilon",
        .apply = rmsprop_apply,
    },
    {
        .name = "adam",
        .help = "momentum and rmsprop, both corrected for their start",
        .moments = 2,
        .moment_name = {"m", "v"},
        .moment_formula = {"beta1*m + (1 - beta1)*g", "beta2*v + (1 - beta2)*g^2"},
        .formula = "W - lr*(m/(1 - beta1^t))/(sqrt(v/(1 - beta2^t)) + epsilon)",
        .settings = "lr beta1 beta2 epsilon",
        .corrected = true,
        .apply = adam_apply,
    },
};

const struct rule *rule_at(size_t index) {
    return TABLE_AT(rules, index);
}

struct optimizer optimizer_default(void) {
    return (struct optimizer){
        .rule = rule_at(0),
        .h = {.lr = 0.1,
              .momentum = 0.9,
              .rho = 0.99,
              .epsilon = 1e-8,
              .beta1 = 0.9,
              .beta2 = 0.999},
    };
}

static void drop_blocks(struct block **blocks, size_t K) {
    if (blocks) {
        for (size_t k = 0; k < K; k++) {
            block_drop(blocks[k]);
        }
    }
    free(blocks);
}

static void drop_moments(struct optimizer *optimizer) {
    for (size_t m = 0; m < MOMENTS_MAX; m++) {
        drop_blocks(optimizer->moment_W[m], optimizer->K);
        drop_blocks(optimizer->moment_b[m], optimizer->K);
        optimizer->moment_W[m] = NULL;
        optimizer->moment_b[m] = NULL;
    }
}

/* Zero moments for every parameter of the network. */
static bool open_moments(struct optimizer *optimizer, const struct network *network) {
    optimizer->K = network->K;
    for (size_t m = 0; m < optimizer->rule->moments; m++) {
        optimizer->moment_W[m] = memory_array(network->K, sizeof(struct block *));
        optimizer->moment_b[m] = memory_array(network->K, sizeof(struct block *));
        if (!optimizer->moment_W[m] || !optimizer->moment_b[m]) {
            return false;
        }
        for (size_t k = 0; k < network->K; k++) {
            const struct layer *layer = &network->layers[k];
            optimizer->moment_W[m][k] = block_new(layer->W->count);
            optimizer->moment_b[m][k] = block_new(layer->b->count);
            if (!optimizer->moment_W[m][k] || !optimizer->moment_b[m][k]) {
                return false;
            }
        }
    }
    return true;
}

enum status optimizer_choose(struct optimizer *optimizer, const struct rule *rule,
                             const struct network *network) {
    struct optimizer chosen = {.rule = rule, .h = optimizer->h};
    if (!open_moments(&chosen, network)) {
        drop_moments(&chosen);
        return STATUS_MEMORY;
    }
    drop_moments(optimizer);
    *optimizer = chosen;
    return STATUS_OK;
}

static struct block **share_blocks(struct block **blocks, size_t K) {
    struct block **copy = memory_array(K, sizeof *copy);
    for (size_t k = 0; copy && k < K; k++) {
        copy[k] = block_share(blocks[k]);
    }
    return copy;
}

enum status optimizer_copy(struct optimizer *copy, const struct optimizer *optimizer) {
    *copy = *optimizer;
    bool good = true;
    for (size_t m = 0; m < MOMENTS_MAX; m++) {
        copy->moment_W[m] = NULL;
        copy->moment_b[m] = NULL;
        if (m < optimizer->rule->moments) {
            copy->moment_W[m] = share_blocks(optimizer->moment_W[m], optimizer->K);
            copy->moment_b[m] = share_blocks(optimizer->moment_b[m], optimizer->K);
            good = good && copy->moment_W[m] && copy->moment_b[m];
        }
    }
    if (!good) {
        drop_moments(copy);
        return STATUS_MEMORY;
    }
    return STATUS_OK;
}

void optimizer_close(struct optimizer *optimizer) {
    drop_moments(optimizer);
}

bool optimizer_is_plain(const struct optimizer *optimizer) {
    return optimizer->rule == &rules[0] && !(optimizer->h.clip > 0) && optimizer->h.decay == 0;
}

/* beta^t; a square is a product, as in every expression */
static double power(double beta, double t) {
    return t == 2 ? beta * beta : math_pow(beta, t);
}

struct update optimizer_next(const struct optimizer *optimizer) {
    double t = (double)(optimizer->t + 1);
    if (!optimizer->rule->corrected) {
        return (struct update){.h = &optimizer->h, .correction1 = 1, .correction2 = 1};
    }
    return (struct update){
        .h = &optimizer->h,
        .correction1 = 1 - power(optimizer->h.beta1, t),
        .correction2 = 1 - power(optimizer->h.beta2, t),
    };
}
