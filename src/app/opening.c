/*
 * app/opening.c - a scene that is opened, and how far it may reach.
 */
#include "opening.h"

#include <stdlib.h>

#include "base/file.h"
#include "lang/quiz.h"
#include "limit.h"

void fence_in(struct runner *runner, const char *folder, const struct options *options) {
    runner->folder = folder;
    runner->fence = options->allow_files ? NULL : folder ? folder : "";
}

enum status opening_open(struct opening *opening, const struct options *options, const char *name,
                         struct error *error) {
    *opening = (struct opening){0};
    enum status status = source_open_named(&opening->source, name, error);
    if (status != STATUS_OK) {
        return status;
    }
    opening->folder = file_folder(name);
    status = session_open(&opening->session, error);
    if (status == STATUS_OK && options->quiz) {
        struct runner runner = {.session = &opening->session, .read_only = true};
        struct limit limit;
        limit_begin(&limit, options);
        limit_runner(&limit, &runner);
        fence_in(&runner, opening->folder, options);
        status = quiz_prepare(&opening->source, &runner, options->seed, error);
    }
    if (status != STATUS_OK) {
        opening_close(opening);
    }
    return status;
}

void opening_close(struct opening *opening) {
    session_close(&opening->session);
    source_close(&opening->source);
    free(opening->folder);
}
