/*
 * test_print.c - equations as people read them, letter for letter: in Unicode,
 * ASCII and LaTeX, with symbols and with numbers.
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

static void set_activation(struct model *model, size_t k, const char *name) {
    assert_int_equal(network_set_activation(&model->network, k, activation_named(name), NULL),
                     STATUS_OK);
    model_touch(model, 0);
    assert_int_equal(model_compute(model), STATUS_OK);
}

static struct quantity named(struct model *model, const char *name) {
    struct quantity q;
    struct error error = {0};
    size_t taken;
    bool next = name[0] == '>'; /* the value after the update */
    name += next ? 1 : 0;
    if (quantity_parse(model, name, strlen(name), 1, &q, &taken, &error) != STATUS_OK) {
        fail_msg("%s: %s", name, error.text);
    }
    q.next = next;
    if (quantity_rank(model, &q) > 0 && q.i == 0) {
        q = quantity_generic(model, q);
    }
    return q;
}

struct line {
    const char *name; /* without an index: the general form; '>' for the next value */
    enum notation notation;
    bool numbers;
    const char *text;
};

#define U NOTATION_UNICODE
#define A NOTATION_ASCII
#define T NOTATION_TEX

static void check_line(struct model *model, const struct line *line,
                       const struct print_options *wanted) {
    struct print_options options = *wanted;
    options.model = model;
    options.notation = line->notation;
    options.numbers = line->numbers;
    struct equation equation;
    assert_int_equal(equation_open(&equation, model, named(model, line->name), NULL), STATUS_OK);
    struct text text = TEXT_EMPTY;
    equation_print_text(&text, &equation, &options);
    assert_string_equal(text_string(&text), line->text);
    text_free(&text);
    equation_close(&equation);
}

static void check_lines(struct model *model, const struct line *lines, size_t count) {
    for (size_t n = 0; n < count; n++) {
        check_line(model, &lines[n], &(struct print_options){0});
    }
}

#define CHECK(model, lines) check_lines(model, lines, sizeof(lines) / sizeof(lines)[0])

