/*
 * tests/lang/test_keys.c - names of keys, `bind` and `unbind`, and what the lists of keys
 * make of them; the settings of `set`.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/utf8.h"
#include "script.h"

static struct script s;
static struct preferences preferences;

static int open_script(void **state) {
    (void)state;
    script_open(&s);
    preferences = preferences_default();
    s.runner.preferences = &preferences;
    return 0;
}
static int close_script(void **state) {
    (void)state;
    script_close(&s);
    preferences_close(&preferences);
    return 0;
}

static const char *command_of(enum key_mode mode, const char *key) {
    bool counted;
    return key_command(&preferences.bindings, mode, key, &counted);
}

static void test_names(void **state) {
    (void)state;
    static const struct {
        int key, modifiers;
        const char *name;
    } rows[] = {
        {'n', 0, "n"},
        {'N', 0, "N"},
        {' ', 0, "Space"},
        {12, 0, "^L"},
        {KEY_CODE_ENTER, 0, "Enter"},
        {KEY_CODE_ESCAPE, 0, "Escape"},
        {KEY_CODE_F12, 0, "F12"},
        {KEY_CODE_UP, MODIFIER_SHIFT, "Shift-Up"},
        {'x', MODIFIER_ALT, "Alt-x"},
        {KEY_CODE_LEFT, MODIFIER_CONTROL | MODIFIER_ALT | MODIFIER_SHIFT, "Ctrl-Alt-Shift-Left"},
        {0x20AC, 0, "€"},
    };
    char name[KEY_NAME_MAX];
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        key_code_name(rows[i].key, rows[i].modifiers, name);
        assert_string_equal(name, rows[i].name);
        assert_true(key_name_known(name, strlen(name)));
    }
    key_code_name(KEY_CODE_UNKNOWN, MODIFIER_SHIFT, name);
    assert_string_equal(name, "");
    for (size_t i = 0; key_at(i); i++) {
        assert_true(key_name_known(key_at(i)->key, strlen(key_at(i)->key)));
    }
    static const char *const wrong[] = {"",   "right", "F13",  "^m",         "^M",  "^H",
                                        "nn", "Alt-",  "\xC3", "Shift-Alt-", "\x01"};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        assert_false(key_name_known(wrong[i], strlen(wrong[i])));
    }
}

static void test_bind(void **state) {
    (void)state;
    bool counted;
    script_run(&s, "bind n train 10");
    assert_string_equal(command_of(KEYS_ALWAYS, "n"), "train 10");
    assert_string_equal(command_of(KEYS_ALWAYS, "Right"), "step");
    script_run(&s, "bind n back");
    assert_string_equal(key_command(&preferences.bindings, KEYS_ALWAYS, "n", &counted), "back");
    assert_true(counted);                      /* as the table's */
    script_run(&s, "bind F5 x = 1; train 10"); /* the rest of the line, a ';' too */
    assert_string_equal(command_of(KEYS_ALWAYS, "F5"), "x = 1; train 10");
    script_run(&s, "bind picking + nudge 5");
    assert_string_equal(command_of(KEYS_PICK, "+"), "nudge 5");
    assert_null(command_of(KEYS_ALWAYS, "+"));
    script_run(&s, "unbind q");
    assert_null(command_of(KEYS_ALWAYS, "q"));
    assert_string_equal(command_of(KEYS_PAGE, "q"), "close");
}

static void test_bind_refuses(void **state) {
    (void)state;
    script_fails(&s, "bind right step", 6, "there is no key 'right': did you mean 'Right'?");
    script_fails_with(&s, "bind Hyper-x step", 6, "there is no key 'Hyper-x'");
    script_fails(&s, "bind picking Entr edit", 14, "there is no key 'Entr': did you mean 'Enter'?");
    script_fails(&s, "bind n stp", 8, "there is no command 'stp': did you mean 'step'?");
    script_fails(&s, "bind n \"train 10; goto C\"", 8,
                 "a key's command stands without quotes: 'bind F5 train 10; goto C'");
    script_fails_with(&s, "bind n train 1; gto C", 17, "there is no command 'gto'");
    script_fails_with(&s, "bind n", 7, "the command is missing");
    script_fails_with(&s, "bind", 5, "the name of a key is missing");
    script_fails_with(&s, "bind 3 step", 6, "digits are counts");
    script_fails_with(&s, "unbind n n", 10, "unexpected 'n'");
    assert_int_equal(preferences.bindings.count, 0);
}

