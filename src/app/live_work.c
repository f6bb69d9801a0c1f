/*
 * app/live_work.c - what the user made, and is not to lose without a word.
 *
 * `safe` is a state that nobody would miss: as the scene made it, or as it was saved. A
 * model other than its model is work. Steps are none, and neither are the updates that
 * come of stepping over the end; what was undone has gone of one's own accord.
 *
 * A scene goes on as it had it, and drops work; it does so when it is asked for twice.
 * What loses all of it asks a question: see live_leave.c.
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
    if (!work || !player_is_kept(&live->scene.player)) {
        live_work_safe(live);
    }
}

/* ---- what a scene drops ---- */

bool live_drops_work(const struct live *live) {
    return live->scene.source.name && live_has_work(live) && player_drops(&live->scene.player);
}

/* Is it for another place of the scene? */
static bool goes_off(const struct live *live, enum request request) {
    switch (request) {
    case REQUEST_CONTINUE: return !player_is_over(&live->scene.player);
    case REQUEST_PLAY: return !live->scene.playback.playing && !player_is_over(&live->scene.player);
    default: return (asked_kind(request) & ASKED_PLACE) != 0;
    }
}

bool live_leads_on(const struct live *live, const struct result *result) {
    return result->request != REQUEST_GOTO_MARK || !live->scene.source.name ||
           player_has_mark(&live->scene.player, result->name);
}

bool live_holds_back(struct live *live, enum request request, const char *line) {
    bool again = live->work.warned == request && live->work.warned_at + 1 == live->work.acts;
    bool all = request == REQUEST_RESTART && live->scene.source.name && live_has_work(live);
    if (again || live->recovery.running || (!all && !live_drops_work(live)) ||
        !goes_off(live, request)) {
        return false;
    }
    struct text key = TEXT_EMPTY;
    if (live->typing.on ||
        key_names_of(&live->preferences.bindings, KEYS_ALWAYS, line, "", 1, &key) == 0) {
        text_put(&key, "the same");
    }
    message_set(&live->message, false, "%s again drops your changes; 'keep' goes on with them",
                text_string(&key));
    text_free(&key);
    live->work.warned = request;
    live->work.warned_at = live->work.acts;
    return true;
}
