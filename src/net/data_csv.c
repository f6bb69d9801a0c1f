/*
 * net/data_csv.c - data sets from CSV text: the header, the choice of columns and
 * the rows.
 */
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/text.h"
#include "net/csv.h"
#include "net/data.h"

enum {
    SHOWN_MAX = 40,
    FIRST_ROWS = 16,
    BYTES_ASKED =
        2 * 1024 * 1024, /* read from one asking to the next: some hundredths of a second */
};

/* What is known of the file once its first line is read. */
struct layout {
    size_t n_0, n_K;
    struct csv_place start; /* the first record */
    char **fields;          /* [columns] what stands in it */
    size_t columns, capacity;
    bool header;               /* it holds names */
    const char *const *chosen; /* [chosen_count] columns as the user named them */
    size_t chosen_count;       /* 0: all, in their order */
    size_t *pick;              /* [n_0 + n_K] columns of the file, from 0 */
    bool *used;                /* [columns] */
    double *numbers;           /* [columns] of the present record */
};

static void layout_free(struct layout *layout) {
    for (size_t c = 0; c < layout->columns; c++) {
        free(layout->fields[c]);
    }
    free(layout->fields);
    free(layout->pick);
    free(layout->used);
    free(layout->numbers);
}

/* ---- the first record ---- */

static enum status add_field(struct csv *csv, struct layout *layout) {
    if (layout->columns == DATA_MAX_COLUMNS) {
        return csv_fault(csv, csv->began, "more than %d columns in a line", DATA_MAX_COLUMNS);
    }
    char **fields = memory_grow(layout->fields, layout->columns, &layout->capacity, sizeof *fields);
    layout->fields = fields ? fields : layout->fields;
    char *copy = fields ? string_copy(text_string(&csv->field)) : NULL;
    if (!copy) {
        return error_memory(csv->error);
    }
    layout->fields[layout->columns++] = copy;
    return STATUS_OK;
}

/* Is the first record a header? It is where it holds no number at all, or a name
 * that was asked for. */
static enum status read_first(struct csv *csv, struct layout *layout) {
    layout->start = csv->here;
    bool numbers = false, asked = false;
    do {
        enum status status = csv_field(csv);
        status = status == STATUS_OK ? add_field(csv, layout) : status;
        if (status != STATUS_OK) {
            return status;
        }
        double value;
        bool overflow;
        bool number = csv_is_number(csv, &value, &overflow);
        numbers = numbers || number;
        for (size_t n = 0; n < layout->chosen_count && !number; n++) {
            asked = asked || strcmp(layout->chosen[n], text_string(&csv->field)) == 0;
        }
    } while (!csv->last);
    layout->header = !numbers || asked;
    return STATUS_OK;
}

/* A column by its name in the header, or by its number from 1. */
static enum status find_column(struct csv *csv, const struct layout *layout, const char *word,
                               size_t *column) {
    for (*column = 0; layout->header && *column < layout->columns; ++*column) {
        if (strcmp(layout->fields[*column], word) == 0) {
            return STATUS_OK;
        }
    }
    size_t number = 0, digits = strspn(word, "0123456789");
    for (size_t n = 0; n < digits && number <= DATA_MAX_COLUMNS; n++) {
        number = number * 10 + (size_t)(word[n] - '0');
    }
    if (digits == 0 || word[digits] != '\0') {
        return csv_fault(csv, layout->start, "there is no column '%.*s'%s", SHOWN_MAX, word,
                         layout->header ? "" : ": the first line is not a header");
    }
    if (number < 1 || number > layout->columns) {
        return csv_fault(csv, layout->start, "there is no column '%.*s': 1 to %zu exist", SHOWN_MAX,
                         word, layout->columns);
    }
    *column = number - 1;
    return STATUS_OK;
}

static const char *plural(size_t count) {
    return count == 1 ? "" : "s";
}

static enum status check_width(struct csv *csv, const struct layout *layout) {
    size_t width = layout->n_0 + layout->n_K;
    size_t have = layout->chosen_count ? layout->chosen_count : layout->columns;
    if (have == width) {
        return STATUS_OK;
    }
    return csv_fault(csv, layout->start,
                     "%zu column%s %s, but the network takes %zu: %zu input%s and %zu target%s",
                     have, plural(have), layout->chosen_count ? "chosen" : "here", width,
                     layout->n_0, plural(layout->n_0), layout->n_K, plural(layout->n_K));
}

static enum status choose_columns(struct csv *csv, struct layout *layout) {
    size_t width = layout->n_0 + layout->n_K;
    enum status status = check_width(csv, layout);
    if (status != STATUS_OK) {
        return status;
    }
    layout->pick = memory_array(width, sizeof *layout->pick);
    layout->used = memory_array(layout->columns, sizeof *layout->used);
    layout->numbers = memory_array(layout->columns, sizeof *layout->numbers);
    if (!layout->pick || !layout->used || !layout->numbers) {
        return error_memory(csv->error);
    }
    for (size_t n = 0; n < width && status == STATUS_OK; n++) {
        layout->pick[n] = n;
        if (layout->chosen_count) {
            status = find_column(csv, layout, layout->chosen[n], &layout->pick[n]);
        }
        if (status == STATUS_OK) {
            layout->used[layout->pick[n]] = true;
        }
    }
    return status;
}

