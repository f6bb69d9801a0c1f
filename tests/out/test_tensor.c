/*
 * tests/out/test_tensor.c - files of weights: what is written is read back to the bit,
 * and what nobody should have written is refused, saying why.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/memory.h"
#include "nets.h"
#include "out/weights.h"

typedef enum status (*writer)(struct text *out, const struct tensors *tensors, struct error *error);
typedef enum status (*reader)(const char *bytes, size_t length, const char *file,
                              struct tensors *tensors, struct error *error);

static struct error error;

/* `bytes` must be refused with just this text. */
static void refuses(reader read, const char *bytes, size_t length, const char *text) {
    struct tensors tensors = {0};
    error = (struct error){0};
    /* a block of its own size, so that reading past it is seen */
    char *own = malloc(length ? length : 1);
    assert_non_null(own);
    memcpy(own, bytes, length);
    enum status status = read(own, length, "f", &tensors, &error);
    free(own);
    if (status == STATUS_OK || strcmp(error.text, text) != 0) {
        print_error("wanted: %s\n   got: %s\n", text, error.text);
    }
    assert_int_not_equal(status, STATUS_OK);
    assert_string_equal(error.text, text);
    tensors_free(&tensors);
}

static void reads(reader read, const struct text *bytes, struct tensors *tensors) {
    *tensors = (struct tensors){0};
    error = (struct error){0};
    assert_false(bytes->failed);
    enum status status = read(bytes->bytes, bytes->length, "f", tensors, &error);
    assert_string_equal(error.text, "");
    assert_int_equal(status, STATUS_OK);
}

static void assert_same(const struct tensor *a, const struct tensor *b, const char *name) {
    assert_string_equal(a->name, name);
    assert_int_equal(a->rank, b->rank);
    assert_int_equal(a->rows, b->rows);
    assert_int_equal(a->cols, b->cols);
    assert_memory_equal(a->values, b->values, a->rows * a->cols * sizeof *a->values);
}

/* Numbers with all their bits, and the odd ones. */
static void fill(struct tensors *tensors, struct random *random) {
    static const double odd[] = {-0.0, 0.0, 5e-324, -1.7976931348623157e308, 1.0 / 3};
    static const char *const names[] = {"W0", "b0", "a \"b\\ c", "x"};
    for (size_t t = 0; t < sizeof names / sizeof *names; t++) {
        int rank = t % 2 == 0 ? 2 : 1;
        size_t rows = rank == 2 ? 1 + random_below(random, 5) : 1;
        struct tensor *tensor =
            tensors_add(tensors, names[t], rank, rows, 1 + random_below(random, 5), NULL);
        assert_non_null(tensor);
        for (size_t n = 0; n < tensor->rows * tensor->cols; n++) {
            tensor->values[n] = random_below(random, 3) == 0 ? odd[random_below(random, 5)]
                                                             : nets_uniform(random, -9, 9);
        }
    }
}

/* Written and read, they are the same. The caller frees `back`. */
static void come_back(const struct tensors *tensors, writer write, reader read,
                      struct tensors *back) {
    struct text bytes = TEXT_EMPTY;
    assert_int_equal(write(&bytes, tensors, &error), STATUS_OK);
    reads(read, &bytes, back);
    assert_int_equal(back->count, tensors->count);
    for (size_t t = 0; t < tensors->count; t++) {
        assert_same(&back->list[t], &tensors->list[t], tensors->list[t].name);
    }
    text_free(&bytes);
}

static void test_round_trips(void **state) {
    (void)state;
    struct random random;
    random_seed(&random, 5);
    for (size_t n = 0; n < 20; n++) {
        struct tensors tensors = {0}, back;
        struct text bytes = TEXT_EMPTY, again = TEXT_EMPTY;
        fill(&tensors, &random);
        come_back(&tensors, safetensors_write, safetensors_read, &back);
        tensors_free(&back);
        come_back(&tensors, npz_write, npz_read, &back);
        assert_int_equal(npz_write(&bytes, &tensors, &error), STATUS_OK);
        assert_int_equal(npz_write(&again, &back, &error), STATUS_OK);
        assert_int_equal(again.length, bytes.length);
        assert_memory_equal(again.bytes, bytes.bytes, bytes.length);
        tensors_free(&back);
        text_free(&again);
        text_free(&bytes);
        csv_matrix_write(&bytes, &tensors.list[0]);
        reads(csv_matrix_read, &bytes, &back);
        assert_same(&back.list[0], &tensors.list[0], "");
        tensors_free(&back);
        text_free(&bytes);
        tensors_free(&tensors);
    }
}

