/*
 * app/headless.c - run, trace, fmt and list: the actions that need no terminal.
 */
#include "headless.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/utf8.h"
#include "formats.h"
#include "lang/builtin.h"
#include "lang/catalogue.h"
#include "lang/quiz.h"
#include "out/trace.h"

int complain(const char *message, int code) {
    fprintf(stderr, "backstep: %s\n", message);
    return code;
}

int complain_source(const struct error *error) {
    if (error->column == 0) {
        return complain(error->text, 1);
    }
    fprintf(stderr, "%s\n", error->text);
    return 1;
}

bool put_out(const char *bytes, size_t count) {
    return fwrite(bytes, 1, count, stdout) == count;
}

enum status put_file(const char *path, const struct text *bytes, struct error *error) {
    if (bytes->failed) {
        return error_memory(error);
    }
    if (path && strcmp(path, "-") != 0) {
        return file_write(path, text_string(bytes), bytes->length, error);
    }
    put_out(text_string(bytes), bytes->length); /* finish_out() says what went wrong */
    return STATUS_OK;
}

int finish_out(int code) {
    if (fflush(stdout) == 0 && !ferror(stdout)) {
        return code;
    }
    struct error error;
    error_set(&error, STATUS_IO, "cannot write to standard output: %s", strerror(errno));
    return complain(error.text, 1);
}

int put_summary(const struct score *score, int code) {
    struct text text = TEXT_EMPTY;
    quiz_summary(&text, score);
    text_put(&text, "\n");
    put_out(text_string(&text), text.length);
    text_free(&text);
    return finish_out(code);
}

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

size_t last_statement(const struct player *player) {
    return player->next > 0 ? player->next - 1 : 0;
}

void put_fault(struct text *out, const struct source *source, size_t index,
               const struct error *error) {
    source_describe(source, index, error, false, out);
    text_cut(out, out->length > 0 ? out->length - 1 : 0); /* its newline */
}

void report(const struct source *source, size_t index, const struct error *error, bool caret) {
    struct text text = TEXT_EMPTY;
    source_describe(source, index, error, caret, &text);
    fputs(text_string(&text), stderr);
    text_free(&text);
}

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
    struct runner runner = {.session = session, .read_only = read_only};
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

/* ---- run ---- */

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

/* ---- trace ---- */

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

/* ---- fmt ---- */

/* To standard output, to a file, or with -w in place: then a built-in scene has none. */
static enum status write_formatted(const struct options *options, const struct text *text,
                                   struct error *error) {
    const char *path = options->write ? options->scenes[0] : options->output;
    if (!path || strcmp(path, "-") == 0) {
        struct text shown = TEXT_EMPTY; /* on a terminal, harmless */
        bool seen = isatty(STDOUT_FILENO);
        utf8_clean(&shown, text_string(text), seen ? text->length : 0, true);
        put_out(text_string(seen ? &shown : text), seen ? shown.length : text->length);
        text_free(&shown);
        return STATUS_OK;
    }
    if (options->write && builtin_scene_named(path)) {
        return error_set(error, STATUS_INPUT, "'%s' is built in: './%s' would be a file", path,
                         path);
    }
    return file_write(path, text_string(text), text->length, error);
}

int action_fmt(const struct options *options) {
    struct source source;
    struct text text = TEXT_EMPTY;
    struct error error = {0};
    if (options->write && options->output) {
        return complain("'-w' writes the scene itself, '-o' another file: one of them", 2);
    }
    if (source_open_named(&source, options->scenes[0], &error) != STATUS_OK) {
        return complain_source(&error);
    }
    source_format(&source, &text);
    enum status status =
        text.failed ? error_memory(&error) : write_formatted(options, &text, &error);
    text_free(&text);
    source_close(&source);
    return status == STATUS_OK ? finish_out(0) : complain(error.text, 1);
}

/* ---- list ---- */

int action_list(const struct options *options) {
    (void)options;
    struct catalogue catalogue;
    if (catalogue_open(&catalogue) != STATUS_OK) {
        return complain("out of memory", 1);
    }
    for (size_t i = 0; i < catalogue.count; i++) {
        printf("%-18s %s\n", catalogue.rows[i].name, catalogue.rows[i].title);
    }
    catalogue_close(&catalogue);
    return finish_out(0);
}
