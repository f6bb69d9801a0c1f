/*
 * app/trace.c - the action that tells every step of the walk over a scene's final state.
 */
#include "out/trace.h"

#include <string.h>

#include "formats.h"
#include "headless.h"
#include "report.h"

/* Write a piece and forget it, or keep it for the file; false, with `error` filled, where
 * that failed. */
static bool put_piece(struct text *piece, bool keep, enum status *status, struct error *error) {
    if (*status == STATUS_OK && piece->failed) {
        *status = error_memory(error);
    }
    if (keep) {
        return *status == STATUS_OK;
    }
    if (*status == STATUS_OK && !put_out(text_string(piece), piece->length)) {
        *status = STATUS_IO; /* finish_out() says why */
    }
    text_free(piece);
    return *status == STATUS_OK;
}

static int trace_session(const struct session *session, struct trace_options *options,
                         const char *path, const struct limit *limit) {
    struct model *model = state_model(&session->now);
    size_t length = walk_length(model);
    struct error error = {0};
    enum status status = STATUS_OK;
    struct text piece = TEXT_EMPTY;
    options->title = session->now.title;
    options->digits = session->now.digits;
    trace_begin(&piece, model, options);
    bool keep = path && strcmp(path, "-") != 0;
    for (size_t step = 1; put_piece(&piece, keep, &status, &error) && step <= length; step++) {
        status = trace_step(&piece, model, step, options, &error);
        status = status == STATUS_OK ? limit_check(limit, &error) : status;
    }
    if (status == STATUS_OK) {
        trace_end(&piece, options);
        put_piece(&piece, keep, &status, &error);
    }
    if (keep && status == STATUS_OK) {
        status = put_file(path, &piece, &error);
    }
    text_free(&piece);
    if (error.status != STATUS_OK) {
        complain(error.text, 1);
    }
    return status == STATUS_OK ? 0 : 1;
}

int action_trace(const struct options *options) {
    struct trace_options trace = {.ascii = options->ascii, .grain = options->grain};
    struct error error = {0};
    size_t format;
    if (formats_pick(options, "trace", &format, &error) != STATUS_OK) {
        return complain(error.text, 2);
    }
    trace.format = (enum trace_kind)format;
    struct session session;
    struct limit limit;
    int code = run_sources(options, &session, true, NULL, &limit);
    if (code == 0) {
        code = trace_session(&session, &trace, options->output, &limit);
    }
    session_close(&session);
    return finish_out(code);
}
