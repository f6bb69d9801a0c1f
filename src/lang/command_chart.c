/*
 * lang/command_chart.c - the commands for the screen of the training.
 */
#include "call.h"

/* "axis log|linear|blocks|braille", several at once */
enum status run_axis(struct call *call) {
    struct word word;
    struct chart chart = call->state->chart;
    bool scaled = false, drawn = false; /* said already */
    if (!call_peek(call, &word)) {
        return call_missing(call, "'log' or 'linear', 'blocks' or 'braille'");
    }
    while (call_word(call, &word)) {
        bool scale = word_is(&word, "log") || word_is(&word, "linear");
        bool draw = word_is(&word, "blocks") || word_is(&word, "braille");
        if ((scale && scaled) || (draw && drawn)) {
            return word_error(call, &word, "%s: one of them is right",
                              scale ? "'log' or 'linear'" : "'blocks' or 'braille'");
        }
        scaled = scaled || scale;
        drawn = drawn || draw;
        if (scale) {
            chart.linear = word_is(&word, "linear");
        } else if (draw) {
            chart.braille = word_is(&word, "braille");
        } else {
            return word_error(
                call, &word, "'%.*s' is no axis: 'log' or 'linear', 'blocks' or 'braille' is right",
                (int)word.length, word.bytes);
        }
    }
    call->state->chart = chart;
    return STATUS_OK;
}

/* "output N" */
enum status run_output(struct call *call) {
    const struct network *network = &state_model(call->state)->network;
    uint64_t output;
    enum status status =
        call_count(call, "number of an output", 1, network->layers[network->K].n, &output);
    if (status == STATUS_OK) {
        status = call_end(call);
    }
    if (status == STATUS_OK) {
        call->state->chart.output = (size_t)output - 1;
    }
    return status;
}
