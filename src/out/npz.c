/*
 * out/npz.c - several arrays in a zip file, as NumPy's savez() writes them. The zip
 * itself is libzip's work.
 */
#include <stdlib.h>
#include <string.h>
#include <zip.h>

#include "out/tensor.h"

enum { NAME_MAX_BYTES = 1000 };

/* What a file's numbers, their headers and a little more may take. */
static const zip_uint64_t bytes_max = (zip_uint64_t)TENSOR_NUMBERS_MAX * 8 + 65536;

static enum status refuse_zip(const char *file, zip_error_t *fault, struct error *error) {
    return error_set(error, STATUS_INPUT, "%s: %s", file, zip_error_strerror(fault));
}

/* ---- reading ---- */

/* The bytes of an entry. They are taken piece by piece: what the zip says of their
 * number need not be true. */
static enum status unpack(zip_t *zip, zip_uint64_t index, const char *file, struct text *bytes,
                          struct error *error) {
    zip_file_t *entry = zip_fopen_index(zip, index, 0);
    if (!entry) {
        return refuse_zip(file, zip_get_error(zip), error);
    }
    char buffer[65536];
    zip_int64_t got;
    while ((got = zip_fread(entry, buffer, sizeof buffer)) > 0 && !bytes->failed &&
           bytes->length <= bytes_max) {
        text_put_bytes(bytes, buffer, (size_t)got);
    }
    enum status status = STATUS_OK;
    if (got < 0) {
        status = refuse_zip(file, zip_file_get_error(entry), error);
    } else if (bytes->failed) {
        status = error_memory(error);
    } else if (bytes->length > bytes_max) {
        status = error_set(error, STATUS_INPUT, "%s: it is too large when unpacked", file);
    }
    zip_fclose(entry);
    return status;
}

/* "W0.npy" is the array "W0". */
static enum status read_entry(zip_t *zip, zip_uint64_t index, const char *file,
                              struct tensors *tensors, struct error *error) {
    const char *path = zip_get_name(zip, index, 0);
    size_t length = path ? strlen(path) : 0;
    if (length <= 4 || length > NAME_MAX_BYTES || strcmp(path + length - 4, ".npy") != 0) {
        return error_set(error, STATUS_INPUT, "%s: '%s' in it is no .npy file", file,
                         path ? path : "");
    }
    struct text name = TEXT_EMPTY, where = TEXT_EMPTY, bytes = TEXT_EMPTY;
    text_put_bytes(&name, path, length - 4);
    text_printf(&where, "%s: %s", file, path);
    enum status status = unpack(zip, index, file, &bytes, error);
    if (status == STATUS_OK && zip_name_locate(zip, path, 0) != (zip_int64_t)index) {
        status = error_set(error, STATUS_INPUT, "%s: '%s' is in it twice", file, path);
    }
    if (status == STATUS_OK) {
        status = npy_read(text_string(&bytes), bytes.length, text_string(&where), tensors, error);
    }
    if (status == STATUS_OK) {
        struct tensor *tensor = &tensors->list[tensors->count - 1];
        free(tensor->name);
        tensor->name = name.bytes;
        name = TEXT_EMPTY;
        status = tensor->name ? STATUS_OK : error_memory(error);
    }
    text_free(&name);
    text_free(&where);
    text_free(&bytes);
    return status;
}

enum status npz_read(const char *bytes, size_t length, const char *file, struct tensors *tensors,
                     struct error *error) {
    zip_error_t fault;
    zip_error_init(&fault);
    zip_source_t *source = zip_source_buffer_create(bytes, length, 0, &fault);
    zip_t *zip = source ? zip_open_from_source(source, ZIP_RDONLY | ZIP_CHECKCONS, &fault) : NULL;
    if (!zip) {
        refuse_zip(file, &fault, error);
        zip_source_free(source);
        zip_error_fini(&fault);
        return error->status;
    }
    enum status status = STATUS_OK;
    zip_int64_t count = zip_get_num_entries(zip, 0);
    for (zip_int64_t i = 0; i < count && status == STATUS_OK; i++) {
        status = read_entry(zip, (zip_uint64_t)i, file, tensors, error);
    }
    zip_discard(zip);
    zip_error_fini(&fault);
    if (status != STATUS_OK) {
        tensors_free(tensors);
    }
    return status;
}

/* ---- writing ---- */

/* Uncompressed, with a fixed time: the same arrays give the same bytes. */
static bool add_entry(zip_t *zip, const struct tensor *tensor) {
    struct text bytes = TEXT_EMPTY, name = TEXT_EMPTY;
    npy_write(&bytes, tensor);
    text_printf(&name, "%s.npy", tensor->name);
    zip_source_t *source =
        bytes.failed || name.failed ? NULL : zip_source_buffer(zip, bytes.bytes, bytes.length, 1);
    zip_int64_t index =
        source ? zip_file_add(zip, text_string(&name), source, ZIP_FL_ENC_UTF_8) : -1;
    if (source && index < 0) {
        zip_source_free(source); /* and the bytes with it */
    } else if (!source) {
        text_free(&bytes);
    }
    text_free(&name);
    enum { YEAR_1980 = (0 << 9) | (1 << 5) | 1 };
    return index >= 0 && zip_set_file_compression(zip, (zip_uint64_t)index, ZIP_CM_STORE, 0) == 0 &&
           zip_file_set_dostime(zip, (zip_uint64_t)index, 0, YEAR_1980, 0) == 0;
}

/* Everything that the source has been written. */
static bool take_bytes(zip_source_t *source, struct text *out) {
    if (zip_source_open(source) != 0) {
        return false;
    }
    char buffer[65536];
    zip_int64_t got;
    while ((got = zip_source_read(source, buffer, sizeof buffer)) > 0) {
        text_put_bytes(out, buffer, (size_t)got);
    }
    zip_source_close(source);
    return got == 0 && !out->failed;
}

enum status npz_write(struct text *out, const struct tensors *tensors, struct error *error) {
    zip_source_t *source = zip_source_buffer_create(NULL, 0, 0, NULL);
    if (!source) {
        return error_memory(error);
    }
    zip_source_keep(source); /* beyond the zip's end, to read it */
    zip_t *zip = zip_open_from_source(source, ZIP_CREATE | ZIP_TRUNCATE, NULL);
    if (!zip) {
        zip_source_free(source); /* what the zip would have taken */
    }
    bool good = zip != NULL;
    for (size_t i = 0; i < tensors->count && good; i++) {
        good = add_entry(zip, &tensors->list[i]);
    }
    if (zip && (!good || zip_close(zip) != 0)) {
        zip_discard(zip);
        good = false;
    }
    good = good && take_bytes(source, out);
    zip_source_free(source);
    return good ? STATUS_OK : error_memory(error);
}
