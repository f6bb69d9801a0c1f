/*
 * lang/player.c - running a scene on a session, and going back in it.
 */
#include "lang/player.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/nearest.h"
#include "base/utf8.h"

void player_open(struct player *player, const struct runner *runner, const struct source *source) {
    *player = (struct player){.runner = *runner, .source = source, .speed = 1};
}

void player_close(struct player *player) {
    for (size_t i = 0; i < player->stop_count; i++) {
        state_close(&player->stops[i].state);
        free(player->stops[i].name);
    }
    free(player->stops);
    if (player->moved) {
        state_close(&player->here);
    }
    *player = (struct player){0};
}

/* Keep the present state as the one to come back to. */
static bool remember_here(struct player *player) {
    struct state copy;
    if (state_copy(&copy, &player->runner.session->now) != STATUS_OK) {
        return false;
    }
    if (player->moved) {
        state_close(&player->here);
    }
    player->here = copy;
    player->moved = true;
    return true;
}

/* Put a copy of a kept state in place of the session's, as a change to undo only
 * where the user's own work would be lost. */
static bool restore(struct player *player, const struct state *state) {
    struct state copy;
    if (state_copy(&copy, state) != STATUS_OK) {
        return false;
    }
    struct session *session = player->runner.session;
    enum change change = copy.version == session->now.version ? CHANGE_NONE : CHANGE_EDIT;
    return session_commit(session, &copy, change) == STATUS_OK;
}

/* Note a pause or a mark that has been reached, unless it is known. */
static bool note_stop(struct player *player, const char *name) {
    if (player->stop_count > 0 && player->stops[player->stop_count - 1].next >= player->next) {
        return true;
    }
    if (player->stop_count == player->stop_capacity) {
        size_t capacity = player->stop_capacity ? player->stop_capacity * 2 : 16;
        struct stop *stops = memory_resize(player->stops, capacity, sizeof *stops);
        if (!stops) {
            return false;
        }
        player->stops = stops;
        player->stop_capacity = capacity;
    }
    struct stop stop = {.next = player->next, .pauses = player->pauses};
    if (name && !(stop.name = string_copy(name))) {
        return false;
    }
    if (state_copy(&stop.state, &player->runner.session->now) != STATUS_OK) {
        free(stop.name);
        return false;
    }
    player->stops[player->stop_count++] = stop;
    return true;
}

static struct stop *find_mark(const struct player *player, const char *name) {
    for (size_t i = 0; i < player->stop_count; i++) {
        if (player->stops[i].name && strcmp(player->stops[i].name, name) == 0) {
            return &player->stops[i];
        }
    }
    return NULL;
}

/* The mark that a statement sets, as a part of the line; NULL where it sets none. */
static const char *mark_set_by(const struct source *source, size_t index, size_t *length) {
    const char *line = source_statement(source, index, length);
    size_t at = 4;
    if (*length < 6 || memcmp(line, "mark", 4) != 0 || (line[at] != ' ' && line[at] != '\t')) {
        return NULL;
    }
    while (at < *length && (line[at] == ' ' || line[at] == '\t')) {
        at++;
    }
    *length -= at;
    return line + at;
}

/* Will the scene, from here on, set this mark (NULL: any)? */
static bool mark_is_ahead(const struct player *player, const char *name) {
    for (size_t i = player->next; i < player->source->count; i++) {
        size_t length;
        const char *mark = mark_set_by(player->source, i, &length);
        if (mark && (!name || (strlen(name) == length && memcmp(name, mark, length) == 0))) {
            return true;
        }
    }
    return false;
}

