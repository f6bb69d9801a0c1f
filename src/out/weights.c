/*
 * out/weights.c - tensors by their names, and what they say about the network.
 */
#include "out/weights.h"

#include <stdlib.h>
#include <string.h>

#include "base/ascii.h"
#include "base/memory.h"

enum part { PART_WEIGHT, PART_BIAS, PART_X, PART_Y, PART_NONE };

/* A tensor by its name: what it is, of which layer. */
struct role {
    const struct tensor *tensor;
    enum part part;
    size_t number;
    const char *prefix; /* before the number, in PyTorch's naming */
    size_t prefix_length;
    bool torch;
};

/* ---- reading names ---- */

/* The whole number that ends at `end`; where it begins, or NULL where there is none. */
static const char *number_before(const char *name, const char *end, size_t *number) {
    const char *from = end;
    while (from > name && ascii_is_digit(from[-1])) {
        from--;
    }
    bool leading_zero = end - from > 1 && *from == '0';
    if (from == end || end - from > 9 || leading_zero) {
        return NULL;
    }
    *number = 0;
    for (const char *c = from; c < end; c++) {
        *number = *number * 10 + (size_t)(*c - '0');
    }
    return from;
}

static struct role role_of(const struct tensor *tensor) {
    struct role role = {.tensor = tensor, .part = PART_NONE};
    const char *name = tensor->name;
    const char *weight = string_ending(name, ".weight"), *bias = string_ending(name, ".bias");
    if (weight || bias) {
        const char *from = number_before(name, weight ? weight : bias, &role.number);
        role.part = !from ? PART_NONE : weight ? PART_WEIGHT : PART_BIAS;
        role.torch = true;
        role.prefix = name;
        role.prefix_length = from ? (size_t)(from - name) : 0;
    } else if (strcmp(name, "x") == 0 || strcmp(name, "y") == 0) {
        role.part = *name == 'x' ? PART_X : PART_Y;
    } else if (*name == 'W' || *name == 'b') {
        bool whole = number_before(name, name + strlen(name), &role.number) == name + 1;
        role.part = !whole ? PART_NONE : *name == 'W' ? PART_WEIGHT : PART_BIAS;
    }
    return role;
}

/* ---- matching ---- */

struct matcher {
    struct weights *weights;
    const char *file;
    struct error *error;
    struct role *roles; /* in the order of layers, a weight before its bias */
    size_t count;
};

static enum status refuse(const struct matcher *m, const struct tensor *tensor, const char *why) {
    return error_set(m->error, STATUS_INPUT, "%s: '%s' %s", m->file, tensor->name, why);
}

static int by_layer(const void *a, const void *b) {
    const struct role *first = a, *second = b;
    if (first->number != second->number) {
        return first->number < second->number ? -1 : 1;
    }
    return (int)first->part - (int)second->part;
}

/* All names of one kind. */
static enum status check_names(const struct matcher *m) {
    const struct role *first = &m->roles[0];
    for (size_t i = 0; i < m->count; i++) {
        const struct role *role = &m->roles[i];
        if (role->part == PART_NONE) {
            return refuse(m, role->tensor,
                          "is no weight or bias by its name: '0.weight', '0.bias', or 'W0', 'b0' "
                          "are right");
        }
        bool same = role->torch == first->torch && role->prefix_length == first->prefix_length &&
                    (!role->torch || memcmp(role->prefix, first->prefix, role->prefix_length) == 0);
        if (!same) {
            return error_set(m->error, STATUS_INPUT,
                             "%s: '%s' and '%s' are named in two ways: which layer comes first "
                             "cannot be told",
                             m->file, first->tensor->name, role->tensor->name);
        }
    }
    return STATUS_OK;
}

