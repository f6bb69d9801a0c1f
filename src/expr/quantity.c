/*
 * expr/quantity.c - the table of quantities: how each is called, how large it
 * is, and where its value lives.
 */
#include "expr/quantity.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/table.h"
#include "net/activation.h"

/* Where an element of a layer's vector lives in the pass; q->i counts from 1. */
static size_t place(const struct model *model, const struct quantity *q) {
    return model->network.layers[q->layer].at + (size_t)q->i - 1;
}

bool quantity_of_sample(enum quantity_kind kind) {
    switch (kind) {
    case QUANTITY_R:
    case QUANTITY_Y:
    case QUANTITY_Z:
    case QUANTITY_SLOPE:
    case QUANTITY_C:
    case QUANTITY_DR:
    case QUANTITY_DZ:
    case QUANTITY_DW:
    case QUANTITY_DB: return true;
    default: return false;
    }
}

const struct pass *quantity_pass(const struct model *model, const struct quantity *q) {
    return q->sample > 0 ? model_row_pass(model, (size_t)q->sample) : &model->pass;
}

static double value_r(struct model *model, const struct quantity *q) {
    const struct pass *pass = quantity_pass(model, q);
    return pass ? pass->r[place(model, q)] : NAN;
}
static double value_y(struct model *model, const struct quantity *q) {
    const double *y =
        q->sample > 0 ? dataset_y(model->feed.data, (size_t)q->sample) : model->y->values;
    return y[q->i - 1];
}
static double value_z(struct model *model, const struct quantity *q) {
    const struct pass *pass = quantity_pass(model, q);
    return pass ? pass->z[place(model, q)] : NAN;
}
static double value_dr(struct model *model, const struct quantity *q) {
    const struct pass *pass = quantity_pass(model, q);
    return pass ? pass->dr[place(model, q)] : NAN;
}
static double value_dz(struct model *model, const struct quantity *q) {
    const struct pass *pass = quantity_pass(model, q);
    return pass ? pass->dz[place(model, q)] : NAN;
}
static double value_slope(struct model *model, const struct quantity *q) {
    const struct pass *pass = quantity_pass(model, q);
    size_t j = (size_t)q->i - 1;
    size_t m = q->j > 0 ? (size_t)q->j - 1 : j;
    return pass ? pass_slope(pass, &model->network, q->layer, j, m) : NAN;
}
static double value_C(struct model *model, const struct quantity *q) {
    const struct pass *pass = quantity_pass(model, q);
    return pass ? pass->C : NAN;
}
static enum mean mean_of(const struct quantity *q) {
    return q->kind == QUANTITY_MEAN_C ? MEAN_TRAINING : MEAN_HELD_OUT;
}
static double value_mean_C(struct model *model, const struct quantity *q) {
    return model_mean_cost(model, mean_of(q));
}
static double value_count(struct model *model, const struct quantity *q) {
    const struct feed *feed = &model->feed;
    switch (q->kind) {
    case QUANTITY_SAMPLE: return (double)feed->sample;
    case QUANTITY_SAMPLES: return (double)feed_rows(feed);
    case QUANTITY_BATCH: return (double)feed_batch(feed);
    case QUANTITY_EPOCH: return (double)feed->epochs;
    case QUANTITY_T: return (double)(model->optimizer.t + 1); /* of the update that is shown */
    default: /* QUANTITY_UPDATES */ return (double)model->updates;
    }
}