static enum status unknown_mark(const struct player *player, const struct result *result,
                                struct error *error) {
    const char *name = result->name;
    if (mark_is_ahead(player, name)) {
        return error_at(error, result->column, strlen(name),
                        "the mark '%s' comes only after this line", name);
    }
    struct nearest nearest = nearest_to(name);
    for (size_t i = 0; i < player->stop_count; i++) {
        nearest_consider(&nearest, player->stops[i].name ? player->stops[i].name : "");
    }
    quantity_suggest(state_model(&player->runner.session->now), &nearest);
    nearest_consider(&nearest, "START");
    nearest_consider(&nearest, "END");
    if (nearest_found(&nearest)) {
        return error_at(error, result->column, strlen(name),
                        "there is no quantity and no mark '%s': did you mean '%s'?", name,
                        nearest_found(&nearest));
    }
    return error_at(error, result->column, strlen(name),
                    "there is no quantity and no mark '%s' before this line", name);
}

/* A `goto MARK` within the scene: the state as it was there, and on with the scene. */
static enum status recall_mark(struct player *player, const struct result *result,
                               struct error *error) {
    const struct stop *stop = find_mark(player, result->name);
    if (!stop) {
        return unknown_mark(player, result, error);
    }
    return restore(player, &stop->state) ? STATUS_OK : error_memory(error);
}

/* A name marks one place; a scene that is played again comes by it again. */
static enum status set_mark(struct player *player, const struct result *result,
                            struct error *error) {
    const struct stop *other = find_mark(player, result->name);
    if (other && other->next != player->next) {
        size_t line, column;
        source_position(player->source, other->next - 1, 1, &line, &column);
        return error_at(error, result->column, strlen(result->name),
                        "there is a mark '%s' already, in line %zu", result->name, line);
    }
    return note_stop(player, result->name) ? STATUS_OK : error_memory(error);
}

/* What a statement asked for. True where the scene stops, for `*reason`. */
static bool obey(struct player *player, const struct result *result, bool through_waits,
                 enum stop_reason *reason, enum status *status, struct error *error) {
    switch (result->request) {
    case REQUEST_PAUSE:
        player->pauses++;
        *status = note_stop(player, NULL) ? STATUS_OK : error_memory(error);
        *reason = STOP_PAUSE;
        return true;
    case REQUEST_WAIT:
        player->seconds = result->seconds;
        *reason = STOP_WAIT;
        return !through_waits;
    case REQUEST_QUIT: *reason = STOP_QUIT; return true;
    case REQUEST_SPEED: player->speed = result->seconds; return false;
    case REQUEST_MARK: *status = set_mark(player, result, error); return false;
    case REQUEST_GOTO_MARK: *status = recall_mark(player, result, error); return false;
    default: return false;
    }
}

enum stop_reason player_run(struct player *player, bool through_waits, struct error *error) {
    enum stop_reason reason = STOP_END;
    bool stopped = false;
    while (!stopped && player->next < player->source->count) {
        size_t length;
        const char *line = source_statement(player->source, player->next, &length);
        player->next++;
        struct result result = {0};
        enum status status = command_run(&player->runner, line, length, &result, error);
        if (player->output) {
            player->output(player->context, &result);
        }
        if (status == STATUS_OK) {
            stopped = obey(player, &result, through_waits, &reason, &status, error);
        }
        result_free(&result);
        if (status != STATUS_OK) {
            reason = STOP_ERROR;
            stopped = true;
        }
    }
    if (!remember_here(player) && reason != STOP_ERROR) {
        error_memory(error);
        reason = STOP_ERROR;
    }
    return reason;
}

enum stop_reason player_continue(struct player *player, bool through_waits, struct error *error) {
    if (player->next >= player->source->count) {
        return STOP_END;
    }
    if (player->moved && player_off_script(player) && !restore(player, &player->here)) {
        error_memory(error);
        return STOP_ERROR;
    }
    return player_run(player, through_waits, error);
}

/* Stand at a stop that was passed. */
static bool stand_at(struct player *player, const struct stop *stop) {
    if (!restore(player, &stop->state)) {
        return false;
    }
    player->next = stop->next;
    player->pauses = stop->pauses;
    return remember_here(player);
}

