/*
 * lang/source_include.c - `include FILE`: the statements of the file take the place of the
 * line, each with the file that it stands in.
 *
 * A file lies in the folder of the scene or below it, whatever links and '..' say; a
 * relative path starts where the line that names it stands. The name of a built-in scene
 * is that scene; a built-in scene includes no others. What cannot be included stays as a
 * statement with a fault, so that it is an error where the scene comes to it, and no
 * sooner.
 */
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/memory.h"
#include "base/utf8.h"
#include "call.h"
#include "lang/builtin.h"
#include "lang/source.h"
#include "source_private.h"

enum { INCLUDE_DEPTH_MAX = 16, INCLUDES_MAX = 1000 };

/* A file that is being included, and that which includes it. */
struct chain {
    const struct chain *outer; /* NULL: it is the scene */
    const struct source *source;
    const char *folder; /* relative paths start here; NULL: the working folder */
    const char *real;   /* tells it from others: its path, or a built-in scene's name */
    size_t part, depth;
    bool builtin;
};

struct including {
    struct source *whole;
    struct statement *statements; /* what becomes of those of `whole` */
    size_t count, capacity, bytes;
    const char *root; /* all files lie here; NULL: the working folder */
    struct error *error;
};

/* The file that a statement includes; false where it is another command, or is not whole:
 * running it then tells what it lacks. */
static bool reads_include(const struct source *source, const struct statement *statement,
                          struct word *word) {
    struct call call = {.line = source->plain + statement->offset, .length = statement->length};
    struct word rest;
    return call_word(&call, word) && word_is(word, "include") && call_word(&call, word) &&
           word->length > 0 && !call_peek(&call, &rest);
}

static bool add(struct including *including, struct statement statement) {
    if (including->count == STATEMENTS_MAX) {
        error_set(including->error, STATUS_INPUT, "'%s' has more than %d statements",
                  including->whole->name, STATEMENTS_MAX);
        return false;
    }
    struct statement *statements = memory_grow(including->statements, including->count,
                                               &including->capacity, sizeof *statements);
    if (!statements) {
        error_memory(including->error);
        return false;
    }
    including->statements = statements;
    including->statements[including->count++] = statement;
    return true;
}

/* The statement stays, with what is wrong with the file that it names. */
static bool add_fault(struct including *including, struct statement statement,
                      const struct word *word, const struct error *why) {
    statement.fault = memory_array(1, sizeof *statement.fault);
    if (!statement.fault) {
        error_memory(including->error);
        return false;
    }
    error_at(statement.fault, word->column, utf8_length(word->bytes, word->length), "%s",
             why->text);
    bool good = add(including, statement);
    if (!good) {
        free(statement.fault);
    }
    return good;
}

/* ---- the file ---- */

/* "a.scene, b.scene, a.scene" */
static void put_round(struct text *out, const struct chain *chain, const char *real) {
    if (strcmp(chain->real, real) != 0) {
        put_round(out, chain->outer, real);
    }
    text_printf(out, "%s, ", chain->source->name);
}

static enum status refuse_round(const struct chain *chain, const char *name, const char *real,
                                struct error *error) {
    if (chain->depth == INCLUDE_DEPTH_MAX) {
        return error_set(error, STATUS_INPUT, "'%s' is included more than %d files deep", name,
                         INCLUDE_DEPTH_MAX);
    }
    for (const struct chain *at = chain; at; at = at->outer) {
        if (strcmp(at->real, real) == 0) {
            struct text round = TEXT_EMPTY;
            put_round(&round, chain, real);
            error_set(error, STATUS_INPUT, "'%s' would include itself without end: %s%s",
                      at->source->name, text_string(&round), at->source->name);
            text_free(&round);
            return STATUS_INPUT;
        }
    }
    return STATUS_OK;
}

/* Read a file of the scene's folder; `*real` is the caller's. */
static enum status open_file(const struct including *including, const struct chain *chain,
                             const char *path, struct source *part, char **real,
                             struct error *error) {
    struct text bytes = TEXT_EMPTY;
    *real = file_real(path);
    if (*real && !file_is_inside(path, including->root)) {
        return error_set(error, STATUS_INPUT,
                         "'%s' lies outside the scene's folder: what is included lies in it", path);
    }
    enum status status = *real ? refuse_round(chain, path, *real, error) : STATUS_OK;
    if (status == STATUS_OK) {           /* without a real path this says why */
        size_t taken = including->bytes; /* built-in scenes may have gone beyond */
        size_t left = taken < SOURCE_BYTES_MAX ? SOURCE_BYTES_MAX - taken : 0;
        status = file_read(path, left, &bytes, error);
    }
    if (status == STATUS_OK) {
        status = source_open(part, path, text_string(&bytes), bytes.length, error);
    }
    text_free(&bytes);
    return status;
}

static enum status open_builtin(const struct chain *chain, const char *name, struct source *part,
                                char **real, struct error *error) {
    const struct builtin *scene = builtin_scene_named(name);
    *real = string_copy(name);
    if (!scene) {
        error_set(error, STATUS_INPUT, "there is no built-in scene '%s'", name);
        source_suggest(name, error);
        return STATUS_INPUT;
    }
    if (!*real) {
        return error_memory(error);
    }
    enum status status = refuse_round(chain, name, *real, error);
    return status == STATUS_OK ? source_open(part, name, scene->text, scene->length, error)
                               : status;
}

