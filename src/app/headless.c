/*
 * app/headless.c - scenes and lines that run to their end without a screen.
 */
#include "headless.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "opening.h"
#include "report.h"
#include "usage.h"

/* Run one source to its end, with a caret under what is wrong; false where the whole run
 * is over, with `*code`. */
static bool run_source(const struct source *source, const struct runner *runner,
                       void (*output)(void *context, const struct result *result), bool caret,
                       int *code) {
    struct player player;
    struct error error = {0};
    player_open(&player, runner, source);
    player.answers = true;
    player.output = output;
    enum stop_reason reason;
    do {
        reason = player_run(&player, true, &error);
    } while (reason == STOP_PAUSE);
    if (reason == STOP_ERROR) {
        fflush(stdout);
        report(source, last_statement(&player), &error, caret);
        *code = 1;
    }
    player_close(&player);
    return reason == STOP_END;
}

static int run_named(const char *scene, const struct options *options, const struct runner *runner,
                     void (*output)(void *context, const struct result *result), bool *go_on) {
    struct source source;
    struct error error = {0};
    if (source_open_named(&source, scene, &error) != STATUS_OK) {
        *go_on = false;
        return complain_source(&error);
    }
    struct runner own = *runner;
    char *folder = file_folder(scene);
    fence_in(&own, folder, options);
    int code = 0;
    *go_on = run_source(&source, &own, output, true, &code);
    free(folder);
    source_close(&source);
    return code;
}

/* A line of the user's own: it takes the time that it takes. */
static int run_line(const char *line, const struct runner *runner,
                    void (*output)(void *context, const struct result *result), bool *go_on) {
    struct runner own = *runner;
    own.stop = NULL;
    own.give_up = NULL;
    struct source source;
    struct error error = {0};
    if (source_open(&source, "-e", line, strlen(line), &error) != STATUS_OK ||
        source_include(&source, false, &error) != STATUS_OK) {
        *go_on = false;
        return complain_source(&error);
    }
    int code = 0;
    *go_on = run_source(&source, &own, output, false, &code); /* it is right above */
    source_close(&source);
    return code;
}

int run_sources(const struct options *options, struct session *session, bool read_only,
                void (*output)(void *context, const struct result *result), struct limit *limit) {
    struct error error = {0};
    if (session_open(session, &error) != STATUS_OK) {
        return complain(error.text, 1);
    }
    struct runner runner = {.session = session, .read_only = read_only, .own = &usage_words};
    limit_begin(limit, options);
    limit_runner(limit, &runner);
    bool go_on = true;
    int code = 0;
    for (size_t i = 0; i < options->scene_count && go_on; i++) {
        code = run_named(options->scenes[i], options, &runner, output, &go_on);
    }
    for (size_t i = 0; i < options->line_count && go_on; i++) {
        code = run_line(options->lines[i], &runner, output, &go_on);
    }
    return code;
}
