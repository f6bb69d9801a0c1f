/*
 * out/torch.c - the network as a Python script for PyTorch.
 *
 * What an activation and a cost are called there stands in their own rows. PyTorch
 * takes 0 for the slope of ReLU at zero: another Step(0) is a module of the script.
 */
#include "out/torch.h"

#include <math.h>

#include "base/number.h"
#include "net/activation.h"
#include "net/cost.h"

/* A number that Python reads as this double. */
static void put_number(struct text *out, double value) {
    if (value == 0 && signbit(value)) {
        text_put(out, "-0.0");
    } else if (isfinite(value)) {
        number_put(out, value);
    } else {
        text_printf(out, "float(\"%s\")", isnan(value) ? "nan" : value > 0 ? "inf" : "-inf");
    }
}

static void put_list(struct text *out, const double *values, size_t count) {
    text_put(out, "[");
    for (size_t n = 0; n < count; n++) {
        text_put(out, n > 0 ? ", " : "");
        put_number(out, values[n]);
    }
    text_put(out, "]");
}

static void put_vector(struct text *out, const char *name, const double *values, size_t count,
                       const char *more) {
    text_printf(out, "%s = torch.tensor(", name);
    put_list(out, values, count);
    text_printf(out, ", dtype=torch.float64%s)\n", more);
}

static void put_parameters(struct text *out, const struct network *network) {
    text_put(out, "# W[k][i][j] leads from neuron i of layer k to neuron j of the next\nW = [\n");
    for (size_t k = 0; k < network->K; k++) {
        const struct layer *layer = &network->layers[k];
        text_put(out, "    torch.tensor([");
        for (size_t i = 0; i < layer->n; i++) {
            text_put(out, i > 0 ? ",\n                  " : "");
            put_list(out, layer->W->values + i * layer->stride, layer[1].n);
        }
        text_put(out, "], dtype=torch.float64),\n");
    }
    text_put(out, "]\n");
    if (network->bias) {
        text_put(out, "b = [\n");
        for (size_t k = 0; k < network->K; k++) {
            text_put(out, "    torch.tensor(");
            put_list(out, network_b(network, k), network->layers[k + 1].n);
            text_put(out, ", dtype=torch.float64),\n");
        }
        text_put(out, "]\n");
    }
}

static bool uses_step(const struct network *network) {
    for (size_t k = 1; k <= network->K && network->step0 != 0; k++) {
        if (network->layers[k].activation->step) {
            return true;
        }
    }
    return false;
}

static void put_modules(struct text *out, const struct network *network) {
    text_put(out, "\nmodel = nn.Sequential(\n");
    for (size_t k = 0; k < network->K; k++) {
        const struct activation *f = network->layers[k + 1].activation;
        text_printf(out, "    nn.Linear(%zu, %zu, bias=%s),\n", network->layers[k].n,
                    network->layers[k + 1].n, network->bias ? "True" : "False");
        if (f->step && network->step0 != 0) {
            text_printf(out, "    AtZero(%s, ", f->torch);
            put_number(out, f->slope(0, 0, network->step0));
            text_put(out, "),\n");
        } else {
            text_printf(out, "    %s,\n", f->torch);
        }
    }
    text_put(out, ").double()\n\nwith torch.no_grad():\n    for k in range(len(W)):\n"
                  "        model[2 * k].weight.copy_(W[k].T)  # [to][from] in PyTorch\n");
    text_put(out, network->bias ? "        model[2 * k].bias.copy_(b[k])\n" : "");
}

static void put_pass(struct text *out, const struct network *network) {
    const struct pairing *pairing = network_pairing(network);
    text_printf(out,
                "\nr = x\nfor k in range(len(W)):\n    z = model[2 * k](r)\n"
                "    r = model[2 * k + 1](z)\n\n# the cost: %s\nC = %s\nC.backward()\n\n",
                network->cost->name, pairing ? pairing->torch : network->cost->torch);
    text_put(out, "print(\"yhat =\", r.tolist())\nprint(\"C =\", C.item())\n"
                  "for k in range(len(W)):\n"
                  "    print(f\"dW{k} =\", model[2 * k].weight.grad.T.tolist())\n");
    text_put(out,
             network->bias ? "    print(f\"db{k} =\", model[2 * k].bias.grad.tolist())\n" : "");
    text_put(out, "print(\"dx =\", x.grad.tolist())\n");
}

void torch_script(struct text *out, struct model *model) {
    const struct network *network = &model->network;
    text_put(out,
             "#!/usr/bin/env python3\n"
             "\"\"\"A network of backstep in PyTorch: the same numbers, the same pass, the same\n"
             "gradients, in double precision.\"\"\"\n\nimport torch\nfrom torch import nn\n\n");
    if (uses_step(network)) {
        text_put(out,
                 "\nclass AtZero(nn.Module):\n"
                 "    \"\"\"An activation with another slope at z = 0.\"\"\"\n\n"
                 "    def __init__(self, activation, slope):\n"
                 "        super().__init__()\n"
                 "        self.activation = activation\n"
                 "        self.slope = slope\n\n"
                 "    def forward(self, z):\n"
                 "        return torch.where(z == 0, self.slope * z, self.activation(z))\n\n\n");
    }
    put_vector(out, "x", model->x->values, network->layers[0].n, ", requires_grad=True");
    put_vector(out, "y", model->y->values, network->layers[network->K].n, "");
    put_parameters(out, network);
    put_modules(out, network);
    put_pass(out, network);
}
