/*
 * lang/format.c - the table of formats: the files of other programs that `export`
 * writes. A row is all there is to one: help, completion and errors find it here.
 */
#include <string.h>

#include "call.h"
#include "out/json.h"

static enum status write_json(struct call *call, const struct word *file, struct text *out) {
    (void)file;
    json_state(out, state_model(call->state));
    return STATUS_OK;
}

/* name, ending, help, function */
static const struct format formats[] = {
    {"json", ".json", "every value of the network and its pass", write_json},
};

const struct format *format_at(size_t index) {
    return index < sizeof formats / sizeof *formats ? &formats[index] : NULL;
}

const struct format *format_named(const char *name) {
    for (size_t i = 0; i < sizeof formats / sizeof *formats; i++) {
        if (strcmp(formats[i].name, name) == 0) {
            return &formats[i];
        }
    }
    return NULL;
}
