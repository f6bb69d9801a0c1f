/*
 * expr/paths.c - the largest paths of a gradient.
 *
 * A way is what leads from a neuron to the cost. Sizes are logarithms, so that a
 * product over thousands of layers neither vanishes nor overflows while it is compared.
 * Each neuron of a layer keeps its PATHS_KEPT largest ways, made from those of the
 * neurons of the next layer; of equal ones the one that comes first.
 */
#include "expr/paths.h"

#include <math.h>
#include <stdlib.h>

#include "base/mathfn.h"
#include "base/memory.h"
#include "net/activation.h"

/* A way on from a neuron: its size, the neuron of the next layer (from 0) and which of
 * that one's ways it goes on with. */
struct way {
    double size; /* ln |product|; -INFINITY for 0 */
    uint32_t next, rank;
};

/* The ways of a layer's neurons, the largest first. */
struct ways {
    struct way *list; /* [n][PATHS_KEPT] */
    size_t kept;      /* of each */
};

struct search {
    struct paths *paths;
    struct model *model;
    struct ways *layers; /* [node_count]: of the paths' nodes */
    bool broken;         /* a factor is not finite */
};

static double size_of(struct search *s, double value) {
    s->broken = s->broken || !isfinite(value);
    return value == 0 || !isfinite(value) ? -INFINITY : math_log(fabs(value));
}

static bool softmax_here(const struct paths *paths, const struct network *network) {
    return network->layers[network->K].activation->layer && !paths->to_z;
}

static size_t layer_of(const struct paths *paths, const struct network *network, size_t node) {
    size_t layer = paths->first + node;
    return layer < network->K ? layer : network->K;
}

/* ---- the factors ---- */

/* What leads from neuron j of a node into the edge behind it: its slope, and 1 for an
 * output at which a path begins, or before a softmax, whose slope belongs to the edge. */
static double node_factor(const struct search *s, size_t node, size_t j) {
    const struct network *network = &s->model->network;
    const struct pass *pass = &s->model->pass;
    const struct paths *paths = s->paths;
    size_t layer = layer_of(paths, network, node);
    size_t at = network->layers[layer].at + j;
    bool ends = node + 1 == paths->node_count;
    if (ends && paths->to_z) {
        return pass->dz[at];
    }
    bool output = node == 0 && paths->from_r;
    if (softmax_here(paths, network) && layer == network->K) {
        return ends ? pass->dr[at] : 1;
    }
    double slope = output ? 1 : pass->slope[at];
    return ends ? slope * pass->dr[at] : slope;
}

/* The factor between neuron i of a node and neuron j of the next: a weight, or an entry
 * of the softmax's slope. */
static double edge_factor(const struct search *s, size_t node, size_t i, size_t j) {
    const struct network *network = &s->model->network;
    size_t layer = layer_of(s->paths, network, node);
    if (layer == network->K) {
        return pass_slope(&s->model->pass, network, layer, j, i);
    }
    return network_W(network, layer)[i * network->layers[layer].stride + j];
}

/* ---- the largest ways ---- */

/* Put a way among the largest so far; false where it is none of them. */
static bool keep(struct way *ways, size_t *count, struct way way) {
    if (*count == PATHS_KEPT && !(way.size > ways[PATHS_KEPT - 1].size)) {
        return false;
    }
    size_t at = *count < PATHS_KEPT ? (*count)++ : PATHS_KEPT - 1;
    while (at > 0 && way.size > ways[at - 1].size) {
        ways[at] = ways[at - 1];
        at--;
    }
    ways[at] = way;
    return true;
}

static void find_ways(struct search *s, size_t node, size_t i) {
    const struct network *network = &s->model->network;
    const struct ways *next = &s->layers[node + 1];
    size_t n = network->layers[layer_of(s->paths, network, node + 1)].n, count = 0;
    struct way *ways = s->layers[node].list + i * PATHS_KEPT;
    double own = size_of(s, node_factor(s, node, i));
    for (size_t j = 0; j < n; j++) {
        double edge = own + size_of(s, edge_factor(s, node, i, j));
        bool kept = true;
        for (size_t rank = 0; rank < next->kept && kept; rank++) {
            double size = edge + next->list[j * PATHS_KEPT + rank].size;
            kept = keep(ways, &count, (struct way){size, (uint32_t)j, (uint32_t)rank});
        }
    }
    s->layers[node].kept = count;
}

