/*
 * out/npz.c - several arrays in a zip file, as NumPy's savez() writes them. The zip
 * itself is minizip's work: a small library, since every library is loaded at every start
 * of the program, and the larger ones for zip bring one for encryption along, which takes
 * longer to load than all the rest.
 *
 * minizip reads and writes by functions that it is given; here these are of a zip that
 * lies in memory.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>
#include <minizip/unzip.h>
#include <minizip/zip.h>

#include "base/memory.h"
#include "out/tensor.h"

enum { NAME_MAX_BYTES = 1000, FLAG_ENCRYPTED = 1, FLAG_UTF8 = 1 << 11 };

/* What a file's numbers, their headers and a little more may take. */
static const size_t bytes_max = (size_t)TENSOR_NUMBERS_MAX * 8 + 65536;

/* ---- a zip in memory ---- */

struct memory {
    const char *bytes; /* that are read, */
    size_t length, at;
    struct text *out; /* or written; NULL: they are only read */
};

static voidpf memory_opened(voidpf opaque, const void *name, int mode) {
    (void)name;
    (void)mode;
    return opaque;
}

static uLong memory_read(voidpf opaque, voidpf stream, void *bytes, uLong count) {
    struct memory *memory = stream;
    (void)opaque;
    const char *from = memory->out ? text_string(memory->out) : memory->bytes;
    size_t length = memory->out ? memory->out->length : memory->length;
    size_t left = memory->at < length ? length - memory->at : 0;
    size_t taken = count < left ? count : left;
    if (taken > 0) {
        memcpy(bytes, from + memory->at, taken);
    }
    memory->at += taken;
    return (uLong)taken;
}

/* Over what is there already, or behind it. Where memory is short it goes on as if nothing
 * were amiss, and npz_write() says so in the end: minizip loses memory of its own where
 * the head of an entry could not be written. */
static uLong memory_write(voidpf opaque, voidpf stream, const void *bytes, uLong count) {
    struct memory *memory = stream;
    (void)opaque;
    struct text *out = memory->out;
    if (out && out->failed) {
        memory->at += count;
        return count;
    }
    if (!out || memory->at > out->length) {
        return 0;
    }
    size_t over = out->length - memory->at;
    over = over < count ? over : count;
    if (over > 0) {
        memcpy(out->bytes + memory->at, bytes, over);
    }
    text_put_bytes(out, (const char *)bytes + over, count - over);
    memory->at += count;
    return count;
}

static ZPOS64_T memory_tell(voidpf opaque, voidpf stream) {
    const struct memory *memory = stream;
    (void)opaque;
    return memory->at;
}

static long memory_seek(voidpf opaque, voidpf stream, ZPOS64_T offset, int origin) {
    struct memory *memory = stream;
    (void)opaque;
    size_t length = memory->out ? memory->out->length : memory->length;
    size_t from = origin == ZLIB_FILEFUNC_SEEK_SET   ? 0
                  : origin == ZLIB_FILEFUNC_SEEK_CUR ? memory->at
                                                     : length;
    if (offset > length - from) {
        return -1;
    }
    memory->at = from + (size_t)offset;
    return 0;
}

static int memory_closed(voidpf opaque, voidpf stream) {
    (void)opaque;
    (void)stream;
    return 0;
}

static int memory_fault(voidpf opaque, voidpf stream) {
    const struct memory *memory = stream;
    (void)opaque;
    return memory->out && memory->out->failed;
}

static zlib_filefunc64_def functions_of(struct memory *memory) {
    return (zlib_filefunc64_def){.zopen64_file = memory_opened,
                                 .zread_file = memory_read,
                                 .zwrite_file = memory_write,
                                 .ztell64_file = memory_tell,
                                 .zseek64_file = memory_seek,
                                 .zclose_file = memory_closed,
                                 .zerror_file = memory_fault,
                                 .opaque = memory};
}

/* ---- reading ---- */

/* The bytes of the present entry. They are taken piece by piece: what the zip says of
 * their number need not be true. */
static enum status unpack(unzFile zip, const char *where, struct text *bytes, struct error *error) {
    char buffer[65536];
    int got = unzOpenCurrentFile(zip);
    if (got == UNZ_OK) {
        while ((got = unzReadCurrentFile(zip, buffer, sizeof buffer)) > 0 && !bytes->failed &&
               bytes->length <= bytes_max) {
            text_put_bytes(bytes, buffer, (size_t)got);
        }
    }
    int closed = unzCloseCurrentFile(zip);
    if (bytes->failed) {
        return error_memory(error);
    }
    if (bytes->length > bytes_max) {
        return error_set(error, STATUS_INPUT, "%s: it is too large when unpacked", where);
    }
    if (got == 0 && closed == UNZ_CRCERROR) {
        return error_set(error, STATUS_INPUT, "%s: its checksum is wrong", where);
    }
    return got == 0 && closed == UNZ_OK
               ? STATUS_OK
               : error_set(error, STATUS_INPUT, "%s: it cannot be unpacked", where);
}

static int by_name(const void *a, const void *b) {
    return strcmp(*(char *const *)a, *(char *const *)b);
}