bool player_previous(struct player *player) {
    for (size_t i = player->stop_count; i-- > 0;) {
        const struct stop *stop = &player->stops[i];
        bool here = stop->next == player->next && player->next <= player->source->count;
        if (!stop->name && (stop->next < player->next || (here && player_off_script(player)))) {
            return stand_at(player, stop);
        }
    }
    return false;
}

/* Was a pause passed between a mark and where the scene stands now? */
static bool paused_since(const struct player *player, const struct stop *mark) {
    for (size_t i = 0; i < player->stop_count; i++) {
        const struct stop *stop = &player->stops[i];
        if (!stop->name && stop->next > mark->next && stop->next < player->next) {
            return true;
        }
    }
    return false;
}

bool player_previous_mark(struct player *player) {
    bool first = true;
    for (size_t i = player->stop_count; i-- > 0;) {
        const struct stop *stop = &player->stops[i];
        if (!stop->name || stop->next >= player->next) {
            continue;
        }
        /* at the first pause behind a mark, that mark is where one is */
        if (!first || paused_since(player, stop) || player_off_script(player)) {
            return stand_at(player, stop);
        }
        first = false;
    }
    return false;
}

/* Run statements until a new mark is passed; stops right behind it. */
static bool run_to_mark(struct player *player, struct error *error) {
    if (!mark_is_ahead(player, NULL)) {
        return false;
    }
    if (player->moved && player_off_script(player) && !restore(player, &player->here)) {
        error_memory(error);
        return false;
    }
    while (player->next < player->source->count) {
        size_t length, before = player->stop_count;
        const char *line = source_statement(player->source, player->next, &length);
        player->next++;
        struct result result = {0};
        enum stop_reason reason;
        enum status status = command_run(&player->runner, line, length, &result, error);
        bool quit = status == STATUS_OK && obey(player, &result, true, &reason, &status, error) &&
                    result.request == REQUEST_QUIT;
        result_free(&result);
        bool marked = player->stop_count > before && player->stops[player->stop_count - 1].name;
        if (status != STATUS_OK || quit || marked) {
            remember_here(player);
            return status == STATUS_OK && marked;
        }
    }
    remember_here(player);
    return false;
}

bool player_next_mark(struct player *player, struct error *error) {
    for (size_t i = 0; i < player->stop_count; i++) {
        if (player->stops[i].name && player->stops[i].next > player->next) {
            return stand_at(player, &player->stops[i]);
        }
    }
    return run_to_mark(player, error);
}

bool player_goto_mark(struct player *player, const char *name, struct error *error) {
    const struct stop *known = find_mark(player, name);
    if (known) {
        return stand_at(player, known);
    }
    if (!mark_is_ahead(player, name)) {
        return false;
    }
    if (player->stop_count > 0) { /* ahead of everything that was passed */
        const struct stop *last = &player->stops[player->stop_count - 1];
        if (last->next > player->next && !stand_at(player, last)) {
            return false;
        }
    }
    while (run_to_mark(player, error)) {
        if (strcmp(player->stops[player->stop_count - 1].name, name) == 0) {
            return true;
        }
    }
    return false;
}

bool player_off_script(const struct player *player) {
    const struct state *now = &player->runner.session->now;
    const struct state *here = &player->here;
    return player->moved && (now->version != here->version || now->place.step != here->place.step ||
                             now->place.element != here->place.element);
}

double player_reading_time(const struct player *player) {
    const char *say = player->runner.session->now.say;
    return 2 + (say ? 0.055 * (double)utf8_length(say, strlen(say)) : 0);
}

size_t player_pause_count(const struct player *player) {
    size_t count = 0;
    for (size_t i = 0; i < player->source->count; i++) {
        size_t length;
        const char *line = source_statement(player->source, i, &length);
        count += length == 5 && memcmp(line, "pause", 5) == 0;
    }
    return count;
}
