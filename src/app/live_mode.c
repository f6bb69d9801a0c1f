/*
 * app/live_mode.c - the keys that count now, by what is on the screen: the line of those to
 * know, and what one of them stands for.
 */
#include "live.h"
#include "showing.h"

bool live_question_open(const struct live *live) {
    return live->session.now.question.stage == QUESTION_OPEN;
}

/* The modes whose keys count now, the first of them first. */
static size_t modes_of(const struct live *live, enum key_mode modes[KEY_MODES]) {
    static const enum key_mode of_covers[] = {[COVER_PAGE] = KEYS_PAGE,
                                              [COVER_TREE] = KEYS_TREE,
                                              [COVER_MENU] = KEYS_MENU,
                                              [COVER_LEAVE] = KEYS_LEAVE,
                                              [COVER_CONSENT] = KEYS_CONSENT};
    const struct state *state = &live->session.now;
    size_t count = 0;
    if (live->cover.kind != COVER_NONE) {
        modes[count++] = of_covers[live->cover.kind];
        return count;
    }
    if (state->pick.active) {
        modes[count++] = KEYS_PICK;
    }
    if (state->screen == SCREEN_WEIGHTS) {
        modes[count++] = KEYS_WEIGHTS;
    }
    if (live_question_open(live)) {
        modes[count++] = KEYS_ASKED;
    }
    modes[count++] = KEYS_ALWAYS;
    return count;
}

const char *live_keys(struct live *live) {
    const struct key_bindings *bindings = &live->preferences.bindings;
    enum key_mode modes[KEY_MODES];
    size_t count = modes_of(live, modes);
    bool cut = showing_is_cut(&live->session.now, live->canvas.rows, live->canvas.cols);
    struct key_line *line = &live->key_line;
    if (line->text.length == 0 || line->mode != modes[0] || line->cut != cut ||
        line->changes != bindings->changes) {
        text_cut(&line->text, 0);
        line->mode = modes[0];
        line->cut = cut;
        line->changes = bindings->changes;
        for (size_t i = 0; i < count && line->text.length == 0; i++) {
            showing_keys(&line->text, bindings, modes[i], cut);
        }
    }
    return text_string(&line->text);
}

struct bound live_bound(const struct live *live, const char *name) {
    const struct key_bindings *bindings = &live->preferences.bindings;
    enum key_mode modes[KEY_MODES];
    size_t count = modes_of(live, modes);
    struct bound bound = {0};
    if (live->message.offers) {
        bound.command = key_command(bindings, KEYS_OFFER, name, &bound.counted);
    }
    for (size_t i = 0; i < count && !bound.command; i++) {
        bound.command = key_command(bindings, modes[i], name, &bound.counted);
        bound.of_scene = bound.command && key_is_of_scene(bindings, modes[i], name);
    }
    return bound;
}
