/*
 * test_reference.c - our numbers against another program's: tests/net/reference.txt,
 * written by tests/net/reference.py. A line there is `name = numbers` (given),
 * `name ~ numbers` (to be computed: |a - b| <= 1e-9 max(1, |b|)), or a setting.
 */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/file.h"
#include "expr/quantity.h"
#include "named.h"
#include "net/activation.h"
#include "net/cost.h"

enum { WORDS_MOST = 128 };

struct reader {
    struct model *model;
    size_t line, cases, compared;
    char *words[WORDS_MOST];
    size_t count;
};

static double number(const struct reader *reader, size_t word) {
    assert_true(word < reader->count);
    char *end;
    double value = strtod(reader->words[word], &end);
    assert_int_equal(*end, '\0');
    return value;
}

static void read_net(struct reader *reader) {
    size_t widths[WORDS_MOST];
    for (size_t n = 1; n < reader->count; n++) {
        widths[n - 1] = (size_t)number(reader, n);
    }
    model_close(reader->model);
    reader->model = NULL;
    assert_int_equal(model_open(&reader->model, widths, reader->count - 1, NULL), STATUS_OK);
}

static void read_activation(struct reader *reader) {
    assert_int_equal(reader->count, reader->model->network.K + 1);
    for (size_t k = 1; k < reader->count; k++) {
        const struct activation *f = activation_named(reader->words[k]);
        assert_non_null(f);
        assert_int_equal(network_set_activation(&reader->model->network, k, f, NULL), STATUS_OK);
    }
}

static void read_cost(struct reader *reader) {
    reader->model->network.cost = cost_named(reader->words[1]);
    assert_non_null(reader->model->network.cost);
}

static void read_bias(struct reader *reader) {
    reader->model->network.bias = strcmp(reader->words[1], "on") == 0;
}

static void read_optimizer(struct reader *reader) {
    const struct rule *rule = rule_named(reader->words[1]);
    assert_non_null(rule);
    assert_int_equal(optimizer_choose(&reader->model->optimizer, rule, &reader->model->network),
                     STATUS_OK);
}

static void read_freeze(struct reader *reader) {
    if (strcmp(reader->words[1], "bias") == 0) {
        reader->model->network.freeze_bias = true;
    } else {
        reader->model->network.layers[(size_t)number(reader, 1)].frozen = true;
    }
}

static void read_update(struct reader *reader) {
    for (size_t n = (size_t)number(reader, 1); n > 0; n--) {
        assert_int_equal(model_compute(reader->model), STATUS_OK);
        assert_int_equal(model_update(reader->model), STATUS_OK);
    }
}

static const struct setting {
    const char *name;
    void (*read)(struct reader *reader);
} settings[] = {
    {"net", read_net},       {"activation", read_activation}, {"cost", read_cost},
    {"bias", read_bias},     {"optimizer", read_optimizer},   {"freeze", read_freeze},
    {"update", read_update},
};

static struct quantity named(const struct reader *reader) {
    struct quantity q;
    struct error error = {0};
    size_t taken, length = strlen(reader->words[0]);
    if (quantity_parse(reader->model, reader->words[0], length, 1, &q, &taken, &error) !=
        STATUS_OK) {
        fail_msg("line %zu: %s", reader->line, error.text);
    }
    assert_int_equal(taken, length);
    return q;
}

static double *setting_named(struct model *model, const char *name) {
    struct hyperparameters *h = &model->optimizer.h;
    const struct {
        const char *name;
        double *value;
    } all[] = {
        {"lr", &h->lr},       {"momentum", &h->momentum}, {"rho", &h->rho},
        {"beta1", &h->beta1}, {"beta2", &h->beta2},       {"epsilon", &h->epsilon},
        {"decay", &h->decay}, {"clip", &h->clip},         {"step0", &model->network.step0},
    };
    for (size_t n = 0; n < sizeof all / sizeof *all; n++) {
        if (strcmp(all[n].name, name) == 0) {
            return all[n].value;
        }
    }
    return NULL;
}

/* `name = numbers` */
static void assign(struct reader *reader) {
    struct model *model = reader->model;
    double *setting = setting_named(model, reader->words[0]);
    if (setting) {
        *setting = number(reader, 2);
        return;
    }
    struct quantity q = named(reader);
    size_t rows, cols, stride = 0;
    quantity_shape(model, &q, &rows, &cols);
    assert_int_equal(rows * cols, reader->count - 2);
    double *to = NULL;
    if (q.kind == QUANTITY_W) {
        to = model_edit_W(model, q.layer);
        stride = model->network.layers[q.layer].stride;
    } else {
        to = q.kind == QUANTITY_B   ? model_edit_b(model, q.layer)
             : q.kind == QUANTITY_Y ? model_edit_y(model)
                                    : model_edit_x(model);
    }
    assert_non_null(to);
    for (size_t at = 0; at < rows * cols; at++) {
        to[at / cols * stride + at % cols] = number(reader, at + 2);
    }
}

/* `name ~ numbers` */
static void expect(struct reader *reader) {
    struct quantity q = named(reader);
    assert_int_equal(model_compute(reader->model), STATUS_OK);
    size_t rows, cols;
    quantity_shape(reader->model, &q, &rows, &cols);
    assert_int_equal(rows * cols, reader->count - 2);
    bool matrix = quantity_row(q.kind)->rank == 2;
    for (size_t at = 0; at < rows * cols; at++) {
        q.i = (int64_t)(matrix ? at / cols : at) + 1;
        q.j = matrix ? (int64_t)(at % cols) + 1 : 0;
        double ours = quantity_value(reader->model, &q), theirs = number(reader, at + 2);
        if (!(fabs(ours - theirs) <= 1e-9 * fmax(1, fabs(theirs)))) {
            fail_msg("line %zu, %s: %.17g, but the reference has %.17g", reader->line,
                     reader->words[0], ours, theirs);
        }
        reader->compared++;
    }
}

static void read_line(struct reader *reader) {
    if (strcmp(reader->words[0], "case") == 0) {
        reader->cases++;
        return;
    }
    for (size_t n = 0; n < sizeof settings / sizeof *settings; n++) {
        if (strcmp(settings[n].name, reader->words[0]) == 0) {
            settings[n].read(reader);
            return;
        }
    }
    assert_true(reader->count >= 3);
    if (strcmp(reader->words[1], "=") == 0) {
        assign(reader);
    } else {
        assert_string_equal(reader->words[1], "~");
        expect(reader);
    }
}

static void test_reference(void **state) {
    (void)state;
    struct text text = TEXT_EMPTY;
    struct error error = {0};
    if (file_read("tests/net/reference.txt", 1 << 20, &text, &error) != STATUS_OK) {
        fail_msg("%s", error.text);
    }
    struct reader reader = {0};
    char *after = NULL;
    for (char *line = text.bytes; line && *line; line = after) {
        size_t length = strcspn(line, "\n");
        after = line[length] ? line + length + 1 : NULL;
        line[length] = '\0';
        reader.line++;
        reader.count = 0;
        for (char *word = strtok(line, " "); word; word = strtok(NULL, " ")) {
            assert_true(reader.count < WORDS_MOST);
            reader.words[reader.count++] = word;
        }
        if (reader.count > 0 && reader.words[0][0] != '#') {
            read_line(&reader);
        }
        if (after && *after == '\n') {
            reader.line++;
            after++;
        }
    }
    model_close(reader.model);
    text_free(&text);
    assert_int_equal(reader.cases, 60 + 6 + 25);
    assert_true(reader.compared > 4000);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_reference),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) ? 1 : 0;
}
