/*
 * app/live_work.c - what the user made, and is not to lose without a word.
 *
 * `safe` is a state that nobody would miss: as the scene made it, or as it was saved. A
 * model other than its model is work. Steps are none, and neither are the updates that
 * come of stepping over the end; what was undone has gone of one's own accord.
 *
 * A scene goes on as it had it, and drops work; it does so when it is asked for twice.
 * What loses all of it (leaving, another scene) asks a question, and has an answer.
 */
#include "asked.h"
#include "lang/keys.h"
#include "live.h"

bool live_has_work(const struct live *live) {
    return !live->work.has_safe || live->work.safe.version != live->session.now.version;
}

void live_work_close(struct live *live) {
    if (live->work.has_safe) {
        state_close(&live->work.safe);
        live->work.has_safe = false;
    }
}

void live_work_safe(struct live *live) {
    live_work_close(live);
    live->work.has_safe = state_copy(&live->work.safe, &live->session.now) == STATUS_OK;
}

void live_work_moved(struct live *live, bool work) {
    if (!work || !player_is_kept(&live->player)) {
        live_work_safe(live);
    }
}

/* ---- what a scene drops ---- */

bool live_drops_work(const struct live *live) {
    return live->source.name && live_has_work(live) && player_drops(&live->player);
}

/* Is it for another place of the scene? */
static bool goes_off(const struct live *live, enum request request) {
    switch (request) {
    case REQUEST_CONTINUE: return !player_is_over(&live->player);
    case REQUEST_PLAY: return !live->playback.playing && !player_is_over(&live->player);
    default: return (asked_kind(request) & ASKED_PLACE) != 0;
    }
}

bool live_leads_on(const struct live *live, const struct result *result) {
    return result->request != REQUEST_GOTO_MARK || !live->source.name ||
           player_has_mark(&live->player, result->name);
}

bool live_holds_back(struct live *live, enum request request, const char *line) {
    bool again = live->work.warned == request && live->work.warned_at + 1 == live->work.acts;
    bool all = request == REQUEST_RESTART && live->source.name && live_has_work(live);
    if (again || live->recovery.running || (!all && !live_drops_work(live)) ||
        !goes_off(live, request)) {
        return false;
    }
    struct text key = TEXT_EMPTY;
    if (live->prompting ||
        key_names_of(&live->preferences.bindings, KEYS_ALWAYS, line, "", 1, &key) == 0) {
        text_put(&key, "the same");
    }
    live_message(live, false, "%s again drops your changes; 'keep' goes on with them",
                 text_string(&key));
    text_free(&key);
    live->work.warned = request;
    live->work.warned_at = live->work.acts;
    return true;
}

/* ---- what loses all of it ---- */

const char *live_leave_question(const struct live *live) {
    static const char *const questions[] = {
        [LEAVE_PROGRAM] = "leave, and lose your changes?  y / n",
        [LEAVE_SCENE] = "open it, lose your changes?  y / n",
        [LEAVE_TO_RELOAD] = "reload, and lose your changes?  y / n",
    };
    return questions[live->leaving];
}

static void leave_now(struct live *live, enum leave leave) {
    live->cover = COVER_NONE;
    switch (leave) {
    case LEAVE_PROGRAM: live->quit = true; break;
    case LEAVE_SCENE: live_open_chosen(live); break;
    case LEAVE_TO_RELOAD: live_reload(live); break;
    }
}

void live_leave(struct live *live, enum leave leave) {
    live->leaving = leave;
    if (live_has_work(live)) {
        live->cover = COVER_LEAVE;
    } else {
        leave_now(live, leave);
    }
}

void live_leave_answered(struct live *live, bool yes) {
    if (yes) {
        leave_now(live, live->leaving);
    } else {
        live->cover = live->leaving == LEAVE_SCENE ? COVER_MENU : COVER_NONE;
    }
}