/* The new value, and the new moments, of a parameter; q's indices from 1. */
static double next_of(struct model *model, const struct quantity *q, bool bias,
                      double moment[MOMENTS_MAX]) {
    return bias ? model_next(model, q->layer, MODEL_BIAS, (size_t)q->i - 1, moment)
                : model_next(model, q->layer, (size_t)q->i - 1, (size_t)q->j - 1, moment);
}
static double value_W(struct model *model, const struct quantity *q) {
    double moment[MOMENTS_MAX];
    const struct layer *layer = &model->network.layers[q->layer];
    return q->next ? next_of(model, q, false, moment)
                   : layer->W->values[(size_t)(q->i - 1) * layer->stride + (size_t)q->j - 1];
}
static double value_b(struct model *model, const struct quantity *q) {
    double moment[MOMENTS_MAX];
    return q->next ? next_of(model, q, true, moment)
                   : model->network.layers[q->layer].b->values[q->i - 1];
}
static double value_dW(struct model *model, const struct quantity *q) {
    const struct pass *pass = quantity_pass(model, q);
    size_t i = (size_t)q->i - 1, j = (size_t)q->j - 1;
    return pass ? pass_dW(pass, &model->network, q->layer, i, j) : NAN;
}
static double value_db(struct model *model, const struct quantity *q) {
    const struct pass *pass = quantity_pass(model, q);
    return pass ? pass->dz[model->network.layers[q->layer + 1].at + (size_t)q->i - 1] : NAN;
}
static double value_gW(struct model *model, const struct quantity *q) {
    return model_gW(model, q->layer, (size_t)q->i - 1, (size_t)q->j - 1);
}
static double value_gb(struct model *model, const struct quantity *q) {
    return model_gb(model, q->layer, (size_t)q->i - 1);
}
static double value_gnorm(struct model *model, const struct quantity *q) {
    (void)q;
    return model_gradient_norm(model);
}

static double value_moment(struct model *model, const struct quantity *q) {
    bool bias = quantity_is_bias(q->kind);
    size_t m = quantity_moment(model, q->kind);
    if (q->next) {
        double moment[MOMENTS_MAX];
        next_of(model, q, bias, moment);
        return moment[m];
    }
    struct block **blocks = bias ? model->optimizer.moment_b[m] : model->optimizer.moment_W[m];
    size_t stride = model->network.layers[q->layer].stride;
    size_t at = bias ? (size_t)q->i - 1 : (size_t)(q->i - 1) * stride + (size_t)q->j - 1;
    return blocks[q->layer]->values[at];
}

double *quantity_setting(struct model *model, enum quantity_kind kind) {
    struct hyperparameters *h = &model->optimizer.h;
    switch (kind) {
    case QUANTITY_LR: return &h->lr;
    case QUANTITY_MOMENTUM: return &h->momentum;
    case QUANTITY_RHO: return &h->rho;
    case QUANTITY_EPSILON: return &h->epsilon;
    case QUANTITY_BETA1: return &h->beta1;
    case QUANTITY_BETA2: return &h->beta2;
    case QUANTITY_DECAY: return &h->decay;
    case QUANTITY_CLIP: return &h->clip;
    case QUANTITY_STEP0: return &model->network.step0;
    default: return NULL;
    }
}
static double value_setting(struct model *model, const struct quantity *q) {
    const double *setting = quantity_setting(model, q->kind);
    return setting ? *setting : NAN;
}