/* The ways of every neuron of a node; of the first only its own. */
static enum status find_node(struct search *s, size_t node, size_t start) {
    const struct network *network = &s->model->network;
    size_t n = network->layers[layer_of(s->paths, network, node)].n;
    struct ways *ways = &s->layers[node];
    ways->list = memory_array(n, PATHS_KEPT * sizeof *ways->list);
    if (!ways->list) {
        return STATUS_MEMORY;
    }
    size_t from = node == 0 ? start : 0, to = node == 0 ? start + 1 : n;
    for (size_t i = from; i < to; i++) {
        if (node + 1 < s->paths->node_count) {
            find_ways(s, node, i);
        } else {
            ways->list[i * PATHS_KEPT].size = size_of(s, node_factor(s, node, i));
            ways->kept = 1;
        }
    }
    return STATUS_OK;
}

/* ---- from ways to paths ---- */

struct product {
    struct model *model;
    double value;
};

static void multiply(void *context, const struct quantity *factor) {
    struct product *product = context;
    product->value *= quantity_value(product->model, factor);
}

static double product_of(const struct search *s, const struct path *path) {
    struct product product = {s->model, 1};
    path_factors(s->paths, path, s->model, multiply, &product);
    return product.value;
}

/* The largest first; of equal ones the order stays. They are sorted already but for the
 * rounding of logarithms. */
static void sort_paths(struct path *list, size_t count) {
    for (size_t n = 1; n < count; n++) {
        struct path path = list[n];
        size_t at = n;
        while (at > 0 && fabs(path.product) > fabs(list[at - 1].product)) {
            list[at] = list[at - 1];
            at--;
        }
        list[at] = path;
    }
}

/* Follow the kept ways of the start. Of more paths than are kept those that are 0 are
 * no news. */
static enum status list_paths(struct search *s, size_t start) {
    struct paths *paths = s->paths;
    const struct ways *first = &s->layers[0];
    bool some = paths_count(paths, s->model) > PATHS_KEPT;
    for (size_t rank = 0; rank < first->kept; rank++) {
        struct way way = first->list[start * PATHS_KEPT + rank];
        struct path *path = &paths->list[paths->count];
        if (some && isinf(way.size)) {
            break;
        }
        path->nodes = memory_array(paths->node_count, sizeof *path->nodes);
        if (!path->nodes) {
            return STATUS_MEMORY;
        }
        paths->count++;
        path->nodes[0] = start + 1;
        for (size_t node = 1; node < paths->node_count; node++) {
            path->nodes[node] = way.next + 1;
            way = s->layers[node].list[way.next * PATHS_KEPT + way.rank];
        }
        path->product = product_of(s, path);
    }
    sort_paths(paths->list, paths->count);
    for (size_t n = 0; n < paths->count; n++) {
        paths->listed += paths->list[n].product;
    }
    return STATUS_OK;
}

static enum status find_paths(struct search *s, size_t start) {
    enum status status = STATUS_OK;
    s->layers = memory_array(s->paths->node_count, sizeof *s->layers);
    if (!s->layers) {
        return STATUS_MEMORY;
    }
    for (size_t node = s->paths->node_count; node-- > 0 && status == STATUS_OK;) {
        status = find_node(s, node, start);
    }
    if (status == STATUS_OK && !s->broken) {
        status = list_paths(s, start);
    }
    for (size_t node = 0; node < s->paths->node_count; node++) {
        free(s->layers[node].list);
    }
    free(s->layers);
    return status;
}

/* ---- opening ---- */

static enum status refuse(struct error *error, const struct quantity *q, const char *why) {
    struct text name = TEXT_EMPTY;
    quantity_name(&name, q);
    enum status status = error_set(error, STATUS_INPUT, "'%s' %s", text_string(&name), why);
    text_free(&name);
    return status;
}

/* The mean over a batch of one is the gradient itself. */
static enum status plain_gradient(const struct model *model, struct quantity *q,
                                  struct error *error) {
    bool mean = q->kind == QUANTITY_GW || q->kind == QUANTITY_GB;
    if (mean && model_batched(model)) {
        return refuse(error, q, "is a mean over samples: a path belongs to one, as in 'dW0[1,1]'");
    }
    q->kind = q->kind == QUANTITY_GW ? QUANTITY_DW : q->kind == QUANTITY_GB ? QUANTITY_DB : q->kind;
    bool gradient = q->kind == QUANTITY_DW || q->kind == QUANTITY_DB || q->kind == QUANTITY_DR ||
                    q->kind == QUANTITY_DZ;
    if (!gradient) {
        return refuse(error, q, "is no gradient: paths lead from dW, db, dz or dr to the cost");
    }
    if (q->i == 0) {
        return refuse(error, q, "has many elements: name one, as in 'dW0[1,1]'");
    }
    return STATUS_OK;
}

