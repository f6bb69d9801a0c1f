/*
 * support/nets.c - networks for tests.
 */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "nets.h"

#include "named.h"

double nets_uniform(struct random *random, double low, double high) {
    return low + (high - low) * random_unit(random);
}

bool nets_coin(struct random *random) {
    return random_below(random, 2) == 1;
}

static bool is(const char *name, const char *other) {
    return strcmp(name, other) == 0;
}

bool nets_suit(const struct cost *cost, const struct activation *last) {
    bool share = is(last->name, "sigmoid") || is(last->name, "softmax");
    if (is(cost->name, "bce")) {
        return share;
    }
    if (is(cost->name, "cross-entropy")) {
        return share || is(last->name, "softplus");
    }
    return true;
}

const struct cost *nets_cost(struct random *random) {
    size_t count = 0;
    while (cost_at(count)) {
        count++;
    }
    return cost_at(random_below(random, count));
}

const struct activation *nets_activation(struct random *random, bool last) {
    size_t count = 0;
    while (activation_at(count)) {
        count++;
    }
    const struct activation *f;
    do {
        f = activation_at(random_below(random, count));
    } while (f->layer && !last);
    return f;
}

/* Targets that make sense for the cost: 0 ... 1 for bce, sometimes the ends;
 * shares that sum to 1, or to anything, for cross-entropy. */
static void fill_y(struct model *model, struct random *random) {
    size_t n = model->network.layers[model->network.K].n;
    const char *cost = model->network.cost->name;
    double *y = model_edit_y(model);
    assert_non_null(y);
    double sum = 0;
    for (size_t j = 0; j < n; j++) {
        bool end = random_below(random, 4) == 0;
        if (is(cost, "bce")) {
            y[j] = end ? (nets_coin(random) ? 1 : 0) : random_unit(random);
        } else if (is(cost, "cross-entropy")) {
            y[j] = end ? 0 : random_unit(random);
        } else {
            y[j] = nets_uniform(random, -1.5, 1.5);
        }
        sum += y[j];
    }
    bool shares = is(cost, "cross-entropy") && sum > 0 && nets_coin(random);
    for (size_t j = 0; shares && j < n; j++) {
        y[j] /= sum;
    }
}

void nets_fill(struct model *model, struct random *random, double size) {
    const struct network *network = &model->network;
    for (size_t k = 0; k < network->K; k++) {
        double *W = model_edit_W(model, k);
        double *b = model_edit_b(model, k);
        assert_true(W && b);
        for (size_t j = 0; j < network->layers[k + 1].n; j++) {
            for (size_t i = 0; i < network->layers[k].n; i++) {
                W[i * network->layers[k].stride + j] = nets_uniform(random, -size, size);
            }
            b[j] = nets_uniform(random, -size, size);
        }
    }
    double *x = model_edit_x(model);
    assert_non_null(x);
    for (size_t i = 0; i < network->layers[0].n; i++) {
        x[i] = nets_uniform(random, -size, size);
    }
    fill_y(model, random);
    assert_int_equal(model_compute(model), STATUS_OK);
}

struct model *nets_random(struct random *random, const struct cost *cost,
                          const struct activation *last) {
    static const double step0s[] = {0, 0.5, 1};
    size_t widths[NETS_MOST_LAYERS + 1];
    size_t count = 2 + random_below(random, NETS_MOST_LAYERS);
    for (size_t k = 0; k < count; k++) {
        widths[k] = 1 + random_below(random, NETS_MOST_NEURONS);
    }
    if (last->layer && widths[count - 1] == 1) {
        widths[count - 1] = 2;
    }
    struct model *model = NULL;
    assert_int_equal(model_open(&model, widths, count, NULL), STATUS_OK);
    struct network *network = &model->network;
    for (size_t k = 1; k < count; k++) {
        const struct activation *f = k + 1 < count ? nets_activation(random, false) : last;
        assert_int_equal(network_set_activation(network, k, f, NULL), STATUS_OK);
    }
    network->cost = cost;
    network->bias = nets_coin(random);
    network->parameters = network_count_parameters(network);
    network->step0 = step0s[random_below(random, 3)];
    nets_fill(model, random, 1.3);
    return model;
}

struct model *nets_worked(void) {
    static const double W0[] = {0.5, -0.3, 0.8, 0.1, 0.4, -0.2};
    static const double W1[] = {1, -1, 0.5, 2, -0.6, 0.7};
    struct model *model = NULL;
    assert_int_equal(model_open(&model, (const size_t[]){2, 3, 2}, 3, NULL), STATUS_OK);
    memcpy(model_edit_x(model), (const double[]){1, -2}, 2 * sizeof(double));
    memcpy(model_edit_y(model), (const double[]){1, 0}, 2 * sizeof(double));
    memcpy(model_edit_W(model, 0), W0, sizeof W0);
    memcpy(model_edit_W(model, 1), W1, sizeof W1);
    assert_int_equal(model_compute(model), STATUS_OK);
    return model;
}

