/*
 * app/plain_scene.c - scenes told in lines of text: the list of them, opening one, going
 * on to the next pause, marks.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/ascii.h"
#include "config.h"
#include "limit.h"
#include "opening.h"
#include "report.h"
#include "lang/catalogue.h"
#include "lang/quiz.h"
#include "plain.h"
#include "plain_tell.h"

void plain_unload(struct plain *plain) {
    if (plain->source.name) {
        player_close(&plain->player);
        source_close(&plain->source);
        free(plain->folder);
        plain->folder = NULL;
    }
}

/* Let the scene's stop be told once what it did is told. */
static void note_stop(struct plain *plain, enum stop_reason reason) {
    plain->stopped = true;
    plain->reason = reason;
    plain->quit = plain->quit || reason == STOP_QUIT;
}

static void put_end(struct text *text, const char *name) {
    struct catalogue catalogue;
    bool listed = catalogue_open(&catalogue) == STATUS_OK;
    const char *next = listed ? catalogue_next(&catalogue, name) : NULL;
    text_put(text, "The story ends here: Enter steps on, 'menu' lists the scenes");
    if (next) {
        text_printf(text, ", '%s' is the next", next);
    }
    text_put(text, ".\n");
    catalogue_close(&catalogue);
}

void plain_tell_stop(struct plain *plain) {
    const struct player *player = &plain->player;
    struct text text = TEXT_EMPTY;
    if (!plain->stopped) {
        return;
    }
    plain->stopped = false;
    if (plain->reason == STOP_ERROR) {
        source_describe(&plain->source, last_statement(player), &plain->fault, false, &text);
        fflush(stdout);
        fputs(plain->recovery.running ? "" : text_string(&text), stderr);
        text_free(&text);
        plain->code = plain->talks ? plain->code : 1;
    } else if (plain->reason == STOP_PAUSE) {
        text_printf(&text, "Pause %zu of %zu.\n", player->pauses, player_pause_count(player));
    } else if (plain->reason == STOP_ASK) {
        text_printf(&text, "Pause %zu of %zu: type the answer, or 'hint'.\n", player->pauses,
                    player_pause_count(player));
    } else if (plain->reason == STOP_CONSENT) {
        text_printf(&text,
                    "The scene wants to write '%s': 'allow' lets it, 'allow no' goes on without.\n",
                    player->file);
    } else if (plain->reason == STOP_END && plain->options->quiz) {
        plain->quit = true;
    } else if (plain->reason == STOP_END) {
        put_end(&text, plain->source.name);
    }
    plain_text(plain, &text);
}

static enum stop_reason run_on(struct plain *plain) {
    plain->fault = (struct error){0};
    limit_begin(&plain->limit, plain->options);
    return player_run(&plain->player, true, &plain->fault);
}

/* A player of a scene that was opened, with the user's settings. */
static void open_player(struct plain *plain, struct player *player, struct opening *opening) {
    struct runner runner = plain_runner(plain);
    runner.session = &opening->session;
    config_follow(&plain->preferences, &runner);
    preferences_scene_open(&plain->preferences);
    fence_in(&runner, opening->folder, plain->options);
    runner.writing = plain->options->allow_files ? WRITE_FREELY : WRITE_ASK;
    if (!plain->talks) {
        limit_runner(&plain->limit, &runner);
    }
    player_open(player, &runner, &opening->source);
    player->output = plain_keep;
    player->context = plain;
}

/* It takes the place of the scene that was open. */
static void take(struct plain *plain, const struct opening *opening, const struct player *player) {
    plain_unload(plain);
    preferences_scene_settle(&plain->preferences, true);
    session_close(&plain->session);
    plain->session = opening->session;
    plain->source = opening->source;
    plain->folder = opening->folder;
    plain->player = *player;
    plain->player.runner.session = &plain->session;
    plain->player.source = &plain->source;
    plain->choosing = false;
    plain_journal_restart(plain);
}

