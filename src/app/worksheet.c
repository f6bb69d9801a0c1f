/*
 * app/worksheet.c - the action that writes an exercise sheet from a scene's final state.
 */
#include "out/worksheet.h"

#include "formats.h"
#include "headless.h"
#include "report.h"

static enum status write_sheet(const struct options *options, const struct dialect *dialect,
                               struct session *session, struct error *error) {
    struct worksheet sheet = {
        .title = session->now.title,
        .seeded = options->seeded,
        .seed = options->seed,
        .answers = options->answers,
        .digits = session->now.digits,
    };
    struct model *model = state_edit(&session->now);
    if (!model) {
        return error_memory(error);
    }
    struct text out = TEXT_EMPTY;
    enum status status = options->seeded ? worksheet_draw(model, options->seed, error) : STATUS_OK;
    if (status == STATUS_OK) {
        status = worksheet_write(&out, dialect, model, &sheet, error);
    }
    if (status == STATUS_OK) {
        status = put_file(options->output, &out, error);
    }
    text_free(&out);
    return status;
}

int action_worksheet(const struct options *options) {
    struct error error = {0};
    size_t format;
    if (formats_pick(options, "worksheet", &format, &error) != STATUS_OK) {
        return complain(error.text, 2);
    }
    struct session session;
    struct limit limit;
    int code = run_sources(options, &session, true, NULL, &limit);
    if (code == 0 && write_sheet(options, dialect_at(format), &session, &error) != STATUS_OK) {
        code = complain(error.text, 1);
    }
    session_close(&session);
    return finish_out(code);
}
