/*
 * lang/player.c - running a scene on a session, moment by moment.
 */
#include "player_private.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/nearest.h"

void player_open(struct player *player, const struct runner *runner, const struct source *source) {
    *player =
        (struct player){.runner = *runner, .source = source, .speed = 1, .reason = STOP_START};
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
bool player_remember(struct player *player) {
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
bool player_restore(struct player *player, const struct state *state) {
    struct state copy;
    if (state_copy(&copy, state) != STATUS_OK) {
        return false;
    }
    struct session *session = player->runner.session;
    enum change change = copy.version == session->now.version ? CHANGE_NONE : CHANGE_EDIT;
    return session_commit(session, &copy, change) == STATUS_OK;
}

size_t player_position(const struct player *player) {
    return 2 * player->next + (player->reason == STOP_TYPE);
}

size_t stop_position(const struct stop *stop) {
    return 2 * stop->next + (stop->reason == STOP_TYPE);
}

static bool reserve_stop(struct player *player) {
    if (player->stop_count < player->stop_capacity) {
        return true;
    }
    size_t capacity = player->stop_capacity ? player->stop_capacity * 2 : 16;
    struct stop *stops = memory_resize(player->stops, capacity, sizeof *stops);
    if (stops) {
        player->stops = stops;
        player->stop_capacity = capacity;
    }
    return stops != NULL;
}

/* Note the place that has been reached, unless it is known; a mark has a name. */
static bool note_stop(struct player *player, enum stop_reason reason, const char *name) {
    struct stop stop = {.reason = reason,
                        .next = player->next,
                        .pauses = player->pauses,
                        .seconds = player->seconds,
                        .speed = player->speed};
    const struct stop *last =
        player->stop_count > 0 ? &player->stops[player->stop_count - 1] : NULL;
    if (last && stop_position(last) >= stop_position(&stop)) {
        return true;
    }
    if (!reserve_stop(player) || (name && !(stop.name = string_copy(name)))) {
        return false;
    }
    if (state_copy(&stop.state, &player->runner.session->now) != STATUS_OK) {
        free(stop.name);
        return false;
    }
    player->stops[player->stop_count++] = stop;
    return true;
}

struct stop *player_find_mark(const struct player *player, const char *name) {
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
bool player_mark_ahead(const struct player *player, const char *name) {
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
    if (player_mark_ahead(player, name)) {
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
    const struct stop *stop = player_find_mark(player, result->name);
    if (!stop) {
        return unknown_mark(player, result, error);
    }
    return player_restore(player, &stop->state) ? STATUS_OK : error_memory(error);
}

/* A name marks one place; a scene that is played again comes by it again. */
static enum status set_mark(struct player *player, const struct result *result,
                            struct error *error) {
    const struct stop *other = player_find_mark(player, result->name);
    if (other && other->next != player->next) {
        size_t line, column;
        source_position(player->source, other->next - 1, 1, &line, &column);
        return error_at(error, result->column, strlen(result->name),
                        "there is a mark '%s' already, in line %zu", result->name, line);
    }
    return note_stop(player, STOP_PAUSE, result->name) ? STATUS_OK : error_memory(error);
}

/* What a statement asked for. True where the scene stops, for player->reason. */
static bool obey(struct player *player, const struct result *result, enum status *status,
                 struct error *error) {
    switch (result->request) {
    case REQUEST_PAUSE:
        player->pauses++;
        player->reason = STOP_PAUSE;
        break;
    case REQUEST_WAIT:
        player->seconds = result->seconds;
        player->reason = STOP_WAIT;
        break;
    case REQUEST_QUIT: player->reason = STOP_QUIT; return true;
    case REQUEST_SPEED: player->speed = result->seconds; return false;
    case REQUEST_MARK: *status = set_mark(player, result, error); return false;
    case REQUEST_GOTO_MARK: *status = recall_mark(player, result, error); return false;
    default: return false;
    }
    *status = note_stop(player, player->reason, NULL) ? STATUS_OK : error_memory(error);
    return true;
}

static bool run_statement(struct player *player, bool silent, struct error *error) {
    size_t length;
    const char *line = source_statement(player->source, player->next, &length);
    struct result result = {0};
    player->next++;
    player->typed = 0;
    player->reason = STOP_END; /* unless something else comes */
    bool stopped = false;
    enum status status = command_run(&player->runner, line, length, &result, error);
    if (player->output && !silent) {
        player->output(player->context, &result);
    }
    if (status == STATUS_OK) {
        stopped = obey(player, &result, &status, error);
    }
    result_free(&result);
    if (status != STATUS_OK) {
        player->reason = STOP_ERROR;
    }
    return stopped || status != STATUS_OK;
}

/* A letter more of a line that is typed; false once all of it is shown, or where the
 * next statement is no such line. */
static bool type_on(struct player *player, bool *noted) {
    size_t length;
    *noted = true;
    if (player->reason == STOP_TYPE) {
        return player_type_letter(player);
    }
    if (!typed_line(player->source, player->next, &length)) {
        return false;
    }
    player->reason = STOP_TYPE;
    player->typed = 0;
    player->seconds = typing_seconds(player);
    *noted = note_stop(player, STOP_TYPE, NULL);
    return true;
}

bool player_advance(struct player *player, bool silent, struct error *error) {
    bool noted;
    if (player->reason == STOP_START && !note_stop(player, STOP_START, NULL)) {
        error_memory(error);
        player->reason = STOP_ERROR;
        return true;
    }
    if (!type_on(player, &noted)) {
        return run_statement(player, silent, error);
    }
    if (!noted) {
        error_memory(error);
        player->reason = STOP_ERROR;
    }
    return true;
}

enum stop_reason player_run(struct player *player, bool through_waits, struct error *error) {
    bool stopped = false;
    while (!stopped && !player_is_over(player)) {
        stopped = player_advance(player, false, error);
        if (through_waits && (player->reason == STOP_WAIT || player->reason == STOP_TYPE)) {
            player_type_all(player);
            stopped = false;
        }
    }
    if (!stopped) {
        player->reason = STOP_END;
    }
    if (!player_remember(player) && player->reason != STOP_ERROR) {
        error_memory(error);
        player->reason = STOP_ERROR;
    }
    return player->reason;
}

bool player_rejoin(struct player *player, struct error *error) {
    if (player->moved && player_off_script(player) && !player_restore(player, &player->here)) {
        error_memory(error);
        return false;
    }
    return true;
}

enum stop_reason player_continue(struct player *player, bool through_waits, struct error *error) {
    if (player_is_over(player)) {
        return STOP_END;
    }
    return player_rejoin(player, error) ? player_run(player, through_waits, error) : STOP_ERROR;
}

bool player_is_over(const struct player *player) {
    return player->next >= player->source->count;
}

bool player_off_script(const struct player *player) {
    const struct state *now = &player->runner.session->now;
    const struct state *here = &player->here;
    return player->moved && (now->version != here->version || now->place.step != here->place.step ||
                             now->place.element != here->place.element);
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
