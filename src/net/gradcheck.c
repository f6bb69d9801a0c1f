/*
 * net/gradcheck.c - gradients against differences of the cost.
 *
 * The layers are taken from the last to the first: a change of W(k) changes
 * nothing before layer k+1, so each difference computes the layers from there on,
 * and what lies before them is still that of the present sample.
 */
#include "net/gradcheck.h"

#include <math.h>

#include "base/random.h"
#include "net/activation.h"

enum { EFFORT = 10 * 1000 * 1000 };

struct checker {
    const struct model *model;
    struct network network; /* a copy, to put w - h and w + h into */
    struct pass low, high;  /* its passes */
    struct random random;
    size_t wanted, left; /* gradients still to check, of those still to come */
    bool (*stop)(void *context);
    void *context;
    size_t effort; /* weights passed since it was asked */
    struct gradcheck *result;
};

/* ---- one difference ---- */

/* The first kink that lies between the two passes, in layers first ... K, and whether it
 * is the only one. */
static bool find_kink(const struct checker *checker, size_t first, struct gradcheck_kink *kink) {
    bool found = false;
    for (size_t k = first; k <= checker->network.K; k++) {
        const struct layer *layer = &checker->network.layers[k];
        for (size_t j = 0; j < layer->n && layer->activation->kink; j++) {
            double low = checker->low.z[layer->at + j], high = checker->high.z[layer->at + j];
            if (low != high && ((low <= 0 && high >= 0) || (low >= 0 && high <= 0))) {
                if (found) {
                    kink->several = true;
                    return true;
                }
                found = true;
                kink->layer = k;
                kink->j = j + 1;
                kink->z_low = low;
                kink->z_high = high;
            }
        }
    }
    return found;
}

static double relative_error(double analytic, double numeric, double C) {
    double scale = 1e-5 * fmax(1, fabs(C));
    scale = fmax(scale, fmax(fabs(analytic), fabs(numeric)));
    double error = fabs(analytic - numeric) / scale;
    return isnan(error) || isnan(analytic) ? INFINITY : error;
}

/* Does the gradient lie between the slopes on both sides? */
static bool is_explained(const struct gradcheck_kink *kink, double C) {
    double analytic = kink->entry.analytic;
    double lowest = fmin(kink->left, kink->right), highest = fmax(kink->left, kink->right);
    /* one-sided slopes are good to about h, not h^2 */
    double slack = 1e-4 * fmax(fmax(1, fabs(C)), fmax(fabs(lowest), fabs(highest)));
    return analytic >= lowest - slack && analytic <= highest + slack;
}

static void count_kink(struct gradcheck *result, struct gradcheck_kink kink) {
    bool first = result->kinks == 0;
    bool first_unexplained = !kink.explained && result->unexplained == 0;
    result->kinks++;
    result->unexplained += !kink.explained;
    if (first || first_unexplained) {
        result->kink = kink;
    }
}

static void count_error(struct gradcheck *result, struct gradcheck_entry entry) {
    if (result->checked == 0 || entry.error > result->worst.error) {
        result->worst = entry;
    }
    result->checked++;
    result->failed += entry.error > GRADCHECK_TOLERANCE;
}

/* The cost with the parameter at `at` set to `value`; layers first ... K follow. */
static double cost_with(const struct checker *checker, struct pass *pass, double *at, double value,
                        size_t first) {
    double before = *at;
    *at = value;
    pass_forward(pass, &checker->network, first);
    pass_cost(pass, &checker->network, checker->model->y->values);
    *at = before;
    return pass->C;
}

/* Compare one gradient. The parameter lies at `low` and `high` for the two passes,
 * which is the same place but for x. */
static void check_one(struct checker *checker, struct gradcheck_entry entry, double *low,
                      double *high, size_t first) {
    const double root = 6.055454452393343e-06; /* cbrt(2^-52) */
    double w = *low, C = checker->model->pass.C;
    double h = root * fmax(1, fabs(w));
    checker->effort += 2 * checker->network.parameters;
    double below = w - h, above = w + h;
    double C_low = cost_with(checker, &checker->low, low, below, first);
    double C_high = cost_with(checker, &checker->high, high, above, first);
    struct gradcheck_kink kink = {.layer = 0};
    entry.numeric = (C_high - C_low) / (above - below);
    entry.error = relative_error(entry.analytic, entry.numeric, C);
    if (!find_kink(checker, first, &kink)) {
        count_error(checker->result, entry);
        return;
    }
    kink.entry = entry;
    kink.left = (C - C_low) / (w - below);
    kink.right = (C_high - C) / (above - w);
    kink.explained = kink.several || is_explained(&kink, C);
    count_kink(checker->result, kink);
}

