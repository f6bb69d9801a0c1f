/*
 * lang/source.c - from the bytes of a scene to statements with positions.
 */
#include "lang/source.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/memory.h"
#include "base/nearest.h"
#include "base/utf8.h"
#include "lang/builtin.h"
#include "lang/command.h"

static bool is_blank(char c) {
    return c == ' ' || c == '\t' || c == '\r';
}

/* ---- cutting ---- */

struct cutter {
    struct source *source;
    size_t capacity;
    struct error *error;
};

static bool cutter_add(struct cutter *cutter, size_t from, size_t to) {
    struct source *source = cutter->source;
    while (from < to && is_blank(source->plain[from])) {
        from++;
    }
    while (to > from && is_blank(source->plain[to - 1])) {
        to--;
    }
    if (from == to) {
        return true;
    }
    if (source->count == cutter->capacity) {
        size_t capacity = cutter->capacity ? cutter->capacity * 2 : 64;
        struct statement *statements =
            capacity > STATEMENTS_MAX ? NULL
                                      : memory_resize(source->statements, capacity,
                                                      sizeof *statements);
        if (!statements) {
            error_memory(cutter->error);
            return false;
        }
        source->statements = statements;
        cutter->capacity = capacity;
    }
    source->statements[source->count++] = (struct statement){from, to - from};
    return true;
}

/* Does the command at `from` take the rest of the line as it is? */
static bool takes_rest(const char *text, size_t from, size_t to) {
    size_t end = from;
    while (end < to && !is_blank(text[end])) {
        end++;
    }
    const struct command *command = command_named(text + from, end - from);
    return command && (command->flags & COMMAND_REST);
}

/* Where the statement that begins at `from` ends: at its ';', its '#', or `to`.
 * `*comment` says that the rest of the line is one. */
static size_t statement_end(const char *text, size_t from, size_t to, bool *comment) {
    size_t start = from;
    while (start < to && is_blank(text[start])) {
        start++;
    }
    bool rest = takes_rest(text, start, to);
    bool quoted = false;
    size_t brackets = 0;
    *comment = false;
    for (size_t at = start; at < to; at++) {
        char c = text[at];
        if (c == '#' && !quoted && (!rest || at == start || is_blank(text[at - 1]))) {
            *comment = true;
            return at;
        }
        if (rest) {
            continue;
        }
        if (c == '"') {
            quoted = !quoted;
        } else if (!quoted && (c == '[' || c == '(')) {
            brackets++;
        } else if (!quoted && (c == ']' || c == ')') && brackets > 0) {
            brackets--;
        } else if (!quoted && c == ';' && brackets == 0) {
            return at;
        }
    }
    return to;
}

static bool cut_line(struct cutter *cutter, size_t from, size_t to) {
    while (from < to) {
        bool comment;
        size_t end = statement_end(cutter->source->plain, from, to, &comment);
        if (!cutter_add(cutter, from, end)) {
            return false;
        }
        if (comment) {
            return true;
        }
        from = end + 1;
    }
    return true;
}

static bool cut_lines(struct cutter *cutter) {
    const struct source *source = cutter->source;
    size_t from = 0;
    while (from < source->length) {
        const char *end = memchr(source->plain + from, '\n', source->length - from);
        size_t to = end ? (size_t)(end - source->plain) : source->length;
        if (!cut_line(cutter, from, to)) {
            return false;
        }
        from = to + 1;
    }
    return true;
}

/* ---- what is no text ---- */

static void line_and_column(const char *text, size_t offset, size_t *line, size_t *column) {
    size_t start = 0;
    *line = 1;
    for (size_t at = 0; at < offset; at++) {
        if (text[at] == '\n') {
            (*line)++;
            start = at + 1;
        }
    }
    *column = utf8_length(text + start, offset - start) + 1;
}

static enum status refuse_byte(const struct source *source, size_t at, const char *what,
                               struct error *error) {
    size_t line, column;
    line_and_column(source->text, at, &line, &column);
    return error_set(error, STATUS_INPUT, "%s:%zu:%zu: byte 0x%02X %s; a scene is UTF-8 text",
                     source->name, line, column, (unsigned)(unsigned char)source->text[at], what);
}

static enum status check_text(const struct source *source, struct error *error) {
    size_t at = 0;
    while (at < source->length) {
        unsigned char byte = (unsigned char)source->text[at];
        uint32_t code_point = byte;
        size_t taken = byte < 0x80 ? 1 : utf8_decode(source->text + at, source->length - at,
                                                     &code_point);
        if (byte >= 0x80 && taken == 1) {
            return refuse_byte(source, at, "is not UTF-8", error);
        }
        if ((byte < 0x20 && byte != '\n' && byte != '\t' && byte != '\r') || byte == 0x7F) {
            return refuse_byte(source, at, "is a control character", error);
        }
        at += taken;
    }
    return STATUS_OK;
}