/* What a scene binds is held to what the scene may do, and what answers for the user is not
 * the scene's to bind. */
static void test_bound_by_a_scene(void **state) {
    (void)state;
    script_run(&s, "bind n export json mine");
    assert_false(key_is_of_scene(&preferences.bindings, KEYS_ALWAYS, "n"));
    s.runner.fence = "";
    script_run(&s, "bind n export json mine");
    assert_true(key_is_of_scene(&preferences.bindings, KEYS_ALWAYS, "n"));
    assert_false(key_is_of_scene(&preferences.bindings, KEYS_ALWAYS, "Right"));
    script_fails_with(&s, "bind writing n allow", 6, "a scene cannot bind keys that answer");
    script_fails_with(&s, "bind leaving n quit now", 6, "a scene cannot bind keys that answer");
    script_fails_with(&s, "unbind offered d", 8, "a scene cannot bind keys that answer");
}

/* A scene's keys lie over the user's, and go when another scene has taken its place. */
static void test_they_go_with_the_scene(void **state) {
    (void)state;
    struct key_bindings *keys = &preferences.bindings;
    struct text names = TEXT_EMPTY;
    script_run(&s, "bind F5 train 1");
    script_run(&s, "bind F6 train 2");
    script_run(&s, "bind n train 2");
    s.runner.scene = true;
    script_run(&s, "bind F5 train 3");
    script_run(&s, "unbind F6; bind n train 4");
    script_run(&s, "bind n train 5");
    assert_string_equal(command_of(KEYS_ALWAYS, "F5"), "train 3");
    assert_null(command_of(KEYS_ALWAYS, "F6"));
    assert_string_equal(command_of(KEYS_ALWAYS, "n"), "train 5");
    assert_int_equal(key_names_of(keys, KEYS_ALWAYS, "train 2", ", ", 9, &names), 0);
    s.runner.scene = false; /* the user takes one back, for good */
    script_run(&s, "bind n train 6");
    assert_false(key_is_of_scene(keys, KEYS_ALWAYS, "n"));
    preferences_scene_open(&preferences);
    s.runner.scene = true;
    script_run(&s, "bind F5 train 7");
    assert_string_equal(command_of(KEYS_ALWAYS, "F5"), "train 7");
    preferences_scene_settle(&preferences, false);
    assert_string_equal(command_of(KEYS_ALWAYS, "F5"), "train 3");
    preferences_scene_open(&preferences);
    script_run(&s, "bind F7 train 8");
    preferences_scene_settle(&preferences, true);
    assert_string_equal(command_of(KEYS_ALWAYS, "F5"), "train 1");
    assert_string_equal(command_of(KEYS_ALWAYS, "F6"), "train 2");
    assert_string_equal(command_of(KEYS_ALWAYS, "F7"), "train 8");
    assert_string_equal(command_of(KEYS_ALWAYS, "n"), "train 6");
    assert_int_equal(key_names_of(keys, KEYS_ALWAYS, "train 2", ", ", 9, &names), 1);
    assert_string_equal(text_string(&names), "F6");
    assert_int_equal(keys->count, 4);
    text_free(&names);
}

/* So does its look; what the user sets takes its place, and stays. */
static void test_the_look_goes_with_the_scene(void **state) {
    (void)state;
    const struct surface *look = &preferences.look;
    script_run(&s, "set theme light");
    s.runner.scene = true;
    script_run(&s, "set theme mono; set mouse off");
    assert_string_equal(look->theme->name, "mono");
    preferences_scene_open(&preferences);
    script_run(&s, "set theme projector");
    assert_string_equal(look->theme->name, "projector");
    assert_false(look->no_mouse);
    preferences_scene_settle(&preferences, false); /* it did not open */
    assert_string_equal(look->theme->name, "mono");
    assert_true(look->no_mouse);
    s.runner.scene = false;
    script_run(&s, "set mouse off"); /* the user's by now */
    preferences_scene_open(&preferences);
    preferences_scene_settle(&preferences, true);
    assert_string_equal(look->theme->name, "light");
    assert_true(look->no_mouse);
    preferences_fix_theme(&preferences, theme_named("mono"));
    s.runner.scene = true;
    script_run(&s, "set theme light");
    assert_string_equal(look->theme->name, "mono");
    s.runner.scene = false;
    script_run(&s, "set theme light");
    assert_string_equal(look->theme->name, "light");
}