/* No name twice. */
static enum status check_names(const struct tensors *tensors, const char *file,
                               struct error *error) {
    const char **names = memory_array(tensors->count, sizeof *names);
    if (!names && tensors->count > 0) {
        return error_memory(error);
    }
    for (size_t n = 0; n < tensors->count; n++) {
        names[n] = tensors->list[n].name;
    }
    enum status status = STATUS_OK;
    if (tensors->count > 1) {
        qsort(names, tensors->count, sizeof *names, by_name);
    }
    for (size_t n = 1; n < tensors->count && status == STATUS_OK; n++) {
        if (strcmp(names[n - 1], names[n]) == 0) {
            status = error_set(error, STATUS_INPUT, "%s: '%s.npy' is in it twice", file, names[n]);
        }
    }
    free(names);
    return status;
}

/* "W0.npy" is the array "W0". */
static enum status read_array(unzFile zip, const char *path, const char *file,
                              struct tensors *tensors, struct error *error) {
    size_t length = strlen(path) - strlen(".npy");
    struct text name = TEXT_EMPTY, where = TEXT_EMPTY, bytes = TEXT_EMPTY;
    text_put_bytes(&name, path, length);
    text_printf(&where, "%s: %s", file, path);
    enum status status = unpack(zip, text_string(&where), &bytes, error);
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

static enum status read_entry(unzFile zip, const char *file, struct tensors *tensors,
                              struct error *error) {
    char path[NAME_MAX_BYTES + sizeof ".npy"] = "";
    unz_file_info64 info;
    if (unzGetCurrentFileInfo64(zip, &info, path, sizeof path, NULL, 0, NULL, 0) != UNZ_OK) {
        return error_set(error, STATUS_INPUT, "%s: its list of files is damaged", file);
    }
    size_t length = strlen(path);
    bool whole = info.size_filename < sizeof path && length == info.size_filename;
    if (!whole || length <= 4 || strcmp(path + length - 4, ".npy") != 0) {
        path[sizeof path - 1] = '\0';
        return error_set(error, STATUS_INPUT, "%s: '%s' in it is no .npy file", file, path);
    }
    if (info.flag & FLAG_ENCRYPTED) {
        return error_set(error, STATUS_INPUT, "%s: '%s' in it is encrypted", file, path);
    }
    return read_array(zip, path, file, tensors, error);
}

enum status npz_read(const char *bytes, size_t length, const char *file, struct tensors *tensors,
                     struct error *error) {
    struct memory memory = {.bytes = bytes, .length = length};
    zlib_filefunc64_def functions = functions_of(&memory);
    unzFile zip = unzOpen2_64("", &functions);
    unz_global_info64 all = {0};
    if (!zip || unzGetGlobalInfo64(zip, &all) != UNZ_OK) {
        if (zip) {
            unzClose(zip);
        }
        return error_set(error, STATUS_INPUT, "%s: this is no whole zip file", file);
    }
    enum status status = STATUS_OK;
    int there = all.number_entry > 0 ? unzGoToFirstFile(zip) : UNZ_END_OF_LIST_OF_FILE;
    while (there == UNZ_OK && status == STATUS_OK) {
        status = read_entry(zip, file, tensors, error);
        there = status == STATUS_OK ? unzGoToNextFile(zip) : UNZ_END_OF_LIST_OF_FILE;
    }
    if (there != UNZ_END_OF_LIST_OF_FILE) {
        status = error_set(error, STATUS_INPUT, "%s: its list of files is damaged", file);
    }
    unzClose(zip);
    status = status == STATUS_OK ? check_names(tensors, file, error) : status;
    if (status != STATUS_OK) {
        tensors_free(tensors);
    }
    return status;
}

/* ---- writing ---- */

/* Uncompressed, with a fixed time: the same arrays give the same bytes. */
static bool add_entry(zipFile zip, const struct tensor *tensor) {
    enum { YEAR_1980 = (1 << 21) | (1 << 16), STORED = 0 };
    struct text bytes = TEXT_EMPTY, name = TEXT_EMPTY;
    zip_fileinfo info = {.dosDate = YEAR_1980};
    npy_write(&bytes, tensor);
    text_printf(&name, "%s.npy", tensor->name);
    bool good = !bytes.failed && !name.failed &&
                zipOpenNewFileInZip4_64(zip, text_string(&name), &info, NULL, 0, NULL, 0, NULL,
                                        STORED, 0, 0, -MAX_WBITS, MAX_MEM_LEVEL, Z_DEFAULT_STRATEGY,
                                        NULL, 0, 0, FLAG_UTF8, 0) == ZIP_OK;
    if (good) {
        good = zipWriteInFileInZip(zip, text_string(&bytes), (unsigned)bytes.length) == ZIP_OK;
        good = zipCloseFileInZip(zip) == ZIP_OK && good;
    }
    text_free(&bytes);
    text_free(&name);
    return good;
}

enum status npz_write(struct text *out, const struct tensors *tensors, struct error *error) {
    struct text bytes = TEXT_EMPTY;
    struct memory memory = {.out = &bytes};
    zlib_filefunc64_def functions = functions_of(&memory);
    zipFile zip = zipOpen2_64("", APPEND_STATUS_CREATE, NULL, &functions);
    bool good = zip != NULL;
    for (size_t i = 0; i < tensors->count && good; i++) {
        good = add_entry(zip, &tensors->list[i]);
    }
    if (zip) {
        good = zipClose(zip, NULL) == ZIP_OK && good && !bytes.failed;
    }
    text_put_bytes(out, text_string(&bytes), good ? bytes.length : 0);
    text_free(&bytes);
    return good && !out->failed ? STATUS_OK : error_memory(error);
}
