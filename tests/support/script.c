/*
 * support/script.c - commands in tests.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/file.h"
#include "base/number.h"
#include "net/activation.h"
#include "net/cost.h"
#include "screens.h"
#include "view/view.h"
#include "script.h"

void script_open(struct script *script) {
    *script = (struct script){0};
    assert_int_equal(session_open(&script->session, NULL), STATUS_OK);
    script->runner = (struct runner){.session = &script->session};
}

void script_close(struct script *script) {
    result_free(&script->result);
    session_close(&script->session);
}

static enum status run_one(struct script *script, const char *line, size_t length) {
    result_free(&script->result);
    script->error = (struct error){0};
    return command_run(&script->runner, line, length, &script->result, &script->error);
}

void script_write_file(const struct script *script, const char *name, const char *bytes) {
    struct text path = TEXT_EMPTY;
    text_printf(&path, "%s/%s", script->runner.folder, name);
    assert_int_equal(file_write(text_string(&path), bytes, strlen(bytes), NULL), STATUS_OK);
    text_free(&path);
}

void script_remove_file(const struct script *script, const char *name) {
    struct text path = TEXT_EMPTY;
    text_printf(&path, "%s/%s", script->runner.folder, name);
    assert_int_equal(unlink(text_string(&path)), 0);
    text_free(&path);
}

size_t count_of(const char *string, const char *what) {
    size_t count = 0;
    for (const char *at = string; (at = strstr(at, what)); at++) {
        count++;
    }
    return count;
}

static char folder[64]; /* of the group; "": none */

int script_folder_setup(void **state) {
    (void)state;
    strcpy(folder, "/tmp/backstep-script-XXXXXX");
    return mkdtemp(folder) ? 0 : 1;
}

int script_folder_teardown(void **state) {
    (void)state;
    return rmdir(folder);
}

int script_setup(void **state) {
    struct script *script = *state;
    script_open(script);
    script->runner.folder = *folder ? folder : NULL;
    return 0;
}

int script_teardown(void **state) {
    script_close(*state);
    return 0;
}

void script_run(struct script *script, const char *line) {
    struct source source;
    assert_int_equal(source_open(&source, "test", line, strlen(line), &script->error), STATUS_OK);
    for (size_t i = 0; i < source.count; i++) {
        size_t length;
        const char *statement = source_statement(&source, i, &length);
        enum status status = run_one(script, statement, length);
        if (status != STATUS_OK) {
            print_error("'%.*s': %s\n", (int)length, statement, script->error.text);
        }
        assert_int_equal(status, STATUS_OK);
        assert_string_equal(script->error.text, "");
    }
    source_close(&source);
}

void script_prints(struct script *script, const char *line, const char *output) {
    enum status status = run_one(script, line, strlen(line));
    assert_string_equal(script->error.text, "");
    assert_int_equal(status, STATUS_OK);
    assert_string_equal(text_string(&script->result.output), output);
}

static void fail_line(struct script *script, const char *line, size_t column) {
    struct text before = script_snapshot(&script->session.now);
    const struct past *undo = script->session.undo, *redo = script->session.redo;
    enum status status = run_one(script, line, strlen(line));
    if (status == STATUS_OK || script->error.column != column) {
        print_error("'%s': column %zu: %s\n", line, script->error.column, script->error.text);
    }
    assert_int_not_equal(status, STATUS_OK);
    assert_int_equal(script->error.status, status);
    assert_int_equal(script->error.column, column);
    assert_true(column == 0 || script->error.length > 0);
    struct text after = script_snapshot(&script->session.now);
    assert_string_equal(text_string(&before), text_string(&after));
    assert_ptr_equal(script->session.undo, undo);
    assert_ptr_equal(script->session.redo, redo);
    text_free(&before);
    text_free(&after);
}

void script_fails(struct script *script, const char *line, size_t column, const char *text) {
    fail_line(script, line, column);
    assert_string_equal(script->error.text, text);
}

void script_fails_with(struct script *script, const char *line, size_t column, const char *part) {
    fail_line(script, line, column);
    if (!strstr(script->error.text, part)) {
        print_error("'%s': '%s' is not in: %s\n", line, part, script->error.text);
    }
    assert_non_null(strstr(script->error.text, part));
}