static void test_the_core(void **state) {
    (void)state;
    static const struct line lines[] = {
        {"z1", U, false, "z⁽¹⁾ⱼ = Σᵢ W⁽⁰⁾ᵢⱼ · xᵢ"},
        {"z2", U, false, "z⁽²⁾ⱼ = Σᵢ W⁽¹⁾ᵢⱼ · r⁽¹⁾ᵢ"},
        {"z1[2]", U, true, "z⁽¹⁾₂ = −0.3 · 1 + 0.4 · (−2)"},
        {"z1[2]", A, true, "z1[2] = -0.3 * 1 + 0.4 * (-2)"},
        {"z1", A, false, "z1[j] = sum_i W0[i,j] * x[i]"},
        {"z1", T, false, "z^{(1)}_{j} = \\sum_i W^{(0)}_{ij} \\cdot x_{i}"},
        {"r1", U, false, "r⁽¹⁾ⱼ = max(0, z⁽¹⁾ⱼ)"},
        {"r1[2]", U, true, "r⁽¹⁾₂ = max(0, −1.1)"},
        {"C", U, false, "C = 0.5 · Σⱼ (yⱼ − r⁽²⁾ⱼ)²"},
        {"C", U, true, "C = 0.5 · ((1 − 0)² + (0 − 0.54)²)"},
        {"C", A, true, "C = 0.5 * ((1 - 0)^2 + (0 - 0.54)^2)"},
        {"C", T, false, "C = 0.5 \\cdot \\sum_j {(y_{j} - r^{(2)}_{j})}^{2}"},
        {"dr2", U, false, "∂C/∂r⁽²⁾ⱼ = r⁽²⁾ⱼ − yⱼ"},
        {"dr2[1]", U, true, "∂C/∂r⁽²⁾₁ = 0 − 1"},
        {"dz2", U, false, "∂C/∂z⁽²⁾ⱼ = ∂C/∂r⁽²⁾ⱼ · Step(z⁽²⁾ⱼ)"},
        {"dz2[2]", U, true, "∂C/∂z⁽²⁾₂ = 0.54 · 1"},
        {"dr1", U, false, "∂C/∂r⁽¹⁾ᵢ = Σⱼ ∂C/∂z⁽²⁾ⱼ · W⁽¹⁾ᵢⱼ"},
        {"dx", U, false, "∂C/∂xᵢ = Σⱼ ∂C/∂z⁽¹⁾ⱼ · W⁽⁰⁾ᵢⱼ"},
        {"dW1", U, false, "∂C/∂W⁽¹⁾ᵢⱼ = ∂C/∂z⁽²⁾ⱼ · r⁽¹⁾ᵢ"},
        {"dW1[1,2]", U, true, "∂C/∂W⁽¹⁾₁₂ = 0.54 · 0.3"},
        {"dW1[1,2]", A, false, "dW1[1,2] = dz2[2] * r1[1]"},
        {"dW1", T, false,
         "\\partial C/\\partial W^{(1)}_{ij} = \\partial C/\\partial z^{(2)}_{j} \\cdot "
         "r^{(1)}_{i}"},
        {"dW0[2,1]", U, false, "∂C/∂W⁽⁰⁾₂₁ = ∂C/∂z⁽¹⁾₁ · x₂"},
        {"dW0[2,1]", U, true, "∂C/∂W⁽⁰⁾₂₁ = −0.54 · (−2)"},
        {"db1", U, false, "∂C/∂b⁽¹⁾ⱼ = ∂C/∂z⁽²⁾ⱼ"},
        {">W0", U, false, "W⁽⁰⁾ᵢⱼ ← W⁽⁰⁾ᵢⱼ − η · ∂C/∂W⁽⁰⁾ᵢⱼ"},
        {">W0[1,2]", U, true, "W⁽⁰⁾₁₂ ← −0.3 − 0.1 · 0"},
        {">W0[2,1]", U, true, "W⁽⁰⁾₂₁ ← 0.1 − 0.1 · 1.08"},
        {">W0[2,3]", A, true, "W0[2,3] <- -0.2 - 0.1 * (-0.756)"},
        {"step1", U, false, "Step(z⁽¹⁾ⱼ) = {1 if z⁽¹⁾ⱼ > 0, else {0 if z⁽¹⁾ⱼ < 0, else Step(0)}}"},
        {"step1[2]", U, true, "Step(z⁽¹⁾₂) = 0"},
        {"step1", A, false, "step1[j] = if(z1[j] > 0, 1, if(z1[j] < 0, 0, step0))"},
        {"gnorm", U, false, "‖g‖ = √(sum(gW⁽⁰⁾²) + sum(gW⁽¹⁾²))"},
        {"gnorm", T, false,
         "\\|g\\| = \\sqrt{\\mathrm{sum}\\left({gW^{(0)}}^{2}\\right) + "
         "\\mathrm{sum}\\left({gW^{(1)}}^{2}\\right)}"},
    };
    struct model *model = nets_worked();
    for (size_t n = 0; n < sizeof lines / sizeof *lines; n++) {
        check_line(model, &lines[n], &(struct print_options){.digits = 4});
    }
    model_close(model);
}

static void test_bias_and_combine(void **state) {
    (void)state;
    static const struct line lines[] = {
        {"z1", U, false, "z⁽¹⁾ⱼ = Σᵢ W⁽⁰⁾ᵢⱼ · xᵢ + b⁽⁰⁾ⱼ"},
        {"z1[2]", U, true, "z⁽¹⁾₂ = −0.3 · 1 + 0.4 · (−2) + 0"},
        /* merged, and its own letter is not the one of the sum */
        {"dz1", U, false, "∂C/∂z⁽¹⁾ᵢ = Step(z⁽¹⁾ᵢ) · Σⱼ ∂C/∂z⁽²⁾ⱼ · W⁽¹⁾ᵢⱼ"},
        {"dz1[3]", U, true, "∂C/∂z⁽¹⁾₃ = 1 · (0 · (−0.6) + 0.54 · 0.7)"},
        {"dz2", U, false, "∂C/∂z⁽²⁾ⱼ = ∂C/∂r⁽²⁾ⱼ · Step(z⁽²⁾ⱼ)"},
    };
    struct model *model = nets_worked();
    model->network.bias = true;
    model->network.combine = true;
    model_touch(model, 0);
    assert_int_equal(model_compute(model), STATUS_OK);
    for (size_t n = 0; n < sizeof lines / sizeof *lines; n++) {
        check_line(model, &lines[n], &(struct print_options){.digits = 4});
    }
    model_close(model);
}

