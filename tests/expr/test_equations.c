/*
 * test_equations.c - what is explained is what was computed: for random networks
 * over every row of the tables of activations, costs and update rules, the
 * equation of every quantity evaluates to the engine's own value, bit for bit
 * (any NaN is like any other; +0 and -0 differ).
 */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "expr/equation.h"
#include "expr/print.h"
#include "named.h"
#include "nets.h"

/* How many equations of each kind were compared. */
struct tally {
    size_t now[QUANTITY_KINDS], next[QUANTITY_KINDS];
    size_t unequal;
    bool usual; /* all numbers are of a size to be worked with by hand */
    size_t not_finite;
};

static void complain(const struct equation *equation, struct model *model, double engine,
                     double explained) {
    struct text name = TEXT_EMPTY;
    struct print_options options = {.model = model, .notation = NOTATION_ASCII};
    equation_print_text(&name, equation, &options);
    text_put(&name, "\n    ");
    options.numbers = true;
    equation_print_text(&name, equation, &options);
    const struct network *network = &model->network;
    print_error("%s\n    %a by the engine, %a explained (%s, %s, %s)\n", text_string(&name), engine,
                explained, network->layers[network->K].activation->name, network->cost->name,
                model->optimizer.rule->name);
    text_free(&name);
}

static bool is_given(struct quantity q) {
    const struct quantity_row *row = quantity_row(q.kind);
    bool moment = row->family == FAMILY_UPDATE && row->value == quantity_row(QUANTITY_VW)->value;
    bool count = q.kind == QUANTITY_T || row->value == quantity_row(QUANTITY_SAMPLE)->value;
    return row->assignable || (q.kind == QUANTITY_R && q.layer == 0) || count || moment;
}

/* Far out in a tail the engine keeps digits that a product of the smallest numbers, hundreds
 * of units in their last place, has lost: see net/test_tails.c. */
static bool agree(double engine, double explained) {
    double few = 1e-320 + 1e-12 * fabs(engine);
    bool tail = fabs(engine) < 1e-290 && fabs(engine - explained) <= few;
    return tail || nets_same(engine, explained);
}

/* The equation of all elements, with this one's indices for its letters, reads like the
 * element's own. */
static void check_print(const struct equation *own, struct model *model, bool numbers) {
    struct equation whole;
    struct quantity generic = quantity_generic(model, own->target);
    assert_int_equal(equation_open(&whole, model, generic, NULL), STATUS_OK);
    struct print_options options = {
        .model = model, .numbers = numbers, .digits = 4, .expand = true};
    struct text first = TEXT_EMPTY, second = TEXT_EMPTY;
    expr_print_text(&first, own->right, &options);
    options.element = &own->target;
    expr_print_text(&second, whole.right, &options);
    assert_string_equal(text_string(&first), text_string(&second));
    text_free(&first);
    text_free(&second);
    equation_close(&whole);
}

/* Whoever works out what is written with numbers comes to the value, too. */
static void check_worked_out(const struct equation *equation, struct model *model, double value) {
    struct text text = TEXT_EMPTY;
    struct error error = {0};
    struct print_options options = {.model = model, .notation = NOTATION_ASCII, .numbers = true};
    expr_print_text(&text, equation->right, &options);
    struct names names = names_of_model(model);
    struct expr *expr = NULL;
    struct value worked = {0};
    size_t taken = 0;
    const struct scope scope = {.model = model};
    enum status status =
        expr_parse(&names, text_string(&text), text.length, 1, false, &taken, &expr, &error);
    if (status != STATUS_OK || expr_evaluate(expr, &scope, &worked, &error) != STATUS_OK) {
        fail_msg("%s: %s", text_string(&text), error.text);
    }
    if (fabs(value_at(&worked, 0) - value) > 1e-9 * (1 + fabs(value))) {
        complain(equation, model, value, value_at(&worked, 0));
        fail();
    }
    value_free(&worked);
    expr_free(expr);
    text_free(&text);
}

