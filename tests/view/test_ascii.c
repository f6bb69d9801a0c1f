/*
 * tests/view/test_ascii.c - with plain glyphs asked for, every screen of every built-in
 * scene is made of the bytes 0x20 to 0x7E and nothing else, at every pause and every
 * step, narration included; and no glyph is without a stand-in ('?').
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "lang/builtin.h"
#include "lang/player.h"
#include "screens.h"
#include "view/view.h"

static const int sizes[][2] = {{24, 80}, {40, 120}, {60, 200}, {12, 40}};
enum { SIZES = sizeof sizes / sizeof *sizes };

static const char keys[] = "←→ step   Space go on   : prompt   ? keys  q quit";

static struct text frame_of(const struct view *view, const int size[2], bool ascii) {
    struct canvas canvas;
    struct text text = TEXT_EMPTY;
    assert_int_equal(canvas_open(&canvas, size[0], size[1], ascii), STATUS_OK);
    view_compose(view, &canvas);
    screen_text(&text, &canvas);
    assert_false(text.failed);
    canvas_close(&canvas);
    return text;
}

static size_t count_char(const char *string, char wanted) {
    size_t count = 0;
    for (; *string; string++) {
        count += *string == wanted;
    }
    return count;
}

static void check_view(const struct view *view, const char *scene) {
    for (size_t s = 0; s < SIZES; s++) {
        struct text plain = frame_of(view, sizes[s], true);
        struct text full = frame_of(view, sizes[s], false);
        for (size_t i = 0; i < plain.length; i++) {
            unsigned char byte = (unsigned char)plain.bytes[i];
            if (byte != '\n' && (byte < 0x20 || byte > 0x7E)) {
                fail_msg("byte %02x in scene %s at %dx%d:\n%s", byte, scene, sizes[s][1],
                         sizes[s][0], text_string(&plain));
            }
        }
        bool asks = view->state->question.stage != QUESTION_NONE; /* with '?' of its own */
        if (!asks && count_char(text_string(&plain), '?') > count_char(text_string(&full), '?')) {
            fail_msg("a glyph without a stand-in in scene %s at %dx%d:\n%s", scene, sizes[s][1],
                     sizes[s][0], text_string(&plain));
        }
        text_free(&plain);
        text_free(&full);
    }
}

/* The state as each screen shows it, and beside what it was before. */
static void check_state(const struct state *state, const struct state *before, const char *scene) {
    struct state shown;
    assert_int_equal(state_copy(&shown, state), STATUS_OK);
    for (int screen = 0; screen < SCREENS; screen++) {
        shown.screen = (enum screen)screen;
        struct view view = {
            .state = &shown, .before = before, .scene = scene, .progress = "2/5", .keys = keys};
        check_view(&view, scene);
    }
    state_close(&shown);
}

/* Of a longer walk about LONG_WALK places are looked at, and the walk at every
 * WALK_EVERY-th pause of a scene. */
enum { LONG_WALK = 20, WALK_EVERY = 4 };

/* Every place of the walk: by the equation, and by the element. */
static void check_walk(const struct state *state, const char *scene) {
    struct state at;
    assert_int_equal(state_copy(&at, state), STATUS_OK);
    for (int grain = GRAIN_ELEMENT; grain <= GRAIN_EQUATION; grain++) {
        at.grain = (enum grain)grain;
        at.place = (struct place){0, 0};
        while (true) {
            struct view view = {.state = &at, .scene = scene, .keys = keys};
            check_view(&view, scene);
            if (walk_at_end(state_model(&at), at.place)) {
                break;
            }
            at.place = walk_on(state_model(&at), at.place, at.grain);
            at.place.step += walk_length(state_model(&at)) / LONG_WALK;
            at.place = walk_clamp(state_model(&at), at.place);
        }
    }
    state_close(&at);
}

/* An edited weight, so that there is something old and something new. */
static void check_edit(const struct session *session, const struct runner *runner,
                       const char *scene) {
    struct state edited;
    struct result result = {0};
    static const char line[] = "W0[1,1] += 0.25";
    assert_int_equal(command_try(runner, line, sizeof line - 1, &edited, &result, NULL), STATUS_OK);
    check_state(&edited, &session->now, scene);
    state_close(&edited);
    result_free(&result);
}

static void check_scene(const struct builtin *scene) {
    struct session session;
    struct source source;
    struct player player;
    struct error error = {0};
    assert_int_equal(session_open(&session, &error), STATUS_OK);
    assert_int_equal(source_open_named(&source, scene->name, &error), STATUS_OK);
    struct runner runner = {.session = &session, .read_only = true};
    player_open(&player, &runner, &source);
    enum stop_reason reason;
    int pause = 0;
    while ((reason = player_run(&player, true, &error)) == STOP_PAUSE || reason == STOP_ASK) {
        check_state(&session.now, NULL, scene->name);
        check_edit(&session, &runner, scene->name);
        if (pause++ % WALK_EVERY == 0) {
            check_walk(&session.now, scene->name);
        }
    }
    assert_int_equal(reason, STOP_END);
    check_state(&session.now, NULL, scene->name);
    player_close(&player);
    source_close(&source);
    session_close(&session);
}

static void test_every_scene(void **state) {
    (void)state;
    assert_true(builtin_scene_count >= 18);
    for (size_t i = 0; i < builtin_scene_count; i++) {
        check_scene(&builtin_scenes[i]);
    }
}

/* The prompt with what hangs on it, help as a page, the menu. */
static void test_what_covers_the_panels(void **state) {
    (void)state;
    struct session session;
    struct result result = {0};
    struct error error = {0};
    assert_int_equal(session_open(&session, &error), STATUS_OK);
    struct runner runner = {.session = &session};
    static const char *const lines[] = {"help",           "help keys",   "help names",
                                        "help functions", "explain dW0", "help step"};
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
        assert_int_equal(command_run(&runner, lines[i], strlen(lines[i]), &result, &error),
                         STATUS_OK);
        struct view page = {
            .state = &session.now, .page = text_string(&result.output), .keys = keys};
        for (page.page_top = 0; page.page_top < 60; page.page_top += 10) {
            check_view(&page, lines[i]);
        }
        result_free(&result);
    }
    const char *const menu[] = {"one-neuron   One neuron – “all” the way…", "ünïcödé  η ∂ → ≤",
                                NULL};
    struct view chooser = {.state = &session.now, .menu = menu, .menu_at = 1, .keys = keys};
    check_view(&chooser, "the menu");
    char *candidates[] = {(char[]){"sigmoid"}, (char[]){"softmax"}, NULL};
    struct view prompt = {.state = &session.now,
                          .prompt = true,
                          .label = ": ",
                          .line = "activation ½ é σ",
                          .cursor = 11,
                          .hint = "activation [LAYER] NAME – η",
                          .candidates = candidates,
                          .message = "C: 0.1 → 0.2 · η",
                          .keys = keys};
    check_view(&prompt, "the prompt");
    session_close(&session);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_scene),
        cmocka_unit_test(test_what_covers_the_panels),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) ? 1 : 0;
}
