/*
 * app/plain_tell.h - a state, and what is new in it, told in lines of text: for
 * screen readers and logs. Private to app/.
 */
#ifndef BACKSTEP_SRC_APP_PLAIN_TELL_H
#define BACKSTEP_SRC_APP_PLAIN_TELL_H

#include "base/text.h"
#include "expr/print.h"
#include "walk/state.h"

/* Everything: title, network, narration, and where the walk stands. */
void tell_state(struct text *out, const struct state *state, bool ascii);

/* What a command changed: the steps walked, edits as old -> new, the narration. Tells
 * nothing where nothing is new. */
void tell_news(struct text *out, const struct state *before, const struct state *now, bool ascii);

/* The first thing that was set, "W0[1,2]: −0.3 → 1, up", and how many more there are;
 * nothing where nothing was. */
void tell_given(struct text *out, const struct state *before, const struct state *now, bool ascii);

/* "z1[2] overflowed first", where a number is none any more; false where all are. */
bool tell_fault(struct text *out, const struct state *now);

/* The open question (`again` or only where nothing was said to it yet), and what was
 * said to the last answer. */
void tell_question(struct text *out, const struct state *state, bool again, bool ascii);

/* Where the walk stands: its equation in symbols, and its elements with their
 * numbers. */
void tell_place(struct text *out, const struct state *state, bool ascii);

/* ---- what the two files share ---- */

struct teller {
    struct text *out;
    const struct state *now;
    struct model *model;
    struct model *before; /* of the same shape, to compare with; NULL for none */
    bool ascii;
};
struct teller teller_of(struct text *out, const struct state *now, bool ascii);
struct print_options teller_printing(const struct teller *teller, bool numbers);

bool teller_hides(const struct teller *teller, const struct quantity *q);

void tell_network(const struct teller *teller);
void tell_focus(const struct teller *teller);
/* The watched expressions that have another value than before: plain_watch.c. */
void tell_watched(const struct teller *teller, const struct state *before);
/* All steps from one place on to the present one. */
void tell_walked(const struct teller *teller, struct place from);

#endif