static void check_element(struct model *model, struct quantity q, struct tally *tally) {
    struct equation equation;
    struct error error = {0};
    enum status status = equation_open(&equation, model, q, &error);
    if (!q.next && is_given(q)) {
        assert_int_equal(status, STATUS_INPUT);
        assert_non_null(strstr(error.text, "is given, not computed: it has no equation"));
        return;
    }
    assert_int_equal(status, STATUS_OK);
    assert_true(quantity_equal(&equation.target, &q));
    double explained = 0;
    if (equation_value(&equation, model, &explained, &error) != STATUS_OK) {
        fail_msg("%s", error.text);
    }
    double engine = quantity_value(model, &q);
    if (!agree(engine, explained)) {
        if (tally->unequal++ < 10) {
            complain(&equation, model, engine, explained);
        }
    }
    (q.next ? tally->next : tally->now)[q.kind]++;
    tally->not_finite += isfinite(engine) ? 0 : 1;
    size_t nth = q.next ? tally->next[q.kind] : tally->now[q.kind];
    if (nth % 8 == 1) { /* printing takes its time */
        check_print(&equation, model, nth % 16 == 1);
        if (tally->usual && isfinite(explained)) {
            check_worked_out(&equation, model, explained);
        }
    }
    equation_close(&equation);
}

static bool has_next(enum quantity_kind kind) {
    const struct quantity_row *row = quantity_row(kind);
    return row->family == FAMILY_WEIGHT || row->value == quantity_row(QUANTITY_VW)->value;
}

static void check_both(void *context, struct model *model, struct quantity q) {
    check_element(model, q, context);
    if (has_next(q.kind)) {
        q.next = true;
        check_element(model, q, context);
    }
}

static void check_model(struct model *model, struct tally *tally) {
    nets_each(model, check_both, tally);
}

static void check_announced(void *before, struct model *model, struct quantity q) {
    if (has_next(q.kind)) {
        struct quantity next = q;
        next.next = true;
        assert_true(nets_same(quantity_value(before, &next), quantity_value(model, &q)));
    }
}

/* The update puts exactly the values in place that were announced. */
static void check_update(struct model *model) {
    struct model *before = model_copy(model);
    assert_non_null(before);
    nets_update(model);
    nets_each(model, check_announced, before);
    model_close(before);
}

/* Up to 7 samples in batches of any size, shuffled or not, some held out or none. */
static void random_data(struct model *model, struct random *random) {
    size_t count = 1 + random_below(random, 7);
    double share = nets_coin(random) ? 0 : nets_uniform(random, 0, 0.7);
    nets_take_rows(model, random, count);
    assert_int_equal(model_set_validation(model, share, count, NULL), STATUS_OK);
    assert_int_equal(model_set_shuffle(model, nets_coin(random), count, NULL), STATUS_OK);
    size_t batch = random_below(random, model->feed.training + 1);
    assert_int_equal(model_set_batch(model, batch, NULL), STATUS_OK);
    if (nets_coin(random)) { /* the present sample's working copy differs from its row */
        model_edit_x(model)[0] = nets_uniform(random, -2, 2);
    }
}

static void random_settings(struct model *model, struct random *random) {
    struct hyperparameters *h = &model->optimizer.h;
    size_t rules = 0;
    while (rule_at(rules)) {
        rules++;
    }
    const struct rule *rule = rule_at(random_below(random, rules));
    assert_int_equal(optimizer_choose(&model->optimizer, rule, &model->network), STATUS_OK);
    h->lr = nets_uniform(random, 0, 0.3);
    h->momentum = nets_uniform(random, 0, 1);
    h->rho = nets_uniform(random, 0.5, 1);
    h->beta1 = nets_uniform(random, 0.3, 1);
    h->beta2 = nets_uniform(random, 0.5, 1);
    h->decay = nets_coin(random) ? 0 : nets_uniform(random, 0, 0.1);
    h->clip = nets_coin(random) ? 0 : nets_uniform(random, 0.01, 2);
    model->network.freeze_bias = random_below(random, 4) == 0;
    for (size_t k = 0; k < model->network.K; k++) {
        model->network.layers[k].frozen = random_below(random, 5) == 0;
    }
    model->network.combine = nets_coin(random);
    if (nets_coin(random)) {
        random_data(model, random);
    }
    model_touch(model, 0);
    assert_int_equal(model_compute(model), STATUS_OK);
}

