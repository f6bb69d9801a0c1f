/*
 * tests/fuzz/test_seeds.c - every target over its seeds, and over each of them cut
 * short and with a byte changed: what fuzzing found stays found.
 */
#define _XOPEN_SOURCE 700
#include <dirent.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/file.h"
#include "base/random.h"
#include "base/text.h"
#include "fuzz.h"

enum { SEED_MAX = 1 << 20, CHANGES = 3 };

static void run_changed(const struct fuzz_target *target, const struct text *seed,
                        struct random *random) {
    char *copy = malloc(seed->length + 1);
    assert_non_null(copy);
    for (size_t n = 0; n < CHANGES && seed->length > 0; n++) {
        memcpy(copy, seed->bytes, seed->length);
        copy[random_below(random, seed->length)] = (char)random_below(random, 256);
        target->run(copy, seed->length);
        target->run(copy, random_below(random, seed->length));
    }
    free(copy);
}

static size_t run_folder(const struct fuzz_target *target) {
    char path[4096];
    snprintf(path, sizeof path, "tests/fuzz/seeds/%s", target->name);
    DIR *folder = opendir(path);
    assert_non_null(folder);
    struct random random;
    random_seed(&random, 1);
    size_t seeds = 0;
    for (struct dirent *entry; (entry = readdir(folder));) {
        struct text seed = TEXT_EMPTY;
        struct error error = {0};
        snprintf(path, sizeof path, "tests/fuzz/seeds/%s/%s", target->name, entry->d_name);
        if (entry->d_name[0] != '.') {
            assert_int_equal(file_read(path, SEED_MAX, &seed, &error), STATUS_OK);
            target->run(text_string(&seed), seed.length);
            run_changed(target, &seed, &random);
            seeds++;
        }
        text_free(&seed);
    }
    closedir(folder);
    return seeds;
}

static void test_seeds(void **state) {
    (void)state;
    for (size_t n = 0; fuzz_target_at(n); n++) {
        fuzz_target_at(n)->run("", 0);
        assert_true(run_folder(fuzz_target_at(n)) > 0);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_seeds)};
    return cmocka_run_group_tests(tests, NULL, NULL) ? 1 : 0;
}
