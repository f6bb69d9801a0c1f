/*
 * out/worksheet.c - exercises from a walk.
 */
#include "out/worksheet.h"

#include "base/random.h"
#include "net/cost.h"
#include "walk/walk.h"

enum {
    WORKSHEET_WEIGHTS = 100, /* more is no exercise */
    DRAWS = 1000,
};

/* ---- numbers ---- */

/* One of -count ... -1, 1 ... count. */
static double draw(struct random *random, size_t count) {
    double value = (double)(random_below(random, count) + 1);
    return random_below(random, 2) == 0 ? -value : value;
}

/* Tenths: -0.9 ... -0.1, 0.1 ... 0.9 */
static void draw_tenths(struct random *random, double *to, size_t count) {
    for (size_t n = 0; n < count; n++) {
        to[n] = draw(random, 9) / 10;
    }
}

/* One target is 1, all others 0: right for every cost. */
static void draw_target(struct random *random, double *y, size_t count) {
    size_t hot = random_below(random, count);
    for (size_t j = 0; j < count; j++) {
        y[j] = j == hot ? 1 : 0;
    }
}

static bool draw_all(struct model *model, struct random *random) {
    const struct network *network = &model->network;
    double *x = model_edit_x(model), *y = model_edit_y(model);
    if (!x || !y) {
        return false;
    }
    for (size_t i = 0; i < network->layers[0].n; i++) {
        x[i] = draw(random, 3);
    }
    draw_target(random, y, network->layers[network->K].n);
    for (size_t k = 0; k < network->K; k++) {
        const struct layer *layer = &network->layers[k];
        size_t to = network->layers[k + 1].n;
        double *W = model_edit_W(model, k);
        double *b = network->bias ? model_edit_b(model, k) : NULL;
        if (!W || (network->bias && !b)) {
            return false;
        }
        for (size_t i = 0; i < layer->n; i++) {
            draw_tenths(random, W + i * layer->stride, to);
        }
        draw_tenths(random, b, b ? to : 0);
    }
    return model_compute(model) == STATUS_OK;
}

/* Does any gradient come back as far as the first weights? */
static bool gradient_arrives(struct model *model) {
    const struct layer *layers = model->network.layers;
    for (size_t j = 1; j <= layers[1].n; j++) {
        struct quantity dz = {.kind = QUANTITY_DZ, .layer = 1, .i = (int64_t)j};
        if (quantity_value(model, &dz) != 0) {
            return true;
        }
    }
    return false;
}

enum status worksheet_draw(struct model *model, uint64_t seed, struct error *error) {
    struct random random;
    random_seed(&random, seed);
    bool arrives = false;
    for (int n = 0; n < DRAWS && !arrives; n++) {
        if (!draw_all(model, &random)) {
            return error_memory(error);
        }
        arrives = gradient_arrives(model);
    }
    return STATUS_OK;
}

/* ---- the page ---- */

static enum status refuse(struct model *model, struct error *error) {
    if (model_batched(model)) {
        return error_set(error, STATUS_INPUT,
                         "a worksheet is about one sample: -e 'batch 1' makes updates from one");
    }
    if (model->network.parameters > WORKSHEET_WEIGHTS) {
        return error_set(error, STATUS_INPUT,
                         "the network has %zu weights: a worksheet has room for %d",
                         model->network.parameters, WORKSHEET_WEIGHTS);
    }
    return STATUS_OK;
}

static void put_head(struct text *out, const struct dialect *dialect,
                     const struct worksheet *sheet) {
    struct text words = TEXT_EMPTY;
    text_printf(&words, "%s - %s", sheet->title ? sheet->title : "Backpropagation",
                sheet->answers ? "answers" : "worksheet");
    if (sheet->seeded) {
        text_printf(&words, " %llu", (unsigned long long)sheet->seed);
    }
    sheet_put(out, dialect, &dialect->title, text_string(&words));
    text_cut(&words, 0);
    text_printf(&words,
                "Fill in every blank, from the numbers that are given and from the lines above "
                "it. Round to %d decimals.",
                sheet->digits);
    if (!sheet->answers) {
        sheet_put(out, dialect, &dialect->paragraph, text_string(&words));
    }
    out->failed |= words.failed;
    text_free(&words);
}

enum status worksheet_write(struct text *out, const struct dialect *dialect, struct model *model,
                            const struct worksheet *sheet, struct error *error) {
    enum status status = refuse(model, error);
    if (status != STATUS_OK) {
        return status;
    }
    text_put(out, dialect->page.before);
    put_head(out, dialect, sheet);
    sheet_network(out, dialect, model, sheet->digits);
    for (size_t step = 1; step <= walk_length(model) && status == STATUS_OK; step++) {
        status = sheet_step(out, dialect, model, step, error);
        for (size_t e = 1; e <= walk_elements(model, step) && status == STATUS_OK; e++) {
            status = sheet_element(out, dialect, model, walk_element(model, step, e),
                                   sheet->answers, sheet->digits, error);
        }
        text_put_char(out, '\n');
    }
    text_put(out, dialect->page.behind);
    return status == STATUS_OK && out->failed ? error_memory(error) : status;
}