double script_value(struct script *script, const char *expression) {
    struct text line = TEXT_EMPTY;
    text_printf(&line, "print %s", expression);
    script_run(script, text_string(&line));
    text_free(&line);
    const char *output = text_string(&script->result.output);
    char *end;
    double value = strtod(output, &end);
    assert_string_equal(end, "\n");
    return value;
}

static void put_numbers(struct text *out, const double *values, size_t count) {
    for (size_t i = 0; i < count; i++) {
        char number[NUMBER_TEXT_MAX];
        text_printf(out, " %s", number_shortest(values[i], number));
    }
    text_put(out, "\n");
}

static void put_network(struct text *out, const struct network *network) {
    text_printf(out, "cost %s bias %d freeze %d combine %d step0 %a\n", network->cost->name,
                network->bias, network->freeze_bias, network->combine, network->step0);
    for (size_t k = 0; k <= network->K; k++) {
        const struct layer *layer = &network->layers[k];
        text_printf(out, "layer %zu %s frozen %d\n", layer->n,
                    layer->activation ? layer->activation->name : "", layer->frozen);
        if (layer->W) {
            put_numbers(out, layer->W->values, layer->n * layer->stride);
            put_numbers(out, layer->b->values, layer[1].n);
        }
    }
}

static void put_optimizer(struct text *out, const struct optimizer *optimizer) {
    const struct hyperparameters *h = &optimizer->h;
    text_printf(out, "%s t %llu", optimizer->rule->name, (unsigned long long)optimizer->t);
    put_numbers(out,
                (const double[]){h->lr, h->momentum, h->rho, h->epsilon, h->beta1, h->beta2,
                                 h->decay, h->clip},
                8);
    for (size_t m = 0; m < optimizer->rule->moments; m++) {
        for (size_t k = 0; k < optimizer->K; k++) {
            put_numbers(out, optimizer->moment_W[m][k]->values, optimizer->moment_W[m][k]->count);
            put_numbers(out, optimizer->moment_b[m][k]->values, optimizer->moment_b[m][k]->count);
        }
    }
}

struct text script_snapshot(const struct state *state) {
    struct text out = TEXT_EMPTY;
    const struct model *model = state_model(state);
    text_printf(&out, "place %zu %zu grain %d digits %d labels %d screen %d\n", state->place.step,
                state->place.element, state->grain, state->digits, state->labels, state->screen);
    text_printf(&out, "title %s\nsay %s\nwatch %s\n", state->title ? state->title : "",
                state->say ? state->say : "", state->watch ? state->watch : "");
    put_network(&out, &model->network);
    put_optimizer(&out, &model->optimizer);
    put_numbers(&out, model->x->values, model->network.layers[0].n);
    put_numbers(&out, model->y->values, model->network.layers[model->network.K].n);
    put_numbers(&out, &model->pass.C, 1);
    const struct feed *feed = &model->feed;
    text_printf(&out,
                "data %s %s sample %zu batch %zu position %zu epochs %llu shuffled %d seed %llu\n",
                feed->data ? feed->data->source : "none",
                feed->data && feed->data->recipe ? feed->data->recipe : "", feed->sample,
                feed->batch, feed->position, (unsigned long long)feed->epochs, feed->shuffled,
                (unsigned long long)feed->seed);
    text_printf(&out, "updates %llu stale %zu\n", (unsigned long long)model->updates, model->stale);
    assert_false(out.failed);
    return out;
}

struct text script_shown(const struct player *player) {
    const struct state *now = &player->runner.session->now;
    struct text text = script_snapshot(now), typed = TEXT_EMPTY;
    struct canvas canvas;
    char progress[64];
    size_t length;
    const char *line = player_typing(player, &length);
    text_put_bytes(&typed, line ? line : "", line ? player->typed : 0);
    snprintf(progress, sizeof progress, "%zu/%zu", player->pauses, player_pause_count(player));
    struct view view = {.state = now,
                        .scene = player->source->name,
                        .progress = progress,
                        .prompt = line != NULL,
                        .line = text_string(&typed),
                        .cursor = typed.length};
    assert_int_equal(canvas_open(&canvas, 24, 80, false), STATUS_OK);
    view_compose(&view, &canvas);
    screen_text(&text, &canvas);
    canvas_close(&canvas);
    text_free(&typed);
    return text;
}