/* A run that is nobody's screen checks the line and keeps nothing. */
static void test_without_a_screen(void **state) {
    (void)state;
    s.runner.preferences = NULL;
    script_run(&s, "bind n train");
    script_run(&s, "unbind q");
    script_fails_with(&s, "bind n trian", 8, "did you mean 'train'?");
    script_run(&s, "set theme light; set mouse off");
    assert_ptr_equal(preferences.look.theme, theme_at(0));
}

static void assert_line(enum key_mode mode, const char *wanted) {
    struct text line = TEXT_EMPTY;
    key_line(&preferences.bindings, mode, &line);
    assert_string_equal(text_string(&line), wanted);
    text_free(&line);
}

/* What is bound anew shows in the line of keys and in the list. */
static void test_lists_follow(void **state) {
    (void)state;
    assert_line(KEYS_ALWAYS, "←→ step   Space go on   : prompt  w pick   ? keys  q quit");
    assert_line(KEYS_PICK, "←→↑↓ move  +- nudge  */ step  Enter type  Esc done");
    script_run(&s, "unbind Left; unbind Right; unbind q");
    assert_line(KEYS_ALWAYS, "p/n step   Space go on   : prompt  w pick   ? keys");
    script_run(&s, "unbind p; unbind n");
    assert_line(KEYS_ALWAYS, "   Space go on   : prompt  w pick   ? keys");
    script_run(&s, "bind F9 quit");
    script_run(&s, "bind F5 train 500");
    script_run(&s, "help keys");
    const char *page = text_string(&s.result.output);
    assert_non_null(strstr(page, "F9"));
    assert_null(strstr(page, "a step on"));
    assert_non_null(strstr(page, "Yours:"));
    const char *own = strstr(page, "F5 ");
    assert_true(own && strstr(own, "train 500"));
    script_run(&s, "bind F5 say ÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄ");
    script_run(&s, "help keys");
    page = text_string(&s.result.output);
    for (uint32_t code_point = 0; *page;) { /* cut between its letters */
        page += utf8_decode(page, strlen(page), &code_point);
        assert_int_not_equal(code_point, 0xFFFD);
    }
}

static void test_list_is_as_wide_as_the_screen(void **state) {
    (void)state;
    static const size_t widths[] = {25, 52, 79, 106};
    size_t last = SIZE_MAX;
    for (size_t i = 0; i < sizeof widths / sizeof *widths; i++) {
        s.runner.columns = widths[i];
        script_run(&s, "help keys");
        size_t lines = 0;
        for (const char *at = text_string(&s.result.output); *at; lines++) {
            assert_true(strcspn(at, "\n") <= (widths[i] > 38 ? widths[i] : 38));
            at += strcspn(at, "\n") + 1;
        }
        assert_true(lines < last); /* more beside each other, fewer below */
        last = lines;
    }
}

static void test_set(void **state) {
    (void)state;
    script_run(&s, "set theme light; set mouse off; set digits 6; set grain element");
    assert_string_equal(preferences.look.theme->name, "light");
    assert_true(preferences.look.no_mouse);
    assert_int_equal(s.session.now.digits, 6);
    assert_int_equal(s.session.now.grain, GRAIN_ELEMENT);
    script_fails_with(&s, "set theme lihgt", 11, "did you mean 'light'?");
    script_fails_with(&s, "set teme light", 5, "there is no setting 'teme': did you mean 'theme'?");
    script_fails_with(&s, "set colour on", 5,
                      "there is no setting 'colour': did you mean 'theme'?");
    script_fails_with(&s, "set foo on", 5, "there is no setting 'foo': choose one of theme,");
    script_fails_with(&s, "set mouse maybe", 11, "neither 'on' nor 'off'");
}

int main(void) {
#define EACH(TEST) cmocka_unit_test_setup_teardown(TEST, open_script, close_script)
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_names),
        EACH(test_bind),
        EACH(test_bind_refuses),
        EACH(test_bound_by_a_scene),
        EACH(test_they_go_with_the_scene),
        EACH(test_the_look_goes_with_the_scene),
        EACH(test_without_a_screen),
        EACH(test_lists_follow),
        EACH(test_list_is_as_wide_as_the_screen),
        EACH(test_set),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) ? 1 : 0;
}