/* ---- safetensors ---- */

static struct text safe(const char *header, size_t data) {
    struct text bytes = TEXT_EMPTY;
    size_t length = strlen(header);
    for (size_t i = 0; i < 8; i++) {
        text_put_char(&bytes, (char)((uint64_t)length >> (8 * i) & 0xFF));
    }
    text_put(&bytes, header);
    for (size_t i = 0; i < data; i++) {
        text_put_char(&bytes, '\0');
    }
    return bytes;
}

#define T(DTYPE, SHAPE, OFFSETS)                                                                   \
    "{\"dtype\":\"" DTYPE "\",\"shape\":[" SHAPE "],\"data_offsets\":[" OFFSETS "]}"

static void test_safetensors_refused(void **state) {
    (void)state;
    static const struct {
        const char *header;
        size_t data;
        const char *error;
    } rows[] = {
        {"{\"w\":" T("F64", "2", "0,16") "", 16,
         "f: the header is no JSON object: '}' expected near end of file"},
        {"[]", 0, "f: the header is no JSON object: it does not begin with '{'"},
        {"{\"w\":1}", 0, "f: tensor 'w' is not described by an object"},
        {"{\"w\":{}}", 0, "f: tensor 'w' has no 'dtype'"},
        {"{\"w\":" T("BF16", "2", "0,4") "}", 4,
         "f: tensor 'w' holds numbers of type 'BF16': F32 and F64 can be read"},
        {"{\"w\":" T("F32", "", "0,4") "}", 4,
         "f: tensor 'w' has a shape that is neither a vector nor a matrix"},
        {"{\"w\":" T("F32", "1,1,1", "0,4") "}", 4,
         "f: tensor 'w' has a shape that is neither a vector nor a matrix"},
        {"{\"w\":" T("F32", "0", "0,0") "}", 0,
         "f: tensor 'w' has a shape that is not of whole numbers from 1 on"},
        {"{\"w\":" T("F32", "-1", "0,4") "}", 4,
         "f: tensor 'w' has a shape that is not of whole numbers from 1 on"},
        {"{\"w\":" T("F32", "1.0", "0,4") "}", 4,
         "f: tensor 'w' has a shape that is not of whole numbers from 1 on"},
        {"{\"w\":" T("F32", "1", "0,4,8") "}", 4,
         "f: tensor 'w' has no 'data_offsets' of two whole numbers"},
        {"{\"w\":" T("F32", "1", "4,0") "}", 4, "f: tensor 'w' lies at bytes 4 to 0 of 4"},
        {"{\"w\":" T("F32", "1", "0,4") "}", 3, "f: tensor 'w' lies at bytes 0 to 4 of 3"},
        {"{\"w\":" T("F32", "9223372036854775807", "0,4") "}", 4,
         "f: tensor 'w' does not take as many bytes as its shape says"},
        {"{\"w\":" T("F32", "4294967296,4294967296", "0,4") "}", 4,
         "f: tensor 'w' does not take as many bytes as its shape says"},
        {"{\"w\":" T("F64", "1", "0,9") "}", 9,
         "f: tensor 'w' does not take as many bytes as its shape says"},
        {"{\"w\":" T("F32", "1", "0,4") ",\"v\":" T("F32", "2", "0,8") "}", 8,
         "f: tensor 'v' shares bytes with another"},
        {"{\"w\":" T("F32", "1", "4,8") "}", 8,
         "f: tensor 'w' does not begin where the one before it ends"},
        {"{\"w\":" T("F32", "1", "0,4") "}", 9, "f: 5 bytes at the end belong to no tensor"},
        {"{\"w\":" T("F32", "1", "0,4") ",\"w\":" T("F32", "1", "0,4") "}", 4,
         "f: the header is no JSON object: duplicate object key near '\"w\"'"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct text bytes = safe(rows[i].header, rows[i].data);
        refuses(safetensors_read, bytes.bytes, bytes.length, rows[i].error);
        text_free(&bytes);
    }
    refuses(safetensors_read, "", 0,
            "f: this is no safetensors file: it is too short for its header");
    refuses(safetensors_read, "\0\0\0\0\0\0\0\0{}", 10,
            "f: this is no safetensors file: it is too short for its header");
    refuses(safetensors_read, "\xff\xff\xff\xff\xff\xff\xff\xff{}", 10,
            "f: this is no safetensors file: it is too short for its header");
    refuses(safetensors_read, "\x03\0\0\0\0\0\0\0{}", 10,
            "f: this is no safetensors file: it is too short for its header");
}

/* Brackets without end, and NaN among the numbers. */
static void test_safetensors_odd(void **state) {
    (void)state;
    struct text deep = TEXT_EMPTY;
    text_put(&deep, "{\"w\":");
    text_put_repeat(&deep, "[", 100000);
    struct text bytes = safe(deep.bytes, 0);
    refuses(safetensors_read, bytes.bytes, bytes.length,
            "f: the header is no JSON object: maximum parsing depth reached near '['");
    text_free(&bytes);
    text_free(&deep);
    bytes = safe("{\"w\":" T("F32", "2,1", "0,8") "}", 4);
    text_put_bytes(&bytes, "\0\0\xc0\x7f", 4);
    refuses(safetensors_read, bytes.bytes, bytes.length, "f: 'w' holds NaN in row 2, column 1");
    text_free(&bytes);
    bytes = safe("{\"__metadata__\":{\"a\":\"b\"},\"w\":" T("F32", "1", "0,4") "}  ", 0);
    text_put_bytes(&bytes, "\0\0\x80\xbf", 4);
    struct tensors tensors;
    reads(safetensors_read, &bytes, &tensors);
    assert_int_equal(tensors.count, 1);
    assert_true(tensors.list[0].values[0] == -1);
    tensors_free(&tensors);
    text_free(&bytes);
}

/* ---- npy ---- */

static struct text npy(const char *header, const char *data, size_t length) {
    struct text bytes = TEXT_EMPTY;
    text_put_bytes(&bytes, "\x93NUMPY\x01\0", 8);
    text_put_char(&bytes, (char)strlen(header));
    text_put_char(&bytes, 0);
    text_put(&bytes, header);
    text_put_bytes(&bytes, data, length);
    return bytes;
}

static void test_npy_refused(void **state) {
    (void)state;
    static const struct {
        const char *header, *error;
    } rows[] = {
        {"", "f: the header is no dictionary"},
        {"{}", "f: the header is not one of type, order and shape"},
        {"{'descr': '<f8', 'fortran_order': False}",
         "f: the header is not one of type, order and shape"},
        {"{'descr': '<f8', 'fortran_order': False, 'shape': (1,)} x",
         "f: the header is not one of type, order and shape"},
        {"{'descr': '<f8' 'shape': (1,)}", "f: the header is no dictionary"},
        {"{'descr: '<f8'}", "f: the header is no dictionary"},
        {"{'descr': [('a', '<f8')]}", "f: the header has no type of numbers that can be read"},
        {"{'descr': '<i8'}", "f: it holds numbers of type '<i8': float32 and float64 can be read"},
        {"{'descr': '|O'}", "f: it holds numbers of type '|O': float32 and float64 can be read"},
        {"{'fortran_order': 0}", "f: 'fortran_order' is neither True nor False"},
        {"{'shape': ()}", "f: the shape is neither that of a vector nor of a matrix"},
        {"{'shape': (1, 1, 1)}", "f: the shape is neither that of a vector nor of a matrix"},
        {"{'shape': (0,)}", "f: the shape is neither that of a vector nor of a matrix"},
        {"{'shape': (-1,)}", "f: the shape is neither that of a vector nor of a matrix"},
        {"{'shape': (1", "f: the shape is neither that of a vector nor of a matrix"},
        {"{'shape': (99999999999999999999,)}",
         "f: the shape is neither that of a vector nor of a matrix"},
        {"{'author': 'me'}", "f: 'author' is no entry of a header"},
        {"{'descr': '<f8', 'fortran_order': False, 'shape': (2,)}",
         "f: 8 bytes of numbers are not what its shape says"},
        {"{'descr': '<f8', 'fortran_order': False, 'shape': (200000000, 200000000)}",
         "f: 8 bytes of numbers are not what its shape says"},
        {"{'descr': '<f8', 'fortran_order': False, 'shape': (1,)}",
         "f: holds Infinity in row 1, column 1"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct text bytes = npy(rows[i].header, "\0\0\0\0\0\0\xf0\x7f", 8);
        refuses(npy_read, bytes.bytes, bytes.length, rows[i].error);
        text_free(&bytes);
    }
    refuses(npy_read, "", 0, "f: this is no .npy file");
    refuses(npy_read, "\x93NUMPY\x01\0\x10", 9, "f: this is no .npy file");
    refuses(npy_read, "\x93NUMPY\x01\0\x10\0{}", 12, "f: it ends within its header");
    refuses(npy_read, "\x93NUMPY\x09\0\x02\0\0\0{}", 14, "f: version 9 of .npy cannot be read");
}

/* Either order of bytes and of rows, and version 2. */
static void test_npy_orders(void **state) {
    (void)state;
    struct tensors tensors;
    struct text bytes = npy("{'shape': (2,2), 'fortran_order':True, \"descr\": '>f4',}\n",
                            "\x3f\x80\0\0\x40\0\0\0\x40\x40\0\0\x40\x80\0\0", 16);
    reads(npy_read, &bytes, &tensors);
    assert_memory_equal(tensors.list[0].values, ((const double[]){1, 3, 2, 4}), 4 * sizeof(double));
    tensors_free(&tensors);
    text_free(&bytes);
    static const char two[] = "\x93NUMPY\x02\0\x37\0\0\0"
                              "{'descr': '<f4', 'fortran_order': False, 'shape': (1,)}\0\0\x80\x40";
    text_put_bytes(&bytes, two, sizeof two - 1);
    reads(npy_read, &bytes, &tensors);
    assert_int_equal(tensors.list[0].rank, 1);
    assert_true(tensors.list[0].values[0] == 4);
    tensors_free(&tensors);
    text_free(&bytes);
}

static void test_npz_refused(void **state) {
    (void)state;
    refuses(npz_read, "PK", 2, "f: this is no whole zip file");
    struct tensors tensors = {0};
    struct text bytes = TEXT_EMPTY;
    assert_non_null(tensors_add(&tensors, "x", 1, 1, 2, NULL));
    assert_int_equal(npz_write(&bytes, &tensors, &error), STATUS_OK);
    for (size_t length = 1; length < bytes.length; length += 7) { /* cut anywhere */
        struct tensors back = {0};
        assert_int_equal(npz_read(bytes.bytes, length, "f", &back, &error), STATUS_INPUT);
    }
    char *name = memchr(bytes.bytes, 'x', bytes.length);
    assert_non_null(name);
    name[5] ^= 1; /* within the array: its sum is wrong then */
    refuses(npz_read, bytes.bytes, bytes.length, "f: x.npy: its checksum is wrong");
    text_free(&bytes);
    tensors_free(&tensors);
}

static void test_csv_refused(void **state) {
    (void)state;
    refuses(csv_matrix_read, "", 0, "f:1:1: there is nothing in this file");
    refuses(csv_matrix_read, "1,2\n3\n", 6, "f:2:1: this line has 1 number, but the first has 2");
    refuses(csv_matrix_read, "1,a\n", 4, "f:1:3: 'a' is not a number");
    refuses(csv_matrix_read, "1,,2\n", 5, "f:1:3: a number is missing");
    refuses(csv_matrix_read, "1e999", 5, "f:1:1: '1e999' is too large for a number");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_round_trips),     cmocka_unit_test(test_safetensors_refused),
        cmocka_unit_test(test_safetensors_odd), cmocka_unit_test(test_npy_refused),
        cmocka_unit_test(test_npy_orders),      cmocka_unit_test(test_npz_refused),
        cmocka_unit_test(test_csv_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) ? 1 : 0;
}