/* A line that ends in '\' goes on: the two bytes become blanks. */
static void join_lines(char *plain, size_t length) {
    for (size_t at = 0; at + 1 < length; at++) {
        if (plain[at] == '\\' && plain[at + 1] == '\n') {
            plain[at] = ' ';
            plain[at + 1] = ' ';
        } else if (at + 2 < length && plain[at] == '\\' && plain[at + 1] == '\r' &&
                   plain[at + 2] == '\n') {
            memset(plain + at, ' ', 3);
        }
    }
}

enum status source_open(struct source *source, const char *name, const char *text, size_t length,
                        struct error *error) {
    *source = (struct source){.name = string_copy(name),
                              .text = string_copy_bytes(text, length),
                              .plain = string_copy_bytes(text, length),
                              .length = length};
    enum status status = source->name && source->text && source->plain ? STATUS_OK
                                                                       : error_memory(error);
    if (status == STATUS_OK) {
        status = check_text(source, error);
    }
    if (status == STATUS_OK) {
        join_lines(source->plain, length);
        struct cutter cutter = {.source = source, .error = error};
        status = cut_lines(&cutter) ? STATUS_OK : STATUS_MEMORY;
    }
    if (status != STATUS_OK) {
        source_close(source);
    }
    return status;
}

void source_close(struct source *source) {
    free(source->name);
    free(source->text);
    free(source->plain);
    free(source->statements);
    *source = (struct source){0};
}

static const struct builtin_scene *find_builtin(const char *name) {
    for (size_t i = 0; i < builtin_scene_count; i++) {
        if (strcmp(builtin_scenes[i].name, name) == 0) {
            return &builtin_scenes[i];
        }
    }
    return NULL;
}

/* Where a plain word is no file, it was perhaps meant as a built-in scene. */
static void suggest_builtin(const char *name, struct error *error) {
    struct nearest nearest = nearest_to(name);
    for (size_t i = 0; i < builtin_scene_count && !strchr(name, '/'); i++) {
        nearest_consider(&nearest, builtin_scenes[i].name);
    }
    if (nearest_found(&nearest)) {
        error_set(error, STATUS_INPUT, "there is no scene '%s': did you mean '%s'?", name,
                  nearest_found(&nearest));
    }
}

enum status source_open_named(struct source *source, const char *name, struct error *error) {
    const struct builtin_scene *builtin = find_builtin(name);
    if (builtin) {
        return source_open(source, builtin->name, builtin->text, builtin->length, error);
    }
    struct text bytes = TEXT_EMPTY;
    enum status status = file_read(name, SOURCE_BYTES_MAX, &bytes, error);
    if (status != STATUS_OK && bytes.length == 0) {
        suggest_builtin(name, error);
    }
    if (status == STATUS_OK) {
        status = source_open(source, name, text_string(&bytes), bytes.length, error);
    }
    text_free(&bytes);
    return status;
}

const char *source_statement(const struct source *source, size_t index, size_t *length) {
    *length = source->statements[index].length;
    return source->plain + source->statements[index].offset;
}

/* The byte where code point `column` (from 1) of a statement begins. */
static size_t statement_byte(const struct source *source, size_t index, size_t column) {
    size_t at = source->statements[index].offset;
    while (column > 1 && at < source->length) {
        uint32_t code_point;
        at += utf8_decode(source->plain + at, source->length - at, &code_point);
        column--;
    }
    return at;
}

void source_position(const struct source *source, size_t index, size_t column, size_t *line,
                     size_t *line_column) {
    line_and_column(source->text, statement_byte(source, index, column), line, line_column);
}

/* The source line that holds byte `at`, with its tabs as blanks, and a caret. */
static void put_caret(const struct source *source, size_t at, size_t column, size_t width,
                      struct text *out) {
    size_t from = at, to = at;
    while (from > 0 && source->text[from - 1] != '\n') {
        from--;
    }
    while (to < source->length && source->text[to] != '\n') {
        to++;
    }
    enum { SHOWN_MOST = 200 };
    size_t shown = to - from < SHOWN_MOST ? to - from : SHOWN_MOST;
    text_put(out, "  ");
    utf8_clean(out, source->text + from, shown, false);
    text_put_char(out, '\n');
    if (column <= SHOWN_MOST) {
        text_put(out, "  ");
        text_put_repeat(out, " ", column - 1);
        text_put_repeat(out, "^", width > 0 ? width : 1);
        text_put_char(out, '\n');
    }
}

void source_describe(const struct source *source, size_t index, const struct error *error,
                     int caret, struct text *out) {
    size_t line, column;
    size_t at_column = error->column > 0 ? error->column : 1;
    source_position(source, index, at_column, &line, &column);
    utf8_clean(out, source->name, strlen(source->name), false);
    text_printf(out, ":%zu:%zu: %s\n", line, column, error->text);
    if (caret) {
        put_caret(source, statement_byte(source, index, at_column), column, error->length, out);
    }
}
