/*
 * tests/fuzz/fuzz_files.c - files of other programs, and the bytes of the terminal.
 */
#include <stdlib.h>
#include <string.h>

#include "fuzz.h"
#include "net/data.h"
#include "out/tensor.h"
#include "out/weights.h"
#include "term/keys.h"

void fuzz_csv(const char *bytes, size_t count) {
    struct error error = {0};
    struct dataset *data;
    if (data_from_csv(bytes, count, "fuzz.csv", 2, 1, NULL, 0, &(struct ask){0}, &data, &error) ==
        STATUS_OK) {
        dataset_drop(data);
    } else {
        fuzz_require(error.text[0] != '\0', "a failure says why");
    }
    struct tensors tensors = {0};
    error = (struct error){0};
    if (csv_matrix_read(bytes, count, "fuzz.csv", &tensors, &error) != STATUS_OK) {
        fuzz_require(error.text[0] != '\0', "a failure says why");
    }
    tensors_free(&tensors);
}

/* What a reader gave, as a network. */
static void match(enum status status, const struct error *error, struct tensors *tensors) {
    struct error unfit = {0};
    struct weights weights = {0};
    if (status != STATUS_OK) {
        fuzz_require(error->text[0] != '\0', "a failure says why");
    } else if (weights_match(&weights, tensors, "fuzz", &unfit) == STATUS_OK) {
        weights_free(&weights);
    } else {
        fuzz_require(unfit.text[0] != '\0', "a failure says why");
    }
    tensors_free(tensors);
}

void fuzz_safetensors(const char *bytes, size_t count) {
    struct tensors tensors = {0};
    struct error error = {0};
    enum status status = safetensors_read(bytes, count, "fuzz", &tensors, &error);
    match(status, &error, &tensors);
}

void fuzz_npy(const char *bytes, size_t count) {
    struct tensors tensors = {0};
    struct error error = {0};
    enum status status = npy_read(bytes, count, "fuzz", &tensors, &error);
    match(status, &error, &tensors);
}

void fuzz_npz(const char *bytes, size_t count) {
    struct tensors tensors = {0};
    struct error error = {0};
    enum status status = npz_read(bytes, count, "fuzz", &tensors, &error);
    match(status, &error, &tensors);
}

/* Bytes in pieces with time between them: a byte above 0xF7 is a pause. */
void fuzz_keys(const char *bytes, size_t count) {
    struct keys keys;
    keys_open(&keys, true);
    int64_t now = 0;
    for (size_t n = 0; n < count; n++) {
        unsigned char byte = (unsigned char)bytes[n];
        if (byte > 0xF7) {
            now += byte == 0xFF ? 10000 : 60;
        } else if (keys_room(&keys) > 0) {
            keys_push(&keys, bytes + n, 1, now);
        }
        struct event event;
        int wait;
        for (size_t m = 0; keys_next(&keys, now, &event, &wait); m++) {
            fuzz_require(m <= count, "every event takes bytes");
            fuzz_require(event.type != EVENT_NONE, "an event is something");
        }
    }
    keys_take(&keys, 3);
    keys_close(&keys);
}
