/*
 * out/npy.c - one array in NumPy's own format.
 *
 * A file is "\x93NUMPY", a version, the length of the header, the header, and the
 * numbers. The header is a Python dictionary of three entries, in any order:
 * {'descr': '<f8', 'fortran_order': False, 'shape': (2, 3), }. No more of Python than
 * that is read.
 */
#include <string.h>

#include "base/ascii.h"
#include "out/tensor.h"

enum { MAGIC_BYTES = 6, ALIGNMENT = 64 };

static const char magic[] = "\x93NUMPY";

struct header {
    char byte_order; /* '<' or '>' */
    size_t width;    /* 4 or 8 bytes a number */
    bool columns;    /* the numbers stand column by column */
    int rank;
    size_t shape[2];
};

/* ---- the dictionary ---- */

struct scanner {
    const char *at, *end;
};

static void skip_blanks(struct scanner *s) {
    while (s->at < s->end && (ascii_is_blank(*s->at) || *s->at == '\n')) {
        s->at++;
    }
}

/* Past this character, and blanks around it; false where another one stands. */
static bool take(struct scanner *s, char c) {
    skip_blanks(s);
    if (s->at == s->end || *s->at != c) {
        return false;
    }
    s->at++;
    skip_blanks(s);
    return true;
}

static bool take_word(struct scanner *s, const char *word) {
    size_t length = strlen(word);
    if ((size_t)(s->end - s->at) < length || memcmp(s->at, word, length) != 0) {
        return false;
    }
    s->at += length;
    return true;
}

/* A short string in quotes of either kind. */
static bool take_string(struct scanner *s, char string[32]) {
    skip_blanks(s);
    char quote = s->at < s->end ? *s->at : '\0';
    if (quote != '\'' && quote != '"') {
        return false;
    }
    size_t length = 0;
    for (s->at++; s->at < s->end && *s->at != quote; s->at++) {
        if (length == 31) {
            return false;
        }
        string[length++] = *s->at;
    }
    string[length] = '\0';
    return take(s, quote);
}

static bool take_size(struct scanner *s, size_t *value) {
    const char *from = s->at;
    *value = 0;
    for (; s->at < s->end && ascii_is_digit(*s->at); s->at++) {
        if (*value > TENSOR_NUMBERS_MAX) {
            return false;
        }
        *value = *value * 10 + (size_t)(*s->at - '0');
    }
    return s->at > from;
}

/* "(3,)" or "(2, 3)" */
static bool take_shape(struct scanner *s, struct header *header) {
    header->rank = 0;
    if (!take(s, '(')) {
        return false;
    }
    while (!take(s, ')')) {
        size_t *size = &header->shape[header->rank < 2 ? header->rank : 1];
        if (header->rank == 2 || !take_size(s, size) || *size < 1) {
            return false;
        }
        header->rank++;
        skip_blanks(s);
        if (!take(s, ',') && (s->at == s->end || *s->at != ')')) {
            return false;
        }
    }
    return header->rank > 0;
}

static enum status refuse(const char *file, struct error *error, const char *why) {
    return error_set(error, STATUS_INPUT, "%s: %s", file, why);
}

static enum status take_type(struct scanner *s, struct header *header, const char *file,
                             struct error *error) {
    char type[32];
    if (!take_string(s, type)) {
        return refuse(file, error, "the header has no type of numbers that can be read");
    }
    bool known = (type[0] == '<' || type[0] == '>') && type[1] == 'f' &&
                 (type[2] == '4' || type[2] == '8') && type[3] == '\0';
    if (!known) {
        return error_set(error, STATUS_INPUT,
                         "%s: it holds numbers of type '%s': float32 and float64 can be read", file,
                         type);
    }
    header->byte_order = type[0];
    header->width = (size_t)(type[2] - '0');
    return STATUS_OK;
}

/* One entry; `*seen` has a bit for each of the three. */
static enum status take_entry(struct scanner *s, struct header *header, unsigned *seen,
                              const char *file, struct error *error) {
    char key[32];
    if (!take_string(s, key) || !take(s, ':')) {
        return refuse(file, error, "the header is no dictionary");
    }
    if (strcmp(key, "descr") == 0) {
        *seen |= 1;
        return take_type(s, header, file, error);
    }
    if (strcmp(key, "fortran_order") == 0) {
        *seen |= 2;
        header->columns = take_word(s, "True");
        return header->columns || take_word(s, "False")
                   ? STATUS_OK
                   : refuse(file, error, "'fortran_order' is neither True nor False");
    }
    if (strcmp(key, "shape") == 0) {
        *seen |= 4;
        return take_shape(s, header) ? STATUS_OK
                                     : refuse(file, error,
                                              "the shape is neither that of a vector nor of a "
                                              "matrix");
    }
    return error_set(error, STATUS_INPUT, "%s: '%s' is no entry of a header", file, key);
}

