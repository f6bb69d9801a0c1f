/*
 * out/tensor.h - named arrays of numbers, which is what files of weights hold.
 *
 * A tensor is a vector (rank 1, rows 1) or a matrix (rank 2), row by row. A reader
 * takes the bytes of a file that nobody vouches for: it gives what the file says, or
 * an error that begins with the file's name, and needs no more memory than a few
 * times the numbers that are really there.
 */
#ifndef BACKSTEP_OUT_TENSOR_H
#define BACKSTEP_OUT_TENSOR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/status.h"
#include "base/text.h"

enum { TENSORS_MAX = 500 * 1000, TENSOR_NUMBERS_MAX = 200 * 1000 * 1000 };

struct tensor {
    char *name; /* "" where the file gives none */
    int rank;
    size_t rows, cols;
    double *values; /* [rows][cols] */
};

struct tensors {
    struct tensor *list;
    size_t count, capacity;
    size_t numbers;   /* in all of them */
    const char *file; /* that they are read from, for errors; NULL: none */
};

/* One more, of zeros; the pointer is good until the next. NULL with the error filled
 * where the limits above, or memory, do not allow it. */
struct tensor *tensors_add(struct tensors *tensors, const char *name, int rank, size_t rows,
                           size_t cols, struct error *error);
void tensors_free(struct tensors *tensors);

/* Every number must be finite: `file` is for the error. */
enum status tensor_check(const struct tensor *tensor, const char *file, struct error *error);

/* Numbers as bytes, the lowest first. */
double number_from_f32(const unsigned char bytes[4]);
double number_from_f64(const unsigned char bytes[8]);
void text_put_f64(struct text *out, double value);

/* safetensors: a JSON header, then the numbers. Reads F32 and F64, writes F64. */
enum status safetensors_read(const char *bytes, size_t length, const char *file,
                             struct tensors *tensors, struct error *error);
enum status safetensors_write(struct text *out, const struct tensors *tensors, struct error *error);

/* NumPy's .npy: one array without a name. Reads float32 and float64 of either byte
 * order and either order of rows, writes float64. */
enum status npy_read(const char *bytes, size_t length, const char *file, struct tensors *tensors,
                     struct error *error);
void npy_write(struct text *out, const struct tensor *tensor);

/* NumPy's .npz: a zip file with an .npy for each name. */
enum status npz_read(const char *bytes, size_t length, const char *file, struct tensors *tensors,
                     struct error *error);
enum status npz_write(struct text *out, const struct tensors *tensors, struct error *error);

/* CSV: a matrix without a name, a row a line. */
enum status csv_matrix_read(const char *bytes, size_t length, const char *file,
                            struct tensors *tensors, struct error *error);
void csv_matrix_write(struct text *out, const struct tensor *tensor);

#endif
