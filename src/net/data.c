/*
 * net/data.c - data sets as shared values, and the table of generators.
 *
 * Classes take turns: sample 0 is of class 0, sample 1 of class 1, and so on, so
 * that every run of samples holds each class about equally.
 */
#include "net/data.h"

#include <math.h>
#include <stdlib.h>

#include "base/mathfn.h"
#include "base/memory.h"
#include "base/number.h"
#include "base/table.h"
#include "base/text.h"

static const double pi = 3.141592653589793;

enum {
    SAMPLES_ASKED = 32 * 1024
}; /* drawn from one asking to the next: some hundredths of a
                                     * second */

struct dataset *dataset_new(size_t count, size_t inputs, size_t targets, const char *source) {
    struct dataset *data = memory_array(1, sizeof *data);
    if (!data) {
        return NULL;
    }
    *data = (struct dataset){.references = 1, .count = count, .inputs = inputs, .targets = targets};
    data->source = string_copy(source);
    if (inputs <= DATA_MAX_NUMBERS / (count ? count : 1) &&
        targets <= DATA_MAX_NUMBERS / (count ? count : 1)) {
        data->x = memory_array(count * inputs, sizeof *data->x);
        data->y = memory_array(count * targets, sizeof *data->y);
    }
    if (!data->source || !data->x || !data->y) {
        dataset_drop(data);
        return NULL;
    }
    return data;
}

struct dataset *dataset_share(struct dataset *data) {
    if (data) {
        data->references++;
    }
    return data;
}

void dataset_drop(struct dataset *data) {
    if (!data || --data->references > 0) {
        return;
    }
    for (size_t n = 0; data->names && n < data->inputs + data->targets; n++) {
        free(data->names[n]);
    }
    free(data->names);
    free(data->x);
    free(data->y);
    free(data->source);
    free(data->recipe);
    free(data);
}

/* ---- generators ---- */

/* Two inputs with normal noise on each. */
static void put_point(double x1, double x2, double noise, struct random *random, double *x) {
    x[0] = x1 + noise * random_normal(random);
    x[1] = x2 + noise * random_normal(random);
}

/* The rows of a truth table in their usual order: 00, 01, 10, 11, round and round. */
static void truth_row(size_t index, const struct data_options *options, struct random *random,
                      double *x, int bit[2]) {
    bit[0] = (int)(index / 2 % 2);
    bit[1] = (int)(index % 2);
    put_point(bit[0], bit[1], options->noise, random, x);
}

static double xor_draw(size_t index, size_t classes, const struct data_options *options,
                       struct random *random, double *x) {
    (void)classes;
    int bit[2];
    truth_row(index, options, random, x, bit);
    return bit[0] != bit[1];
}

static double and_draw(size_t index, size_t classes, const struct data_options *options,
                       struct random *random, double *x) {
    (void)classes;
    int bit[2];
    truth_row(index, options, random, x, bit);
    return bit[0] && bit[1];
}

static double or_draw(size_t index, size_t classes, const struct data_options *options,
                      struct random *random, double *x) {
    (void)classes;
    int bit[2];
    truth_row(index, options, random, x, bit);
    return bit[0] || bit[1];
}

/* Class 1 in the disc of radius 1/2, class 0 in the ring from 3/4 to 1. */
static double circle_draw(size_t index, size_t classes, const struct data_options *options,
                          struct random *random, double *x) {
    (void)classes;
    bool inside = index % 2 == 1;
    double angle = 2 * pi * random_unit(random);
    double share = random_unit(random);
    double radius = inside ? 0.5 * share : 0.75 + 0.25 * share;
    put_point(radius * math_cos(angle), radius * math_sin(angle), options->noise, random, x);
    return inside;
}

/* Which of a class's own samples it is, as a share from 0 to 1. */
static double share_of_class(size_t index, size_t classes, size_t samples) {
    size_t own = (samples - index % classes + classes - 1) / classes;
    size_t before = index / classes;
    return own > 1 ? (double)before / (double)(own - 1) : 0;
}

/* An arm a class, each from the middle out to radius 1 over 7/8 of a turn. */
static double spiral_draw(size_t index, size_t classes, const struct data_options *options,
                          struct random *random, double *x) {
    double radius = share_of_class(index, classes, options->samples);
    double angle = 2 * pi * (0.875 * radius + (double)(index % classes) / (double)classes);
    put_point(radius * math_cos(angle), radius * math_sin(angle), options->noise, random, x);
    return (double)(index % classes);
}

/* Two half circles that reach into each other. */
static double moons_draw(size_t index, size_t classes, const struct data_options *options,
                         struct random *random, double *x) {
    double angle = pi * share_of_class(index, classes, options->samples);
    double c = math_cos(angle), s = math_sin(angle);
    bool lower = index % 2 == 1;
    put_point(lower ? 1 - c : c, lower ? 0.5 - s : s, options->noise, random, x);
    return lower;
}

/* A cloud a class, their middles spread evenly on the circle of radius 1. */
static double gauss_draw(size_t index, size_t classes, const struct data_options *options,
                         struct random *random, double *x) {
    double angle = 2 * pi * (double)(index % classes) / (double)classes;
    put_point(math_cos(angle), math_sin(angle), options->noise, random, x);
    return (double)(index % classes);
}

