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
#include "base/table.h"
#include "base/utf8.h"
#include "lang/builtin.h"
#include "lang/command.h"
#include "source_private.h"

/* ---- cutting ---- */

struct cutter {
    struct source *source;
    size_t capacity;
    size_t at, line, column; /* the place that was counted up to */
    struct error *error;
};

/* Count lines and columns on to byte `to`. */
static void count_on(const char *text, size_t to, size_t *at, size_t *line, size_t *column) {
    const char *newline;
    while ((newline = memchr(text + *at, '\n', to - *at)) != NULL) {
        *at = (size_t)(newline - text) + 1;
        *column = 1;
        (*line)++;
    }
    *column += utf8_length(text + *at, to - *at);
    *at = to;
}

static bool cutter_add(struct cutter *cutter, size_t from, size_t to) {
    struct source *source = cutter->source;
    while (from < to && source_is_blank(source->plain[from])) {
        from++;
    }
    while (to > from && source_is_blank(source->plain[to - 1])) {
        to--;
    }
    if (from == to) {
        return true;
    }
    if (source->count == STATEMENTS_MAX) {
        error_set(cutter->error, STATUS_INPUT, "'%s' has more than %d statements", source->name,
                  STATEMENTS_MAX);
        return false;
    }
    struct statement *statements =
        memory_grow(source->statements, source->count, &cutter->capacity, sizeof *statements);
    if (!statements) {
        error_memory(cutter->error);
        return false;
    }
    source->statements = statements;
    count_on(source->text, from, &cutter->at, &cutter->line, &cutter->column);
    source->statements[source->count++] = (struct statement){
        .offset = from, .length = to - from, .line = cutter->line, .column = cutter->column};
    return true;
}

/* Does the command at `from` take the rest of the line as it is? */
bool source_takes_rest(const char *text, size_t from, size_t to) {
    size_t end = from;
    while (end < to && text[end] >= 'a' && text[end] <= 'z') {
        end++;
    }
    if (end < to && !source_is_blank(text[end])) {
        return false;
    }
    const struct command *command = command_named(text + from, end - from);
    return command && (command->flags & COMMAND_REST);
}

/* Where the statement that begins at `from` ends: at its ';', its '#', or `to`.
 * `*comment` says that the rest of the line is one. */