/* name, symbol, LaTeX, meaning, family, layered, rank, assignable, value */
static const struct quantity_row rows[QUANTITY_KINDS] = {
    [QUANTITY_R] = {"r", "r", "r", "output of the neuron", FAMILY_FORWARD, true, 1, false, value_r},
    [QUANTITY_Y] = {"y", "y", "y", "target", FAMILY_FORWARD, false, 1, true, value_y},
    [QUANTITY_W] = {"W", "W", "W", "weight [from,to]; W0 joins layer 0 to layer 1", FAMILY_WEIGHT,
                    true, 2, true, value_W},
    [QUANTITY_B] = {"b", "b", "b", "bias that enters z of the next layer", FAMILY_WEIGHT, true, 1,
                    true, value_b},
    [QUANTITY_Z] = {"z", "z", "z", "input of the neuron, before the activation", FAMILY_FORWARD,
                    true, 1, false, value_z},
    [QUANTITY_SLOPE] = {"step", "f′", "f'", "slope of the activation at z", FAMILY_BACKWARD, true,
                        1, false, value_slope},
    [QUANTITY_C] = {"C", "C", "C", "cost of the present sample", FAMILY_FORWARD, false, 0, false,
                    value_C},
    [QUANTITY_MEAN_C] = {"meanC", "mean C", "\\bar C", "mean cost over the data set",
                         FAMILY_FORWARD, false, 0, false, value_mean_C},
    [QUANTITY_DR] = {"dr", "∂C/∂r", "\\partial C/\\partial r", "gradient at the neuron's output",
                     FAMILY_BACKWARD, true, 1, false, value_dr},
    [QUANTITY_DZ] = {"dz", "∂C/∂z", "\\partial C/\\partial z", "gradient before the activation",
                     FAMILY_BACKWARD, true, 1, false, value_dz},
    [QUANTITY_DW] = {"dW", "∂C/∂W", "\\partial C/\\partial W", "gradient of the weight",
                     FAMILY_BACKWARD, true, 2, false, value_dW},
    [QUANTITY_DB] = {"db", "∂C/∂b", "\\partial C/\\partial b", "gradient of the bias",
                     FAMILY_BACKWARD, true, 1, false, value_db},
    [QUANTITY_GW] = {"gW", "gW", "gW", "mean of dW over the batch", FAMILY_UPDATE, true, 2, false,
                     value_gW},
    [QUANTITY_GB] = {"gb", "gb", "gb", "mean of db over the batch", FAMILY_UPDATE, true, 1, false,
                     value_gb},
    [QUANTITY_GNORM] = {"gnorm", "‖g‖", "\\|g\\|", "norm of the whole mean gradient", FAMILY_UPDATE,
                        false, 0, false, value_gnorm},
    [QUANTITY_VW] = {"vW", "vW", "vW", "moment of a weight", FAMILY_UPDATE, true, 2, true,
                     value_moment},
    [QUANTITY_VB] = {"vb", "vb", "vb", "moment of a bias", FAMILY_UPDATE, true, 1, true,
                     value_moment},
    [QUANTITY_MW] = {"mW", "mW", "mW", "first moment of a weight", FAMILY_UPDATE, true, 2, true,
                     value_moment},
    [QUANTITY_MB] = {"mb", "mb", "mb", "first moment of a bias", FAMILY_UPDATE, true, 1, true,
                     value_moment},
    [QUANTITY_SW] = {"sW", "sW", "sW", "mean square of a weight's gradient", FAMILY_UPDATE, true, 2,
                     true, value_moment},
    [QUANTITY_SB] = {"sb", "sb", "sb", "mean square of a bias's gradient", FAMILY_UPDATE, true, 1,
                     true, value_moment},
    [QUANTITY_LR] = {"lr", "η", "\\eta", "learning rate", FAMILY_SETTING, false, 0, true,
                     value_setting},
    [QUANTITY_MOMENTUM] = {"momentum", "μ", "\\mu", "share of the velocity that is kept",
                           FAMILY_SETTING, false, 0, true, value_setting},
    [QUANTITY_RHO] = {"rho", "ρ", "\\rho", "share of the mean square that is kept", FAMILY_SETTING,
                      false, 0, true, value_setting},
    [QUANTITY_EPSILON] = {"epsilon", "ε", "\\varepsilon", "keeps a division from zero",
                          FAMILY_SETTING, false, 0, true, value_setting},
    [QUANTITY_BETA1] = {"beta1", "β₁", "\\beta_1", "share of the first moment that is kept",
                        FAMILY_SETTING, false, 0, true, value_setting},
    [QUANTITY_BETA2] = {"beta2", "β₂", "\\beta_2", "share of the second moment that is kept",
                        FAMILY_SETTING, false, 0, true, value_setting},
    [QUANTITY_DECAY] = {"decay", "λ", "\\lambda", "weight decay (L2); 0 is off", FAMILY_SETTING,
                        false, 0, true, value_setting},
    [QUANTITY_CLIP] = {"clip", "clip", "\\mathrm{clip}", "largest norm of the gradient; 0 is off",
                       FAMILY_SETTING, false, 0, true, value_setting},
    [QUANTITY_STEP0] = {"step0", "Step(0)", "\\mathrm{Step}(0)", "slope of ReLU at z = 0",
                        FAMILY_SETTING, false, 0, true, value_setting},
    [QUANTITY_T] = {"t", "t", "t", "number of the update, from 1", FAMILY_UPDATE, false, 0, true,
                    value_count},
    [QUANTITY_VALID_C] = {"validC", "valid C", "\\bar C_{\\mathrm{valid}}",
                          "mean cost over the held-out rows", FAMILY_FORWARD, false, 0, false,
                          value_mean_C},
    [QUANTITY_SAMPLE] = {"sample", "sample", "\\mathrm{sample}", "row of the present sample",
                         FAMILY_SETTING, false, 0, false, value_count},
    [QUANTITY_SAMPLES] = {"samples", "samples", "\\mathrm{samples}", "rows of the data set",
                          FAMILY_SETTING, false, 0, false, value_count},
    [QUANTITY_BATCH] = {"batch", "m", "m", "samples of the present batch", FAMILY_SETTING, false, 0,
                        false, value_count},
    [QUANTITY_UPDATES] = {"updates", "updates", "\\mathrm{updates}",
                          "updates made since the network was", FAMILY_UPDATE, false, 0, true,
                          value_count},
    [QUANTITY_EPOCH] = {"epoch", "epoch", "\\mathrm{epoch}",
                        "times that all samples were gone through", FAMILY_UPDATE, false, 0, true,
                        value_count},
};