/* The weight of the next layer: the widths on both sides of it. */
static enum status add_weight(const struct matcher *m, const struct role *role) {
    struct weights *w = m->weights;
    const struct tensor *tensor = role->tensor;
    if (tensor->rank != 2) {
        return refuse(m, tensor, "is a vector: a weight is a matrix");
    }
    size_t from = role->torch ? tensor->cols : tensor->rows;
    size_t to = role->torch ? tensor->rows : tensor->cols;
    if (!role->torch && role->number != w->K) {
        return error_set(m->error, STATUS_INPUT, "%s: 'W%zu' is missing before '%s'", m->file, w->K,
                         tensor->name);
    }
    if (w->K > 0 && w->widths[w->K] != from) {
        return error_set(m->error, STATUS_INPUT, "%s: '%s' takes %zu number%s, but '%s' gives %zu",
                         m->file, tensor->name, from, from == 1 ? "" : "s", w->W[w->K - 1]->name,
                         w->widths[w->K]);
    }
    w->widths[w->K] = from;
    w->widths[w->K + 1] = to;
    w->W[w->K++] = tensor;
    return STATUS_OK;
}

/* The bias of the layer whose weight came just before. */
static enum status add_bias(const struct matcher *m, const struct role *role,
                            const struct role *before) {
    struct weights *w = m->weights;
    const struct tensor *tensor = role->tensor;
    if (!before || before->part != PART_WEIGHT || before->number != role->number) {
        return refuse(m, tensor, "is a bias without its weight");
    }
    if (tensor->rank != 1 || tensor->cols != w->widths[w->K]) {
        return error_set(m->error, STATUS_INPUT,
                         "%s: '%s' is not the vector of %zu number%s that fits '%s'", m->file,
                         tensor->name, w->widths[w->K], w->widths[w->K] == 1 ? "" : "s",
                         before->tensor->name);
    }
    w->b[w->K - 1] = tensor;
    w->bias = true;
    return STATUS_OK;
}

static enum status check_vector(const struct matcher *m, const struct tensor *tensor,
                                size_t width) {
    return !tensor || (tensor->rank == 1 && tensor->cols == width)
               ? STATUS_OK
               : error_set(m->error, STATUS_INPUT,
                           "%s: '%s' is not the vector of %zu number%s that fits the weights",
                           m->file, tensor->name, width, width == 1 ? "" : "s");
}

static enum status add_roles(const struct matcher *m) {
    struct weights *w = m->weights;
    enum status status = STATUS_OK;
    const struct role *before = NULL;
    for (size_t i = 0; i < m->count && status == STATUS_OK; i++) {
        const struct role *role = &m->roles[i];
        switch (role->part) {
        case PART_WEIGHT: status = add_weight(m, role); break;
        case PART_BIAS: status = add_bias(m, role, before); break;
        case PART_X: w->x = role->tensor; continue;
        default: w->y = role->tensor; continue;
        }
        before = role;
    }
    if (status == STATUS_OK && w->K == 0) {
        status = error_set(m->error, STATUS_INPUT, "%s: there are no weights in it", m->file);
    }
    if (status == STATUS_OK) {
        status = check_vector(m, w->x, w->widths[0]);
    }
    return status == STATUS_OK ? check_vector(m, w->y, w->widths[w->K]) : status;
}

static enum status match(struct matcher *m, const struct tensors *tensors) {
    struct weights *w = m->weights;
    w->widths = memory_array(tensors->count + 1, sizeof *w->widths);
    w->W = memory_array(tensors->count, sizeof *w->W);
    w->b = memory_array(tensors->count, sizeof *w->b);
    if (!w->widths || !w->W || !w->b) {
        return error_memory(m->error);
    }
    for (size_t i = 0; i < m->count; i++) {
        m->roles[i] = role_of(&tensors->list[i]);
    }
    if (m->count > 0) {
        enum status status = check_names(m);
        if (status != STATUS_OK) {
            return status;
        }
        w->transposed = m->roles[0].torch;
        qsort(m->roles, m->count, sizeof *m->roles, by_layer);
    }
    return add_roles(m);
}

enum status weights_match(struct weights *weights, const struct tensors *tensors, const char *file,
                          struct error *error) {
    *weights = (struct weights){0};
    struct matcher matcher = {.weights = weights, .file = file, .error = error};
    matcher.count = tensors->count;
    matcher.roles = memory_array(tensors->count, sizeof *matcher.roles);
    enum status status = matcher.roles ? match(&matcher, tensors) : error_memory(error);
    free(matcher.roles);
    if (status != STATUS_OK) {
        weights_free(weights);
    }
    return status;
}

