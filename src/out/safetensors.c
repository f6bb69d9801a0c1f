/*
 * out/safetensors.c - weights as PyTorch and its kin pass them on.
 *
 * A file is 8 bytes with the length of the header (lowest first), the header, and the
 * numbers. The header is a JSON object: to each name "dtype", "shape" and
 * "data_offsets", where its bytes begin and end behind the header. The tensors must
 * fill the rest of the file without a gap and without sharing a byte.
 */
#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/table.h"
#include "out/json.h"
#include "out/tensor.h"

/* 100 000 layers fit; a hostile header of this size takes 400 MB for a moment. */
enum { HEADER_BYTES_MAX = 16 * 1024 * 1024, LENGTH_BYTES = 8 };

/* The kinds of numbers that can be read. */
static const struct dtype {
    const char *name;
    size_t width; /* bytes a number */
    double (*read)(const unsigned char *bytes);
} dtypes[] = {{"F32", 4, number_from_f32}, {"F64", 8, number_from_f64}};

/* What a tensor's entry in the header says. */
struct entry {
    const char *name;
    const struct dtype *dtype;
    int rank;
    size_t rows, cols;
    size_t begin, end;
};

struct reader {
    const char *file;
    const unsigned char *data; /* the bytes behind the header */
    size_t length;
    struct error *error;
};

static enum status refuse(const struct reader *r, const char *name, const char *why) {
    return error_set(r->error, STATUS_INPUT, "%s: tensor '%s' %s", r->file, name, why);
}

/* ---- the header ---- */

/* The non-negative whole number at `index` of an array; false where it is none. One that
 * a size cannot hold is the largest, which is too large for any file. */
static bool read_size(const json_t *array, size_t index, size_t *value) {
    const json_t *item = json_array_get(array, index);
    json_int_t number = json_integer_value(item);
    if (!json_is_integer(item) || number < 0) {
        return false;
    }
    *value = (uint64_t)number < SIZE_MAX ? (size_t)number : SIZE_MAX;
    return true;
}

/* NULL, and the error filled, where it is none that can be read. */
static const struct dtype *read_dtype(const struct reader *r, const json_t *object,
                                      const char *tensor) {
    const char *name = json_string_value(json_object_get(object, "dtype"));
    if (!name) {
        refuse(r, tensor, "has no 'dtype'");
        return NULL;
    }
    const struct dtype *dtype = TABLE_NAMED(dtypes, name);
    if (!dtype) {
        error_set(r->error, STATUS_INPUT,
                  "%s: tensor '%s' holds numbers of type '%s': F32 and F64 can be read", r->file,
                  tensor, name);
    }
    return dtype;
}

static enum status read_shape(const struct reader *r, const json_t *object, struct entry *entry) {
    const json_t *shape = json_object_get(object, "shape");
    size_t rank = json_array_size(shape);
    if (!json_is_array(shape) || rank < 1 || rank > 2) {
        return refuse(r, entry->name, "has a shape that is neither a vector nor a matrix");
    }
    entry->rank = (int)rank;
    entry->rows = 1;
    bool good = rank == 1 || read_size(shape, 0, &entry->rows);
    if (!good || !read_size(shape, rank - 1, &entry->cols) || entry->rows < 1 || entry->cols < 1) {
        return refuse(r, entry->name, "has a shape that is not of whole numbers from 1 on");
    }
    return STATUS_OK;
}

/* Offsets within the file, of as many bytes as the shape says. */
static enum status read_offsets(const struct reader *r, const json_t *object, struct entry *entry) {
    const json_t *offsets = json_object_get(object, "data_offsets");
    if (json_array_size(offsets) != 2 || !read_size(offsets, 0, &entry->begin) ||
        !read_size(offsets, 1, &entry->end)) {
        return refuse(r, entry->name, "has no 'data_offsets' of two whole numbers");
    }
    if (entry->begin > entry->end || entry->end > r->length) {
        return error_set(r->error, STATUS_INPUT, "%s: tensor '%s' lies at bytes %zu to %zu of %zu",
                         r->file, entry->name, entry->begin, entry->end, r->length);
    }
    size_t bytes = entry->end - entry->begin, width = entry->dtype->width;
    size_t numbers = bytes % width == 0 ? bytes / width : 0;
    bool fits = entry->cols > 0 && entry->rows <= numbers / entry->cols &&
                entry->rows * entry->cols == numbers;
    return fits ? STATUS_OK
                : refuse(r, entry->name, "does not take as many bytes as its shape says");
}

static enum status read_entry(const struct reader *r, const json_t *object, struct entry *entry) {
    if (!json_is_object(object)) {
        return refuse(r, entry->name, "is not described by an object");
    }
    entry->dtype = read_dtype(r, object, entry->name);
    if (!entry->dtype) {
        return r->error->status;
    }
    enum status status = read_shape(r, object, entry);
    return status == STATUS_OK ? read_offsets(r, object, entry) : status;
}

static int by_offset(const void *a, const void *b) {
    const struct entry *first = a, *second = b;
    if (first->begin != second->begin) {
        return first->begin < second->begin ? -1 : 1;
    }
    return first->end < second->end ? -1 : first->end > second->end;
}