static void test_softmax(void **state) {
    (void)state;
    static const struct line lines[] = {
        {"r2", U, false, "r⁽²⁾ⱼ = exp(z⁽²⁾ⱼ − max(z⁽²⁾)) / Σₘ exp(z⁽²⁾ₘ − max(z⁽²⁾))"},
        {"r2", T, false,
         "r^{(2)}_{j} = e^{z^{(2)}_{j} - \\max(z^{(2)})} / \\sum_m e^{z^{(2)}_{m} - "
         "\\max(z^{(2)})}"},
        {"step2", U, false, "∂r⁽²⁾ⱼ/∂z⁽²⁾ₘ = r⁽²⁾ⱼ · (δⱼₘ − r⁽²⁾ₘ)"},
        {"step2[1,2]", U, false, "∂r⁽²⁾₁/∂z⁽²⁾₂ = r⁽²⁾₁ · (0 − r⁽²⁾₂)"},
        {"dz2", U, false, "∂C/∂z⁽²⁾ⱼ = r⁽²⁾ⱼ · (∂C/∂r⁽²⁾ⱼ − Σₘ ∂C/∂r⁽²⁾ₘ · r⁽²⁾ₘ)"},
        {"C", U, false, "C = −Σⱼ yⱼ · ln(r⁽²⁾ⱼ)"},
        {"C", A, false, "C = -sum_j xlogy(y[j], r2[j])"},
        {"dr2", U, false, "∂C/∂r⁽²⁾ⱼ = −yⱼ / r⁽²⁾ⱼ"},
    };
    struct model *model = nets_worked();
    model->network.cost = cost_named("cross-entropy");
    set_activation(model, 2, "softmax");
    CHECK(model, lines);
    model->network.combine = true;
    model_touch(model, 0);
    assert_int_equal(model_compute(model), STATUS_OK);
    static const struct line collapsed[] = {
        {"dz2", U, false, "∂C/∂z⁽²⁾ⱼ = r⁽²⁾ⱼ · (Σₘ yₘ) − yⱼ"},
        {"dz2", A, false, "dz2[j] = r2[j] * (sum_m y[m]) - y[j]"},
    };
    CHECK(model, collapsed);
    model_close(model);
}

static void test_other_rows(void **state) {
    (void)state;
    struct model *model = nets_worked();
    set_activation(model, 2, "sigmoid");
    static const struct line sigmoid[] = {
        {"r2", U, false, "r⁽²⁾ⱼ = 1 / (1 + exp(−z⁽²⁾ⱼ))"},
        {"r2", T, false, "r^{(2)}_{j} = 1 / (1 + e^{-z^{(2)}_{j}})"},
        {"r2[2]", U, true, "r⁽²⁾₂ = 1 / (1 + exp(−0.54))"},
        {"step2", U, false, "f′(z⁽²⁾ⱼ) = r⁽²⁾ⱼ · (1 − r⁽²⁾ⱼ)"},
        {"dz2", U, false, "∂C/∂z⁽²⁾ⱼ = ∂C/∂r⁽²⁾ⱼ · f′(z⁽²⁾ⱼ)"},
    };
    CHECK(model, sigmoid);
    model->network.cost = cost_named("bce");
    static const struct line bce[] = {
        {"C", U, false, "C = −Σⱼ (yⱼ · ln(r⁽²⁾ⱼ) + (1 − yⱼ) · ln(1 − r⁽²⁾ⱼ))"},
        {"dr2", U, false, "∂C/∂r⁽²⁾ⱼ = (r⁽²⁾ⱼ − yⱼ) / (r⁽²⁾ⱼ · (1 − r⁽²⁾ⱼ))"},
    };
    CHECK(model, bce);
    model->network.cost = cost_named("mse");
    static const struct line mse[] = {
        {"C", U, false, "C = 1 / 2 · Σⱼ (yⱼ − r⁽²⁾ⱼ)²"},
        {"dr2", U, false, "∂C/∂r⁽²⁾ⱼ = 2 · (r⁽²⁾ⱼ − yⱼ) / 2"},
    };
    CHECK(model, mse);
    set_activation(model, 2, "tanh");
    static const struct line tanh_lines[] = {
        {"step2", U, false, "f′(z⁽²⁾ⱼ) = 1 − r⁽²⁾ⱼ²"},
        {"step2", T, false, "f'(z^{(2)}_{j}) = 1 - {r^{(2)}_{j}}^{2}"},
        {"step2", A, false, "step2[j] = 1 - r2[j]^2"},
    };
    CHECK(model, tanh_lines);
    set_activation(model, 2, "elu");
    static const struct line elu[] = {
        {"r2", U, false, "r⁽²⁾ⱼ = {z⁽²⁾ⱼ if z⁽²⁾ⱼ > 0, else exp(z⁽²⁾ⱼ) − 1}"},
        {"r2[2]", U, true, "r⁽²⁾₂ = 0.54"},
        {"r2", T, false,
         "r^{(2)}_{j} = \\begin{cases} z^{(2)}_{j} & z^{(2)}_{j} > 0 \\\\ e^{z^{(2)}_{j}} - 1 & "
         "\\text{else} \\end{cases}"},
    };
    CHECK(model, elu);
    model_close(model);
}

