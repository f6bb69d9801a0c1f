/*
 * app/render.c - the screens that a person would see, written to a file. Nothing
 * depends on a clock or a terminal: the same bytes on every machine.
 */
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "formats.h"
#include "opening.h"
#include "report.h"
#include "limit.h"
#include "shoot.h"
#include "usage.h"

struct renderer {
    const struct options *options;
    const struct film_format *format;
    struct session session;
    struct source source; /* source.name NULL: only -e lines */
    char *folder;         /* of the scene */
    struct preferences preferences;
    struct player player;
    struct film film;
    struct shoot shoot;
    struct limit limit;
    bool changed; /* `before` is the state that a line changed last, as on the screen: */
    struct state before;
};

/* Is the whole scene asked for, or one screen? */
static bool wants_all(const struct renderer *renderer) {
    const char *at = renderer->options->at;
    return at ? strcmp(at, "all") == 0 : (renderer->format->traits & FILM_PLAYS) != 0;
}

static struct runner runner_of(struct renderer *renderer) {
    struct runner runner = {.session = &renderer->session,
                            .folder = renderer->folder,
                            .read_only = true,
                            .preferences = &renderer->preferences,
                            .own = &usage_words};
    limit_runner(&renderer->limit, &runner);
    return runner;
}

/* One -e line to its end, as `run` runs it. */
static enum status run_line(struct renderer *renderer, const char *line, struct error *error) {
    struct source source;
    struct player player;
    struct runner runner = runner_of(renderer);
    enum status status = source_open(&source, "-e", line, strlen(line), error);
    if (status == STATUS_OK) {
        status = source_include(&source, false, error);
    }
    if (status != STATUS_OK) {
        return status;
    }
    runner.folder = NULL;
    player_open(&player, &runner, &source);
    player.answers = true;
    enum stop_reason reason;
    do {
        reason = player_run(&player, true, error);
    } while (reason == STOP_PAUSE);
    if (reason == STOP_ERROR) {
        status = shoot_error(&player, error);
    }
    player_close(&player);
    source_close(&source);
    return status;
}

static void forget_change(struct renderer *renderer) {
    if (renderer->changed) {
        state_close(&renderer->before);
        renderer->changed = false;
        renderer->shoot.before = NULL;
    }
}

/* Whoever types the line in a scene sees what it changed, until the walk goes on. Without a
 * scene the lines make what is shown. Takes `before`. */
static void note_change(struct renderer *renderer, struct state *before) {
    const struct state *now = &renderer->session.now;
    bool changed = renderer->source.name && before->version != now->version;
    if (changed || !place_equal(before->place, now->place)) {
        forget_change(renderer);
    }
    if (changed) {
        renderer->before = *before;
        renderer->changed = true;
        renderer->shoot.before = &renderer->before;
    } else {
        state_close(before);
    }
}

/* The -e lines, after the scene. */
static enum status run_lines(struct renderer *renderer, struct error *error) {
    enum status status = STATUS_OK;
    for (size_t i = 0; i < renderer->options->line_count && status == STATUS_OK; i++) {
        struct state before;
        if (state_copy(&before, &renderer->session.now) != STATUS_OK) {
            return error_memory(error);
        }
        status = run_line(renderer, renderer->options->lines[i], error);
        note_change(renderer, &before);
    }
    return status;
}

/* The theme that the scene has come to, unless the options name one. */
static void take_theme(struct renderer *renderer) {
    struct film *film = &renderer->film;
    const struct theme *theme = renderer->preferences.look.theme;
    if (film->any_theme && film->theme != theme) {
        film->theme = theme;
        film->any_theme = false;
    }
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
    struct runner runner = runner_of(renderer);
    struct result result = {0};
    enum status status = command_run(&runner, text_string(&line), line.length, &result, error);
    if (status == STATUS_OK && result.request == REQUEST_GOTO_MARK) {
        status = error_set(error, STATUS_INPUT, "there is no mark and no step '%s'", at);
    }
    result_free(&result);
    text_free(&line);
    return status;
}

static enum status set_title(struct renderer *renderer, struct error *error) {
    const char *title = renderer->session.now.title;
    title = title ? title : renderer->source.name;
    return film_set_title(&renderer->film, title) == STATUS_OK ? STATUS_OK : error_memory(error);
}

