/*
 * out/tensor.c - lists of tensors, and numbers as bytes.
 */
#include "out/tensor.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/bits.h"
#include "base/memory.h"
#include "base/number.h"

/* "net.npz: with 'W3' there are more numbers than the limit of 1000" */
static void refuse(const struct tensors *tensors, const char *name, const char *what, int most,
                   struct error *error) {
    const char *file = tensors->file ? tensors->file : "";
    error_set(error, STATUS_INPUT, "%s%s%s%s%sthere are more %s than the limit of %d", file,
              *file ? ": " : "", *name ? "with '" : "", name, *name ? "' " : "", what, most);
}

struct tensor *tensors_add(struct tensors *tensors, const char *name, int rank, size_t rows,
                           size_t cols, struct error *error) {
    size_t left = TENSOR_NUMBERS_MAX - tensors->numbers;
    if (cols > left || (cols > 0 && rows > left / cols)) {
        refuse(tensors, name, "numbers", TENSOR_NUMBERS_MAX, error);
        return NULL;
    }
    if (tensors->count == TENSORS_MAX) {
        refuse(tensors, name, "tensors", TENSORS_MAX, error);
        return NULL;
    }
    struct tensor tensor = {.name = string_copy(name),
                            .rank = rank,
                            .rows = rows,
                            .cols = cols,
                            .values = memory_array(rows * cols, sizeof(double))};
    struct tensor *list =
        memory_grow(tensors->list, tensors->count, &tensors->capacity, sizeof *list);
    tensors->list = list ? list : tensors->list;
    if (!tensor.name || !tensor.values || !list) {
        free(tensor.name);
        free(tensor.values);
        error_memory(error);
        return NULL;
    }
    tensors->numbers += rows * cols;
    tensors->list[tensors->count] = tensor;
    return &tensors->list[tensors->count++];
}

void tensors_free(struct tensors *tensors) {
    for (size_t i = 0; i < tensors->count; i++) {
        free(tensors->list[i].name);
        free(tensors->list[i].values);
    }
    free(tensors->list);
    *tensors = (struct tensors){0};
}

enum status tensor_check(const struct tensor *tensor, const char *file, struct error *error) {
    for (size_t at = 0; at < tensor->rows * tensor->cols; at++) {
        if (!isfinite(tensor->values[at])) {
            char number[NUMBER_TEXT_MAX];
            return error_set(error, STATUS_INPUT, "%s: %s%s%sholds %s in row %zu, column %zu", file,
                             *tensor->name ? "'" : "", tensor->name, *tensor->name ? "' " : "",
                             number_shortest(tensor->values[at], number), at / tensor->cols + 1,
                             at % tensor->cols + 1);
        }
    }
    return STATUS_OK;
}

double number_from_f32(const unsigned char bytes[4]) {
    uint32_t bits = 0;
    float value;
    for (size_t i = 4; i-- > 0;) {
        bits = bits << 8 | bytes[i];
    }
    memcpy(&value, &bits, sizeof value);
    return (double)value;
}

double number_from_f64(const unsigned char bytes[8]) {
    uint64_t bits = 0;
    for (size_t i = 8; i-- > 0;) {
        bits = bits << 8 | bytes[i];
    }
    return bits_double(bits);
}

void text_put_f64(struct text *out, double value) {
    uint64_t bits = bits_of(value);
    char bytes[8];
    for (size_t i = 0; i < 8; i++) {
        bytes[i] = (char)(unsigned char)(bits >> (8 * i) & 0xFF);
    }
    text_put_bytes(out, bytes, sizeof bytes);
}
