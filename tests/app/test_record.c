/*
 * tests/app/test_record.c - a live session written down: a film of what the screen shows,
 * the one frame that `export frame` takes, and what was done as a scene.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <sys/wait.h>

#include <cmocka.h>

#include "base/file.h"
#include "jsonlint.h"
#include "pty.h"

static char folder[] = "/tmp/backstep-record-XXXXXX";

static const char *in_folder(const char *name) {
    static char path[128];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    return path;
}

/* A file of the folder, which is gone afterwards. */
static char *taken(const char *name) {
    struct text text = TEXT_EMPTY;
    struct error error = {0};
    assert_int_equal(file_read(in_folder(name), 10000000, &text, &error), STATUS_OK);
    unlink(in_folder(name));
    return text.bytes;
}

static struct pty *start(const char *const *argv) {
    struct pty_options options = {.argv = argv, .rows = 24, .cols = 80};
    return pty_start(&options);
}

static void test_a_session_is_recorded(void **state) {
    (void)state;
    const char *argv[] = {getenv("BACKSTEP"), "general", "--record", in_folder("s.cast"), NULL};
    struct pty *pty = start(argv);
    pty_wait_text(pty, "step 0 of 13");
    pty_see(pty, "n", "step 1 of 13");
    pty_resize(pty, 20, 70);
    pty_wait_row(pty, 19, "general 1/12");
    pty_see(pty, "]", "general 5/12");
    pty_leave(pty, "q");
    char *cast = taken("s.cast");
    assert_int_equal(strncmp(cast, "{\"version\": 2, \"width\": 80, \"height\": 24, ", 42), 0);
    assert_non_null(strstr(cast, "\n[0.000, \"o\", "));
    assert_non_null(strstr(cast, "\"m\", \"start\"]"));
    assert_non_null(strstr(cast, "\"m\", \"backward\"]"));
    assert_non_null(strstr(cast, "\"r\", \"70x20\"]"));
    assert_non_null(strstr(cast, "step 1 of 13"));
    for (char *line = strtok(cast, "\n"); line; line = strtok(NULL, "\n")) {
        assert_true(json_is_strict(line));
    }
    free(cast);
}

/* The ending says which format; the play ends by itself. */
static void test_a_play_is_recorded_as_a_page(void **state) {
    (void)state;
    const char *argv[] = {getenv("BACKSTEP"),  "play", "one-neuron", "--speed", "60", "--record",
                          in_folder("p.html"), NULL};
    struct pty *pty = start(argv);
    int status = pty_wait_exit(pty);
    assert_int_equal(WEXITSTATUS(status), 0);
    pty_close(pty);
    char *page = taken("p.html");
    assert_non_null(strstr(page, "<title>One neuron, all the way</title>"));
    assert_non_null(strstr(page, "\"marks\":[[0,\"start\"]"));
    const char *words = strstr(page, "id=\"words\""); /* for whoever does not see it */
    assert_non_null(words);
    assert_non_null(strstr(words, "<pre>Step 2 of 7, forward pass, layer 1: F2, activation.\n"));
    assert_non_null(strstr(words, "\nr1[1] = max(0, 1) = 1\n"));
    free(page);
}

static void test_a_frame_is_what_the_screen_shows(void **state) {
    (void)state;
    const char *argv[] = {getenv("BACKSTEP"), "general", NULL};
    struct pty *pty = start(argv);
    pty_wait_text(pty, "step 0 of 13");
    pty_see(pty, "nnn", "step 3 of 13");
    char line[200];
    snprintf(line, sizeof line, ":export frame %s\r", in_folder("f.txt"));
    pty_see(pty, line, "wrote ");
    pty_see(pty, "\x03", "q quit");
    char *frame = taken("f.txt");
    assert_null(strstr(frame, "export frame"));
    int row = 0;
    for (char *next, *at = frame; row < 20; row++, at = next + 1) {
        next = strchr(at, '\n');
        *next = '\0';
        assert_string_equal(at, pty_row_text(pty, row));
    }
    free(frame);
    pty_see(pty, ":export frame x.gif\r",
            "'x.gif' should end in '.txt', '.ansi', '.svg' or '.html'");
    pty_see(pty, "\x03", "q quit");
    pty_leave(pty, "q");
}

static void test_what_cannot_be_recorded_is_said_first(void **state) {
    (void)state;
    const char *argv[] = {getenv("BACKSTEP"), "general", "--record", "/nowhere/s.cast", NULL};
    struct pty *pty = start(argv);
    pty_wait_text(pty, "cannot write '/nowhere/s.cast'");
    assert_int_equal(WEXITSTATUS(pty_wait_exit(pty)), 1);
    pty_close(pty);
    argv[3] = "s.gif";
    pty = start(argv);
    pty_wait_text(pty, "should end in '.svg', '.html'");
    assert_int_equal(WEXITSTATUS(pty_wait_exit(pty)), 2);
    pty_close(pty);
}