/* Open a scene on a clean ground, and tell it from its start to its first pause. */
enum status plain_load(struct plain *plain, const char *name, struct error *error) {
    struct opening opening;
    struct player player;
    enum status status = opening_open(&opening, plain->options, name, error);
    if (status != STATUS_OK) {
        return status;
    }
    open_player(plain, &player, &opening);
    take(plain, &opening, &player);
    note_stop(plain, run_on(plain));
    plain_text(plain, &plain->output);
    if (plain->reason != STOP_ERROR) {
        struct text text = TEXT_EMPTY;
        tell_state(&text, &plain->session.now, plain->ascii);
        plain_text(plain, &text);
    }
    plain_tell_stop(plain);
    return STATUS_OK;
}

void plain_list(struct plain *plain) {
    struct catalogue catalogue;
    struct text text = TEXT_EMPTY;
    if (catalogue_open(&catalogue) != STATUS_OK) {
        plain_error(plain, 0, "out of memory");
        return;
    }
    text_put(&text, "The scenes:\n");
    for (size_t i = 0; i < catalogue.count; i++) {
        text_printf(&text, "%zu. %s: %s\n", i + 1, catalogue.rows[i].name, catalogue.rows[i].title);
    }
    text_put(&text, "Type a name, a number or a path; Enter opens the first, 'quit' leaves.\n");
    plain_text(plain, &text);
    catalogue_close(&catalogue);
    plain->choosing = true;
}

/* The line after the list: a scene's number or name; nothing for the first. */
void plain_choose(struct plain *plain, const char *line) {
    struct catalogue catalogue;
    struct error error = {0};
    if (catalogue_open(&catalogue) != STATUS_OK) {
        plain_error(plain, 0, "out of memory");
        return;
    }
    char *end;
    unsigned long number = *line ? strtoul(line, &end, 10) : 1;
    bool numbered = !*line || (ascii_is_digit(*line) && *end == '\0');
    const char *name = line;
    if (numbered && number >= 1 && number <= catalogue.count) {
        name = catalogue.rows[number - 1].name;
    }
    if (plain_load(plain, name, &error) != STATUS_OK) {
        plain_error(plain, 0, error.text);
    } else if (!plain->quit) {
        plain_advise(plain);
    }
    catalogue_close(&catalogue);
}

/* On to the scene's next pause, dropping what was done since the last. */
static void go_on(struct plain *plain) {
    struct player *player = &plain->player;
    if (player->next < plain->source.count && player_off_script(player)) {
        plain_line(plain, "Back to where the story stopped, and on.");
    }
    struct text passed = TEXT_EMPTY;
    quiz_passed(&passed, &plain->session.now);
    if (passed.length > 0) {
        plain_line(plain, text_string(&passed));
    }
    text_free(&passed);
    plain->fault = (struct error){0};
    limit_begin(&plain->limit, plain->options);
    note_stop(plain, player_continue(player, true, &plain->fault));
}

/* Read the scene's file anew, and go to where it stands. What cannot be read, or fails on
 * the way, is told, and the scene stays as it was. */
static void reload(struct plain *plain) {
    struct opening opening;
    struct player player;
    struct error error = {0};
    if (strcmp(plain->source.name, "-") == 0) {
        plain_error(plain, 0, "standard input cannot be read again");
        return;
    }
    if (opening_open(&opening, plain->options, plain->source.name, &error) != STATUS_OK) {
        plain_error(plain, 0, error.text);
        return;
    }
    open_player(plain, &player, &opening);
    bool there = player_follow(&player, &plain->player, &error);
    text_free(&plain->output); /* what it wrote on the way was told before */
    if (!there) {
        struct text text = TEXT_EMPTY;
        put_fault(&text, &opening.source, last_statement(&player), &error);
        plain_error(plain, 0, text_string(&text));
        text_free(&text);
        player_close(&player);
        opening_close(&opening);
        return;
    }
    take(plain, &opening, &player);
    plain->keeping.whole = true; /* the journal cannot say where that is */
    plain_line(plain, "Read anew.");
    note_stop(plain, plain->player.reason);
}

