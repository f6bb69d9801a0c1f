/*
 * lang/quiz.c - judging answers, hints, and the score.
 */
#include "lang/quiz.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "expr/equation.h"
#include "expr/print.h"

enum { TERMS_SHOWN = 8 };

/* ---- words ---- */

static struct print_options printing(const struct state *state, bool numbers) {
    return (struct print_options){.model = state_model(state),
                                  .notation = NOTATION_UNICODE,
                                  .numbers = numbers,
                                  .digits = state->digits,
                                  .expand = !numbers,
                                  .most_terms = TERMS_SHOWN};
}

/* "dz1[1] = −0.54 · 1 = −0.54", as far as wanted. */
enum { SYMBOLS = 1, NUMBERS = 2, RESULT = 4 };

static void put_equation(struct text *out, const struct state *state, int parts) {
    const struct quantity *q = &state->question.q;
    struct model *model = state_model(state);
    struct print_options symbols = printing(state, false), numbers = printing(state, true);
    struct equation equation;
    quantity_symbol(out, q, &symbols);
    if (equation_open(&equation, model, *q, NULL) != STATUS_OK) {
        return;
    }
    const char *sign = law_becomes(equation.law, symbols.notation);
    if (parts & SYMBOLS) {
        text_put(out, sign);
        expr_print_text(out, equation.right, &symbols);
        sign = " = ";
    }
    if (parts & NUMBERS) {
        text_put(out, sign);
        expr_print_text(out, equation.right, &numbers);
        sign = " = ";
    }
    bool alone = equation.right->op == EXPR_QUANTITY || equation.right->op == EXPR_NUMBER;
    if ((parts & RESULT) && !((parts & NUMBERS) && alone)) {
        text_put(out, sign);
        number_print(out, quantity_value(model, q), &numbers);
    }
    equation_close(&equation);
}

/* Take the text as the question's reply. */
static enum status reply(struct question *question, struct text *text) {
    if (text->failed) {
        text_free(text);
        return STATUS_MEMORY;
    }
    free(question->reply);
    question->reply = text->bytes;
    return STATUS_OK;
}

/* ---- answers ---- */

static void put_diagnosis(struct text *out, const struct state *state, double answer) {
    struct doubt doubt = {.model = state_model(state), .q = state->question.q};
    doubt.right = quantity_value(doubt.model, &doubt.q);
    const struct doubt_row *row = doubt_find(&doubt, answer, state->digits);
    if (!row) {
        text_put(out, "Not yet: that is not it. 'hint' helps.");
        return;
    }
    text_printf(out, "Not quite: %s", row->text);
    if (doubt.other.kind != QUANTITY_KINDS) {
        text_put(out, ", ");
        question_name(out, &doubt.other);
    }
    text_put(out, ".");
}

enum status quiz_judge(struct state *state, double answer) {
    struct question *question = &state->question;
    struct model *model = state_model(state);
    double right = quantity_value(model, &question->q);
    struct text text = TEXT_EMPTY;
    if (fabs(answer - right) <= quiz_tolerance(model, &question->q, right, state->digits)) {
        text_put(&text, "Right: ");
        put_equation(&text, state, NUMBERS | RESULT);
        question->stage = QUESTION_DONE;
    } else {
        put_diagnosis(&text, state, answer);
        question->tries++;
    }
    return reply(question, &text);
}

enum status quiz_show(struct state *state) {
    struct text text = TEXT_EMPTY;
    put_equation(&text, state, NUMBERS | RESULT);
    state->question.hints = HINTS_MOST;
    state->question.stage = QUESTION_DONE;
    return reply(&state->question, &text);
}

enum status quiz_hint(struct state *state) {
    static const int parts[HINTS_MOST] = {SYMBOLS, NUMBERS, NUMBERS | RESULT};
    struct question *question = &state->question;
    int hint = question->hints;
    if (hint + 1 >= HINTS_MOST) {
        return quiz_show(state);
    }
    struct text text = TEXT_EMPTY;
    text_printf(&text, "Hint %d of %d: ", hint + 1, HINTS_MOST);
    put_equation(&text, state, parts[hint]);
    question->hints++;
    return reply(question, &text);
}

/* ---- the score ---- */

void quiz_count(struct score *score, const struct question *before, const struct question *after) {
    if (before->stage != QUESTION_OPEN || after->stage == QUESTION_OPEN) {
        return;
    }
    bool answered = after->stage == QUESTION_DONE && after->hints < HINTS_MOST;
    if (!answered) {
        score->shown++;
    } else if (before->tries == 0 && before->hints == 0) {
        score->first++;
    } else {
        score->helped++;
    }
}

struct score quiz_score(const struct session *session) {
    const struct question *open = &session->now.question;
    struct score score = session->score;
    score.left += open->stage == QUESTION_OPEN && (open->tries > 0 || open->hints > 0);
    return score;
}

void quiz_passed(struct text *out, const struct state *state) {
    if (state->question.stage == QUESTION_OPEN) {
        text_put(out, "passed over: ");
        put_equation(out, state, NUMBERS | RESULT);
    }
}

void quiz_summary(struct text *out, const struct score *score) {
    size_t asked = score_asked(score);
    if (asked == 0) {
        text_put(out, "No question was answered.");
        return;
    }
    text_printf(out, "%zu of %zu right at once", score->first, asked);
    if (score->helped > 0) {
        text_printf(out, ", %zu after a hint or a wrong answer", score->helped);
    }
    if (score->shown > 0) {
        text_printf(out, ", %zu shown", score->shown);
    }
    if (score->left > 0) {
        text_printf(out, ", %zu left unsolved", score->left);
    }
    text_put(out, ".");
}
