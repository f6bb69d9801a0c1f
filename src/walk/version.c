/*
 * walk/version.c - models that several states hold.
 */
#include "version.h"

#include <stdlib.h>

#include "base/memory.h"

struct version *version_new(struct model *model) {
    struct version *version = memory_array(1, sizeof *version);
    if (version) {
        *version = (struct version){.references = 1, .model = model};
    }
    return version;
}

struct version *version_share(struct version *version) {
    if (version) {
        version->references++;
    }
    return version;
}

void version_drop(struct version *version) {
    if (version && --version->references == 0) {
        model_close(version->model);
        free(version);
    }
}
