/*
 * app/shoot.c - a scene as a film.
 */
#include "shoot.h"

#include <math.h>

#include "report.h"
#include "lang/playback.h"
#include "plain_tell.h"
#include "showing.h"

/* Waits of so many seconds (and their rounding) are rests, which stepping through a film
 * stops at. */
static const double REST_SECONDS = 1 - 1e-9;

void shoot_close(struct shoot *shoot) {
    narrator_close(&shoot->narrator);
}

/* Draw what a person would see now. The caller closes the canvas. */
static enum status draw(const struct shoot *shoot, struct canvas *canvas, struct error *error) {
    if (canvas_open(canvas, shoot->rows, shoot->cols, shoot->ascii) != STATUS_OK) {
        return error_memory(error);
    }
    canvas->halves = shoot->colors && !shoot->ascii && theme_has_heat(*shoot->theme);
    struct showing showing = {.ascii = shoot->ascii};
    struct text keys = TEXT_EMPTY;
    const struct state *now = &shoot->session->now;
    enum key_mode mode = now->pick.active                       ? KEYS_PICK
                         : now->question.stage == QUESTION_OPEN ? KEYS_ASKED
                                                                : KEYS_ALWAYS;
    showing_keys(&keys, shoot->bindings, mode, showing_is_cut(now, shoot->rows, shoot->cols));
    struct view view = {.state = now, .before = shoot->before, .keys = text_string(&keys)};
    if (shoot->player) {
        showing_open(&showing, shoot->player, NULL, &view);
    }
    view_compose(&view, canvas);
    showing_close(&showing);
    text_free(&keys);
    return STATUS_OK;
}

enum status shoot_marks(struct film *film, const struct player *player, size_t *stops) {
    enum status status = STATUS_OK;
    for (; *stops < player->stop_count && status == STATUS_OK; ++*stops) {
        const char *name = player->stops[*stops].name;
        status = name ? film_mark(film, name) : STATUS_OK;
    }
    return status;
}

/* ---- words ---- */

void narrator_close(struct narrator *narrator) {
    if (narrator->told) {
        state_close(&narrator->before);
        narrator->told = false;
    }
}

/* What the scene shows of a number; no more where it was told with the frame before. */
static void tell_account(const struct narrator *narrator, const struct state *now, bool ascii,
                         struct text *words) {
    const struct account *account = &now->account, *old = &narrator->before.account;
    struct print_options options = {.model = state_model(now),
                                    .notation = ascii ? NOTATION_ASCII : NOTATION_UNICODE,
                                    .digits = now->digits};
    bool same = narrator->told && now->version == narrator->before.version &&
                account->kind == old->kind && account->depth == old->depth &&
                quantity_equal(&account->q, &old->q);
    if (!same && account_fits(account, options.model)) {
        account_print(words, account, &options, NULL);
    }
}

enum status narrator_tell(struct narrator *narrator, const struct state *now, bool ascii,
                          struct text *words) {
    struct state *before = &narrator->before;
    if (narrator->told) {
        if (!state_set_text(&before->say, now->say) ||
            !state_set_text(&before->title, now->title)) {
            return STATUS_MEMORY;
        }
        tell_news(words, before, now, ascii);
    } else {
        tell_place(words, now, ascii);
    }
    tell_account(narrator, now, ascii, words);
    narrator_close(narrator);
    narrator->told = state_copy(before, now) == STATUS_OK;
    return narrator->told && !words->failed ? STATUS_OK : STATUS_MEMORY;
}

/* ---- frames ---- */

/* At a speed of next to nothing a film has no end: it is cut after thirty years, of
 * which a millionth part can still be counted. */
static uint64_t milliseconds(double seconds) {
    const double most = 1e12;
    double exact = seconds * 1000;
    return (uint64_t)llround(exact < most ? exact : most);
}

enum status shoot_frame(struct shoot *shoot, double seconds, struct error *error) {
    struct canvas canvas;
    struct text words = TEXT_EMPTY;
    enum status status = draw(shoot, &canvas, error);
    if (status != STATUS_OK) {
        return status;
    }
    status = narrator_tell(&shoot->narrator, &shoot->session->now, shoot->ascii, &words);
    if (status == STATUS_OK && shoot->player) {
        status = shoot_marks(shoot->film, shoot->player, &shoot->stops);
    }
    if (status == STATUS_OK) {
        status = film_add(shoot->film, milliseconds(shoot->seconds), &canvas,
                          seconds * shoot->speed >= REST_SECONDS, shoot->session->now.say,
                          text_string(&words));
    }
    shoot->seconds += seconds;
    film_finish(shoot->film, milliseconds(shoot->seconds));
    text_free(&words);
    canvas_close(&canvas);
    return status == STATUS_OK ? STATUS_OK : error_memory(error);
}

enum status shoot_error(const struct player *player, struct error *error) {
    report(player->source, last_statement(player), error, true);
    error->text[0] = '\0'; /* all is said */
    return error->status;
}

/* A scene that plays hands-off, on the film's own clock: each moment is a frame. */
static enum status shoot_moments(struct shoot *shoot, struct error *error) {
    struct playback playback;
    double left;
    enum status status = STATUS_OK;
    playback_open(&playback, shoot->player, clock_virtual(&shoot->seconds), shoot->speed);
    playback.playing = true;
    enum stop_reason reason = player_run(shoot->player, false, error);
    playback_stopped(&playback, reason);
    while (status == STATUS_OK && reason != STOP_END && playback_due(&playback, &left)) {
        status = shoot_frame(shoot, left, error);
        playback_tick(&playback, &reason, error);
    }
    return reason == STOP_ERROR ? shoot_error(shoot->player, error) : status;
}

/* A frame at each pause and question; without a film the scene answers by itself. */
static enum status shoot_pauses(struct shoot *shoot, struct error *error) {
    bool stops = true;
    enum status status = STATUS_OK;
    shoot->player->answers = !shoot->film;
    while (stops && status == STATUS_OK) {
        enum stop_reason reason = player_run(shoot->player, true, error);
        if (reason == STOP_ERROR) {
            return shoot_error(shoot->player, error);
        }
        stops = reason == STOP_PAUSE || reason == STOP_ASK;
        status = stops && shoot->film ? shoot_frame(shoot, 0, error) : STATUS_OK;
    }
    return status;
}

enum status shoot_scene(struct shoot *shoot, struct error *error) {
    bool plays = shoot->film && shoot->moves;
    return plays ? shoot_moments(shoot, error) : shoot_pauses(shoot, error);
}
