/*
 * net/kernels_eights.h - one pass through many layers of 8 neurons, straight over the
 * network's blocks. Included once by each code path, after kernels_narrow.h, whose
 * registers and sums these are.
 *
 * What a layer takes is less the sums than waiting for its numbers: of a deep network W and b
 * lie far from the processor, in blocks of their own. So they are asked for some layers
 * before they are needed, and where they are twice as many before. (To ask for what
 * is not there, in a layer of other size, does no harm.)
 */

enum { EIGHT = 8, NUMBERS_AHEAD = 8, BLOCKS_AHEAD = 16 };

INLINE void ask_for_numbers(const struct layer *layer, bool bias) {
    for (size_t i = 0; i < EIGHT; i++) {
        __builtin_prefetch(layer->W->values + i * EIGHT);
    }
    if (bias) {
        __builtin_prefetch(layer->b->values);
    }
}

INLINE void ask_for_blocks(const struct layer *layer, bool bias) {
    __builtin_prefetch(layer->W);
    if (bias) {
        __builtin_prefetch(layer->b);
    }
}

/* F1 and F2: r of the layer after, which is layer k */
INLINE struct line eight_forward(struct pass *pass, const struct network *network, size_t k,
                                 struct line r) {
    const size_t side = EIGHT;
    const struct layer *layer = &network->layers[k];
    struct line z = sum_of_rows(side, layer[-1].W->values, side, r, NULL), out = {{{0}}},
                slope = {{{0}}};
    EACH_PART {
        z.part[p] += network->bias ? load(layer[-1].b->values + p * LANES) : (vec){0};
        bend_vec(layer->activation->bend, network->step0, z.part[p], &out.part[p], &slope.part[p]);
    }
    store_line(side, pass->z + layer->at, z);
    store_line(side, pass->r + layer->at, out);
    store_line(side, pass->slope + layer->at, slope);
    return out;
}

static size_t eights_forward(struct pass *pass, const struct network *network, size_t k) {
    struct line r = {{{0}}};
    if (network->layers[k - 1].n == EIGHT) {
        r = load_line(EIGHT, pass->r + network->layers[k - 1].at);
    }
    for (; k <= network->K; k++) {
        const struct layer *layer = &network->layers[k];
        if (layer[-1].n != EIGHT || layer->n != EIGHT || layer->activation->bend == BEND_OTHER) {
            break;
        }
        if (k + NUMBERS_AHEAD < network->K) {
            ask_for_numbers(layer + NUMBERS_AHEAD, network->bias);
        }
        if (k + BLOCKS_AHEAD < network->K) {
            ask_for_blocks(layer + BLOCKS_AHEAD, network->bias);
        }
        r = eight_forward(pass, network, k, r);
    }
    return k;
}

/* B2 through W(k), and B1 unless it is the input: dz of layer k */
INLINE struct line eight_backward(struct pass *pass, const struct layer *layer, bool input,
                                  struct line dz) {
    const size_t side = EIGHT;
    struct line dr = sum_of_columns(side, layer->W->values, side, dz);
    store_line(side, pass->dr + layer->at, dr);
    if (input) {
        return dr;
    }
    struct line slope = load_line(side, pass->slope + layer->at);
    EACH_PART {
        dr.part[p] = dr.part[p] * slope.part[p];
    }
    store_line(side, pass->dz + layer->at, dr);
    return dr;
}

static size_t eights_backward(struct pass *pass, const struct network *network, size_t left) {
    struct line dz = {{{0}}};
    if (network->layers[left].n == EIGHT) {
        dz = load_line(EIGHT, pass->dz + network->layers[left].at);
    }
    for (; left > 0; left--) {
        const struct layer *layer = &network->layers[left - 1];
        if (layer->n != EIGHT || layer[1].n != EIGHT) {
            break;
        }
        if (left > NUMBERS_AHEAD) {
            ask_for_numbers(layer - NUMBERS_AHEAD, false);
        }
        if (left > BLOCKS_AHEAD) {
            ask_for_blocks(layer - BLOCKS_AHEAD, false);
        }
        dz = eight_backward(pass, layer, left == 1, dz);
    }
    return left;
}