double quantity_effort(const struct model *model, const struct quantity *q) {
    return rows[q->kind].value == value_mean_C ? model_mean_effort(model, mean_of(q)) : 0;
}

enum status quantity_work_out(const struct model *model, const struct quantity *q,
                              bool (*stop)(void *context), void *context) {
    bool mean = rows[q->kind].value == value_mean_C;
    return mean ? model_know_mean(model, mean_of(q), stop, context) : STATUS_OK;
}

const struct quantity_row *quantity_row(enum quantity_kind kind) {
    return &rows[kind];
}

bool quantity_is_settable(const struct quantity *q) {
    return rows[q->kind].assignable || (q->kind == QUANTITY_R && q->layer == 0);
}

const struct quantity_alias *quantity_alias_at(size_t index) {
    static const struct quantity_alias aliases[] = {
        {"x", QUANTITY_R, false, "input (also r0); can be set"},
        {"yhat", QUANTITY_R, true, "output of the last layer"},
        {"dx", QUANTITY_DR, false, "gradient at the input (also dr0)"},
    };
    return TABLE_AT(aliases, index);
}

/* Their names end so: b, db, gb, vb ... */
bool quantity_is_bias(enum quantity_kind kind) {
    const char *name = rows[kind].name;
    return rows[kind].rank == 1 && name[strlen(name) - 1] == 'b';
}

static bool is_moment(enum quantity_kind kind) {
    return rows[kind].value == value_moment;
}

size_t quantity_moment(const struct model *model, enum quantity_kind kind) {
    const struct rule *rule = model->optimizer.rule;
    size_t m = is_moment(kind) ? 0 : rule->moments;
    while (m < rule->moments && rule->moment_name[m][0] != rows[kind].name[0]) {
        m++;
    }
    return m;
}

enum quantity_kind quantity_of_moment(const struct rule *rule, size_t m, bool bias) {
    size_t kind = 0;
    while (kind < QUANTITY_KINDS &&
           !(is_moment((enum quantity_kind)kind) && rows[kind].name[0] == rule->moment_name[m][0] &&
             quantity_is_bias((enum quantity_kind)kind) == bias)) {
        kind++;
    }
    return (enum quantity_kind)kind;
}

