/*
 * lang/player_seek.c - going to other places of a scene: pauses, marks, shares of its
 * time. What was passed is kept; what was not is run.
 */
#include <string.h>

#include "player_private.h"

/* Stand at a stop whose state is there. */
static enum status stand(struct player *player, const struct stop *stop) {
    enum status status = session_return(player->runner.session, &stop->place);
    if (status == STATUS_OK) {
        player->next = stop->next;
        player->pauses = stop->pauses;
        player->reason = stop->reason;
        player->seconds = stop->seconds;
        player->speed = stop->speed;
        player->typed = 0;
    }
    return status;
}

/* Run on, silently, until the scene stands at this position or further on. */
static bool run_to(struct player *player, size_t position, struct error *error) {
    bool broken = false;
    session_set_floor(player->runner.session, false);
    while (!broken && !player_is_over(player) && player_position(player) < position) {
        player_advance(player, true, error);
        broken = player_is_stuck(player);
        if (player_position(player) < position) {
            player_type_all(player);
        }
    }
    return !broken;
}

/* Stand at a stop that was passed. Where the bound took it, from the stop before that. */
static bool stand_at(struct player *player, const struct stop *stop) {
    size_t at = (size_t)(stop - player->stops), position = stop_position(stop);
    enum status status = STATUS_INPUT;
    for (size_t n = at + 1; n-- > 0 && status == STATUS_INPUT;) {
        status = stand(player, &player->stops[n]);
    }
    struct error error = {0};
    return status == STATUS_OK && run_to(player, position, &error) && player_remember(player);
}

/* Is it what the scene stops for when it plays, and not a mark or the start? */
static bool is_moment(const struct stop *stop) {
    return !stop->name && stop->reason != STOP_START;
}

/* Does the user have the say there? */
static bool is_pause(const struct stop *stop) {
    return stop->reason == STOP_PAUSE || stop->reason == STOP_ASK;
}

/* To the stop before the present one, of the pauses alone or of all moments; to the
 * present one, where the user or the typing went on from there. */
static bool go_back(struct player *player, bool pauses) {
    size_t here = player_position(player);
    bool away = player_off_script(player) || player->typed > 0;
    for (size_t i = player->stop_count; i-- > 0;) {
        const struct stop *stop = &player->stops[i];
        bool wanted = is_moment(stop) && (!pauses || is_pause(stop));
        if (wanted && (stop_position(stop) < here || (stop_position(stop) == here && away))) {
            return stand_at(player, stop);
        }
    }
    return false;
}

bool player_previous(struct player *player) {
    return go_back(player, true);
}

bool player_rewind(struct player *player) {
    return go_back(player, false);
}

bool player_restart(struct player *player) {
    if (player->stop_count == 0 || !stand_at(player, &player->stops[0])) {
        return false;
    }
    player_forget_stops(player, 1); /* with what was kept */
    return true;
}

/* Was a pause passed between a mark and where the scene stands now? */
static bool paused_since(const struct player *player, const struct stop *mark) {
    for (size_t i = 0; i < player->stop_count; i++) {
        const struct stop *stop = &player->stops[i];
        if (is_moment(stop) && is_pause(stop) && stop->next > mark->next &&
            stop->next < player->next) {
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
    if (!player_mark_ahead(player, NULL) || !player_rejoin(player, error)) {
        return false;
    }
    bool marked = false, broken = false;
    while (!marked && !broken && !player_is_over(player)) {
        size_t before = player->stop_count;
        player_advance(player, true, error);
        player_type_all(player);
        marked = player->stop_count > before && player->stops[player->stop_count - 1].name;
        broken = player_is_stuck(player);
    }
    player_remember(player);
    return marked && !broken;
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
    const struct stop *known = player_find_mark(player, name);
    if (known) {
        return stand_at(player, known);
    }
    if (!player_mark_ahead(player, name)) {
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

bool player_follow(struct player *player, const struct player *other, struct error *error) {
    const struct stop *mark = NULL;
    size_t pauses = other->pauses;
    for (size_t i = 0; i < other->stop_count; i++) {
        const struct stop *stop = &other->stops[i];
        mark = stop->name && stop->next <= other->next ? stop : mark;
    }
    if (mark && player_mark_ahead(player, mark->name)) {
        if (!player_goto_mark(player, mark->name, error)) {
            return player->reason != STOP_ERROR;
        }
        pauses = player->pauses + other->pauses - mark->pauses;
    }
    enum stop_reason reason;
    do {
        reason = player_run(player, true, error);
    } while (player->pauses < pauses && (reason == STOP_PAUSE || reason == STOP_ASK));
    return reason != STOP_ERROR;
}

/* The last stop that was passed up to a position; NULL for none. */
static const struct stop *last_stop(const struct player *player, size_t position) {
    const struct stop *last = NULL;
    for (size_t i = 0; i < player->stop_count; i++) {
        const struct stop *stop = &player->stops[i];
        last = stop_position(stop) <= position ? stop : last;
    }
    return last;
}

bool player_seek(struct player *player, double share, struct error *error) {
    size_t to = player_position_at(player->source, share);
    const struct stop *from = last_stop(player, to);
    bool behind =
        player_position(player) > to || (from && stop_position(from) > player_position(player));
    if (behind && (!from || !stand_at(player, from))) {
        return false;
    }
    if (!player_rejoin(player, error)) {
        return false;
    }
    bool good = run_to(player, to, error);
    return player_remember(player) && good;
}