/* Three iterations of one network, everything compared in each. */
static void check_network(struct random *random, const struct cost *cost,
                          const struct activation *last, double size, struct tally *tally) {
    struct model *model = nets_random(random, cost, last);
    if (size > 0) {
        nets_fill(model, random, size);
    }
    random_settings(model, random);
    for (int iteration = 0; iteration < 3; iteration++) {
        check_model(model, tally);
        check_update(model);
    }
    model_close(model);
}

static void check_all_kinds_seen(const struct tally *tally) {
    for (size_t kind = 0; kind < QUANTITY_KINDS; kind++) {
        struct quantity q = {.kind = (enum quantity_kind)kind, .layer = 1};
        if (!is_given(q) && tally->now[kind] == 0) {
            fail_msg("'%s' was never compared", quantity_row(q.kind)->name);
        }
        if (has_next(q.kind) && tally->next[kind] == 0) {
            fail_msg("the next '%s' was never compared", quantity_row(q.kind)->name);
        }
    }
}

/* Every cost after every last activation, whether or not they suit. */
static void check_tables(uint64_t seed, double size, size_t networks, struct tally *tally) {
    struct random random;
    random_seed(&random, seed);
    for (size_t c = 0; cost_at(c); c++) {
        for (size_t f = 0; activation_at(f); f++) {
            for (size_t n = 0; n < networks; n++) {
                check_network(&random, cost_at(c), activation_at(f), size, tally);
            }
        }
    }
    check_all_kinds_seen(tally);
    assert_int_equal(tally->unequal, 0);
}

static void test_usual_numbers(void **state) {
    (void)state;
    struct tally tally = {.usual = true};
    check_tables(1, 0, 8, &tally);
}

/* Weights so large that activations saturate and the long way breaks. */
static void test_saturated(void **state) {
    (void)state;
    struct tally tally = {0};
    check_tables(2, 40, 4, &tally);
    assert_true(tally.not_finite > 0);
}

/* Products overflow: infinities, and differences of them. */
static void test_overflowing(void **state) {
    (void)state;
    struct tally tally = {0};
    check_tables(3, 1e200, 4, &tally);
    assert_true(tally.not_finite > 1000);
}

/* Everything 0, where Step(0) counts and signs of zeros show. */
static void test_zeros(void **state) {
    (void)state;
    struct tally tally = {0};
    check_tables(4, 1e-320, 3, &tally);
    struct random random;
    random_seed(&random, 5);
    for (size_t c = 0; cost_at(c); c++) {
        for (size_t f = 0; activation_at(f); f++) {
            struct model *model = nets_random(&random, cost_at(c), activation_at(f));
            nets_fill(model, &random, 0);
            random_settings(model, &random);
            check_model(model, &tally);
            model_close(model);
        }
    }
    assert_int_equal(tally.unequal, 0);
}

/* Shares whose square differs, in the last bit, as a power and as a product. */
static void test_adam_second_update(void **state) {
    (void)state;
    struct random random;
    random_seed(&random, 6);
    struct tally tally = {0};
    struct model *model = nets_random(&random, cost_at(0), activation_named("linear"));
    const struct rule *adam = rule_named("adam");
    assert_int_equal(optimizer_choose(&model->optimizer, adam, &model->network), STATUS_OK);
    model->optimizer.h.beta1 = 0x1.fbb3aea76c90cp-1;
    model->optimizer.h.beta2 = 0x1.9185a04d6625dp-1;
    for (int iteration = 0; iteration < 4; iteration++) {
        check_model(model, &tally);
        check_update(model);
    }
    model_close(model);
    assert_int_equal(tally.unequal, 0);
}