static void test_updates(void **state) {
    (void)state;
    struct model *model = nets_worked();
    model->optimizer.h.decay = 0.01;
    model->optimizer.h.clip = 0.5;
    static const struct line sgd[] = {
        {">W0", U, false, "W⁽⁰⁾ᵢⱼ ← W⁽⁰⁾ᵢⱼ − η · (min(1, clip / ‖g‖) · ∂C/∂W⁽⁰⁾ᵢⱼ + λ · W⁽⁰⁾ᵢⱼ)"},
    };
    CHECK(model, sgd);
    model->optimizer.h.decay = 0;
    model->optimizer.h.clip = 0;
    model->network.bias = true;
    assert_int_equal(optimizer_choose(&model->optimizer, rule_named("adam"), &model->network),
                     STATUS_OK);
    static const struct line adam[] = {
        {">mW0", U, false, "mW⁽⁰⁾ᵢⱼ ← β₁ · mW⁽⁰⁾ᵢⱼ + (1 − β₁) · ∂C/∂W⁽⁰⁾ᵢⱼ"},
        {">vW0", U, false, "vW⁽⁰⁾ᵢⱼ ← β₂ · vW⁽⁰⁾ᵢⱼ + (1 − β₂) · ∂C/∂W⁽⁰⁾ᵢⱼ²"},
        {">vb0", A, false, "vb0[j] <- beta2 * vb0[j] + (1 - beta2) * db0[j]^2"},
        {">W0[1,1]", A, false,
         "W0[1,1] <- W0[1,1] - lr * mW0[1,1] / (1 - beta1^t) / (sqrt(vW0[1,1] / (1 - beta2^t)) + "
         "epsilon)"},
        {">vW0", T, false,
         "vW^{(0)}_{ij} \\leftarrow \\beta_2 \\cdot vW^{(0)}_{ij} + (1 - \\beta_2) \\cdot "
         "{\\partial C/\\partial W^{(0)}_{ij}}^{2}"},
    };
    CHECK(model, adam);
    model_close(model);
}

/* Indices and layers of several digits; a comma where they would run together. */
static void test_large_indices(void **state) {
    (void)state;
    size_t widths[13];
    for (size_t k = 0; k < 13; k++) {
        widths[k] = 12;
    }
    struct model *model = NULL;
    assert_int_equal(model_open(&model, widths, 13, NULL), STATUS_OK);
    static const struct line lines[] = {
        {"dW10[12,3]", U, false, "∂C/∂W⁽¹⁰⁾₁₂,₃ = ∂C/∂z⁽¹¹⁾₃ · r⁽¹⁰⁾₁₂"},
        {"dW10[1,2]", U, false, "∂C/∂W⁽¹⁰⁾₁₂ = ∂C/∂z⁽¹¹⁾₂ · r⁽¹⁰⁾₁"},
        {"dW10[12,3]", A, false, "dW10[12,3] = dz11[3] * r10[12]"},
    };
    CHECK(model, lines);
    model_close(model);
}

/* net 5 1, z = 1*1 + 2*(-4) + 3*0.5 + 4*2 + 5*0.1 */
static struct model *five(void) {
    struct model *model = NULL;
    assert_int_equal(model_open(&model, (const size_t[]){5, 1}, 2, NULL), STATUS_OK);
    memcpy(model_edit_x(model), (const double[]){1, -4, 0.5, 2, 0.1}, 5 * sizeof(double));
    memcpy(model_edit_W(model, 0), (const double[]){1, 2, 3, 4, 5}, 5 * sizeof(double));
    assert_int_equal(model_compute(model), STATUS_OK);
    return model;
}

