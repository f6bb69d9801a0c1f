/*
 * view/panel_say.c - the narration of the scene, broken at blanks.
 *
 *     ▌ ReLU turns the second neuron off: its z is −1.1. Remember it - on the way
 *     ▌ back it will get no gradient.
 */
#include "panel.h"

void panel_say(const struct picture *p, struct rect rect) {
    if (rect.rows < 1 || !p->state->say || !*p->state->say) {
        return;
    }
    int margin = rect.cols >= 36 ? 3 : 0;
    struct rect inner = {rect.row, rect.col + margin, rect.rows, rect.cols - margin - (margin > 0)};
    if (inner.cols > 100) {
        inner.cols = 100; /* longer lines are hard to read */
    }
    int rows = panel_wrap(p, inner, ROLE_SAY, p->state->say);
    for (int row = 0; margin > 0 && row < rows; row++) {
        canvas_put(p->canvas, rect.row + row, rect.col + 1, ROLE_UPDATE, "▌");
    }
}
