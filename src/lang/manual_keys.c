/*
 * lang/manual_keys.c - the list of keys: grouped by purpose, side by side in as many
 * columns as there is room for, with what the user bound in place.
 *
 *     Walk:                      Change:                    A number:
 *      Left p    a step back      : Enter   any command      . ,       next x, W0, b0
 *
 * Three columns at 80: there the whole table is one screen of 24 rows.
 */
#include <string.h>

#include "base/utf8.h"
#include "call.h"

enum {
    COLUMN_CELLS = 27, /* with the gap behind it */
    COLUMN_GAP = 2,
    COLUMNS_MOST = 4,
    NAME_CELLS = 9,
    GROUPS_MOST = 24,
    NAMES_MOST = 4,
};

/* The lines of the list, and where its groups begin. */
struct list {
    struct text lines;
    size_t count;
    size_t starts[GROUPS_MOST + 1]; /* the last is the end */
    size_t groups;
};

static void put_line(struct list *list, const char *line, const char *end) {
    text_printf(&list->lines, "%s%s\n", line, end);
    list->count++;
}

static void begin_group(struct list *list, const char *name) {
    if (list->groups < GROUPS_MOST) {
        list->starts[list->groups++] = list->count;
    }
    put_line(list, name, ":");
}

/* The bytes of `help` that go into `room` cells: whole words, where there are any. */
static size_t row_of(const char *help, size_t room) {
    size_t length = strlen(help), end = room;
    if (length <= room) {
        return length;
    }
    while (end > 0 && help[end] != ' ') {
        end--;
    }
    end = end > 0 ? end : room;
    while (end > 1 && ((unsigned char)help[end] & 0xC0) == 0x80) { /* never within a character */
        end--;
    }
    return end;
}

/* " NAMES     HELP": the help right behind long names, or on further lines. */
static void put_entry(struct list *list, const char *names, const char *help) {
    struct text line = TEXT_EMPTY;
    size_t width = 1 + utf8_cells(names), margin = 1 + NAME_CELLS + 1;
    size_t most = COLUMN_CELLS - COLUMN_GAP, gap = width < margin ? margin - width : 2;
    text_printf(&line, " %s", names);
    while (*help) {
        if (width + gap + (width < margin ? 0 : strlen(help)) > most) {
            put_line(list, text_string(&line), "");
            text_cut(&line, 0);
            gap = margin;
            width = 0;
        }
        size_t length = row_of(help, most - width - gap);
        text_put_repeat(&line, " ", gap);
        text_put_bytes(&line, help, length);
        help += length;
        help += strspn(help, " ");
        width = most; /* what is left goes into the next line */
    }
    put_line(list, text_string(&line), "");
    text_free(&line);
}

/* Is it the same as the row before: of its group, with its help? */
static bool goes_on(const struct key_row *row, const struct key_row *before) {
    return strcmp(row->group, before->group) == 0 && row->mode == before->mode &&
           strcmp(row->help, before->help) == 0;
}

/* The next row that is listed by itself. */
static const struct key_row *listed_after(size_t *at) {
    do {
        ++*at;
    } while (key_at(*at) && (!key_at(*at)->group || key_repeats(*at)));
    return key_at(*at);
}

/* The names of the rows that go on from the i-th, which becomes the first of the others; of
 * keys that are not for every day without their other names. */
static void take_names(struct text *names, size_t *i, const struct key_bindings *bindings) {
    const struct key_row *row = key_at(*i), *next = row;
    bool often = row->mode == KEYS_ALWAYS || row->mode == KEYS_PICK;
    do {
        struct text some = TEXT_EMPTY;
        size_t count =
            key_names_of(bindings, next->mode, next->command, " ", often ? NAMES_MOST : 1, &some);
        text_printf(names, "%s%s", names->length > 0 && count > 0 ? " " : "", text_string(&some));
        text_free(&some);
        next = listed_after(i);
    } while (next && goes_on(next, row));
}

/* What digits before a key do, told of the key that steps on. */
static void put_count(struct list *list, const struct key_bindings *bindings) {
    struct text names = TEXT_EMPTY, key = TEXT_EMPTY;
    if (key_names_of(bindings, KEYS_ALWAYS, "step", "", 1, &key) > 0) {
        text_printf(&names, "3 %s", text_string(&key));
        put_entry(list, text_string(&names), "three steps on");
    }
    text_free(&names);
    text_free(&key);
}

static void put_table(struct list *list, const struct key_bindings *bindings) {
    const char *group = "";
    for (size_t i = 0; key_at(i);) {
        const struct key_row *row = key_at(i);
        struct text names = TEXT_EMPTY;
        take_names(&names, &i, bindings);
        if (names.length > 0) {
            if (strcmp(group, row->group) != 0) {
                begin_group(list, row->group);
                group = row->group;
            }
            put_entry(list, text_string(&names), row->help);
        }
        if (strcmp(row->command, "step") == 0) {
            put_count(list, bindings);
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
static void put_own(struct list *list, const struct key_bindings *bindings) {
    bool begun = false;
    for (size_t i = 0; bindings && i < bindings->count; i++) {
        const struct key_binding *binding = &bindings->list[i];
        bool counted, hidden = key_command(bindings, binding->mode, binding->key, &counted) !=
                               binding->command; /* by a scene's */
        if (!binding->command || hidden || in_table(binding)) {
            continue;
        }
        if (!begun) {
            begin_group(list, "Yours");
            begun = true;
        }
        put_entry(list, binding->key, binding->command);
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

/* Give every column whole groups, `most` lines at most or a single group; returns how many
 * columns that takes. */
static size_t share_out(const struct list *list, size_t most, size_t from[COLUMNS_MOST + 1]) {
    size_t columns = 0;
    for (size_t group = 0; group < list->groups; columns++) {
        size_t begin = list->starts[group];
        do {
            group++;
        } while (group < list->groups && list->starts[group + 1] - begin <= most);
        if (columns < COLUMNS_MOST) {
            from[columns] = begin;
            from[columns + 1] = list->starts[group];
        }
    }
    return columns;
}

/* In so many columns or fewer, as short as can be. */
static void put_list(struct text *out, const struct list *list, size_t columns) {
    size_t from[COLUMNS_MOST + 1] = {0};
    size_t rows = 1;
    while (share_out(list, rows, from) > columns) {
        rows++;
    }
    columns = share_out(list, rows, from);
    for (size_t c = 0; c < columns; c++) {
        rows = from[c + 1] - from[c] > rows ? from[c + 1] - from[c] : rows;
    }
    for (size_t r = 0; r < rows; r++) {
        size_t cells = 0;
        for (size_t c = 0; c < columns; c++) {
            if (from[c] + r >= from[c + 1]) {
                continue;
            }
            struct text line = TEXT_EMPTY;
            const char *at = line_at(&list->lines, from[c] + r);
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
    size_t columns = (width + COLUMN_GAP) / COLUMN_CELLS;
    struct list list = {.lines = TEXT_EMPTY};
    columns = columns < 1 ? 1 : columns > COLUMNS_MOST ? COLUMNS_MOST : columns;
    put_table(&list, bindings);
    put_own(&list, bindings);
    list.starts[list.groups] = list.count;
    put_list(out, &list, columns);
    text_free(&list.lines);
}