void weights_free(struct weights *weights) {
    free(weights->widths);
    free(weights->W);
    free(weights->b);
    *weights = (struct weights){0};
}

/* ---- into a model ---- */

static enum status fill_layer(struct model *model, const struct weights *w, size_t k) {
    size_t from = w->widths[k], to = w->widths[k + 1];
    size_t stride = model->network.layers[k].stride;
    double *W = model_edit_W(model, k), *b = model_edit_b(model, k);
    if (!W || !b) {
        return STATUS_MEMORY;
    }
    for (size_t i = 0; i < from; i++) {
        for (size_t j = 0; j < to; j++) {
            W[i * stride + j] = w->W[k]->values[w->transposed ? j * from + i : i * to + j];
        }
    }
    for (size_t j = 0; j < to; j++) {
        b[j] = w->b[k] ? w->b[k]->values[j] : 0;
    }
    return STATUS_OK;
}

enum status weights_fill(struct model *model, const struct weights *w) {
    for (size_t k = 0; k < w->K; k++) {
        if (fill_layer(model, w, k) != STATUS_OK) {
            return STATUS_MEMORY;
        }
    }
    double *x = w->x ? model_edit_x(model) : NULL, *y = w->y ? model_edit_y(model) : NULL;
    if ((w->x && !x) || (w->y && !y)) {
        return STATUS_MEMORY;
    }
    if (x) {
        memcpy(x, w->x->values, w->widths[0] * sizeof *x);
    }
    if (y) {
        memcpy(y, w->y->values, w->widths[w->K] * sizeof *y);
    }
    model->network.bias = w->bias;
    model->network.parameters = network_count_parameters(&model->network);
    model_touch(model, 0);
    return STATUS_OK;
}

/* ---- out of a model ---- */

static bool add_vector(struct tensors *tensors, const char *name, const double *values, size_t n,
                       struct error *error) {
    struct tensor *tensor = tensors_add(tensors, name, 1, 1, n, error);
    if (tensor) {
        memcpy(tensor->values, values, n * sizeof *values);
    }
    return tensor != NULL;
}

/* PyTorch counts its activations too: layer k+1 is module 2k. */
static bool add_layer(struct tensors *tensors, const struct network *network, size_t k,
                      enum naming naming, struct error *error) {
    bool torch = naming == NAMING_TORCH;
    size_t from = network->layers[k].n, to = network->layers[k + 1].n;
    struct text W_name = TEXT_EMPTY, b_name = TEXT_EMPTY;
    text_printf(&W_name, torch ? "%zu.weight" : "W%zu", torch ? 2 * k : k);
    text_printf(&b_name, torch ? "%zu.bias" : "b%zu", torch ? 2 * k : k);
    bool named = !W_name.failed && !b_name.failed;
    struct tensor *W = named ? tensors_add(tensors, text_string(&W_name), 2, torch ? to : from,
                                           torch ? from : to, error)
                             : NULL;
    const double *values = network_W(network, k);
    for (size_t i = 0; W && i < from; i++) {
        for (size_t j = 0; j < to; j++) {
            W->values[torch ? j * from + i : i * to + j] =
                values[i * network->layers[k].stride + j];
        }
    }
    bool good = W && (!network->bias ||
                      add_vector(tensors, text_string(&b_name), network_b(network, k), to, error));
    text_free(&W_name);
    text_free(&b_name);
    if (!named) {
        error_memory(error);
    }
    return good;
}

enum status weights_collect(struct tensors *tensors, struct model *model, enum naming naming,
                            struct error *error) {
    const struct network *network = &model->network;
    size_t last = network->K;
    bool good = true;
    for (size_t k = 0; k < last && good; k++) {
        good = add_layer(tensors, network, k, naming, error);
    }
    if (naming == NAMING_OWN) {
        good = good && add_vector(tensors, "x", model->x->values, network->layers[0].n, error) &&
               add_vector(tensors, "y", model->y->values, network->layers[last].n, error);
    }
    if (!good) {
        tensors_free(tensors);
        return error->status;
    }
    return STATUS_OK;
}
