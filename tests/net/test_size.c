/*
 * test_size.c - what training keeps in memory: at most three times the weights, the
 * model that it began with among them, and what a pass needs.
 */
/* link: -Wl,--wrap=malloc,--wrap=calloc,--wrap=realloc,--wrap=aligned_alloc,--wrap=free */
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/random.h"
#include "net/train.h"
#include "wrapped.h"

/* What is alive of this program's own allocations, in any order. */
enum { PIECES = 10000 };
static struct piece {
    void *memory;
    size_t size;
} pieces[PIECES];
static size_t count, alive, peak;

static void *add(void *memory, size_t size) {
    if (memory) {
        assert_true(count < PIECES);
        pieces[count++] = (struct piece){memory, size};
        alive += size;
        peak = alive > peak ? alive : peak;
    }
    return memory;
}

static void take(const void *memory) {
    for (size_t n = count; n-- > 0;) {
        if (pieces[n].memory == memory) {
            alive -= pieces[n].size;
            pieces[n] = pieces[--count];
            return;
        }
    }
}

void *__wrap_malloc(size_t size) {
    return add(__real_malloc(size), size);
}
void *__wrap_calloc(size_t number, size_t size) {
    return add(__real_calloc(number, size), number * size);
}
void *__wrap_aligned_alloc(size_t alignment, size_t size) {
    return add(__real_aligned_alloc(alignment, size), size);
}
void *__wrap_realloc(void *old, size_t size) {
    take(old);
    return add(__real_realloc(old, size), size);
}
void __wrap_free(void *memory) {
    take(memory);
    __real_free(memory);
}

static struct model *open_model(const size_t *widths, size_t layers, size_t rows, size_t batch) {
    struct model *model;
    struct error error = {0};
    struct random random;
    random_seed(&random, 3);
    assert_int_equal(model_open(&model, widths, layers, &error), STATUS_OK);
    struct dataset *data = dataset_new(rows, widths[0], widths[layers - 1], "any");
    assert_non_null(data);
    for (size_t n = 0; n < rows * widths[0]; n++) {
        data->x[n] = random_unit(&random);
    }
    model->optimizer.h.lr = 1e-4;
    assert_int_equal(model_set_data(model, data, NULL), STATUS_OK);
    dataset_drop(data);
    assert_int_equal(model_set_batch(model, batch, NULL), STATUS_OK);
    return model;
}

/* Train; the most that was alive, without the data set. */
static size_t train(struct model *model, uint64_t updates) {
    uint64_t done = 0;
    peak = alive;
    assert_int_equal(model_train(model, updates, NULL, NULL, &done, NULL), STATUS_OK);
    assert_int_equal(done, updates);
    const struct dataset *data = model->feed.data;
    return peak - data->count * (data->inputs + data->targets) * sizeof(double);
}

static size_t three_times_the_weights(const struct model *model, size_t samples) {
    size_t vectors = 16 * model->network.neurons * samples; /* of the model and its copies */
    return (3 * model->network.parameters + vectors) * sizeof(double) + 16 * 1024;
}

/* As a command has it: the state before is kept, for `undo`, and a copy is trained. */
static void test_one_sample_at_a_time(void **state) {
    (void)state;
    const size_t widths[] = {400, 400, 400, 8};
    struct model *before = open_model(widths, 4, 16, 1);
    assert_int_equal(model_compute(before), STATUS_OK);
    struct model *model = model_copy(before);
    assert_true(train(model, 20) <= three_times_the_weights(model, 1));
    assert_true(peak > 2 * 8 * model->network.parameters); /* it does count */
    model_close(model);
    model_close(before);
}

/* So long that the copy to go back to is taken anew. */
static void test_long(void **state) {
    (void)state;
    const size_t widths[] = {100, 200, 16};
    struct model *before = open_model(widths, 3, 16, 1);
    assert_int_equal(model_compute(before), STATUS_OK);
    struct model *model = model_copy(before);
    assert_true(train(model, 3000) <= three_times_the_weights(model, 1));
    model_close(model);
    model_close(before);
}

/* A mean gradient is as large as the weights, and is one of the three. */
static void test_batches(void **state) {
    (void)state;
    const size_t widths[] = {400, 400, 400, 8};
    struct model *model = open_model(widths, 4, 16, 8);
    assert_true(train(model, 20) <= three_times_the_weights(model, 8));
    model_close(model);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_one_sample_at_a_time),
        cmocka_unit_test(test_long),
        cmocka_unit_test(test_batches),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) ? 1 : 0;
}
