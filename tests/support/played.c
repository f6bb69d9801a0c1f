/*
 * support/played.c - a scene while it plays.
 */
#include "played.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

struct played played;

const char played_five_pauses[] = "net 1 1; x = 2; y = 3; W0 = 0.5\n"
                                  "say one; pause\n" /* say takes the rest of the line */
                                  "pause\n"
                                  "mark middle\n"
                                  "W0 = 0.9; step; say two\n"
                                  "pause\n"
                                  "train 3; say three\n"
                                  "pause\n"
                                  "mark late\n"
                                  "net 2 2; say four\n"
                                  "pause\n"
                                  "goto END; say five\n"
                                  "pause\n";

void played_open(const char *text) {
    script_open(&played.script);
    played.error = (struct error){0};
    assert_int_equal(source_open(&played.source, "s", text, strlen(text), &played.error),
                     STATUS_OK);
    player_open(&played.player, &played.script.runner, &played.source);
}

void played_open_builtin(const char *name) {
    script_open(&played.script);
    played.error = (struct error){0};
    assert_int_equal(source_open_named(&played.source, name, &played.error), STATUS_OK);
    player_open(&played.player, &played.script.runner, &played.source);
}

void played_close(void) {
    player_close(&played.player);
    source_close(&played.source);
    script_close(&played.script);
}

void played_says(const char *say) {
    assert_string_equal(played.script.session.now.say ? played.script.session.now.say : "", say);
}

enum stop_reason played_go_on(void) {
    return player_continue(&played.player, false, &played.error);
}
