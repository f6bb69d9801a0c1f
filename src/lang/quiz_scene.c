/*
 * lang/quiz_scene.c - a scene that is made of questions: about the last state of another.
 */
#include <math.h>
#include <string.h>

#include "base/random.h"
#include "lang/player.h"
#include "lang/quiz.h"

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