/* ---- all of them ---- */

/* Has the caller had enough? Asked every hundredth of a second or so. */
static bool stopped(struct checker *checker) {
    if (checker->effort < EFFORT) {
        return false;
    }
    checker->effort = 0;
    return checker->stop && checker->stop(checker->context);
}

/* Is the next gradient one of those to check? Each choice is equally likely. */
static bool chosen(struct checker *checker) {
    if (checker->wanted == 0 || stopped(checker)) {
        checker->wanted = 0;
        return false;
    }
    bool take = checker->wanted >= checker->left ||
                random_below(&checker->random, checker->left) < checker->wanted;
    checker->left--;
    checker->wanted -= take;
    return take;
}

static enum status check_W(struct checker *checker, size_t k) {
    struct layer *layer = &checker->network.layers[k];
    const struct model *model = checker->model;
    double *W = block_own(&layer->W);
    if (!W) {
        return STATUS_MEMORY;
    }
    for (size_t i = 0; i < layer->n; i++) {
        for (size_t j = 0; j < layer[1].n; j++) {
            if (chosen(checker)) {
                struct gradcheck_entry entry = {
                    .kind = GRADCHECK_W, .layer = k, .i = i + 1, .j = j + 1};
                entry.analytic = pass_dW(&model->pass, &model->network, k, i, j);
                double *at = W + i * layer->stride + j;
                check_one(checker, entry, at, at, k + 1);
            }
        }
    }
    return STATUS_OK;
}

static enum status check_b(struct checker *checker, size_t k) {
    struct layer *layer = &checker->network.layers[k];
    double *b = block_own(&layer->b);
    if (!b) {
        return STATUS_MEMORY;
    }
    for (size_t j = 0; j < layer[1].n; j++) {
        if (chosen(checker)) {
            struct gradcheck_entry entry = {.kind = GRADCHECK_B, .layer = k, .j = j + 1};
            entry.analytic = checker->model->pass.dz[layer[1].at + j];
            check_one(checker, entry, b + j, b + j, k + 1);
        }
    }
    return STATUS_OK;
}

static void check_x(struct checker *checker) {
    const struct layer *input = &checker->network.layers[0];
    for (size_t i = 0; i < input->n; i++) {
        if (chosen(checker)) {
            struct gradcheck_entry entry = {.kind = GRADCHECK_X, .i = i + 1};
            entry.analytic = checker->model->pass.dr[input->at + i];
            check_one(checker, entry, checker->low.r + input->at + i,
                      checker->high.r + input->at + i, 1);
        }
    }
}

static enum status check_all(struct checker *checker) {
    const struct network *network = &checker->network;
    enum status status = STATUS_OK;
    for (size_t k = network->K; k-- > 0 && status == STATUS_OK;) {
        status = check_W(checker, k);
        if (status == STATUS_OK && network->bias) {
            status = check_b(checker, k);
        }
    }
    if (status == STATUS_OK) {
        check_x(checker);
    }
    return status;
}

enum status model_gradcheck(const struct model *model, size_t count, uint64_t seed,
                            bool (*stop)(void *context), void *context, struct gradcheck *result,
                            struct error *error) {
    *result = (struct gradcheck){.checked = 0};
    if (!isfinite(model->pass.C)) {
        return error_set(error, STATUS_INPUT, "'C' is not finite: there is nothing to compare");
    }
    result->gradients = network_count_parameters(&model->network) + model->network.layers[0].n;
    struct checker checker = {.model = model,
                              .left = result->gradients,
                              .wanted = result->gradients,
                              .stop = stop,
                              .context = context,
                              .result = result};
    if (count > 0 && count < result->gradients) {
        checker.wanted = count;
    }
    random_seed(&checker.random, seed);
    if (network_copy(&checker.network, &model->network) != STATUS_OK) {
        return error_memory(error);
    }
    checker.low = pass_copy(&model->pass);
    checker.high = pass_copy(&model->pass);
    size_t all = model->network.K + 1;
    enum status status = pass_own(&checker.low, &checker.network, all);
    if (status == STATUS_OK) {
        status = pass_own(&checker.high, &checker.network, all);
    }
    if (status == STATUS_OK) {
        status = check_all(&checker);
    }
    pass_close(&checker.low);
    pass_close(&checker.high);
    network_close(&checker.network);
    return status == STATUS_OK ? STATUS_OK : error_memory(error);
}
