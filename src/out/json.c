/*
 * out/json.c - the state of a model as one JSON object.
 */
#include "out/json.h"

#include <math.h>

#include "base/number.h"
#include "expr/quantity.h"
#include "net/activation.h"
#include "net/cost.h"

void json_put_number(struct text *out, double value) {
    char number[NUMBER_TEXT_MAX];
    const char *quote = isfinite(value) ? "" : "\"";
    text_printf(out, "%s%s%s", quote, number_shortest(value, number), quote);
}

static void put_string(struct text *out, const char *string, char also_escaped) {
    text_put_char(out, '"');
    for (const char *c = string; *c; c++) {
        if (*c == '"' || *c == '\\') {
            text_put_char(out, '\\');
            text_put_char(out, *c);
        } else if ((unsigned char)*c < 0x20 || *c == also_escaped) {
            text_printf(out, "\\u%04x", (unsigned)(unsigned char)*c);
        } else {
            text_put_char(out, *c);
        }
    }
    text_put_char(out, '"');
}

void json_put_string(struct text *out, const char *string) {
    put_string(out, string, '\0');
}

void json_string_in_page(struct text *out, const char *string) {
    put_string(out, string, '<');
}

/* A number, an array, or an array of rows. */
static void put_value(struct text *out, struct model *model, struct quantity q) {
    int rank = quantity_rank(model, &q);
    size_t rows, cols;
    quantity_shape(model, &q, &rows, &cols);
    if (rank == 0) {
        json_put_number(out, quantity_value(model, &q));
        return;
    }
    text_put(out, rank == 2 ? "[" : "");
    for (size_t at = 0; at < rows * cols; at++) {
        struct quantity element = quantity_element(model, q, at);
        text_put(out, at == 0 ? "[" : at % cols == 0 ? "], [" : ", ");
        json_put_number(out, quantity_value(model, &element));
    }
    text_put(out, rank == 2 ? "]]" : "]");
}

static void put_member(struct text *out, struct model *model, enum quantity_kind kind,
                       size_t layer) {
    struct quantity q = {.kind = kind, .layer = layer};
    text_put(out, ", \"");
    quantity_name(out, &q);
    text_put(out, "\": ");
    put_value(out, model, q);
}

/* What belongs to the joint from layer k to layer k + 1. */
static void put_joint(struct text *out, struct model *model, size_t k) {
    bool bias = model->network.bias;
    put_member(out, model, QUANTITY_W, k);
    if (bias) {
        put_member(out, model, QUANTITY_B, k);
    }
    put_member(out, model, QUANTITY_DW, k);
    put_member(out, model, QUANTITY_DB, k);
    put_member(out, model, QUANTITY_GW, k);
    put_member(out, model, QUANTITY_GB, k);
}

static void put_values(struct text *out, struct model *model) {
    text_put(out, "\"values\": {\"x\": ");
    put_value(out, model, (struct quantity){.kind = QUANTITY_R});
    put_member(out, model, QUANTITY_Y, 0);
    put_member(out, model, QUANTITY_C, 0);
    put_member(out, model, QUANTITY_MEAN_C, 0);
    for (size_t k = 0; k < model->network.K; k++) {
        put_joint(out, model, k);
    }
    for (size_t k = 1; k <= model->network.K; k++) {
        put_member(out, model, QUANTITY_Z, k);
        put_member(out, model, QUANTITY_R, k);
        put_member(out, model, QUANTITY_SLOPE, k);
        put_member(out, model, QUANTITY_DR, k);
        put_member(out, model, QUANTITY_DZ, k);
    }
    put_member(out, model, QUANTITY_DR, 0);
    text_put(out, "}");
}

void json_state(struct text *out, struct model *model) {
    const struct network *network = &model->network;
    text_put(out, "{\"backstep\": 1, \"layers\": [");
    for (size_t k = 0; k <= network->K; k++) {
        text_printf(out, "%s%zu", k > 0 ? ", " : "", network->layers[k].n);
    }
    text_put(out, "], \"activation\": [");
    for (size_t k = 1; k <= network->K; k++) {
        text_put(out, k > 1 ? ", " : "");
        json_put_string(out, network->layers[k].activation->name);
    }
    text_put(out, "], \"cost\": ");
    json_put_string(out, network->cost->name);
    text_printf(out, ", \"bias\": %s, \"step0\": ", network->bias ? "true" : "false");
    json_put_number(out, network->step0);
    text_put(out, ", \"optimizer\": ");
    json_put_string(out, model->optimizer.rule->name);
    text_put(out, ", \"lr\": ");
    json_put_number(out, model->optimizer.h.lr);
    text_printf(out, ", \"updates\": %llu, \"sample\": %zu, \"samples\": %zu, ",
                (unsigned long long)model->updates,
                model->feed.data ? model->feed.sample : (size_t)1, feed_rows(&model->feed));
    put_values(out, model);
    text_put(out, "}\n");
}
