/*
 * lang/key_binding.c - what keys do once the user's own bindings are laid over the
 * table, and the lists of keys that follow from both.
 */
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/table.h"
#include "lang/keys.h"
#include "view/hit.h"

static const struct key_row *table_row(enum key_mode mode, const char *key) {
    for (size_t i = 0; key_at(i); i++) {
        if (key_at(i)->mode == mode && strcmp(key_at(i)->key, key) == 0) {
            return key_at(i);
        }
    }
    return NULL;
}

const struct key_row *key_named(const char *key) {
    return table_row(KEYS_ALWAYS, key);
}

/* The binding of a key that counts: the newest scene's, before the user's. */
static struct key_binding *find(const struct key_bindings *bindings, enum key_mode mode,
                                const char *key) {
    struct key_binding *found = NULL;
    for (size_t i = 0; bindings && i < bindings->count; i++) {
        struct key_binding *binding = &bindings->list[i];
        bool counts = !found || binding->scene > found->scene;
        if (counts && binding->mode == mode && strcmp(binding->key, key) == 0) {
            found = binding;
        }
    }
    return found;
}

/* Room for one more. */
static bool reserve(struct key_bindings *bindings) {
    struct key_binding *list =
        memory_grow(bindings->list, bindings->count, &bindings->capacity, sizeof *list);
    bindings->list = list ? list : bindings->list;
    return list != NULL;
}

static void drop(struct key_bindings *bindings, struct key_binding *binding) {
    free(binding->command);
    size_t behind = (size_t)(bindings->list + bindings->count - binding) - 1;
    memmove(binding, binding + 1, behind * sizeof *binding);
    bindings->count--;
    bindings->changes++;
}

bool key_bind(struct key_bindings *bindings, enum key_mode mode, const char *key,
              const char *command, bool of_scene) {
    char *copy = command ? string_copy(command) : NULL;
    struct key_binding new = {
        .mode = mode, .command = copy, .scene = of_scene ? bindings->scenes + 1 : 0};
    if ((command && !copy) || strlen(key) >= KEY_NAME_MAX || !reserve(bindings)) {
        free(copy);
        return false;
    }
    memcpy(new.key, key, strlen(key) + 1);
    struct key_binding *binding;
    while ((binding = find(bindings, mode, key)) && binding->scene >= new.scene) {
        drop(bindings, binding);
    }
    bindings->list[bindings->count++] = new;
    bindings->changes++;
    return true;
}

void key_bindings_close(struct key_bindings *bindings) {
    for (size_t i = 0; i < bindings->count; i++) {
        free(bindings->list[i].command);
    }
    free(bindings->list);
    *bindings = (struct key_bindings){0};
}

void key_scene_open(struct key_bindings *bindings) {
    bindings->scenes++;
}

void key_scene_settle(struct key_bindings *bindings, bool taken) {
    size_t newest = bindings->scenes + 1;
    for (size_t i = bindings->count; i-- > 0;) {
        size_t scene = bindings->list[i].scene;
        if (taken ? scene > 0 && scene < newest : scene == newest) {
            drop(bindings, &bindings->list[i]);
        }
    }
    bindings->scenes -= !taken;
}

/* Does the table give a count to this command? */
static bool takes_count(const char *command) {
    for (size_t i = 0; key_at(i); i++) {
        if (key_at(i)->counted && strcmp(key_at(i)->command, command) == 0) {
            return true;
        }
    }
    return false;
}

const char *key_command(const struct key_bindings *bindings, enum key_mode mode, const char *key,
                        bool *counted) {
    const struct key_binding *binding = find(bindings, mode, key);
    const struct key_row *row = binding ? NULL : table_row(mode, key);
    const char *command = binding ? binding->command : row ? row->command : NULL;
    *counted = command && (row ? row->counted : takes_count(command));
    return command;
}

bool key_is_of_scene(const struct key_bindings *bindings, enum key_mode mode, const char *key) {
    const struct key_binding *binding = find(bindings, mode, key);
    return binding && binding->scene > 0;
}

static void put_name(struct text *out, const char *key, const char *between, size_t *count) {
    text_put(out, (*count)++ > 0 ? between : "");
    text_put(out, key);
}

size_t key_names_of(const struct key_bindings *bindings, enum key_mode mode, const char *command,
                    const char *between, size_t most, struct text *out) {
    size_t count = 0;
    for (size_t i = 0; key_at(i) && count < most; i++) {
        const struct key_row *row = key_at(i);
        if (row->mode == mode && strcmp(row->command, command) == 0 &&
            !find(bindings, mode, row->key)) {
            put_name(out, row->key, between, &count);
        }
    }
    for (size_t i = 0; bindings && i < bindings->count && count < most; i++) {
        const struct key_binding *binding = &bindings->list[i];
        if (binding->mode == mode && binding->command && strcmp(binding->command, command) == 0 &&
            find(bindings, mode, binding->key) == binding) {
            put_name(out, binding->key, between, &count);
        }
    }
    return count;
}

/* ---- the line of keys ---- */

/* Has it a place in the shortest line of keys: the way on, to every command and to all
 * keys? */
static bool is_kept(const struct key_row *row) {
    static const char *const commands[] = {"continue", "prompt", "help keys"};
    bool kept = false;
    for (size_t n = 0; n < TABLE_COUNT(commands); n++) {
        kept = kept || strcmp(row->command, commands[n]) == 0;
    }
    return kept;
}

/* "←→ step": the first key of each row that has this row's word; see view/hit.c. */
static void put_together(const struct key_bindings *bindings, const struct key_row *first,
                         struct text *out) {
    struct text names = TEXT_EMPTY;
    bool words = false;
    for (size_t i = 0; key_at(i); i++) {
        const struct key_row *row = key_at(i);
        struct text name = TEXT_EMPTY;
        if (row->brief && row->mode == first->mode && strcmp(row->brief, first->brief) == 0 &&
            key_names_of(bindings, row->mode, row->command, "", 1, &name) > 0) {
            const char *sign = hit_key_sign(text_string(&name));
            words = words || hit_key_is_word(sign);
            text_put(&names, names.length > 0 && words ? "/" : "");
            text_put(&names, sign);
        }
        text_free(&name);
    }
    if (names.length > 0) {
        text_put(out, is_kept(first) ? "   " : out->length > 0 ? "  " : "");
        text_printf(out, "%s %s", text_string(&names), first->brief);
    }
    text_free(&names);
}

/* Has this row's word been written with an earlier row? */
static bool is_written(size_t index) {
    for (size_t i = 0; i < index; i++) {
        const struct key_row *row = key_at(i), *own = key_at(index);
        if (row->brief && row->mode == own->mode && strcmp(row->brief, own->brief) == 0) {
            return true;
        }
    }
    return false;
}

void key_line(const struct key_bindings *bindings, enum key_mode mode, struct text *out) {
    for (size_t i = 0; key_at(i); i++) {
        if (key_at(i)->mode == mode && key_at(i)->brief && !is_written(i)) {
            put_together(bindings, key_at(i), out);
        }
    }
}