size_t source_statement_end(const char *text, size_t from, size_t to, bool *comment) {
    size_t start = from;
    while (start < to && source_is_blank(text[start])) {
        start++;
    }
    bool rest = source_takes_rest(text, start, to);
    bool quoted = false;
    size_t brackets = 0;
    *comment = false;
    for (size_t at = start; at < to; at++) {
        char c = text[at];
        if (c == '#' && !quoted && (!rest || at == start || source_is_blank(text[at - 1]))) {
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
        size_t end = source_statement_end(cutter->source->plain, from, to, &comment);
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

static enum status refuse_byte(const struct source *source, size_t at, const char *what,
                               struct error *error) {
    size_t counted = 0, line = 1, column = 1;
    count_on(source->text, at, &counted, &line, &column);
    return error_at(error, column, 1, "%s:%zu:%zu: byte 0x%02X %s; a scene is UTF-8 text",
                    source->name, line, column, (unsigned)(unsigned char)source->text[at], what);
}

static enum status check_text(const struct source *source, struct error *error) {
    size_t at = 0;
    while (at < source->length) {
        unsigned char byte = (unsigned char)source->text[at];
        uint32_t code_point = byte;
        size_t taken =
            byte < 0x80 ? 1 : utf8_decode(source->text + at, source->length - at, &code_point);
        if (byte >= 0x80 && taken == 1) {
            return refuse_byte(source, at, "is not UTF-8", error);
        }
        bool control = code_point < 0x20 || (code_point >= 0x7F && code_point < 0xA0);
        if (control && byte != '\n' && byte != '\t' && byte != '\r') {
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
    enum status status =
        source->name && source->text && source->plain ? STATUS_OK : error_memory(error);
    if (status == STATUS_OK) {
        status = check_text(source, error);
    }
    if (status == STATUS_OK) {
        if (length >= 3 && memcmp(text, "\xEF\xBB\xBF", 3) == 0) {
            memset(source->plain, ' ', 3); /* a byte order mark */
        }
        join_lines(source->plain, length);
        struct error unused = {0};
        struct cutter cutter = {
            .source = source, .line = 1, .column = 1, .error = error ? error : &unused};
        status = cut_lines(&cutter) ? STATUS_OK : cutter.error->status;
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
    for (size_t i = 0; i < source->count; i++) {
        free(source->statements[i].fault);
    }
    free(source->statements);
    for (size_t n = 0; n < source->part_count; n++) {
        source_close(&source->parts[n]);
    }
    free(source->parts);
    free(source->folder);
    *source = (struct source){0};
}

const struct builtin *builtin_scene_named(const char *name) {
    return table_named(builtin_scenes, builtin_scene_count, sizeof *builtin_scenes, name);
}

void source_suggest(const char *name, struct error *error) {
    struct nearest nearest = nearest_to(name);
    for (size_t i = 0; i < builtin_scene_count && !strchr(name, '/'); i++) {
        nearest_consider(&nearest, builtin_scenes[i].name);
    }
    if (nearest_question(&nearest)) {
        error_set(error, STATUS_INPUT, "there is no scene '%s': %s", name,
                  nearest_question(&nearest));
    }
}

const struct source *source_part(const struct source *source, size_t index) {
    size_t part = source->statements[index].part;
    return part == 0 ? source : &source->parts[part - 1];
}

const char *source_statement(const struct source *source, size_t index, size_t *length) {
    *length = source->statements[index].length;
    return source_part(source, index)->plain + source->statements[index].offset;
}

/* Line and column of code point `at_column` (from 1) of a statement, and its byte. */
static size_t find_place(const struct source *source, size_t index, size_t at_column, size_t *line,
                         size_t *column) {
    const struct statement *statement = &source->statements[index];
    const struct source *part = source_part(source, index);
    size_t at = statement->offset;
    *line = statement->line;
    *column = statement->column;
    for (; at_column > 1 && at < part->length; at_column--) {
        uint32_t code_point;
        at += utf8_decode(part->text + at, part->length - at, &code_point);
        *column = code_point == '\n' ? 1 : *column + 1;
        *line += code_point == '\n';
    }
    return at;
}

void source_position(const struct source *source, size_t index, size_t column, size_t *line,
                     size_t *line_column) {
    find_place(source, index, column, line, line_column);
}

enum { CARET_BEFORE = 120, CARET_BEHIND = 160 }; /* bytes that are shown of a long line */

static bool inside_character(char c) {
    return ((unsigned char)c & 0xC0) == 0x80;
}

/* Bytes [from, to), made harmless; returns the cells that they take. */
static size_t put_clean(struct text *out, const char *bytes, size_t from, size_t to) {
    struct text clean = TEXT_EMPTY;
    utf8_clean(&clean, bytes + from, to - from, false);
    text_put(out, text_string(&clean));
    size_t cells = utf8_cells(text_string(&clean));
    text_free(&clean);
    return cells;
}

/* The bytes of `width` code points from `at`, not beyond `to`. */
static size_t word_end(const char *text, size_t at, size_t to, size_t width) {
    while (width > 0 && at < to) {
        uint32_t code_point;
        at += utf8_decode(text + at, to - at, &code_point);
        width--;
    }
    return at;
}

/* The source line that holds byte `at`, or the part of it that is near, and carets
 * under the word. */
static void put_caret(const struct source *source, size_t at, size_t width, struct text *out) {
    const char *text = source->text;
    size_t from = at, to = at;
    while (from > 0 && text[from - 1] != '\n' && at - from < CARET_BEFORE) {
        from--;
    }
    while (to < source->length && text[to] != '\n' && to - at < CARET_BEHIND) {
        to++;
    }
    while (from < at && inside_character(text[from])) {
        from++;
    }
    while (to > at && to < source->length && inside_character(text[to])) {
        to--;
    }
    bool begins = from == 0 || text[from - 1] == '\n';
    bool ends = to == source->length || text[to] == '\n';
    to -= ends && to > at && text[to - 1] == '\r';
    size_t word = word_end(text, at, to, width > 0 ? width : 1);
    text_put(out, begins ? "  " : "  ...");
    size_t margin = (begins ? 2 : 5) + put_clean(out, text, from, at);
    size_t cells = put_clean(out, text, at, word);
    put_clean(out, text, word, to);
    text_put(out, ends ? "\n" : "...\n");
    text_put_repeat(out, " ", margin);
    text_put_repeat(out, "^", cells > 0 ? cells : 1);
    text_put_char(out, '\n');
}

void source_describe(const struct source *source, size_t index, const struct error *error,
                     bool caret, struct text *out) {
    size_t line, column;
    const struct source *part = source_part(source, index);
    size_t at = find_place(source, index, error->column > 0 ? error->column : 1, &line, &column);
    utf8_clean(out, part->name, strlen(part->name), false);
    text_printf(out, ":%zu:%zu: %s\n", line, column, error->text);
    if (caret) {
        put_caret(part, at, error->length, out);
    }
}
