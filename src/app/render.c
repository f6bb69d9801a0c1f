/*
 * app/render.c - the screens that a person would see, written to a file. Nothing
 * depends on a clock or a terminal: the same bytes on every machine.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "headless.h"
#include "live.h"
#include "out/frame.h"

static const struct format {
    const char *name;
    void (*write)(struct text *out, const struct canvas *canvas, const struct theme *theme);
    bool colors;
} formats[] = {
    {"text", frame_text, false},
    {"ansi", frame_ansi, true},
    {"svg", frame_svg, true},
};

static const struct format *format_named(const char *name) {
    for (size_t i = 0; i < sizeof formats / sizeof *formats; i++) {
        if (strcmp(formats[i].name, name) == 0) {
            return &formats[i];
        }
    }
    return NULL;
}

struct renderer {
    const struct options *options;
    const struct format *format;
    const struct theme *theme;
    struct session session;
    struct source source; /* source.name NULL: only -e lines */
    struct player player;
    struct text out;
    size_t frames;
};

static enum status put_frame(struct renderer *renderer, struct error *error) {
    struct canvas canvas;
    if (canvas_open(&canvas, renderer->options->rows, renderer->options->cols,
                    renderer->options->ascii) != STATUS_OK) {
        return error_memory(error);
    }
    canvas.halves = renderer->format->colors && !canvas.ascii &&
                    renderer->theme->looks[ROLE_HEAT_0].background.rgb != COLOR_DEFAULT;
    char progress[PROGRESS_MAX] = "";
    struct view view = {.state = &renderer->session.now, .keys = live_keys_line()};
    if (renderer->source.name) {
        live_progress(&renderer->player, "", progress);
        view.scene = renderer->source.name;
        view.progress = progress;
    }
    view_compose(&view, &canvas);
    if (renderer->frames++ > 0) {
        text_put(&renderer->out, "\n");
    }
    renderer->format->write(&renderer->out, &canvas, renderer->theme);
    canvas_close(&canvas);
    return renderer->out.failed ? error_memory(error) : STATUS_OK;
}

/* Run the scene to its end; with `each`, a frame at every pause. */
static enum status run_scene(struct renderer *renderer, bool each, struct error *error) {
    enum stop_reason reason;
    do {
        reason = player_run(&renderer->player, true, error);
        if (reason == STOP_PAUSE && each) {
            enum status status = put_frame(renderer, error);
            if (status != STATUS_OK) {
                return status;
            }
        }
    } while (reason == STOP_PAUSE);
    if (reason == STOP_ERROR) {
        struct text text = TEXT_EMPTY;
        source_describe(&renderer->source, renderer->player.next - 1, error, 0, &text);
        text_cut(&text, text.length - 1);
        error_set(error, error->status, "%s", text_string(&text));
        text_free(&text);
        return error->status;
    }
    return STATUS_OK;
}

/* The -e lines, after the scene. */
static enum status run_lines(struct renderer *renderer, struct error *error) {
    struct runner runner = {.session = &renderer->session, .read_only = true};
    for (size_t i = 0; i < renderer->options->line_count; i++) {
        const char *line = renderer->options->lines[i];
        struct result result = {0};
        enum status status = command_run(&runner, line, strlen(line), &result, error);
        result_free(&result);
        if (status != STATUS_OK) {
            struct error plain = *error;
            return error_set(error, status, "-e:1:%zu: %s", plain.column > 0 ? plain.column : 1,
                             plain.text);
        }
    }
    return STATUS_OK;
}

/* --at: a number is a step of the walk after the scene's end, a word a mark. */
static enum status go_to(struct renderer *renderer, struct error *error) {
    const char *at = renderer->options->at;
    struct text line = TEXT_EMPTY;
    if (!at || strcmp(at, "end") == 0) {
        return STATUS_OK;
    }
    if (renderer->source.name && player_goto_mark(&renderer->player, at, error)) {
        struct error after = {0}; /* as on the screen: at the pause that the mark introduces */
        player_run(&renderer->player, true, &after);
        return STATUS_OK;
    }
    text_printf(&line, "goto %s", at);
    struct runner runner = {.session = &renderer->session, .read_only = true};
    struct result result = {0};
    enum status status = command_run(&runner, text_string(&line), line.length, &result, error);
    if (status == STATUS_OK && result.request == REQUEST_GOTO_MARK) {
        status = error_set(error, STATUS_INPUT, "there is no mark and no step '%s'", at);
    }
    result_free(&result);
    text_free(&line);
    return status;
}

static enum status render(struct renderer *renderer, struct error *error) {
    const struct options *options = renderer->options;
    bool each = options->at && strcmp(options->at, "all") == 0;
    enum status status = STATUS_OK;
    if (renderer->source.name) {
        status = run_scene(renderer, each, error);
    }
    if (status == STATUS_OK) {
        status = run_lines(renderer, error);
    }
    if (status == STATUS_OK && !each) {
        status = go_to(renderer, error);
    }
    if (status == STATUS_OK && (!each || renderer->frames == 0)) {
        status = put_frame(renderer, error);
    }
    return status;
}

static enum status prepare(struct renderer *renderer, struct error *error) {
    const struct options *options = renderer->options;
    const char *name = options->format ? options->format : "text";
    renderer->format = format_named(name);
    renderer->theme = options->theme ? theme_named(options->theme) : theme_at(0);
    if (!renderer->format) {
        return error_set(error, STATUS_USAGE,
                         "'%s' is no format of render: 'text', 'ansi' or 'svg' is right", name);
    }
    if (!renderer->theme) {
        return error_set(error, STATUS_USAGE, "there is no theme '%s'", options->theme);
    }
    return session_open(&renderer->session, error);
}

static enum status write_output(const struct renderer *renderer, struct error *error) {
    const char *path = renderer->options->output;
    if (path && strcmp(path, "-") != 0) {
        return file_write(path, text_string(&renderer->out), renderer->out.length, error);
    }
    put_out(text_string(&renderer->out), renderer->out.length);
    return STATUS_OK;
}

int action_render(const struct options *options) {
    struct renderer renderer = {.options = options};
    struct error error = {0};
    enum status status = prepare(&renderer, &error);
    char *folder = NULL;
    if (status == STATUS_OK && options->scene_count > 0) {
        status = source_open_named(&renderer.source, options->scenes[0], &error);
        if (status == STATUS_OK) {
            folder = file_folder(options->scenes[0]);
            struct runner runner = {
                .session = &renderer.session, .folder = folder, .read_only = true};
            player_open(&renderer.player, &runner, &renderer.source);
        }
    }
    if (status == STATUS_OK) {
        status = render(&renderer, &error);
    }
    if (status == STATUS_OK) {
        status = write_output(&renderer, &error);
    }
    if (renderer.source.name) {
        player_close(&renderer.player);
        source_close(&renderer.source);
    }
    session_close(&renderer.session);
    text_free(&renderer.out);
    free(folder);
    if (status != STATUS_OK) {
        return complain(error.text, status == STATUS_USAGE ? 2 : 1);
    }
    return finish_out(0);
}
