/*
 * app/run.c - the action that runs a scene and writes what it prints.
 */
#include "headless.h"
#include "report.h"

static void write_result(void *context, const struct result *result) {
    (void)context;
    put_out(text_string(&result->output), result->output.length);
    if (result->warning) {
        complain(text_string(&result->message), 0);
    }
}

int action_run(const struct options *options) {
    struct options own = *options;
    const char *input = "-";
    if (options->scene_count + options->line_count == 0) {
        own.scenes = &input; /* a scene on standard input */
        own.scene_count = 1;
    }
    struct session session;
    struct limit limit;
    int code = run_sources(&own, &session, false, write_result, &limit);
    session_close(&session);
    return finish_out(code);
}