void nets_take_rows(struct model *model, struct random *random, size_t count) {
    const struct network *network = &model->network;
    struct dataset *data =
        dataset_new(count, network->layers[0].n, network->layers[network->K].n, "random");
    assert_non_null(data);
    for (size_t n = 0; n < count * data->inputs; n++) {
        data->x[n] = nets_uniform(random, -2, 2);
    }
    for (size_t n = 0; n < count * data->targets; n++) {
        data->y[n] = nets_uniform(random, 0, 1);
    }
    assert_int_equal(model_set_data(model, data, NULL), STATUS_OK);
    dataset_drop(data);
}

struct model *nets_with_rows(size_t count, const char *activation) {
    struct random random;
    random_seed(&random, count);
    struct model *model = NULL;
    assert_int_equal(model_open(&model, (const size_t[]){3, 4, 2}, 3, NULL), STATUS_OK);
    model->network.bias = true;
    for (size_t k = 1; k <= 2; k++) {
        model->network.layers[k].activation = activation_named(activation);
    }
    nets_fill(model, &random, 1);
    nets_take_rows(model, &random, count);
    nets_compute(model);
    return model;
}

void nets_compute(struct model *model) {
    assert_int_equal(model_compute(model), STATUS_OK);
}

void nets_update(struct model *model) {
    assert_int_equal(model_update(model), STATUS_OK);
    nets_compute(model);
}

void nets_each(struct model *model,
               void (*visit)(void *context, struct model *model, struct quantity q),
               void *context) {
    for (size_t kind = 0; kind < QUANTITY_KINDS; kind++) {
        struct quantity whole = {.kind = (enum quantity_kind)kind};
        size_t first, last, rows, cols;
        if (!quantity_layers(model, whole.kind, &first, &last)) {
            continue;
        }
        for (whole.layer = first; whole.layer <= last; whole.layer++) {
            quantity_shape(model, &whole, &rows, &cols);
            for (size_t at = 0; at < rows * cols; at++) {
                visit(context, model, quantity_element(model, whole, at));
            }
        }
    }
}

int nets_worked_setup(void **state) {
    *state = nets_worked();
    return 0;
}

int nets_worked_teardown(void **state) {
    model_close(*state);
    return 0;
}

enum status nets_evaluate(struct model *model, const char *source, size_t length, bool list,
                          struct value *value, struct error *error) {
    struct names names = names_of_model(model);
    struct expr *expr = NULL;
    enum status status = expr_parse(&names, source, length, 1, list, NULL, &expr, error);
    if (status != STATUS_OK) {
        assert_null(expr);
        return status;
    }
    struct scope scope = {.model = model};
    status = expr_evaluate(expr, &scope, value, error);
    expr_free(expr);
    return status;
}

bool nets_same(double a, double b) {
    return (isnan(a) && isnan(b)) || memcmp(&a, &b, sizeof a) == 0;
}

/* ---- training ---- */

static void take_data(struct model *model, const char *name, size_t samples) {
    const struct generator *generator = generator_named(name);
    struct data_options options = generator_defaults(generator);
    options.samples = samples;
    struct dataset *data = NULL;
    size_t n_K = model->network.layers[model->network.K].n;
    assert_int_equal(data_generate(generator, &options, model->network.layers[0].n, n_K,
                                   &(struct ask){0}, &data, NULL),
                     STATUS_OK);
    assert_int_equal(model_set_data(model, data, NULL), STATUS_OK);
    dataset_drop(data);
}

struct model *nets_open(const size_t *widths, size_t count, const char *activation,
                        const char *data, size_t samples) {
    struct model *model = NULL;
    assert_int_equal(model_open(&model, widths, count, NULL), STATUS_OK);
    for (size_t k = 1; k <= model->network.K; k++) {
        model->network.layers[k].activation = activation_named(activation);
    }
    model->network.bias = true;
    model_touch(model, 0);
    if (data) {
        take_data(model, data, samples);
    }
    nets_compute(model);
    return model;
}

void nets_updates(struct model *model, uint64_t count) {
    for (uint64_t n = 0; n < count; n++) {
        nets_update(model);
    }
}

void nets_check_trained(const struct model *a, const struct model *b) {
    assert_int_equal(a->updates, b->updates);
    assert_int_equal(a->optimizer.t, b->optimizer.t);
    assert_int_equal(a->feed.sample, b->feed.sample);
    assert_int_equal(a->feed.epochs, b->feed.epochs);
    assert_int_equal(a->feed.position, b->feed.position);
    assert_memory_equal(&a->pass.C, &b->pass.C, sizeof(double));
    assert_memory_equal(a->x->values, b->x->values, a->x->count * sizeof(double));
    for (size_t k = 0; k < a->network.K; k++) {
        const struct layer *one = &a->network.layers[k], *other = &b->network.layers[k];
        assert_memory_equal(one->W->values, other->W->values, one->W->count * sizeof(double));
        assert_memory_equal(one->b->values, other->b->values, one->b->count * sizeof(double));
        for (size_t m = 0; m < a->optimizer.rule->moments; m++) {
            const struct block *mine = a->optimizer.moment_W[m][k];
            assert_memory_equal(mine->values, b->optimizer.moment_W[m][k]->values,
                                mine->count * sizeof(double));
        }
    }
}
