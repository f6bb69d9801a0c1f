/*
 * walk/question.h - a value that the learner is asked for: which, what is hidden
 * meanwhile, and how the asking goes.
 *
 * While a question is open its value is not shown, and no value that is computed from
 * it: those would give it away.
 */
#ifndef BACKSTEP_WALK_QUESTION_H
#define BACKSTEP_WALK_QUESTION_H

#include <stdbool.h>
#include <stddef.h>

#include "expr/print.h"

enum question_stage {
    QUESTION_NONE,
    QUESTION_OPEN,
    QUESTION_DONE, /* answered, or shown: its words still stand on the screen */
};

/* What the first hints show; the last shows the result. */
enum { HINT_SYMBOLS = 1, HINT_NUMBERS, HINTS_MOST };

struct question {
    enum question_stage stage;
    struct quantity q; /* one element, or a number */
    char *text;        /* the scene's own words; NULL: the usual ones */
    char *reply;       /* what was said to the last answer, or the last hint; NULL for none */
    int hints, tries;  /* hints given, wrong answers */
};

/* How questions went. */
struct score {
    size_t first;  /* right the first time, without a hint */
    size_t helped; /* right, after wrong answers or hints */
    size_t shown;  /* not answered: the result was shown */
    size_t left;   /* tried, and left unsolved */
};
size_t score_asked(const struct score *score);

bool question_copy(struct question *copy, const struct question *question);
void question_close(struct question *question); /* there is none any more */

/* Is `of` this value, or computed from it? Whole vectors and matrices where any element
 * of them is. */
bool quantity_follows(const struct model *model, const struct quantity *from,
                      const struct quantity *of);

/* May the value of `q` not be shown now? */
bool question_hides(const struct question *question, const struct model *model,
                    const struct quantity *q);

/* ... or of any that an expression takes? */
bool question_hides_in(const struct question *question, const struct model *model,
                       const struct expr *expr);

/* Is `q` of the same equation as the open question's value: z1[1] where z1[2] is asked
 * for? Its numbers are only shown as far as hints were given. */
bool question_concerns(const struct question *question, const struct quantity *q);

/* The question in words: the scene's, or "What is ∂C/∂W⁽⁰⁾₁₂, dW0[1,2]?". */
void question_put(struct text *out, const struct question *question,
                  const struct print_options *options);

/* The name as `ask` takes it: "dW0[1,2]", "new W0[1,2]". */
void question_name(struct text *out, const struct quantity *q);

/* Can it still be asked for in this model? */
bool question_fits(const struct question *question, const struct model *model);

#endif
