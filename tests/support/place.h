/*
 * support/place.h - a folder of its own for each test, empty at first, and gone with all
 * that is in it afterwards; and other programs that hold a file.
 */
#ifndef BACKSTEP_SUPPORT_PLACE_H
#define BACKSTEP_SUPPORT_PLACE_H

#include <stdbool.h>
#include <stddef.h>

#include <sys/types.h>

#include "base/text.h"

struct place {
    char folder[64];
    struct text path;
};

/* A test with such a place as its state. */
#define TEST_IN_PLACE(function) cmocka_unit_test_setup_teardown(function, place_open, place_close)
int place_open(void **state);
int place_close(void **state);

/* The path of a name in the folder, until the next is asked for. */
const char *place_path(struct place *place, const char *name);

/* How many names a folder holds; with `clear` they are removed. */
size_t place_names(const char *folder, bool clear);

/* Write a file, and see what it holds. */
void place_put(const char *path, const char *bytes, size_t count);
void place_check(const char *path, const char *bytes, size_t count);

/* A process that holds the file locked until `let_go` is closed. */
pid_t place_hold(const char *path, int *let_go);

#endif
