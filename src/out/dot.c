/*
 * out/dot.c - the network as a drawing for Graphviz.
 *
 * Neurons are circles with their outputs, a column a layer; weights are lines, as thick
 * as the weight is large, dashed where it is negative. A line's tooltip tells its
 * gradient.
 */
#include "out/dot.h"

#include <math.h>

#include "base/number.h"
#include "net/activation.h"
#include "net/cost.h"
#include "net/pass.h"

enum { WEIGHTS_DRAWN_MAX = 600 };

struct drawing {
    struct text *out;
    struct model *model;
    int digits;
};

static const char *shown(const struct drawing *d, double value, char text[NUMBER_TEXT_MAX]) {
    return number_fixed(value, d->digits, text);
}

static size_t weights(const struct network *network) {
    size_t count = 0;
    for (size_t k = 0; k < network->K; k++) {
        count += network->layers[k].n * network->layers[k + 1].n;
    }
    return count;
}

static void put_title(const struct drawing *d) {
    const struct network *network = &d->model->network;
    char C[NUMBER_TEXT_MAX];
    text_put(d->out, "digraph backstep {\n  graph [rankdir=LR, ranksep=1.2, label=\"");
    for (size_t k = 0; k <= network->K; k++) {
        text_printf(d->out, k > 0 ? "-%zu" : "%zu", network->layers[k].n);
    }
    text_printf(d->out,
                ", %s, C = %s\"];\n  node [shape=circle, fontsize=11];\n"
                "  edge [fontsize=9, arrowsize=0.5];\n",
                network->cost->name, shown(d, d->model->pass.C, C));
}

/* ---- neuron by neuron ---- */

static void put_neurons(const struct drawing *d, size_t k) {
    const struct network *network = &d->model->network;
    const struct layer *layer = &network->layers[k];
    text_printf(d->out, "  subgraph layer%zu {\n    rank=same;\n", k);
    for (size_t i = 0; i < layer->n; i++) {
        char value[NUMBER_TEXT_MAX];
        text_printf(d->out, "    n%zu_%zu [label=\"", k, i + 1);
        text_printf(d->out, k == 0 ? "x%zu" : k == network->K ? "ŷ%zu" : "r%zu", i + 1);
        text_printf(d->out, "\\n%s\"", shown(d, d->model->pass.r[layer->at + i], value));
        if (k > 0) {
            text_printf(d->out, ", tooltip=\"r%zu[%zu] = %s(z%zu[%zu])", k, i + 1,
                        layer->activation->name, k, i + 1);
            text_printf(d->out, ", z%zu[%zu] = %s", k, i + 1,
                        shown(d, d->model->pass.z[layer->at + i], value));
            if (network->bias) {
                text_printf(d->out, ", b%zu[%zu] = %s", k - 1, i + 1,
                            shown(d, network_b(network, k - 1)[i], value));
            }
            text_put(d->out, "\"");
        }
        text_put(d->out, "];\n");
    }
    text_put(d->out, "  }\n");
}

static void put_weight(const struct drawing *d, size_t k, size_t i, size_t j, double largest) {
    const struct network *network = &d->model->network;
    double w = network_W(network, k)[i * network->layers[k].stride + j];
    char value[NUMBER_TEXT_MAX], gradient[NUMBER_TEXT_MAX], width[NUMBER_TEXT_MAX];
    double share = largest > 0 && isfinite(w) && isfinite(largest) ? fabs(w) / largest : 0;
    text_printf(d->out,
                "  n%zu_%zu -> n%zu_%zu [label=\"%s\", penwidth=%s%s, "
                "edgetooltip=\"W%zu[%zu,%zu] = %s, dW%zu[%zu,%zu] = %s\"];\n",
                k, i + 1, k + 1, j + 1, shown(d, w, value), number_fixed(0.4 + 3 * share, 2, width),
                w < 0 ? ", style=dashed, color=\"#c05000\"" : ", color=\"#1f5fa8\"", k, i + 1,
                j + 1, value, k, i + 1, j + 1,
                shown(d, pass_dW(&d->model->pass, network, k, i, j), gradient));
}

static void put_weights(const struct drawing *d, size_t k) {
    const struct network *network = &d->model->network;
    const struct layer *layer = &network->layers[k];
    double largest = 0;
    for (size_t i = 0; i < layer->n; i++) {
        for (size_t j = 0; j < layer[1].n; j++) {
            double size = fabs(layer->W->values[i * layer->stride + j]);
            largest = size > largest ? size : largest;
        }
    }
    for (size_t i = 0; i < layer->n; i++) {
        for (size_t j = 0; j < layer[1].n; j++) {
            put_weight(d, k, i, j, largest);
        }
    }
}

/* ---- layer by layer ---- */

static void put_layer(const struct drawing *d, size_t k) {
    const struct layer *layer = &d->model->network.layers[k];
    text_printf(d->out, "  l%zu [shape=box, label=\"%s\\n%zu neuron%s\"];\n", k,
                k == 0 ? "input" : layer->activation->title, layer->n, layer->n == 1 ? "" : "s");
    if (k > 0) {
        text_printf(d->out, "  l%zu -> l%zu [label=\"W%zu\\n%zu × %zu\"];\n", k - 1, k, k - 1,
                    layer[-1].n, layer->n);
    }
}

void dot_graph(struct text *out, struct model *model, int digits) {
    struct drawing d = {out, model, digits};
    const struct network *network = &model->network;
    bool large = weights(network) > WEIGHTS_DRAWN_MAX;
    put_title(&d);
    for (size_t k = 0; k <= network->K; k++) {
        if (large) {
            put_layer(&d, k);
        } else {
            put_neurons(&d, k);
        }
    }
    for (size_t k = 0; k < network->K && !large; k++) {
        put_weights(&d, k);
    }
    text_put(out, "}\n");
}
