/*
 * lang/quiz.h - judging an answer to a question, what was probably thought where it is
 * wrong, hints, and a scene made of questions.
 */
#ifndef BACKSTEP_LANG_QUIZ_H
#define BACKSTEP_LANG_QUIZ_H

#include "base/text.h"
#include "lang/command.h"
#include "lang/source.h"
#include "walk/session.h"

/* A way to get an equation wrong; one row each. `wrong` makes the n-th value (from 0) that
 * this mistake leads to, and false past the last; it may name what was taken instead. */
struct doubt {
    struct model *model;
    struct quantity q; /* what is asked for, and its value */
    double right;
    struct quantity other; /* set by `wrong`; kind QUANTITY_KINDS: nothing */
};
struct doubt_row {
    const char *text; /* "the sign is turned" */
    bool (*wrong)(struct doubt *doubt, size_t n, double *value);
};
const struct doubt_row *doubt_at(size_t index); /* NULL past the end */

/* The first row that leads to this value; NULL for none. `doubt->other` is what it took. */
const struct doubt_row *doubt_find(struct doubt *doubt, double answer, int digits);

/* How far from `value` an answer may be: rounding, that of the operands as a screen with
 * so many decimals shows them included. */
double quiz_tolerance(struct model *model, const struct quantity *q, double value, int digits);

/* Judge an answer: the question's tries, its reply and its stage are set. */
enum status quiz_judge(struct state *state, double answer);

/* The next hint; the last one is the result, and ends the question. */
enum status quiz_hint(struct state *state);

/* End the question with its result. */
enum status quiz_show(struct state *state);

/* A line typed while a question is open, as the command that it means: an answer unless
 * it begins with a command; "?" is a hint. `*lead` is how many columns were put before it. */
void quiz_command(struct text *out, const struct state *state, const char *line, size_t *lead);

/* Count a question that has just ended; `before` is the question as it was open. */
void quiz_count(struct score *score, const struct question *before, const struct question *after);

/* Play a scene to its end, and put a scene in its place that asks for one element of every
 * step of the walk over its last state, chosen with the seed. */
enum status quiz_prepare(struct source *source, const struct runner *runner, uint64_t seed,
                         struct error *error);

/* The score, with the question that is open where it was tried. */
struct score quiz_score(const struct session *session);

/* The value of the open question, for whoever goes on without an answer: "passed over:
 * dW0[1,1] = ..."; nothing where none is open. */
void quiz_passed(struct text *out, const struct state *state);

/* "7 of 13 right at once, 4 after a hint or a wrong answer, 2 shown" */
void quiz_summary(struct text *out, const struct score *score);

#endif