/* To another place of the scene; true where there is one. */
static bool go_to(struct plain *plain, const struct result *result) {
    struct player *player = &plain->player;
    switch (result->request) {
    case REQUEST_REWIND: /* nothing waits here, nothing is typed */
    case REQUEST_PREVIOUS: return player_previous(player);
    case REQUEST_RESTART: return player_restart(player);
    case REQUEST_SEEK: return player_seek(player, result->seconds, &plain->fault);
    case REQUEST_NEXT_MARK: return player_next_mark(player, &plain->fault);
    case REQUEST_PREVIOUS_MARK: return player_previous_mark(player);
    default: return player_goto_mark(player, result->name, &plain->fault);
    }
}

/* May the scene write the file that it asked about, and others? */
static void answer_consent(struct plain *plain, bool allowed) {
    struct player *player = &plain->player;
    player->runner.writing = allowed ? WRITE_FREELY : WRITE_NEVER;
    player->runner.read_only = plain->recovery.running; /* it is not written once more */
    if (player->reason == STOP_CONSENT) {
        go_on(plain);
    }
}

/* A name that is no place; `player` NULL: there is no scene. */
static void tell_nowhere(struct plain *plain, const struct player *player,
                         const struct result *result) {
    struct error error = {0};
    player_nowhere(player, state_model(&plain->session.now), result->name, result->column, "",
                   &error);
    plain_error(plain, error.column, error.text);
}

/* Without a scene to go on with it is a step, as on the screen. */
static void step_on(struct plain *plain) {
    struct runner runner = plain_runner(plain);
    struct result step = {0};
    struct state before;
    if (state_copy(&before, &plain->session.now) != STATUS_OK) {
        plain_error(plain, 0, "out of memory");
        return;
    }
    if (command_run(&runner, "step", 4, &step, &plain->fault) == STATUS_OK) {
        plain_journal(plain, "step", 4, &before, &step);
    }
    result_free(&step);
    state_close(&before);
}

static void request_alone(struct plain *plain, const struct result *result) {
    if (result->request == REQUEST_CONTINUE) {
        step_on(plain);
    } else if (result->request == REQUEST_GOTO_MARK) {
        tell_nowhere(plain, NULL, result);
    } else {
        plain_error(plain, 0, "there is no scene: 'menu' lists them");
    }
}

static void go_elsewhere(struct plain *plain, const struct result *result) {
    const struct player *player = &plain->player;
    bool at_mark = result->request == REQUEST_NEXT_MARK ||
                   result->request == REQUEST_PREVIOUS_MARK || result->request == REQUEST_GOTO_MARK;
    bool found = go_to(plain, result);
    if (plain->fault.status != STATUS_OK) {
        note_stop(plain, STOP_ERROR);
    } else if (found) { /* from a mark on to what it introduces */
        bool stands = player->reason == STOP_PAUSE || player->reason == STOP_ASK;
        note_stop(plain, stands && !at_mark ? player->reason : run_on(plain));
    } else if (result->request == REQUEST_GOTO_MARK) {
        tell_nowhere(plain, player, result);
    } else {
        plain_line(plain, "There is nothing further that way.");
    }
}

/* What a command asked of the scene. */
void plain_request(struct plain *plain, const struct result *result) {
    if (!plain->source.name) {
        request_alone(plain, result);
        return;
    }
    plain->fault = (struct error){0};
    limit_begin(&plain->limit, plain->options);
    switch (result->request) {
    case REQUEST_CONTINUE: go_on(plain); break;
    case REQUEST_ALLOW: answer_consent(plain, true); break;
    case REQUEST_REFUSE: answer_consent(plain, false); break;
    case REQUEST_RELOAD: reload(plain); break;
    case REQUEST_KEEP:
        plain_line(plain, player_keep(&plain->player)
                              ? "Kept: the story goes on with what you have."
                              : "Nothing can be kept here.");
        break;
    default: go_elsewhere(plain, result); break;
    }
}