static void test_largest_terms(void **state) {
    (void)state;
    struct model *model = five();
    const struct print_options two = {.digits = 4, .most_terms = 2};
    const struct print_options five_terms = {.digits = 4, .most_terms = 5};
    const struct print_options one = {.most_terms = 1};
    check_line(model,
               &(struct line){"z1[1]", U, true, "z⁽¹⁾₁ = 2 · (−4) + 4 · 2 + … 3 more, sum 3"},
               &two);
    check_line(model,
               &(struct line){"z1[1]", A, true, "z1[1] = 2 * (-4) + 4 * 2 + ... 3 more, sum 3"},
               &two);
    check_line(
        model,
        &(struct line){"z1[1]", U, true, "z⁽¹⁾₁ = 1 · 1 + 2 · (−4) + 3 · 0.5 + 4 · 2 + 5 · 0.1"},
        &five_terms);
    check_line(model, &(struct line){"z1[1]", A, true, "z1[1] = 2 * (-4) + ... 4 more, sum 11"},
               &one);
    /* The rest is a sum from left to right; the largest first it would come to 2. */
    memcpy(model_edit_x(model), (const double[]){5e16, 1, 1e16, 1, -1e16}, 5 * sizeof(double));
    memcpy(model_edit_W(model, 0), (const double[]){1, 1, 1, 1, 1}, 5 * sizeof(double));
    assert_int_equal(model_compute(model), STATUS_OK);
    check_line(model, &(struct line){"z1[1]", A, true, "z1[1] = 1 * 5e16 + ... 4 more, sum 0"},
               &one);
    model_close(model);
}

static void test_expanded(void **state) {
    (void)state;
    struct model *model = nets_worked();
    const struct print_options expand = {.expand = true};
    const struct print_options expand_two = {.expand = true, .most_terms = 2};
    check_line(model,
               &(struct line){"z2[1]", U, false,
                              "z⁽²⁾₁ = W⁽¹⁾₁₁ · r⁽¹⁾₁ + W⁽¹⁾₂₁ · r⁽¹⁾₂ + W⁽¹⁾₃₁ · r⁽¹⁾₃"},
               &expand);
    check_line(model, &(struct line){"z2[1]", U, false, "z⁽²⁾₁ = Σᵢ W⁽¹⁾ᵢ₁ · r⁽¹⁾ᵢ"}, &expand_two);
    check_line(model, &(struct line){"C", U, false, "C = 0.5 · ((y₁ − r⁽²⁾₁)² + (y₂ − r⁽²⁾₂)²)"},
               &expand);
    model_close(model);
}

/* Numbers with few digits, many, and none. */
static void test_numbers(void **state) {
    (void)state;
    static const struct {
        double value;
        int digits;
        enum notation notation;
        const char *text;
    } numbers[] = {
        {0.5, 4, U, "0.5"},
        {-3, 4, U, "−3"},
        {-0.0, 4, U, "0"},
        {-0.0, 0, A, "-0"},
        {0.12345678, 4, A, "0.1235"},
        {1e-9, 4, U, "1.0e−9"},
        {1e-9, 0, A, "1e-9"},
        {1e-9, 0, T, "1\\mathrm{e}{-9}"},
        {-1.5e22, 0, T, "-1.5\\mathrm{e}{22}"},
        {NAN, 0, T, "\\mathrm{NaN}"},
        {-INFINITY, 0, T, "-\\infty"},
        {INFINITY, 0, A, "Infinity"},
        {-INFINITY, 0, U, "−Infinity"},
        {0.1 + 0.2, 0, A, "0.30000000000000004"},
    };
    struct model *model = nets_worked();
    for (size_t n = 0; n < sizeof numbers / sizeof *numbers; n++) {
        struct print_options options = {
            .model = model, .notation = numbers[n].notation, .digits = numbers[n].digits};
        struct text text = TEXT_EMPTY;
        number_print(&text, numbers[n].value, &options);
        assert_string_equal(text_string(&text), numbers[n].text);
        text_free(&text);
    }
    model_close(model);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_the_core),      cmocka_unit_test(test_bias_and_combine),
        cmocka_unit_test(test_softmax),       cmocka_unit_test(test_other_rows),
        cmocka_unit_test(test_updates),       cmocka_unit_test(test_large_indices),
        cmocka_unit_test(test_largest_terms), cmocka_unit_test(test_expanded),
        cmocka_unit_test(test_numbers),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) ? 1 : 0;
}