bool quantity_layers(const struct model *model, enum quantity_kind kind, size_t *first,
                     size_t *last) {
    size_t K = model->network.K;
    *first = 0;
    *last = K - 1;
    switch (kind) {
    case QUANTITY_R:
    case QUANTITY_DR: *last = K; return true;
    case QUANTITY_Z:
    case QUANTITY_SLOPE:
    case QUANTITY_DZ:
        *first = 1;
        *last = K;
        return true;
    case QUANTITY_VALID_C: *last = 0; return feed_held(&model->feed) > 0;
    default:
        *last = rows[kind].layered ? K - 1 : 0;
        return !is_moment(kind) || quantity_moment(model, kind) < model->optimizer.rule->moments;
    }
}

int quantity_rank(const struct model *model, const struct quantity *q) {
    if (q->kind == QUANTITY_SLOPE && model->network.layers[q->layer].activation->layer) {
        return 2;
    }
    return rows[q->kind].rank;
}

void quantity_shape(const struct model *model, const struct quantity *q, size_t *n_rows,
                    size_t *cols) {
    const struct layer *layers = model->network.layers;
    int rank = quantity_rank(model, q);
    *n_rows = 1;
    *cols = 1;
    if (rank == 2) {
        bool square = q->kind == QUANTITY_SLOPE;
        *n_rows = layers[q->layer].n;
        *cols = square ? layers[q->layer].n : layers[q->layer + 1].n;
    } else if (q->kind == QUANTITY_Y) {
        *cols = layers[model->network.K].n;
    } else if (rank == 1) {
        *cols = layers[q->layer + (quantity_is_bias(q->kind) ? 1 : 0)].n;
    }
}

struct quantity quantity_element(const struct model *model, struct quantity q, size_t at) {
    size_t n_rows, cols;
    int rank = quantity_rank(model, &q);
    quantity_shape(model, &q, &n_rows, &cols);
    if (rank > 0) {
        q.i = (int64_t)(rank == 2 ? at / cols : at) + 1;
        q.j = rank == 2 ? (int64_t)(at % cols) + 1 : 0;
    }
    return q;
}

bool quantity_exists(const struct model *model, const struct quantity *q) {
    size_t first, last, n_rows, cols;
    if (!quantity_layers(model, q->kind, &first, &last) || q->layer < first || q->layer > last ||
        q->sample > (int64_t)feed_rows(&model->feed)) {
        return false;
    }
    quantity_shape(model, q, &n_rows, &cols);
    int rank = quantity_rank(model, q);
    int64_t row = rank == 2 ? q->i : 1, col = rank == 2 ? q->j : q->i;
    return (rank == 2 || q->j == 0) && (rank > 0 || q->i == 0) &&
           (row <= 0 || (size_t)row <= n_rows) && (col <= 0 || (size_t)col <= cols);
}

double quantity_value(struct model *model, const struct quantity *q) {
    return rows[q->kind].value(model, q);
}

void quantity_name(struct text *out, const struct quantity *q) {
    if (q->kind == QUANTITY_R && q->layer == 0) {
        text_put(out, "x");
    } else if (q->kind == QUANTITY_DR && q->layer == 0) {
        text_put(out, "dx");
    } else {
        text_put(out, rows[q->kind].name);
        if (rows[q->kind].layered) {
            text_printf(out, "%zu", q->layer);
        }
    }
    const int64_t indices[2] = {q->i, q->j};
    for (size_t n = 0; n < 2 && indices[n] != 0; n++) {
        text_put(out, n == 0 ? "[" : ",");
        if (indices[n] < 0) {
            text_put_char(out, (char)-indices[n]);
        } else {
            text_printf(out, "%lld", (long long)indices[n]);
        }
    }
    if (q->i != 0) {
        text_put(out, "]");
    }
    if (q->sample < 0) {
        text_printf(out, "@%c", (char)-q->sample);
    } else if (q->sample > 0) {
        text_printf(out, "@%lld", (long long)q->sample);
    }
}

bool quantity_equal(const struct quantity *a, const struct quantity *b) {
    return a->kind == b->kind && a->next == b->next && a->layer == b->layer && a->i == b->i &&
           a->j == b->j && a->sample == b->sample;
}
