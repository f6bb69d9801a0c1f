/*
 * lang/player_time.c - what lies ahead in a scene, as far as its text tells: how long its
 * parts last (waits, the typing of lines, pauses as long as it takes to read the narration),
 * in seconds at the user's speed 1; and which marks it sets.
 */
#include <string.h>

#include "base/ascii.h"
#include "base/number.h"
#include "base/utf8.h"
#include "player_private.h"

static const double before_typing = 0.5, between_letters = 0.06, before_entering = 0.9;

static double reading_seconds(size_t characters) {
    return 2 + 0.055 * (double)characters;
}

/* What follows this word at the start of a statement; NULL where another word stands there,
 * or nothing follows. */
static const char *statement_after(const struct source *source, size_t index, const char *word,
                                   size_t *length) {
    const char *line = source_statement(source, index, length);
    size_t at = strlen(word);
    if (*length <= at || memcmp(line, word, at) != 0 || !ascii_is_blank(line[at])) {
        return NULL;
    }
    at += strspn(line + at, " \t");
    *length -= at;
    return line + at;
}

/* A question takes as long as its line in the scene tells, and its answer once more:
 * then a scene need not be run to know its length. */
double player_reading_time(const struct player *player) {
    const struct state *now = &player->runner.session->now;
    const struct question *question = &now->question;
    size_t length;
    const char *asked = player->reason == STOP_ASK && player->next > 0
                            ? statement_after(player->source, player->next - 1, "ask", &length)
                            : NULL;
    if (asked) {
        return reading_seconds(utf8_length(asked, length));
    }
    const char *said = question->reply                    ? question->reply
                       : question->stage != QUESTION_NONE ? question->text
                                                          : now->say;
    return reading_seconds(said ? utf8_length(said, strlen(said)) : 0);
}

const char *typed_line(const struct source *source, size_t index, size_t *length) {
    return statement_after(source, index, "type", length);
}

const char *player_typing(const struct player *player, size_t *length) {
    return player->reason == STOP_TYPE ? typed_line(player->source, player->next, length) : NULL;
}

double typing_seconds(const struct player *player) {
    size_t length;
    const char *line = player_typing(player, &length);
    return !line || player->typed == length ? before_entering
           : player->typed == 0             ? before_typing
                                            : between_letters;
}

bool player_type_letter(struct player *player) {
    size_t length;
    uint32_t code_point;
    const char *line = player_typing(player, &length);
    if (!line || player->typed >= length) {
        return false;
    }
    player->typed += utf8_decode(line + player->typed, length - player->typed, &code_point);
    player->seconds = typing_seconds(player);
    return true;
}

void player_type_all(struct player *player) {
    size_t length;
    if (player_typing(player, &length)) {
        player->typed = length;
        player->seconds = typing_seconds(player);
    }
}

/* ---- the time of the whole scene ---- */

/* Going through a scene without running it. */
struct reading {
    const struct source *source;
    size_t characters; /* of the narration */
    double speed;
};

static double number_behind(const struct source *source, size_t index, const char *word) {
    size_t length;
    double value = 0;
    bool overflow;
    const char *at = statement_after(source, index, word, &length);
    size_t taken = at ? number_parse(at, length, &value, &overflow) : 0;
    return taken > 0 && taken == length && value > 0 ? value : 0;
}

/* How long statement `index` lasts. */
static double statement_seconds(struct reading *reading, size_t index) {
    size_t length;
    const char *line = source_statement(reading->source, index, &length);
    double speed = number_behind(reading->source, index, "speed");
    reading->speed = speed > 0 ? speed : reading->speed;
    if (length >= 3 && memcmp(line, "say", 3) == 0) {
        const char *text = statement_after(reading->source, index, "say", &length);
        reading->characters = text ? utf8_length(text, length) : 0;
        return 0;
    }
    double seconds = number_behind(reading->source, index, "wait");
    const char *typed = typed_line(reading->source, index, &length);
    if (typed) {
        seconds = before_typing + before_entering +
                  between_letters * ((double)utf8_length(typed, length) - 1);
    } else if (string_is("pause", line, length)) {
        seconds = reading_seconds(reading->characters);
    } else if ((line = statement_after(reading->source, index, "ask", &length)) != NULL) {
        seconds = 2 * reading_seconds(utf8_length(line, length)); /* and its answer */
    }
    return seconds / reading->speed;
}

static double seconds_before(const struct source *source, size_t next) {
    struct reading reading = {.source = source, .speed = 1};
    double seconds = 0;
    for (size_t i = 0; i < next; i++) {
        seconds += statement_seconds(&reading, i);
    }
    return seconds;
}

double player_share(const struct player *player) {
    const struct source *source = player->source;
    bool stands =
        player->reason == STOP_PAUSE || player->reason == STOP_ASK || player->reason == STOP_WAIT;
    double total = seconds_before(source, source->count);
    size_t past = player->next > 0 && stands ? player->next - 1 : player->next; /* it lasts yet */
    if (!stands && player_is_over(player)) {
        return 1;
    }
    return total > 0 ? seconds_before(source, past) / total : 0;
}

size_t player_position_at(const struct source *source, double share) {
    double until = share * seconds_before(source, source->count), seconds = 0;
    struct reading reading = {.source = source, .speed = 1};
    size_t position = 0, length;
    for (size_t i = 0; i < source->count && share < 1; i++) {
        double lasts = statement_seconds(&reading, i);
        if (seconds > until) {
            return position;
        }
        if (lasts > 0) { /* it is typed before it is run, the others last behind it */
            position = typed_line(source, i, &length) ? 2 * i + 1 : 2 * (i + 1);
        }
        seconds += lasts;
    }
    return share < 1 ? position : 2 * source->count;
}

/* ---- marks ---- */

bool player_mark_ahead(const struct player *player, const char *name) {
    for (size_t i = player->next; i < player->source->count; i++) {
        size_t length;
        const char *mark = statement_after(player->source, i, "mark", &length);
        if (mark && (!name || string_is(name, mark, length))) {
            return true;
        }
    }
    return false;
}

bool player_has_mark(const struct player *player, const char *name) {
    return player_find_mark(player, name) || player_mark_ahead(player, name);
}