/* y = 2x + 1, x spread evenly over -1 ... 1, noise on y */
static double line_draw(size_t index, size_t classes, const struct data_options *options,
                        struct random *random, double *x) {
    (void)classes;
    x[0] = 2 * share_of_class(index, 1, options->samples) - 1;
    return 2 * x[0] + 1 + options->noise * random_normal(random);
}

static const struct generator generators[] = {
    {"xor", "1 where just one of two inputs is 1", 2, 2, false, 4, 0, xor_draw},
    {"and", "1 where both inputs are 1", 2, 2, false, 4, 0, and_draw},
    {"or", "1 where any of two inputs is 1", 2, 2, false, 4, 0, or_draw},
    {"circle", "a disc of class 1 within a ring of class 0", 2, 2, false, 200, 0.05, circle_draw},
    {"spiral", "arms wound into each other, one a class", 2, 0, false, 200, 0.02, spiral_draw},
    {"moons", "two half circles that reach into each other", 2, 2, false, 200, 0.1, moons_draw},
    {"line", "y = 2x + 1 with noise, to be learnt as a value", 1, 1, true, 50, 0.1, line_draw},
    {"gauss", "a cloud a class, their middles on a circle", 2, 0, false, 200, 0.3, gauss_draw},
};

const struct generator *generator_at(size_t index) {
    return TABLE_AT(generators, index);
}

struct data_options generator_defaults(const struct generator *generator) {
    return (struct data_options){
        .samples = generator->samples, .noise = generator->noise, .seed = 1};
}

static enum status check_shape(const struct generator *generator, size_t n_0, size_t n_K,
                               struct error *error) {
    if (n_0 != generator->inputs) {
        return error_set(error, STATUS_INPUT, "'%s' has %zu input%s, but the network has %zu",
                         generator->name, generator->inputs, generator->inputs == 1 ? "" : "s",
                         n_0);
    }
    if (generator->classes != 0 && n_K > generator->classes) {
        return error_set(error, STATUS_INPUT, "'%s' is for %s, but the network has %zu",
                         generator->name, generator->classes == 1 ? "1 output" : "1 or 2 outputs",
                         n_K);
    }
    return STATUS_OK;
}

/* The most samples of this width. */
static size_t most_samples(size_t width) {
    size_t most = DATA_MAX_NUMBERS / width;
    return most < DATA_MAX_SAMPLES ? most : DATA_MAX_SAMPLES;
}

static enum status check_options(const struct generator *generator,
                                 const struct data_options *options, size_t n_K,
                                 struct error *error) {
    size_t limit = most_samples(generator->inputs > n_K ? generator->inputs : n_K);
    if (options->samples < 1 || options->samples > limit) {
        return error_set(error, STATUS_INPUT, "'%zu' samples: from 1 to %zu is right",
                         options->samples, limit);
    }
    if (!(options->noise >= 0 && options->noise <= 1e6)) {
        return error_set(error, STATUS_INPUT, "noise '%g': from 0 to 1000000 is right",
                         options->noise);
    }
    return STATUS_OK;
}

/* Every option by name: the defaults may change. */
static char *recipe_of(const struct generator *generator, const struct data_options *options) {
    char noise[NUMBER_TEXT_MAX];
    struct text recipe = TEXT_EMPTY;
    text_printf(&recipe, "%s samples %zu noise %s seed %llu", generator->name, options->samples,
                number_shortest(options->noise, noise), (unsigned long long)options->seed);
    if (recipe.failed) {
        text_free(&recipe);
        return NULL;
    }
    return recipe.bytes;
}

/* False where whoever is asked has had enough. */
static bool draw_samples(const struct generator *generator, const struct data_options *options,
                         struct ask *ask, struct dataset *data) {
    struct random random;
    random_seed(&random, options->seed);
    size_t n_0 = data->inputs, n_K = data->targets, classes = n_K > 2 ? n_K : 2;
    for (size_t index = 0; index < options->samples; index++) {
        double *y = data->y + index * n_K;
        double drawn = generator->draw(index, classes, options, &random, data->x + index * n_0);
        if (n_K == 1) {
            y[0] = drawn;
        } else {
            y[(size_t)drawn] = 1; /* one-hot; the others are 0 already */
        }
        if (ask_stop(ask, 1, SAMPLES_ASKED)) {
            return false;
        }
    }
    return true;
}

enum status data_generate(const struct generator *generator, const struct data_options *options,
                          size_t n_0, size_t n_K, struct ask *ask, struct dataset **data,
                          struct error *error) {
    enum status status = check_shape(generator, n_0, n_K, error);
    if (status == STATUS_OK) {
        status = check_options(generator, options, n_K, error);
    }
    if (status != STATUS_OK) {
        return status;
    }
    *data = dataset_new(options->samples, n_0, n_K, generator->name);
    if (!*data) {
        return error_memory(error);
    }
    (*data)->recipe = recipe_of(generator, options);
    status = !(*data)->recipe                                ? error_memory(error)
             : !draw_samples(generator, options, ask, *data) ? error_interrupted(error)
                                                             : STATUS_OK;
    if (status != STATUS_OK) {
        dataset_drop(*data);
        *data = NULL;
    }
    return status;
}
