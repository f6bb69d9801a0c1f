/*
 * screen.c - how fast the screen answers, at 120 x 40 through a pseudo-terminal, next
 * to programs that are installed: htop, tig and sc for keys, less and nano for the
 * first frame. `make bench` runs it and writes build/bench-screen.json; it is no test.
 *
 *     what is done            program    median ms   median bytes   asked
 *
 * A key is measured from its byte to the last byte of the answer. Programs take turns,
 * round by round, so that what else runs on the machine harms all of them; medians.
 * 10,000 layers are compared with three, key by key.
 *
 * Steps are measured in the first four scenes, from their START on: the median of each,
 * and that of all their steps together.
 *
 * Typing is measured on a network after its last step: an input's last digit is typed, or
 * taken back, and 60 numbers or so become others. sc's cell edit beside it, key for key the
 * same but that sc is told by Enter to compute, is measured on two sheets. On "one number
 * changes" it changes one that is seen, which is no like deed; on "as a sheet" the same
 * network is a sheet of formulas, with the same weights (see sheet.c), and the same edit
 * gives the same numbers: 56 of those on the screen become others.
 *
 * bench-screen PROGRAM [FILE]: PROGRAM is backstep.
 */
#define _GNU_SOURCE
#include <ftw.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "sheet.h"
#include "terminal.h"

enum { KEYS_MOST = 16, ROUNDS = 5, REPEATS = 24, SAMPLES = ROUNDS * REPEATS };
enum { STARTS = 15, SCENES = 4 };

/* Something that is done again and again in a program that is running. */
struct deed {
    const char *what, *program;
    const char *argv[6];
    const char *prepare[KEYS_MOST]; /* keys before, not measured */
    const char *keys[KEYS_MOST];    /* measured, round and round */
};

struct measured {
    double seconds[SCENES * SAMPLES];
    double bytes[SCENES * SAMPLES];
    size_t count;
};

static char program[4096], folder[] = "/tmp/backstep-bench-XXXXXX";
static char deep[64], small[64], sheet[64], network[64];

#define RIGHT "\033[C"
#define DOWN "\033[B"

/* The first SCENES are steps in a scene. */
static const struct deed deeds[] = {
    {"a step, one-neuron", "backstep", {program, "one-neuron"}, {NULL}, {RIGHT}},
    {"a step, two-layers", "backstep", {program, "two-layers"}, {NULL}, {RIGHT}},
    {"a step, three-layers", "backstep", {program, "three-layers"}, {NULL}, {RIGHT}},
    {"a step, general", "backstep", {program, "general"}, {NULL}, {RIGHT}},
    {"a step, 10,000 layers", "backstep", {program, deep}, {NULL}, {RIGHT}},
    {"a step, 3 layers of 8", "backstep", {program, small}, {NULL}, {RIGHT}},
    {"a layer on", "backstep", {program, small}, {NULL}, {DOWN}},
    {"a layer on, 10,000 layers", "backstep", {program, deep}, {NULL}, {DOWN}},
    {
        "typing, with preview",
        "backstep",
        {program, small},
        {"G", ":", "x", "[", "1", "]", "=", "0", "."},
        {"5", "\177", "7", "\177"},
    },
    {"an edit, as a sheet", "sc", {"sc", network}, {NULL}, {"=0.5\r", "=0.7\r"}},
    {"an edit, one number changes", "sc", {"sc", sheet}, {NULL}, {"=0.5\r", "=0.7\r"}},
    {"a row down", "htop", {"htop"}, {NULL}, {"\033OB"}},
    {"a row down", "tig", {"tig"}, {NULL}, {"j"}},
};
enum { DEEDS = sizeof deeds / sizeof *deeds };

static int by_size(const void *a, const void *b) {
    double first = *(const double *)a, second = *(const double *)b;
    return (first > second) - (first < second);
}

static double median(double *values, size_t count) {
    qsort(values, count, sizeof *values, by_size);
    return count ? values[count / 2] : 0;
}

/* Is there a program of this name? A path, or a name on PATH. */
static bool is_there(const char *name) {
    char command[4200];
    snprintf(command, sizeof command, "command -v '%s' >/dev/null 2>&1", name);
    return system(command) == 0;
}

/* A program in its terminal, with no user's files: without a history or a configuration,
 * and without an unfinished session. */
static struct terminal start(const char *const *argv) {
    static int count;
    char home[64];
    snprintf(home, sizeof home, "%s/home-%d", folder, ++count);
    return terminal_start(argv, home);
}

static void do_round(const struct deed *deed, struct measured *measured) {
    struct terminal terminal = start(deed->argv);
    terminal_first_frame(&terminal);
    for (size_t n = 0; n < KEYS_MOST && deed->prepare[n]; n++) {
        terminal_key(&terminal, deed->prepare[n]);
    }
    size_t keys = 0;
    while (keys < KEYS_MOST && deed->keys[keys]) {
        keys++;
    }
    for (size_t n = 0; n < REPEATS; n++) {
        struct answer answer = terminal_key(&terminal, deed->keys[n % keys]);
        if (answer.bytes > 0) {
            measured->seconds[measured->count] = answer.seconds;
            measured->bytes[measured->count++] = (double)answer.bytes;
        }
    }
    terminal_close(&terminal);
}

