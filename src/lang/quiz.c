/*
 * lang/quiz.c - judging answers, hints, and a scene that is made of questions.
 */
#include "lang/quiz.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mathfn.h"
#include "base/random.h"
#include "expr/equation.h"
#include "expr/print.h"
#include "lang/player.h"

enum { TERMS_SHOWN = 8 };

/* ---- what counts as right ---- */

static void add_size(void *context, const char *string, const struct quantity *q) {
    struct doubt *sum = context;
    (void)string;
    if (q) {
        sum->right += fabs(quantity_value(sum->model, q));
    }
}

/* The sizes of all operands together: of a sum of products of rounded numbers, the error
 * is at most this times the rounding. */
static double operand_sizes(struct model *model, const struct quantity *q) {
    struct doubt sum = {.model = model};
    struct equation equation;
    struct print_options options = {.model = model, .numbers = true, .digits = 1};
    if (equation_open(&equation, model, *q, NULL) == STATUS_OK) {
        expr_print(equation.right, &options, add_size, &sum);
        equation_close(&equation);
    }
    return isfinite(sum.right) ? sum.right : 0;
}

double quiz_tolerance(struct model *model, const struct quantity *q, double value, int digits) {
    double half = 0.5 * math_pow(10, -digits); /* of the last decimal shown */
    if (value != 0 && fabs(value) < half) {
        half = 0.5e-3 * fabs(value); /* shown as 1.234e-7 */
    }
    double carried = half * (1 + operand_sizes(model, q));
    double most = 0.01 * fabs(value);
    double slack = carried < most ? carried : most;
    slack = slack > half ? slack : half;
    double rounding = 1e-9 * fabs(value);
    return slack > rounding ? slack : rounding;
}

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
    const char *sign = equation.law == LAW_U ? " ← " : " = ";
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

/* ---- the line of an answer ---- */

/* Behind "dz1[1] =", where that is what is asked for; else the line. */
static const char *behind_name(const struct state *state, const char *line) {
    struct text name = TEXT_EMPTY;
    question_name(&name, &state->question.q);
    const char *rest = line;
    if (strncmp(line, text_string(&name), name.length) == 0) {
        rest += name.length;
        rest += strspn(rest, " ");
        rest = rest[0] == '=' && rest[1] != '=' ? rest + 1 : line;
    }
    text_free(&name);
    return rest;
}

/* lr and momentum are commands, and numbers too. */
static bool is_number_name(const char *word, size_t length) {
    for (size_t kind = 0; kind < QUANTITY_KINDS; kind++) {
        const struct quantity_row *row = quantity_row((enum quantity_kind)kind);
        if (!row->layered && strlen(row->name) == length && memcmp(row->name, word, length) == 0) {
            return true;
        }
    }
    return false;
}

void quiz_command(struct text *out, const struct state *state, const char *line, size_t *lead) {
    line += strspn(line, " \t:"); /* ':' opens a prompt elsewhere; this one is open */
    const char *answer = behind_name(state, line);
    size_t word = strcspn(line, " \t;");
    bool command = (command_named(line, word) && !is_number_name(line, word)) ||
                   (answer == line && command_assigns(line));
    *lead = 0;
    if (strcmp(line, "?") == 0) {
        text_put(out, "hint");
    } else if (command) {
        text_put(out, line);
    } else {
        text_printf(out, "answer %s", answer);
        *lead = strlen("answer ");
    }
}

/* ---- a scene of questions ---- */

/* Can it be asked for: has it a value that can be typed? */
static bool askable(struct model *model, const struct quantity *q) {
    return isfinite(quantity_value(model, q));
}

/* An element of the step, chosen at random; false where none can be asked for. */
static bool choose(struct model *model, size_t step, struct random *random, struct quantity *q) {
    size_t count = walk_elements(model, step), first = random_below(random, count);
    for (size_t n = 0; n < count; n++) {
        *q = walk_element(model, step, 1 + (first + n) % count);
        if (askable(model, q)) {
            return true;
        }
    }
    return false;
}

/* One line a step: there, and the question. What follows the last lets it end. */
static void put_questions(struct text *out, struct model *model, uint64_t seed) {
    struct random random;
    random_seed(&random, seed);
    text_put(out, "say\ngrain equation\n");
    for (size_t step = 1; step <= walk_length(model); step++) {
        struct quantity q;
        if (choose(model, step, &random, &q)) {
            text_printf(out, "goto %zu; ask ", step);
            question_name(out, &q);
            text_put(out, "\n");
        }
    }
    text_put(out, "say\n");
}

static enum status play_out(const struct source *source, const struct runner *runner,
                            struct error *error) {
    struct player player;
    enum stop_reason reason;
    player_open(&player, runner, source);
    player.answers = true;
    do {
        reason = player_run(&player, true, error);
    } while (reason == STOP_PAUSE);
    if (reason == STOP_ERROR) {
        struct text text = TEXT_EMPTY;
        source_describe(source, player.next - 1, error, false, &text);
        text_cut(&text, text.length > 0 ? text.length - 1 : 0); /* its newline */
        error_set(error, error->status, "%s", text_string(&text));
        text_free(&text);
    }
    player_close(&player);
    return reason == STOP_ERROR ? error->status : STATUS_OK;
}

enum status quiz_prepare(struct source *source, const struct runner *runner, uint64_t seed,
                         struct error *error) {
    enum status status = play_out(source, runner, error);
    if (status != STATUS_OK) {
        return status;
    }
    struct text text = TEXT_EMPTY;
    struct source questions;
    put_questions(&text, state_model(&runner->session->now), seed);
    status = text.failed
                 ? error_memory(error)
                 : source_open(&questions, source->name, text_string(&text), text.length, error);
    text_free(&text);
    if (status == STATUS_OK) {
        source_close(source);
        *source = questions;
    }
    return status;
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