static void model_of_depth(size_t K, struct model **model) {
    static size_t widths[NETWORK_MAX_LAYERS];
    for (size_t k = 0; k <= K; k++) {
        widths[k] = 1;
    }
    assert_int_equal(model_open(model, widths, K + 1, NULL), STATUS_OK);
}

/* The norm of the gradient is a sum over all layers, however many. */
static void test_deep_network(void **state) {
    (void)state;
    struct model *model = NULL;
    model_of_depth(NETWORK_MAX_LAYERS - 1, &model);
    model->network.bias = true;
    model_edit_x(model)[0] = 1;
    model_edit_y(model)[0] = 3;
    for (size_t k = 0; k < model->network.K; k++) {
        model_edit_W(model, k)[0] = k % 2 ? 0.5 : 2;
    }
    assert_int_equal(model_compute(model), STATUS_OK);
    struct tally tally = {0};
    check_element(model, (struct quantity){.kind = QUANTITY_GNORM}, &tally);
    assert_int_equal(tally.unequal, 0);
    model_close(model);
}

/* Whatever a rule keeps can be named, of weights and of biases. */
static void test_moments(void **state) {
    (void)state;
    for (size_t n = 0; rule_at(n); n++) {
        for (size_t m = 0; m < rule_at(n)->moments; m++) {
            for (int bias = 0; bias < 2; bias++) {
                enum quantity_kind kind = quantity_of_moment(rule_at(n), m, bias == 1);
                assert_true(kind < QUANTITY_KINDS);
                assert_int_equal(quantity_is_bias(kind), bias);
                assert_int_equal(quantity_row(kind)->name[0], rule_at(n)->moment_name[m][0]);
            }
        }
    }
}

static const struct expected_law {
    const char *name;
    struct quantity q;
    const char *law;
} laws[] = {
    {"z1", {.kind = QUANTITY_Z, .layer = 1, .i = 1}, "F1"},
    {"r2", {.kind = QUANTITY_R, .layer = 2, .i = 1}, "F2"},
    {"C", {.kind = QUANTITY_C}, "F3"},
    {"dr2", {.kind = QUANTITY_DR, .layer = 2, .i = 1}, "B0"},
    {"dz2", {.kind = QUANTITY_DZ, .layer = 2, .i = 1}, "B1"},
    {"dr1", {.kind = QUANTITY_DR, .layer = 1, .i = 1}, "B2"},
    {"dx", {.kind = QUANTITY_DR, .layer = 0, .i = 1}, "B2"},
    {"dW0", {.kind = QUANTITY_DW, .layer = 0, .i = 1, .j = 1}, "B3"},
    {"db0", {.kind = QUANTITY_DB, .layer = 0, .i = 1}, "B3"},
    {"W0", {.kind = QUANTITY_W, .next = true, .layer = 0, .i = 1, .j = 1}, "U"},
    {"step1", {.kind = QUANTITY_SLOPE, .layer = 1, .i = 1}, ""},
    {"meanC", {.kind = QUANTITY_MEAN_C}, ""},
};

static void test_laws(void **state) {
    (void)state;
    struct model *model = NULL;
    assert_int_equal(model_open(&model, (const size_t[]){2, 3, 1}, 3, NULL), STATUS_OK);
    for (size_t n = 0; n < sizeof laws / sizeof *laws; n++) {
        struct equation equation;
        assert_int_equal(equation_open(&equation, model, laws[n].q, NULL), STATUS_OK);
        if (strcmp(law_row(equation.law)->name, laws[n].law) != 0) {
            fail_msg("the law of %s is '%s'", laws[n].name, law_row(equation.law)->name);
        }
        equation_close(&equation);
    }
    model_close(model);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_usual_numbers),
        cmocka_unit_test(test_saturated),
        cmocka_unit_test(test_overflowing),
        cmocka_unit_test(test_zeros),
        cmocka_unit_test(test_adam_second_update),
        cmocka_unit_test(test_deep_network),
        cmocka_unit_test(test_moments),
        cmocka_unit_test(test_laws),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) ? 1 : 0;
}
