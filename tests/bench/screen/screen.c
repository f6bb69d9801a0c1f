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
 * bench-screen PROGRAM [FILE]: PROGRAM is backstep.
 */
#define _GNU_SOURCE
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "terminal.h"

enum { KEYS_MOST = 16, ROUNDS = 5, REPEATS = 24, SAMPLES = ROUNDS * REPEATS, STARTS = 15 };

/* Something that is done again and again in a program that is running. */
struct deed {
    const char *what, *program;
    const char *argv[6];
    const char *prepare[KEYS_MOST]; /* keys before, not measured */
    const char *keys[KEYS_MOST];    /* measured, round and round */
};

struct measured {
    double seconds[SAMPLES];
    double bytes[SAMPLES];
    size_t count;
};

static char program[4096], folder[] = "/tmp/backstep-bench-XXXXXX", deep[64], small[64], sheet[64];

#define RIGHT "\033[C"
#define DOWN "\033[B"

static struct deed deeds[] = {
    {"a step", "backstep", {program, "general"}, {NULL}, {RIGHT}},
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
    {"a row down", "htop", {"htop"}, {NULL}, {"\033OB"}},
    {"a row down", "tig", {"tig"}, {NULL}, {"j"}},
    {"a cell's edit", "sc", {"sc", sheet}, {NULL}, {"=5\r", "=7\r"}},
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

static void do_round(const struct deed *deed, struct measured *measured) {
    struct terminal terminal = terminal_start(deed->argv, NULL);
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
        struct terminal terminal = terminal_start(argv, NULL);
        seconds[n] = terminal_first_frame(&terminal).seconds;
        terminal_close(&terminal);
    }
    return median(seconds, STARTS);
}

static double idle_share(const char *const *argv) {
    struct terminal terminal = terminal_start(argv, NULL);
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

static void measure_keys(FILE *json) {
    static struct measured all[DEEDS];
    for (size_t round = 0; round < ROUNDS; round++) {
        for (size_t n = 0; n < DEEDS; n++) {
            if (is_there(deeds[n].argv[0])) {
                do_round(&deeds[n], &all[n]);
            }
        }
    }
    for (size_t n = 0; n < DEEDS; n++) {
        if (all[n].count > 0) {
            report(json, deeds[n].what, deeds[n].program,
                   1e3 * median(all[n].seconds, all[n].count), median(all[n].bytes, all[n].count));
        }
    }
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
    write_file(small, "net 8 8 8 8\nx = 1\n");
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
    remove(deep);
    remove(small);
    remove(sheet);
    rmdir(folder);
    return 0;
}