/* What a session did, run again, gives the state that it ended with. */
static void test_what_was_done_is_a_scene(void **state) {
    (void)state;
    char command[512];
    char scene[64], json[64];
    snprintf(scene, sizeof scene, "%s/did.scene", folder);
    snprintf(json, sizeof json, "%s/end.json", folder);
    const char *argv[] = {getenv("BACKSTEP"), "record", scene, "two-layers", NULL};
    struct pty_options options = {.argv = argv, .rows = 24, .cols = 80};
    struct pty *pty = pty_start(&options);
    pty_wait_text(pty, "0 of 13");
    pty_see(pty, "nn :x = 0.3\r", "0.3");
    pty_see(pty, "train 7\r", "7 updates");
    pty_see(pty, "W0 = 0.1; undo; train 3\r", "3 updates");
    pty_see(pty, "goto update 5; step 4; lr = 0.3\r", "4 of 13");
    snprintf(command, sizeof command, "export json %s\r", json);
    pty_see(pty, command, "wrote");
    pty_type(pty, "\x03");
    pty_leave(pty, "qy");
    snprintf(command, sizeof command, "'%s' run %s -e 'export json -' | cmp - %s && rm %s %s",
             getenv("BACKSTEP"), scene, json, scene, json);
    assert_int_equal(system(command), 0);
}

/* Going on in a scene is told by what it says and where it goes, and not by a state each. */
static void test_a_scene_is_told_in_few_lines(void **state) {
    (void)state;
    char scene[64], command[256];
    snprintf(scene, sizeof scene, "%s/told.scene", folder);
    const char *argv[] = {getenv("BACKSTEP"), "record", scene, "two-layers", NULL};
    struct pty *pty = start(argv);
    pty_wait_text(pty, "1/11");
    pty_type(pty, " ");
    pty_wait_text(pty, "2/11");
    pty_type(pty, ":lr = 10\r");
    pty_wait_text(pty, "lr: 0.1");
    pty_type(pty, "\x03");
    pty_type(pty, "u");
    pty_wait_gone(pty, "off script");
    pty_type(pty, " ");
    pty_wait_text(pty, "3/11");
    pty_leave(pty, "q");
    snprintf(command, sizeof command, "'%s' run %s -e 'print r2' | grep -qx 1.5", argv[0], scene);
    assert_int_equal(system(command), 0);
    char *text = taken("told.scene");
    char *first = strstr(text, "\npause\n");
    assert_non_null(first);
    assert_string_equal(first, "\npause\n"
                               "say The first layer, as before: z1 = W0·x = 1, and ReLU lets it "
                               "through.\ngoto 2\npause\n"
                               "lr = 10\npause\n"
                               "lr = 0.1\npause\n"
                               "say The second layer does the same with r1 in the place of x: z2 = "
                               "W1·r1 = 1.5.\ngoto 4\npause\n");
    free(text);
}

/* What is no recording is nobody's to overwrite. */
static void test_a_scene_is_not_recorded_over(void **state) {
    (void)state;
    char scene[64];
    struct error error = {0};
    snprintf(scene, sizeof scene, "%s/mine.scene", folder);
    assert_int_equal(file_write(scene, "title My lesson\n", 16, &error), STATUS_OK);
    const char *argv[] = {getenv("BACKSTEP"), "record", scene, NULL};
    struct pty *pty = start(argv);
    pty_wait_text(pty, "is there, and is no recording");
    assert_int_equal(WEXITSTATUS(pty_wait_exit(pty)), 1);
    pty_close(pty);
    char *text = taken("mine.scene");
    assert_string_equal(text, "title My lesson\n");
    free(text);
}

static int make_folder(void **state) {
    (void)state;
    return mkdtemp(folder) ? 0 : 1;
}

static int remove_folder(void **state) {
    (void)state;
    return rmdir(folder);
}

int main(int argc, char **argv) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_session_is_recorded),
        cmocka_unit_test(test_a_play_is_recorded_as_a_page),
        cmocka_unit_test(test_a_frame_is_what_the_screen_shows),
        cmocka_unit_test(test_what_cannot_be_recorded_is_said_first),
        cmocka_unit_test(test_what_was_done_is_a_scene),
        cmocka_unit_test(test_a_scene_is_told_in_few_lines),
        cmocka_unit_test(test_a_scene_is_not_recorded_over),
    };
    (void)argc;
    (void)argv;
    return cmocka_run_group_tests(tests, make_folder, remove_folder) ? 1 : 0;
}