/* The path that a line names, from where the program runs; NULL when memory is short. */
static char *path_of(const struct chain *chain, const struct word *word) {
    struct text path = TEXT_EMPTY;
    if (word->bytes[0] != '/' && chain->folder) {
        text_printf(&path, "%s/", chain->folder);
    } else if (word_is(word, "-")) {
        text_put(&path, "./"); /* a file, and no standard input */
    }
    text_put_bytes(&path, word->bytes, word->length);
    return path.bytes;
}

static enum status open_part(const struct including *including, struct chain *inner,
                             const struct word *word, struct source *part, char **real,
                             struct error *error) {
    const struct chain *chain = inner->outer;
    char *name = word_copy(word), *path = path_of(chain, word);
    enum status status = STATUS_MEMORY;
    *real = NULL;
    if (including->whole->part_count == INCLUDES_MAX) {
        status = error_set(error, STATUS_INPUT, "a scene includes at most %d files", INCLUDES_MAX);
    } else if (!name || !path) {
        error_memory(error);
    } else if (chain->builtin || builtin_scene_named(name)) {
        inner->builtin = true;
        status = open_builtin(chain, name, part, real, error);
    } else {
        status = open_file(including, chain, path, part, real, error);
        if (status == STATUS_IO && file_is_missing(path)) {
            source_suggest(name, error);
        }
        if (status != STATUS_OK && (!*real || file_is_inside(path, including->root))) {
            *part = (struct source){.name = path}; /* it may yet be mended */
            path = NULL;
        }
    }
    free(name);
    free(path);
    return status;
}

/* The whole takes the part over, all but its statements, or the name of what could not be
 * read; NULL when memory is short. */
static struct source *keep_part(struct including *including, struct source *part, char *folder) {
    struct source *whole = including->whole;
    struct source *parts = memory_resize(whole->parts, whole->part_count + 1, sizeof *parts);
    if (!parts) {
        return NULL;
    }
    whole->parts = parts;
    parts[whole->part_count] = *part;
    parts[whole->part_count].folder = folder;
    return &parts[whole->part_count++];
}

/* ---- the statements ---- */

static bool expand(struct including *including, const struct chain *chain);

/* False where all of it is over: memory is short, or there are too many statements. */
static bool include(struct including *including, const struct chain *chain,
                    struct statement statement, const struct word *word) {
    struct source part = {0};
    struct error why = {0};
    char *real = NULL;
    struct chain inner = {
        .outer = chain, .part = including->whole->part_count + 1, .depth = chain->depth + 1};
    enum status status = open_part(including, &inner, word, &part, &real, &why);
    if (status != STATUS_OK) {
        free(real);
        if (part.name && !keep_part(including, &part, NULL)) {
            source_close(&part);
        }
        return add_fault(including, statement, word, &why);
    }
    char *folder = inner.builtin ? NULL : file_folder(part.name);
    if (!real || !keep_part(including, &part, folder)) {
        error_memory(including->error);
        source_close(&part);
        free(folder);
        free(real);
        return false;
    }
    including->bytes += part.length;
    inner.source = &part; /* a copy: the array of parts may move */
    inner.folder = folder;
    inner.real = real;
    bool good = expand(including, &inner);
    struct source *kept = &including->whole->parts[inner.part - 1];
    free(kept->statements);
    kept->statements = NULL;
    kept->count = 0;
    free(real);
    return good;
}

static bool expand(struct including *including, const struct chain *chain) {
    const struct source *source = chain->source;
    for (size_t i = 0; i < source->count; i++) {
        struct statement statement = source->statements[i];
        struct word word;
        statement.part = chain->part;
        bool good = reads_include(source, &statement, &word)
                        ? include(including, chain, statement, &word)
                        : add(including, statement);
        if (!good) {
            return false;
        }
    }
    return true;
}

static bool includes_any(const struct source *source) {
    struct word word;
    for (size_t i = 0; i < source->count; i++) {
        if (reads_include(source, &source->statements[i], &word)) {
            return true;
        }
    }
    return false;
}

enum status source_include(struct source *source, bool builtin, struct error *error) {
    struct error unused = {0};
    if (!includes_any(source)) {
        return STATUS_OK;
    }
    char *folder = file_folder(source->name);
    char *real = builtin ? string_copy(source->name) : file_real(source->name);
    const struct source whole = *source;
    struct chain chain = {
        .source = &whole, .folder = folder, .real = real ? real : "", .builtin = builtin};
    struct including including = {
        .whole = source, .bytes = source->length, .root = folder, .error = error ? error : &unused};
    bool good = expand(&including, &chain);
    free(source->statements);
    source->statements = including.statements;
    source->count = including.count;
    enum status status = good ? STATUS_OK : including.error->status;
    if (!good) {
        source_close(source);
    }
    free(folder);
    free(real);
    return status;
}