/* No gap, no byte that is shared. */
static enum status check_order(const struct reader *r, struct entry *entries, size_t count) {
    size_t at = 0;
    qsort(entries, count, sizeof *entries, by_offset);
    for (size_t i = 0; i < count; i++) {
        if (entries[i].begin != at) {
            return refuse(r, entries[i].name,
                          entries[i].begin < at ? "shares bytes with another"
                                                : "does not begin where the one before it ends");
        }
        at = entries[i].end;
    }
    return at == r->length
               ? STATUS_OK
               : error_set(r->error, STATUS_INPUT, "%s: %zu bytes at the end belong to no tensor",
                           r->file, r->length - at);
}

/* ---- the numbers ---- */

static enum status read_numbers(const struct reader *r, const struct entry *entry,
                                struct tensors *tensors) {
    struct tensor *tensor =
        tensors_add(tensors, entry->name, entry->rank, entry->rows, entry->cols, r->error);
    if (!tensor) {
        return r->error->status;
    }
    const struct dtype *dtype = entry->dtype;
    for (size_t n = 0; n < entry->rows * entry->cols; n++) {
        tensor->values[n] = dtype->read(r->data + entry->begin + n * dtype->width);
    }
    return tensor_check(tensor, r->file, r->error);
}

static enum status read_entries(const struct reader *r, json_t *header, struct entry *entries,
                                struct tensors *tensors) {
    size_t count = 0;
    const char *name;
    json_t *object;
    json_object_foreach(header, name, object) {
        if (strcmp(name, "__metadata__") == 0) {
            continue;
        }
        entries[count] = (struct entry){.name = name};
        enum status status = read_entry(r, object, &entries[count]);
        if (status != STATUS_OK) {
            return status;
        }
        count++;
    }
    enum status status = check_order(r, entries, count);
    for (size_t i = 0; i < count && status == STATUS_OK; i++) {
        status = read_numbers(r, &entries[i], tensors);
    }
    return status;
}

static enum status read_header(const struct reader *r, const char *bytes, size_t length,
                               struct tensors *tensors) {
    json_error_t fault;
    json_t *header =
        *bytes == '{' ? json_loadb(bytes, length, JSON_REJECT_DUPLICATES, &fault) : NULL;
    if (!header) {
        return error_set(r->error, STATUS_INPUT, "%s: the header is no JSON object: %s", r->file,
                         *bytes == '{' ? fault.text : "it does not begin with '{'");
    }
    size_t count = json_object_size(header);
    struct entry *entries = memory_array(count, sizeof *entries);
    enum status status =
        entries ? read_entries(r, header, entries, tensors) : error_memory(r->error);
    free(entries);
    json_decref(header);
    return status;
}

enum status safetensors_read(const char *bytes, size_t length, const char *file,
                             struct tensors *tensors, struct error *error) {
    uint64_t header = 0;
    for (size_t i = LENGTH_BYTES; i-- > 0 && length > LENGTH_BYTES;) {
        header = header << 8 | (unsigned char)bytes[i];
    }
    if (length <= LENGTH_BYTES || header < 1 || header > length - LENGTH_BYTES) {
        return error_set(error, STATUS_INPUT,
                         "%s: this is no safetensors file: it is too short for its header", file);
    }
    if (header > HEADER_BYTES_MAX) {
        return error_set(error, STATUS_INPUT, "%s: the header is larger than %d bytes", file,
                         HEADER_BYTES_MAX);
    }
    struct reader reader = {.file = file,
                            .data = (const unsigned char *)bytes + LENGTH_BYTES + header,
                            .length = length - LENGTH_BYTES - (size_t)header,
                            .error = error};
    enum status status = read_header(&reader, bytes + LENGTH_BYTES, (size_t)header, tensors);
    if (status != STATUS_OK) {
        tensors_free(tensors);
    }
    return status;
}

/* ---- writing ---- */

/* The header is padded with blanks, so that the numbers lie on multiples of 8 bytes. */
static void put_header(struct text *out, const struct tensors *tensors) {
    size_t at = 0;
    text_put(out, "{\"__metadata__\":{\"format\":\"pt\"}");
    for (size_t i = 0; i < tensors->count; i++) {
        const struct tensor *tensor = &tensors->list[i];
        size_t end = at + tensor->rows * tensor->cols * sizeof(double);
        text_put(out, ",");
        json_put_string(out, tensor->name);
        text_put(out, ":{\"dtype\":\"F64\",\"shape\":[");
        if (tensor->rank == 2) {
            text_printf(out, "%zu,", tensor->rows);
        }
        text_printf(out, "%zu],\"data_offsets\":[%zu,%zu]}", tensor->cols, at, end);
        at = end;
    }
    text_put(out, "}");
    text_put_repeat(out, " ", (8 - out->length % 8) % 8);
}

enum status safetensors_write(struct text *out, const struct tensors *tensors,
                              struct error *error) {
    struct text header = TEXT_EMPTY;
    put_header(&header, tensors);
    if (header.length > HEADER_BYTES_MAX) {
        text_free(&header);
        return error_set(error, STATUS_INPUT, "so many layers have too large a header");
    }
    for (size_t i = 0; i < LENGTH_BYTES; i++) {
        text_put_char(out, (char)(unsigned char)((uint64_t)header.length >> (8 * i) & 0xFF));
    }
    text_put_bytes(out, text_string(&header), header.length);
    for (size_t i = 0; i < tensors->count; i++) {
        const struct tensor *tensor = &tensors->list[i];
        for (size_t n = 0; n < tensor->rows * tensor->cols; n++) {
            text_put_f64(out, tensor->values[n]);
        }
    }
    bool failed = header.failed || out->failed;
    text_free(&header);
    return failed ? error_memory(error) : STATUS_OK;
}
