/*
 * lang/player_stops.c - the places of a scene that a player has passed, with the states
 * there: what is kept of them, and what the bound on memory may not take.
 */
#include "player_private.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

static void pin(struct place_in_time *place, bool on) {
    if (place->here) {
        place->here->pins += on ? 1 : (size_t)-1;
    }
}

static void drop_stop(struct stop *stop) {
    if (stop->pinned) {
        pin(&stop->place, false);
    }
    place_in_time_drop(&stop->place);
    free(stop->name);
}

void player_forget_stops(struct player *player, size_t left) {
    while (player->stop_count > left) {
        drop_stop(&player->stops[--player->stop_count]);
    }
}

static void forget_here(struct player *player) {
    if (player->moved) {
        pin(&player->here, false);
        place_in_time_drop(&player->here);
        player->moved = false;
    }
}

void player_close(struct player *player) {
    player_forget_stops(player, 0);
    free(player->stops);
    forget_here(player);
    *player = (struct player){0};
}

bool player_remember(struct player *player) {
    struct place_in_time place;
    if (session_remember(player->runner.session, &place) != STATUS_OK) {
        return false;
    }
    forget_here(player);
    player->here = place;
    pin(&player->here, true);
    player->moved = true;
    session_set_floor(player->runner.session, true);
    return true;
}

size_t player_position(const struct player *player) {
    return 2 * player->next + (player->reason == STOP_TYPE);
}

size_t stop_position(const struct stop *stop) {
    return 2 * stop->next + (stop->reason == STOP_TYPE);
}

static bool reserve_stop(struct player *player) {
    struct stop *stops =
        memory_grow(player->stops, player->stop_count, &player->stop_capacity, sizeof *stops);
    player->stops = stops ? stops : player->stops;
    return stops != NULL;
}

/* The stop at this position; NULL where none was noted. */
static struct stop *known_stop(const struct player *player, size_t position) {
    for (size_t n = player->stop_count; n-- > 0;) {
        if (stop_position(&player->stops[n]) == position) {
            return &player->stops[n];
        }
    }
    return NULL;
}

/* Note the place that has been reached; a mark has a name. One that is known is noted
 * anew: it is the same, unless the user kept something before or there. */
bool player_note_stop(struct player *player, enum stop_reason reason, const char *name) {
    struct stop stop = {.reason = reason,
                        .next = player->next,
                        .pauses = player->pauses,
                        .seconds = player->seconds,
                        .speed = player->speed,
                        .pinned = name || reason == STOP_START};
    struct stop *known = known_stop(player, stop_position(&stop));
    if ((!known && !reserve_stop(player)) || (name && !(stop.name = string_copy(name)))) {
        return false;
    }
    if (session_remember(player->runner.session, &stop.place) != STATUS_OK) {
        free(stop.name);
        return false;
    }
    if (stop.pinned) {
        pin(&stop.place, true);
    }
    if (known) {
        drop_stop(known);
        *known = stop;
    } else {
        player->stops[player->stop_count++] = stop;
    }
    return true;
}

bool player_keep(struct player *player) {
    struct stop *stop = known_stop(player, player_position(player));
    struct place_in_time place;
    if (!stop || session_remember(player->runner.session, &place) != STATUS_OK) {
        return false;
    }
    player_forget_stops(player, (size_t)(stop - player->stops) + 1); /* of another story */
    if (stop->pinned) {
        pin(&stop->place, false);
    }
    place_in_time_drop(&stop->place);
    stop->place = place;
    stop->pinned = stop->kept = true;
    pin(&stop->place, true);
    return player_remember(player);
}

bool player_is_kept(const struct player *player) {
    bool kept = false;
    for (size_t n = 0; n < player->stop_count; n++) {
        const struct stop *stop = &player->stops[n];
        kept = kept || (stop->kept && stop_position(stop) <= player_position(player));
    }
    return kept;
}

struct stop *player_find_mark(const struct player *player, const char *name) {
    for (size_t i = 0; i < player->stop_count; i++) {
        if (player->stops[i].name && strcmp(player->stops[i].name, name) == 0) {
            return &player->stops[i];
        }
    }
    return NULL;
}

bool player_is_over(const struct player *player) {
    return player->next >= player->source->count;
}
