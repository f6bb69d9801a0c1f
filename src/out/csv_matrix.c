/*
 * out/csv_matrix.c - a matrix as CSV: a row a line, nothing else.
 */
#include <stdlib.h>

#include "base/memory.h"
#include "base/number.h"
#include "net/csv.h"
#include "out/tensor.h"

/* The numbers so far, row by row. */
struct numbers {
    double *list;
    size_t count, capacity;
};

static enum status add(struct csv *csv, struct numbers *numbers, double value) {
    if (numbers->count == TENSOR_NUMBERS_MAX) {
        return csv_fault(csv, csv->began, "more numbers than the limit of %d", TENSOR_NUMBERS_MAX);
    }
    double *list = memory_grow(numbers->list, numbers->count, &numbers->capacity, sizeof *list);
    if (!list) {
        return error_memory(csv->error);
    }
    numbers->list = list;
    numbers->list[numbers->count++] = value;
    return STATUS_OK;
}

/* One line; `*cols` is 0 before the first. */
static enum status read_row(struct csv *csv, struct numbers *numbers, size_t *cols) {
    size_t count = 0;
    do {
        double value;
        enum status status = csv_field(csv);
        if (status == STATUS_OK) {
            status = csv_number(csv, &value);
        }
        if (status == STATUS_OK) {
            status = add(csv, numbers, value);
        }
        if (status != STATUS_OK) {
            return status;
        }
        count++;
    } while (!csv->last);
    if (*cols != 0 && count != *cols) {
        return csv_fault(csv, csv->began, "this line has %zu number%s, but the first has %zu",
                         count, count == 1 ? "" : "s", *cols);
    }
    *cols = count;
    return STATUS_OK;
}

enum status csv_matrix_read(const char *bytes, size_t length, const char *file,
                            struct tensors *tensors, struct error *error) {
    struct csv csv;
    struct numbers numbers = {0};
    size_t rows = 0, cols = 0;
    enum status status = csv_open(&csv, bytes, length, file, error);
    while (status == STATUS_OK && csv_more(&csv)) {
        status = read_row(&csv, &numbers, &cols);
        rows++;
    }
    status = status == STATUS_OK ? csv_settle(&csv) : status;
    struct tensor *tensor =
        status == STATUS_OK ? tensors_add(tensors, "", 2, rows, cols, error) : NULL;
    if (tensor) {
        free(tensor->values);
        tensor->values = numbers.list;
    } else {
        free(numbers.list);
        status = error->status;
    }
    csv_close(&csv);
    return status;
}

void csv_matrix_write(struct text *out, const struct tensor *tensor) {
    for (size_t i = 0; i < tensor->rows; i++) {
        for (size_t j = 0; j < tensor->cols; j++) {
            text_put(out, j > 0 ? "," : "");
            number_put(out, tensor->values[i * tensor->cols + j]);
        }
        text_put(out, "\n");
    }
}