/* ---- the rows ---- */

static enum status read_record(struct csv *csv, struct layout *layout) {
    size_t column = 0;
    do {
        enum status status = csv_field(csv);
        if (status == STATUS_OK && column < layout->columns && layout->used[column]) {
            status = csv_number(csv, &layout->numbers[column]);
        }
        if (status != STATUS_OK) {
            return status;
        }
        column++;
        if (csv->last ? column != layout->columns : column == layout->columns) {
            return csv_fault(csv, csv->began, "this line has %s%zu column%s, but the first has %zu",
                             csv->last ? "" : "more than ", column, plural(column),
                             layout->columns);
        }
    } while (!csv->last);
    return STATUS_OK;
}

/* Room for a row more; doubled when it is full. */
static enum status grow(struct csv *csv, struct dataset *data, size_t *capacity) {
    size_t widest = data->inputs > data->targets ? data->inputs : data->targets;
    if (data->count >= DATA_MAX_SAMPLES || data->count >= DATA_MAX_NUMBERS / widest) {
        return csv_fault(csv, csv->here, "more than %zu rows", data->count);
    }
    if (data->count < *capacity) {
        return STATUS_OK;
    }
    size_t larger = 2 * *capacity;
    double *x = memory_resize(data->x, larger * data->inputs, sizeof *x);
    data->x = x ? x : data->x;
    double *y = x ? memory_resize(data->y, larger * data->targets, sizeof *y) : NULL;
    data->y = y ? y : data->y;
    if (!x || !y) {
        return error_memory(csv->error);
    }
    *capacity = larger;
    return STATUS_OK;
}

static enum status read_rows(struct csv *csv, struct layout *layout, struct ask *ask,
                             struct dataset *data) {
    size_t capacity = FIRST_ROWS;
    data->count = 0;
    while (csv_more(csv)) {
        size_t from = csv->here.at;
        enum status status = grow(csv, data, &capacity);
        status = status == STATUS_OK ? read_record(csv, layout) : status;
        if (status != STATUS_OK) {
            return status;
        }
        double *x = data->x + data->count * data->inputs;
        double *y = data->y + data->count * data->targets;
        for (size_t i = 0; i < data->inputs; i++) {
            x[i] = layout->numbers[layout->pick[i]];
        }
        for (size_t j = 0; j < data->targets; j++) {
            y[j] = layout->numbers[layout->pick[data->inputs + j]];
        }
        data->count++;
        if (ask_stop(ask, csv->here.at - from, BYTES_ASKED)) {
            return error_interrupted(csv->error);
        }
    }
    return data->count > 0 ? csv_settle(csv)
                           : csv_fault(csv, layout->start, "there is a header but no row");
}

/* What the chosen columns are called. */
static bool keep_names(const struct layout *layout, struct dataset *data) {
    size_t width = data->inputs + data->targets;
    if (!layout->header) {
        return true;
    }
    data->names = memory_array(width, sizeof *data->names);
    for (size_t n = 0; data->names && n < width; n++) {
        data->names[n] = string_copy(layout->fields[layout->pick[n]]);
        if (!data->names[n]) {
            return false;
        }
    }
    return data->names != NULL;
}

static enum status read_all(struct csv *csv, struct layout *layout, struct ask *ask,
                            struct dataset **data) {
    enum status status = read_first(csv, layout);
    if (status == STATUS_OK) {
        status = choose_columns(csv, layout);
    }
    if (status != STATUS_OK) {
        return status;
    }
    *data = dataset_new(FIRST_ROWS, layout->n_0, layout->n_K, csv->name);
    if (*data) {
        (*data)->file = true;
    }
    if (!*data || !keep_names(layout, *data)) {
        return error_memory(csv->error);
    }
    if (!layout->header) {
        csv->here = layout->start; /* the first record is a row: read it again */
    }
    return read_rows(csv, layout, ask, *data);
}

enum status data_from_csv(const char *bytes, size_t length, const char *name, size_t n_0,
                          size_t n_K, const char *const *columns, size_t column_count,
                          struct ask *ask, struct dataset **data, struct error *error) {
    struct csv csv;
    struct layout layout = {
        .n_0 = n_0, .n_K = n_K, .chosen = columns, .chosen_count = column_count};
    *data = NULL;
    enum status status = csv_open(&csv, bytes, length, name, error);
    if (status == STATUS_OK) {
        status = read_all(&csv, &layout, ask, data);
    }
    if (status != STATUS_OK) {
        dataset_drop(*data);
        *data = NULL;
    }
    csv_close(&csv);
    layout_free(&layout);
    return status;
}