enum status paths_open(struct paths *paths, struct model *model, struct quantity q,
                       struct error *error) {
    *paths = (struct paths){0};
    enum status status = plain_gradient(model, &q, error);
    if (status != STATUS_OK) {
        return status;
    }
    const struct network *network = &model->network;
    bool parameter = q.kind == QUANTITY_DW || q.kind == QUANTITY_DB;
    paths->q = q;
    paths->first = q.layer + (parameter ? 1 : 0);
    paths->from_r = q.kind == QUANTITY_DR;
    paths->to_z = model->pass.collapsed && !(paths->from_r && paths->first == network->K);
    paths->node_count = network->K - paths->first + 1;
    /* the softmax is an edge of its own, unless the path begins behind it */
    if (softmax_here(paths, network) && !(paths->from_r && paths->first == network->K)) {
        paths->node_count++;
    }
    paths->total = quantity_value(model, &q);
    struct search s = {.paths = paths, .model = model};
    status = find_paths(&s, (size_t)(q.kind == QUANTITY_DW ? q.j : q.i) - 1);
    if (status != STATUS_OK) {
        paths_close(paths);
        return error_memory(error);
    }
    if (s.broken || !isfinite(paths->total)) {
        paths_close(paths);
        return refuse(error, &q, "has no paths to show: a factor on the way is not finite");
    }
    return STATUS_OK;
}

void paths_close(struct paths *paths) {
    for (size_t n = 0; n < paths->count; n++) {
        free(paths->list[n].nodes);
    }
    *paths = (struct paths){0};
}

/* ---- how many ---- */

double paths_count(const struct paths *paths, const struct model *model) {
    double count = 1;
    for (size_t node = 1; node < paths->node_count; node++) {
        count *= (double)model->network.layers[layer_of(paths, &model->network, node)].n;
    }
    return count;
}

void paths_put_count(struct text *out, const struct paths *paths, const struct model *model,
                     enum notation notation) {
    const struct network *network = &model->network;
    double count = paths_count(paths, model);
    if (count < 1e15) {
        text_printf(out, "%.0f", count);
        return;
    }
    const char *between = "";
    for (size_t node = 1, run; node < paths->node_count; node += run) {
        size_t n = network->layers[layer_of(paths, network, node)].n;
        run = 1;
        while (node + run < paths->node_count &&
               network->layers[layer_of(paths, network, node + run)].n == n) {
            run++;
        }
        if (n > 1) {
            text_printf(out, run > 1 ? "%s%zu^%zu" : "%s%zu", between, n, run);
            between = notation == NOTATION_ASCII ? " * " : " · ";
        }
    }
}

/* ---- the factors of a path ---- */

/* The factors of a node and of the edge behind it. */
static void node_factors(const struct paths *paths, const struct path *path,
                         const struct network *network, size_t node, path_visit visit,
                         void *context) {
    size_t layer = layer_of(paths, network, node);
    int64_t j = (int64_t)path->nodes[node];
    bool ends = node + 1 == paths->node_count;
    int64_t next = ends ? 0 : (int64_t)path->nodes[node + 1];
    struct quantity part = {.layer = layer, .i = j};
    if (ends && paths->to_z) {
        part.kind = QUANTITY_DZ;
        visit(context, &part);
        return;
    }
    bool softmax = layer == network->K && network->layers[layer].activation->layer;
    if (softmax && !ends) {
        part = (struct quantity){.kind = QUANTITY_SLOPE, .layer = layer, .i = next, .j = j};
        visit(context, &part);
        return;
    }
    if (!softmax && !(node == 0 && paths->from_r)) {
        part.kind = QUANTITY_SLOPE;
        visit(context, &part);
    }
    part.kind = ends ? QUANTITY_DR : QUANTITY_W;
    part.j = next;
    visit(context, &part);
}

void path_factors(const struct paths *paths, const struct path *path, const struct model *model,
                  path_visit visit, void *context) {
    if (paths->q.kind == QUANTITY_DW) {
        struct quantity r = {.kind = QUANTITY_R, .layer = paths->q.layer, .i = paths->q.i};
        visit(context, &r);
    }
    for (size_t node = 0; node < paths->node_count; node++) {
        node_factors(paths, path, &model->network, node, visit, context);
    }
}