static enum status read_header(struct scanner s, struct header *header, const char *file,
                               struct error *error) {
    unsigned seen = 0;
    enum status status =
        take(&s, '{') ? STATUS_OK : refuse(file, error, "the header is no dictionary");
    while (status == STATUS_OK && !take(&s, '}')) {
        status = take_entry(&s, header, &seen, file, error);
        if (status == STATUS_OK && !take(&s, ',') && (s.at == s.end || *s.at != '}')) {
            status = refuse(file, error, "the header is no dictionary");
        }
    }
    if (status == STATUS_OK && (seen != 7 || s.at != s.end)) {
        status = refuse(file, error, "the header is not one of type, order and shape");
    }
    return status;
}

/* ---- the numbers ---- */

static double number_at(const unsigned char *bytes, const struct header *header) {
    unsigned char turned[8];
    for (size_t i = 0; i < header->width && header->byte_order == '>'; i++) {
        turned[i] = bytes[header->width - 1 - i];
    }
    bytes = header->byte_order == '>' ? turned : bytes;
    return header->width == 4 ? number_from_f32(bytes) : number_from_f64(bytes);
}

static enum status read_numbers(const unsigned char *bytes, size_t length,
                                const struct header *header, const char *file,
                                struct tensors *tensors, struct error *error) {
    size_t rows = header->rank == 2 ? header->shape[0] : 1;
    size_t cols = header->shape[header->rank - 1];
    size_t width = header->width;
    size_t numbers = width > 0 && length % width == 0 ? length / width : 0;
    if (cols == 0 || rows > numbers / cols || rows * cols != numbers) {
        return error_set(error, STATUS_INPUT,
                         "%s: %zu bytes of numbers are not what its shape says", file, length);
    }
    struct tensor *tensor = tensors_add(tensors, "", header->rank, rows, cols, error);
    if (!tensor) {
        return error->status;
    }
    for (size_t i = 0; i < rows; i++) {
        for (size_t j = 0; j < cols; j++) {
            size_t at = header->columns ? j * rows + i : i * cols + j;
            tensor->values[i * cols + j] = number_at(bytes + at * header->width, header);
        }
    }
    return tensor_check(tensor, file, error);
}

enum status npy_read(const char *bytes, size_t length, const char *file, struct tensors *tensors,
                     struct error *error) {
    const unsigned char *raw = (const unsigned char *)bytes;
    size_t start = MAGIC_BYTES + 2 + (length > MAGIC_BYTES && raw[MAGIC_BYTES] > 1 ? 4 : 2);
    if (length < start || memcmp(bytes, magic, MAGIC_BYTES) != 0) {
        return refuse(file, error, "this is no .npy file");
    }
    unsigned version = raw[MAGIC_BYTES];
    if (version < 1 || version > 3) {
        return error_set(error, STATUS_INPUT, "%s: version %u of .npy cannot be read", file,
                         version);
    }
    size_t header_length = 0;
    for (size_t i = start; i-- > MAGIC_BYTES + 2;) {
        header_length = header_length << 8 | raw[i];
    }
    if (header_length > length - start) {
        return refuse(file, error, "it ends within its header");
    }
    struct header header = {0};
    struct scanner scanner = {bytes + start, bytes + start + header_length};
    enum status status = read_header(scanner, &header, file, error);
    size_t data = start + header_length;
    return status == STATUS_OK
               ? read_numbers(raw + data, length - data, &header, file, tensors, error)
               : status;
}

/* ---- writing ---- */

void npy_write(struct text *out, const struct tensor *tensor) {
    struct text header = TEXT_EMPTY;
    text_put(&header, "{'descr': '<f8', 'fortran_order': False, 'shape': (");
    if (tensor->rank == 2) {
        text_printf(&header, "%zu, %zu), }", tensor->rows, tensor->cols);
    } else {
        text_printf(&header, "%zu,), }", tensor->cols);
    }
    size_t before = MAGIC_BYTES + 4; /* and a newline at the end */
    text_put_repeat(&header, " ",
                    (ALIGNMENT - (before + header.length + 1) % ALIGNMENT) % ALIGNMENT);
    text_put(&header, "\n");
    text_put_bytes(out, magic, MAGIC_BYTES);
    text_put_bytes(out, "\x01\x00", 2);
    text_put_char(out, (char)(unsigned char)(header.length & 0xFF));
    text_put_char(out, (char)(unsigned char)(header.length >> 8));
    text_put_bytes(out, text_string(&header), header.length);
    for (size_t n = 0; n < tensor->rows * tensor->cols; n++) {
        text_put_f64(out, tensor->values[n]);
    }
    out->failed = out->failed || header.failed;
    text_free(&header);
}