/* ---- the first frame, and doing nothing ---- */

static double first_frame(const char *const *argv) {
    double seconds[STARTS];
    for (size_t n = 0; n < STARTS; n++) {
        struct terminal terminal = start(argv);
        seconds[n] = terminal_first_frame(&terminal).seconds;
        terminal_close(&terminal);
    }
    return median(seconds, STARTS);
}

static double idle_share(const char *const *argv) {
    struct terminal terminal = start(argv);
    terminal_first_frame(&terminal);
    double before = terminal_used(&terminal);
    sleep(2);
    double after = terminal_used(&terminal);
    terminal_close(&terminal);
    return before < 0 ? -1 : (after - before) / 2;
}

/* ---- telling ---- */

static void write_file(const char *path, const char *text) {
    FILE *file = fopen(path, "w");
    if (!file || fputs(text, file) == EOF || fclose(file) != 0) {
        perror(path);
        exit(1);
    }
}

static int remove_one(const char *path, const struct stat *status, int type, struct FTW *place) {
    (void)status;
    (void)type;
    (void)place;
    return remove(path);
}

static void write_deep(void) {
    FILE *file = fopen(deep, "w");
    if (!file) {
        perror(deep);
        exit(1);
    }
    fputs("net", file);
    for (int n = 0; n <= 10000; n++) {
        fputs(" 8", file);
    }
    fputs("\nx = 1\n", file);
    fclose(file);
}

static void report(FILE *json, const char *what, const char *name, double ms, double bytes) {
    printf("%-28s %-10s %10.3f %10.0f\n", what, name, ms, bytes);
    fflush(stdout);
    if (json) {
        fprintf(json,
                "    {\"what\": \"%s\", \"program\": \"%s\", \"ms\": %.4g, \"bytes\": %.6g},\n",
                what, name, ms, bytes);
    }
}

static void report_measured(FILE *json, const char *what, const char *name,
                            struct measured *measured) {
    if (measured->count > 0) {
        report(json, what, name, 1e3 * median(measured->seconds, measured->count),
               median(measured->bytes, measured->count));
    }
}

static void add_measured(struct measured *to, const struct measured *from) {
    for (size_t n = 0; n < from->count; n++) {
        to->seconds[to->count] = from->seconds[n];
        to->bytes[to->count++] = from->bytes[n];
    }
}

static void measure_keys(FILE *json) {
    static struct measured all[DEEDS], scenes;
    for (size_t round = 0; round < ROUNDS; round++) {
        for (size_t n = 0; n < DEEDS; n++) {
            if (is_there(deeds[n].argv[0])) {
                do_round(&deeds[n], &all[n]);
            }
        }
    }
    for (size_t n = 0; n < DEEDS; n++) {
        report_measured(json, deeds[n].what, deeds[n].program, &all[n]);
        if (n < SCENES) {
            add_measured(&scenes, &all[n]);
        }
    }
    report_measured(json, "a step, of these scenes", "backstep", &scenes);
}

static void measure_starts(FILE *json) {
    const struct {
        const char *name;
        const char *argv[3];
    } starts[] = {
        {"backstep", {program, small}}, {"less", {"less", small}}, {"nano", {"nano", small}}};
    for (size_t n = 0; n < sizeof starts / sizeof *starts; n++) {
        if (is_there(starts[n].argv[0])) {
            report(json, "the first frame, from exec", starts[n].name,
                   1e3 * first_frame(starts[n].argv), 0);
        }
    }
    const char *const argv[] = {program, small};
    double share = idle_share(argv);
    if (share >= 0) {
        report(json, "idle, ms of processor a second", "backstep", 1e3 * share, 0);
    }
}

int main(int argc, char **argv) {
    if (argc < 2 || !realpath(argv[1], program) || !mkdtemp(folder)) {
        fputs("usage: bench-screen PROGRAM [FILE]\n", stderr);
        return 1;
    }
    snprintf(deep, sizeof deep, "%s/deep", folder);
    snprintf(small, sizeof small, "%s/small", folder);
    snprintf(sheet, sizeof sheet, "%s/sheet.sc", folder);
    write_deep();
    snprintf(network, sizeof network, "%s/network.sc", folder);
    sheet_write(small, network);
    write_file(sheet, "let A0 = 1\nlet A1 = 2\nlet B0 = A0+A1\n");
    FILE *json = argc > 2 ? fopen(argv[2], "w") : NULL;
    if (json) {
        fputs("{\"rows\": 40, \"cols\": 120, \"lines\": [\n", json);
    }
    printf("%-28s %-10s %10s %10s\n", "at 120 x 40, medians", "program", "ms", "bytes");
    measure_keys(json);
    measure_starts(json);
    if (json) {
        fputs("    {}]}\n", json);
        fclose(json);
    }
    nftw(folder, remove_one, 8, FTW_DEPTH | FTW_PHYS);
    return 0;
}