/* The last frame of a film adds no time where a pause shows the same; alone it is there
 * at once. */
static enum status put_last(struct renderer *renderer, bool all, struct error *error) {
    struct shoot *shoot = &renderer->shoot;
    size_t frames = renderer->film.count;
    uint64_t end = renderer->film.end;
    shoot->film = &renderer->film;
    double seconds = 0;
    if (all && renderer->source.name) {
        const struct player *player = &renderer->player;
        seconds = player_reading_time(player) / (player->speed * shoot->speed);
    }
    enum status status = shoot_frame(shoot, seconds, error);
    if (renderer->film.count == frames) {
        renderer->film.end = end;
    }
    return status;
}

static enum status render(struct renderer *renderer, struct error *error) {
    bool all = wants_all(renderer);
    enum status status = STATUS_OK;
    if (renderer->source.name) {
        renderer->shoot.player = &renderer->player;
        renderer->shoot.film = all ? &renderer->film : NULL;
        status = shoot_scene(&renderer->shoot, error);
    }
    if (status == STATUS_OK) {
        status = run_lines(renderer, error);
    }
    const struct version *version = renderer->session.now.version;
    if (status == STATUS_OK && !all) {
        status = go_to(renderer, error);
    }
    if (renderer->session.now.version != version) { /* at a mark, where the line was not yet */
        forget_change(renderer);
    }
    if (status == STATUS_OK) {
        status = put_last(renderer, all, error);
    }
    return status == STATUS_OK ? set_title(renderer, error) : status;
}

static enum status prepare(struct renderer *renderer, struct error *error) {
    const struct options *options = renderer->options;
    const struct theme *plain = options->no_color ? theme_named("mono") : NULL;
    const struct theme *wanted = options->theme ? options->theme : plain;
    const struct theme *theme = wanted ? wanted : theme_at(0);
    size_t format;
    enum status status = formats_pick(options, "render", &format, error);
    if (status != STATUS_OK) {
        return status;
    }
    renderer->format = film_format_at(format);
    film_open(&renderer->film, theme);
    renderer->film.any_theme = !wanted;
    renderer->preferences = preferences_default();
    preferences_set_theme(&renderer->preferences, theme, false);
    renderer->shoot = (struct shoot){
        .session = &renderer->session,
        .bindings = &renderer->preferences.bindings,
        .theme = wanted ? &renderer->film.theme : &renderer->preferences.look.theme,
        .rows = options->rows,
        .cols = options->cols,
        .ascii = options->ascii,
        .colors = (renderer->format->traits & FILM_COLORS) != 0,
        .moves = (renderer->format->traits & FILM_MOVES) != 0,
        .speed = options->speed,
    };
    return session_open(&renderer->session, error);
}

static enum status write_output(const struct renderer *renderer, struct error *error) {
    struct text out = TEXT_EMPTY;
    renderer->format->write(&out, &renderer->film);
    enum status status = put_file(renderer->options->output, &out, error);
    text_free(&out);
    return status;
}

static void close_all(struct renderer *renderer) {
    shoot_close(&renderer->shoot);
    forget_change(renderer);
    film_close(&renderer->film);
    if (renderer->source.name) {
        player_close(&renderer->player);
        source_close(&renderer->source);
    }
    session_close(&renderer->session);
    preferences_close(&renderer->preferences);
    free(renderer->folder);
}

int action_render(const struct options *options) {
    struct renderer renderer = {.options = options};
    struct error error = {0};
    limit_begin(&renderer.limit, options);
    enum status status = prepare(&renderer, &error);
    if (status == STATUS_OK && options->scene_count > 0) {
        status = source_open_named(&renderer.source, options->scenes[0], &error);
        if (status == STATUS_OK) {
            renderer.folder = file_folder(options->scenes[0]);
            struct runner runner = runner_of(&renderer);
            fence_in(&runner, renderer.folder, options);
            player_open(&renderer.player, &runner, &renderer.source);
        }
    }
    if (status == STATUS_OK) {
        status = render(&renderer, &error);
    }
    if (status == STATUS_OK) {
        take_theme(&renderer);
        status = write_output(&renderer, &error);
    }
    close_all(&renderer);
    if (status != STATUS_OK) {
        return error.text[0] ? complain(error.text, status == STATUS_USAGE ? 2 : 1) : 1;
    }
    return finish_out(0);
}
