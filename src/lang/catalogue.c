/*
 * lang/catalogue.c - names, titles and order of the built-in scenes.
 */
#include "lang/catalogue.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/text.h"
#include "lang/builtin.h"
#include "lang/source.h"

/* What the first `title` line says; the scene's name where there is none. */
static char *find_title(const struct builtin *scene) {
    struct source source;
    if (source_open(&source, scene->name, scene->text, scene->length, NULL) != STATUS_OK) {
        return string_copy(scene->name);
    }
    char *title = NULL;
    for (size_t i = 0; i < source.count && !title; i++) {
        size_t length;
        const char *line = source_statement(&source, i, &length);
        if (length > 6 && memcmp(line, "title ", 6) == 0) {
            title = string_copy_bytes(line + 6, length - 6);
        }
    }
    source_close(&source);
    return title ? title : string_copy(scene->name);
}

/* The N of "# N. ..." at the start; scenes without it come last. */
static unsigned long find_order(const char *text) {
    if (text[0] != '#' || text[1] != ' ' || text[2] < '0' || text[2] > '9') {
        return ULONG_MAX;
    }
    return strtoul(text + 2, NULL, 10);
}

/* The rest of that line. */
static char *find_about(const char *text) {
    size_t length = strcspn(text, "\n");
    size_t head = 2 + strspn(text + (length > 2 ? 2 : 0), "0123456789") + 2;
    return find_order(text) != ULONG_MAX && length > head
               ? string_copy_bytes(text + head, length - head)
               : string_copy("");
}

static int by_order(const void *a, const void *b) {
    const struct catalogue_row *first = a, *second = b;
    if (first->order != second->order) {
        return first->order < second->order ? -1 : 1;
    }
    return strcmp(first->name, second->name);
}

enum status catalogue_open(struct catalogue *catalogue) {
    *catalogue =
        (struct catalogue){.rows = memory_array(builtin_scene_count, sizeof *catalogue->rows)};
    if (!catalogue->rows) {
        return STATUS_MEMORY;
    }
    for (size_t i = 0; i < builtin_scene_count; i++) {
        const struct builtin *scene = &builtin_scenes[i];
        struct catalogue_row row = {scene->name, find_title(scene), find_about(scene->text),
                                    find_order(scene->text)};
        if (!row.title || !row.about) {
            free(row.title);
            free(row.about);
            catalogue_close(catalogue);
            return STATUS_MEMORY;
        }
        catalogue->rows[catalogue->count++] = row;
    }
    qsort(catalogue->rows, catalogue->count, sizeof *catalogue->rows, by_order);
    return STATUS_OK;
}

void catalogue_close(struct catalogue *catalogue) {
    for (size_t i = 0; i < catalogue->count; i++) {
        free(catalogue->rows[i].title);
        free(catalogue->rows[i].about);
    }
    free(catalogue->rows);
    *catalogue = (struct catalogue){0};
}

size_t catalogue_find(const struct catalogue *catalogue, const char *name) {
    size_t i = 0;
    while (i < catalogue->count && strcmp(catalogue->rows[i].name, name) != 0) {
        i++;
    }
    return i;
}

const char *catalogue_next(const struct catalogue *catalogue, const char *name) {
    size_t next = catalogue_find(catalogue, name) + 1;
    return next < catalogue->count ? catalogue->rows[next].name : NULL;
}
