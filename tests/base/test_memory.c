/*
 * test_memory.c - checked arrays and shared blocks: who sees a write.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#if defined(__linux__)
#include <sys/resource.h>
#endif

#include <cmocka.h>

#include "base/memory.h"

static void test_arrays(void **state) {
    (void)state;
    int *array = memory_array(100, sizeof *array);
    assert_non_null(array);
    for (size_t n = 0; n < 100; n++) {
        assert_int_equal(array[n], 0);
        array[n] = (int)n;
    }
    array = memory_resize(array, 1000, sizeof *array);
    assert_non_null(array);
    assert_int_equal(array[99], 99);
    assert_null(memory_resize(array, SIZE_MAX / 2, sizeof *array));
    assert_int_equal(array[99], 99);
    free(array);
    /* never NULL for nothing, so that NULL means failure */
    void *nothing = memory_array(0, 8);
    assert_non_null(nothing);
    nothing = memory_resize(nothing, 0, 8);
    assert_non_null(nothing);
    free(nothing);
    assert_null(memory_array(SIZE_MAX / 2, 4));
    assert_null(memory_array(SIZE_MAX, SIZE_MAX));
}

/* What there is stays, wherever the array goes, and also where it cannot grow. */
static void test_growing(void **state) {
    (void)state;
    size_t *array = NULL, capacity = 0, moved = 0;
    for (size_t n = 0; n < 1000; n++) {
        size_t before = capacity;
        size_t *more = memory_grow(array, n, &capacity, sizeof *array);
        assert_non_null(more);
        array = more;
        array[n] = n;
        moved += capacity != before;
        assert_true(capacity > n);
    }
    assert_true(moved > 1 && moved < 12);
    for (size_t n = 0; n < 1000; n++) {
        assert_int_equal(array[n], n);
    }
    size_t full = SIZE_MAX / sizeof *array;
    assert_null(memory_grow(array, full, &full, sizeof *array));
    assert_true(full == SIZE_MAX / sizeof *array);
    free(array);
}

static void test_new_block(void **state) {
    (void)state;
    for (size_t count = 0; count < 100; count++) {
        struct block *block = block_new(count);
        assert_non_null(block);
        assert_int_equal(block->references, 1);
        assert_int_equal(block->count, count);
        assert_int_equal((uintptr_t)block->values % BLOCK_ALIGNMENT, 0);
        for (size_t n = 0; n < count; n++) {
            assert_true(block->values[n] == 0);
        }
        block_drop(block);
    }
    assert_null(block_new(SIZE_MAX));
    assert_null(block_new(SIZE_MAX / sizeof(double)));
}

#if defined(__linux__)
static long most_kilobytes(void) {
    struct rusage usage;
    assert_int_equal(getrusage(RUSAGE_SELF, &usage), 0);
    return usage.ru_maxrss;
}

/* A large one takes no memory, and so no time, before it is written to. */
static void test_large_block(void **state) {
    (void)state;
    enum { COUNT = 16 * 1024 * 1024 + 3 };
    long before = most_kilobytes();
    struct block *block = block_new(COUNT);
    assert_non_null(block);
    if (!getenv("TEST_WRAPPER")) {                                /* valgrind clears it itself */
        assert_true(most_kilobytes() - before < COUNT / 128 / 2); /* half of its kilobytes */
    }
    assert_int_equal((uintptr_t)block->values % BLOCK_ALIGNMENT, 0);
    for (size_t n = 0; n < COUNT; n += 4099) {
        assert_true(block->values[n] == 0);
        block->values[n] = 1;
    }
    block->values[COUNT - 1] = 1;
    block_drop(block);
}
#endif

/* Of long blocks that were given up the last are kept, for whoever wants just as long a one, and
 * not more than a few. */
static void test_kept_blocks(void **state) {
    (void)state;
    enum { COUNT = 1024 * 1024 + 8, MANY = 40 };
    struct block *block = block_blank(COUNT);
    assert_non_null(block);
    double *values = block->values;
    values[0] = values[COUNT - 1] = 3;
    block_drop(block_share(block)); /* still held */
    struct block *other = block_blank(COUNT);
    assert_ptr_not_equal(other->values, values);
    block_drop(block);
    struct block *shorter = block_blank(COUNT - 8);
    assert_ptr_not_equal(shorter->values, values);
    block = block_blank(COUNT);
    assert_ptr_equal(block->values, values);
    assert_int_equal(block->references, 1);
    assert_int_equal(block->count, COUNT);
    block_drop(block);
    struct block *zeroed = block_new(COUNT);
    assert_true(zeroed->values[0] == 0 && zeroed->values[COUNT - 1] == 0);

    struct block *many[MANY] = {other, shorter, zeroed};
    for (size_t n = 3; n < MANY; n++) {
        many[n] = block_blank(COUNT + n);
        assert_non_null(many[n]);
    }
    for (size_t n = 0; n < MANY; n++) {
        block_drop(many[n]);
    }
    block = block_blank(COUNT + MANY - 1); /* the last */
    assert_non_null(block);
    assert_int_equal((uintptr_t)block->values % BLOCK_ALIGNMENT, 0);
    block_drop(block);
}

static void test_copy_on_write(void **state) {
    (void)state;
    struct block *first = block_new(3);
    double *values = block_own(&first);
    values[1] = 5;
    assert_ptr_equal(block_own(&first), values); /* alone: no copy */

    struct block *second = block_share(first);
    struct block *third = block_share(first);
    assert_ptr_equal(second, first);
    assert_int_equal(first->references, 3);
    double *own = block_own(&second);
    assert_non_null(own);
    assert_ptr_not_equal(second, first);
    assert_true(own[1] == 5);
    own[1] = 7;
    own[2] = 8;
    assert_true(first->values[1] == 5 && first->values[2] == 0);
    assert_int_equal(first->references, 2);
    assert_int_equal(second->references, 1);

    block_drop(first);
    assert_int_equal(third->references, 1);
    assert_ptr_equal(block_own(&third), values); /* alone again */
    assert_true(third->values[1] == 5);
    block_drop(third);
    block_drop(second);
}

static void test_no_block(void **state) {
    (void)state;
    assert_null(block_share(NULL));
    block_drop(NULL);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_arrays),
        cmocka_unit_test(test_growing),
        cmocka_unit_test(test_new_block),
#if defined(__linux__)
        cmocka_unit_test(test_large_block),
#endif
        cmocka_unit_test(test_kept_blocks),
        cmocka_unit_test(test_copy_on_write),
        cmocka_unit_test(test_no_block),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) ? 1 : 0;
}
