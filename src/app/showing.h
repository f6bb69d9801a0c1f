/*
 * app/showing.h - what a scene adds to a view of its session: its name and progress,
 * and the line that it types, with what that would do. Private to app/.
 */
#ifndef BACKSTEP_SRC_APP_SHOWING_H
#define BACKSTEP_SRC_APP_SHOWING_H

#include "base/text.h"
#include "lang/playback.h"
#include "view/view.h"

/* What the view points to until showing_close(). */
struct showing {
    bool ascii;           /* set by the caller */
    struct text progress; /* "2/5, playing 40% ×2" */
    struct text line;     /* as far as it is typed */
    struct text hint;
    bool hint_is_error;
    bool previewing; /* `preview` holds the state that the line would make */
    struct state preview;
};

/* Fill the view's parts; a prompt that is open already stays. Whoever sits at a playback
 * is told what he and it are doing; NULL: nobody does. */
void showing_open(struct showing *showing, const struct player *player,
                  const struct playback *playback, struct view *view);
void showing_close(struct showing *showing);

/* Is there no room for all that is said on a screen of this size? */
bool showing_is_cut(const struct state *state, int rows, int cols);

/* The keys to know now; where what is said is cut, last the one that shows it whole. */
void showing_keys(struct text *out, const struct key_bindings *bindings, enum key_mode mode,
                  bool cut);

/* Run a line's statements on a session of their own, which shares everything with the
 * runner's: what comes out is what Enter would make. True where `*preview` holds it.
 * `hint` gets what the line shows or sets, is still missing, or what is wrong with it. The
 * runner's `stop` ends what takes long, and then it says so. */
bool showing_try(const struct runner *runner, const char *line, bool ascii, struct state *preview,
                 struct text *hint, bool *hint_is_error);

#endif
