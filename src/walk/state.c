/*
 * walk/state.c - states as values that share their models.
 */
#include "walk/state.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/text.h"
#include "version.h"

static const char *const screen_names[SCREENS] = {"walk", "flow", "training", "weights"};

const char *screen_name(size_t screen) {
    return screen < SCREENS ? screen_names[screen] : NULL;
}

enum status state_open(struct state *state, const size_t *widths, size_t count,
                       struct error *error) {
    *state = (struct state){
        .grain = GRAIN_EQUATION, .digits = DIGITS_DEFAULT, .pick = {.step = PICK_STEP_DEFAULT}};
    struct model *model;
    enum status status = model_open(&model, widths, count, error);
    return status == STATUS_OK ? state_replace(state, model, error) : status;
}

enum status state_copy(struct state *copy, const struct state *state) {
    *copy = *state;
    copy->title = NULL;
    copy->say = NULL;
    copy->compare.line = NULL;
    copy->watch = NULL;
    version_share(copy->version);
    version_share(copy->origin);
    version_share(copy->compare.version);
    version_share(copy->compare.of);
    copy->curve = curve_copy(&state->curve);
    copy->track = track_copy(&state->track);
    if (!question_copy(&copy->question, &state->question) ||
        !state_set_text(&copy->title, state->title) || !state_set_text(&copy->say, state->say) ||
        !state_set_text(&copy->compare.line, state->compare.line) ||
        !state_set_text(&copy->watch, state->watch)) {
        state_close(copy);
        return STATUS_MEMORY;
    }
    return STATUS_OK;
}

void state_close(struct state *state) {
    version_drop(state->version);
    version_drop(state->origin);
    curve_close(&state->curve);
    track_close(&state->track);
    state_set_other(state, NULL);
    free(state->compare.line);
    question_close(&state->question);
    free(state->title);
    free(state->say);
    free(state->watch);
    *state = (struct state){0};
}

void state_set_other(struct state *state, const struct state *other) {
    struct compare *compare = &state->compare;
    version_drop(compare->version);
    version_drop(compare->of);
    compare->version = other ? version_share(other->version) : NULL;
    compare->of = other ? version_share(state->version) : NULL;
}

struct model *state_edit(struct state *state) {
    if (state->version->references == 1) {
        return state->version->model;
    }
    struct model *model = model_copy(state->version->model);
    struct version *version = model ? version_new(model) : NULL;
    if (!version) {
        model_close(model);
        return NULL;
    }
    version_drop(state->version);
    state->version = version;
    return model;
}

void state_take_model(struct state *state, const struct state *other) {
    struct version *version = version_share(other->version);
    version_drop(state->version);
    state->version = version;
}

enum status state_replace(struct state *state, struct model *model, struct error *error) {
    struct version *version = version_new(model);
    if (!version) {
        model_close(model);
        return error_memory(error);
    }
    version_drop(state->version);
    state->version = version;
    state->place = (struct place){0, 0};
    state->detour = (struct detour){.grain = GRAIN_EQUATION};
    track_close(&state->track);
    state_mark_origin(state);
    return STATUS_OK;
}

void state_mark_origin(struct state *state) {
    version_share(state->version);
    version_drop(state->origin);
    state->origin = state->version;
    curve_close(&state->curve);
}

bool state_set_text(char **text, const char *value) {
    char *copy = NULL;
    if (value) {
        copy = string_copy(value);
        if (!copy) {
            return false;
        }
    }
    free(*text);
    *text = copy;
    return true;
}

/* The cost is a forward pass for every row: where that is more than a moment it is
 * worked out once in so many updates, a power of two, that they go over the rows. */
static uint64_t least_distance(const struct model *model) {
    enum { MOMENT = 100 * 1000 }; /* products */
    size_t rows = feed_rows(&model->feed), distance = 1;
    if (rows > MOMENT / model->network.parameters) {
        size_t batches = rows / feed_batch(&model->feed);
        while (distance < batches) {
            distance *= 2;
        }
    }
    return distance;
}

uint64_t state_next_note(const struct state *state) {
    const struct model *model = state->version->model;
    uint64_t distance = least_distance(model), of_curve = state->curve.distance;
    distance = of_curve > distance ? of_curve : distance; /* both powers of two */
    return distance - model->updates % distance;
}

enum status state_note_cost(struct state *state, bool (*stop)(void *context), void *context) {
    track_note(state);
    const struct model *model = state->version->model;
    if (!curve_wants(&state->curve, model->updates) ||
        model->updates % least_distance(model) != 0) {
        return STATUS_OK;
    }
    for (enum mean mean = 0; mean < MEANS; mean++) {
        enum status status = model_know_mean(model, mean, stop, context);
        if (status != STATUS_OK) {
            return status;
        }
    }
    return curve_add(&state->curve, model->updates, model_mean_cost(model, MEAN_TRAINING),
                     model_mean_cost(model, MEAN_HELD_OUT));
}

void state_leave_account(struct state *state, const struct state *before) {
    const struct model *now = state->version->model, *then = before->version->model;
    if (state->place.step != before->place.step || state->place.element != before->place.element ||
        state->origin != before->origin || now->updates != then->updates ||
        state->screen != before->screen || state->question.stage == QUESTION_OPEN) {
        state->account = (struct account){0};
    }
}

bool state_goes_on_nudging(const struct state *state, const struct state *draft) {
    return state->nudging && draft->nudging && quantity_equal(&state->pick.q, &draft->pick.q);
}

/* A pick of what is not there, or a scroll to it, ends. */
static void settle_looks(struct state *state) {
    const struct model *model = state->version->model;
    state->pick.active = state->pick.active && pick_allowed(model, &state->pick.q);
    state->scroll.held = state->scroll.held && state->scroll.joint < model->network.K;
    if (state->chart.output >= model->network.layers[model->network.K].n) {
        state->chart.output = 0;
    }
}

bool state_take_looks(struct state *state, const struct state *other) {
    if (!state_set_text(&state->watch, other->watch) ||
        !state_set_text(&state->compare.line, other->compare.line)) {
        return false;
    }
    state_set_other(state, NULL);
    state->grain = other->grain;
    state->screen = other->screen;
    state->pick = other->pick;
    state->scroll = other->scroll;
    state->chart = other->chart;
    state->digits = other->digits;
    state->labels = other->labels;
    state->nudging = false;
    state->account = (struct account){0};
    settle_looks(state);
    return true;
}

static bool same_widths(const struct network *a, const struct network *b) {
    bool same = a->K == b->K;
    for (size_t k = 0; k <= a->K && same; k++) {
        same = a->layers[k].n == b->layers[k].n;
    }
    return same;
}

void state_leave_story(struct state *state, const struct state *before) {
    bool anew = state->origin != before->origin && state->origin == state->version;
    if (anew && state->say && before->say && strcmp(state->say, before->say) == 0) {
        state_set_text(&state->say, NULL);
    }
    if (anew && state->title && before->title && strcmp(state->title, before->title) == 0 &&
        !same_widths(&state_model(state)->network, &state_model(before)->network)) {
        state_set_text(&state->title, NULL);
    }
}

enum status state_settle(struct state *state, bool (*stop)(void *context), void *context,
                         struct error *error) {
    enum status status = model_compute_long(state->version->model, stop, context);
    if (status != STATUS_OK) {
        return error_about(error, status);
    }
    const struct model *model = state->version->model;
    state->place = walk_clamp(model, state->place);
    settle_looks(state);
    if (state->question.stage != QUESTION_NONE && !question_fits(&state->question, model)) {
        question_close(&state->question);
    }
    return STATUS_OK;
}
