/*
 * lang/manual_keys.c - the list of keys: grouped by purpose, side by side in as many
 * columns as there is room for, with what the user bound in place.
 *
 *     Walk:                                Screens:
 *       Left, p     a step back              Tab         the next screen
 *
 * First the keys of every day, then those of weights, pages and menus.
 */
#include <string.h>

#include "base/utf8.h"
#include "call.h"

enum { COLUMN_CELLS = 38, COLUMNS_MOST = 4, NAME_CELLS = 11, GROUPS_MOST = 24, NAMES_MOST = 4 };

/* Lines of one part of the list, and where its groups begin. */
struct part {
    struct text lines;
    size_t count;
    size_t starts[GROUPS_MOST + 1]; /* the last is the end */
    size_t groups;
};

static void put_line(struct part *part, const char *line, const char *end) {
    text_printf(&part->lines, "%s%s\n", line, end);
    part->count++;
}

static void begin_group(struct part *part, const char *name) {
    if (part->groups < GROUPS_MOST) {
        part->starts[part->groups++] = part->count;
    }
    put_line(part, name, ":");
}

/* "  NAMES     HELP", the help on further lines where it is long. */
static void put_entry(struct part *part, const char *names, const char *help) {
    struct text line = TEXT_EMPTY;
    size_t width = utf8_cells(names), margin = 2 + NAME_CELLS + 1;
    text_printf(&line, "  %s", names);
    if (width > NAME_CELLS) {
        put_line(part, text_string(&line), "");
        text_free(&line);
        width = 0;
    } else {
        width += 2;
    }
    while (*help) {
        size_t room = COLUMN_CELLS - 1 - margin, length = strlen(help);
        if (length > room) {
            for (length = room; length > 0 && help[length] != ' '; length--) {
            }
            length = length > 0 ? length : room;
            while (((unsigned char)help[length] & 0xC0) == 0x80) { /* never within a character */
                length--;
            }
        }
        text_put_repeat(&line, " ", margin - width);
        text_put_bytes(&line, help, length);
        put_line(part, text_string(&line), "");
        text_free(&line);
        width = 0;
        help += length;
        help += strspn(help, " ");
    }
}

/* Everyday keys are those of the first part. */
static size_t part_of(enum key_mode mode) {
    return mode == KEYS_ALWAYS || mode == KEYS_ASKED || mode == KEYS_PICK ? 0 : 1;
}

/* Is it the same as the row before: of its group, with its help? */
static bool goes_on(const struct key_row *row, const struct key_row *before) {
    return before && before->group && strcmp(row->group, before->group) == 0 &&
           row->mode == before->mode && strcmp(row->help, before->help) == 0;
}

/* The next row that is listed by itself. */
static const struct key_row *listed_after(size_t *at) {
    do {
        ++*at;
    } while (key_at(*at) && !key_at(*at)->group);
    return key_at(*at);
}

static void put_table(struct part *part, size_t number, const struct key_bindings *bindings) {
    const char *group = "";
    for (size_t i = 0; key_at(i);) {
        const struct key_row *row = key_at(i), *next = row;
        if (part_of(row->mode) != number) {
            listed_after(&i);
            continue;
        }
        struct text names = TEXT_EMPTY;
        do {
            struct text some = TEXT_EMPTY;
            size_t count =
                key_names_of(bindings, next->mode, next->command, ", ", NAMES_MOST, &some);
            text_printf(&names, "%s%s", names.length > 0 && count > 0 ? ", " : "",
                        text_string(&some));
            text_free(&some);
            next = listed_after(&i);
        } while (next && goes_on(next, row));
        if (names.length > 0) {
            if (strcmp(group, row->group) != 0) {
                begin_group(part, row->group);
                group = row->group;
            }
            put_entry(part, text_string(&names), row->help);
        }
        text_free(&names);
    }
}

static bool in_table(const struct key_binding *binding) {
    for (size_t i = 0; key_at(i); i++) {
        if (key_at(i)->mode == binding->mode && strcmp(key_at(i)->command, binding->command) == 0) {
            return true;
        }
    }
    return false;
}

/* What the user bound to commands that the table has no key for. */
static void put_own(struct part *part, size_t number, const struct key_bindings *bindings) {
    bool begun = false;
    for (size_t i = 0; bindings && i < bindings->count; i++) {
        const struct key_binding *binding = &bindings->list[i];
        if (!binding->command || part_of(binding->mode) != number || in_table(binding)) {
            continue;
        }
        if (!begun) {
            begin_group(part, "Yours");
            begun = true;
        }
        put_entry(part, binding->key, binding->command);
    }
}

static const char *line_at(const struct text *lines, size_t n) {
    const char *at = text_string(lines);
    for (; n > 0; n--) {
        at += strcspn(at, "\n");
        at += *at == '\n';
    }
    return at;
}

/* Give every column whole groups, so that they are about as long as each other. */
static size_t share_out(const struct part *part, size_t columns, size_t from[COLUMNS_MOST + 1]) {
    size_t group = 0, rows = 0;
    for (size_t c = 0; c < columns; c++) {
        size_t begin = part->starts[group], left = part->count - begin;
        size_t fair = (left + (columns - c) - 1) / (columns - c);
        from[c] = begin;
        size_t half = 0;
        do {
            group++;
            half = group < part->groups ? (part->starts[group + 1] - part->starts[group]) / 2 : 0;
        } while (group < part->groups && part->starts[group] + half < begin + fair);
        if (c + 1 == columns || group > part->groups) {
            group = part->groups; /* all that is left; nothing, where it was gone before */
        }
        size_t length = part->starts[group] - begin;
        rows = length > rows ? length : rows;
    }
    from[columns] = part->count;
    return rows;
}

static void put_part(struct text *out, const struct part *part, size_t columns) {
    size_t from[COLUMNS_MOST + 1];
    size_t rows = share_out(part, columns, from);
    for (size_t r = 0; r < rows; r++) {
        size_t cells = 0;
        for (size_t c = 0; c < columns; c++) {
            if (from[c] + r >= from[c + 1]) {
                continue;
            }
            struct text line = TEXT_EMPTY;
            const char *at = line_at(&part->lines, from[c] + r);
            text_put_bytes(&line, at, strcspn(at, "\n"));
            text_put_repeat(out, " ", c * COLUMN_CELLS - cells);
            text_put(out, text_string(&line));
            cells = c * COLUMN_CELLS + utf8_cells(text_string(&line));
            text_free(&line);
        }
        text_put(out, "\n");
    }
}

void manual_keys(struct text *out, const struct key_bindings *bindings, size_t width) {
    size_t columns = width / COLUMN_CELLS;
    columns = columns < 1 ? 1 : columns > COLUMNS_MOST ? COLUMNS_MOST : columns;
    for (size_t number = 0; number < 2; number++) {
        struct part part = {.lines = TEXT_EMPTY};
        put_table(&part, number, bindings);
        put_own(&part, number, bindings);
        part.starts[part.groups] = part.count;
        text_put(out, number > 0 ? "\n" : "");
        put_part(out, &part, columns);
        text_free(&part.lines);
    }
    text_put(out, "\n");
    text_put_wrapped(out, "Digits before a key repeat it: 3 Right goes three steps on.", 0, 0,
                     width);
    text_put(out, "\n");
    text_put_wrapped(
        out,
        "With --plain there is no screen: Enter takes a step, 'continue' goes on with the "
        "scene, where it says Space, and every line is a command, without ':'.",
        0, 0, width);
}
