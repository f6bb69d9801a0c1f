/*
 * out/trace.h - every step of one walk over a model, as text, JSON lines, a page of
 * mathematics; or all its quantities as CSV.
 */
#ifndef BACKSTEP_OUT_TRACE_H
#define BACKSTEP_OUT_TRACE_H

#include "base/status.h"
#include "base/text.h"
#include "walk/walk.h"

/* Rows of the table of formats, in its order. */
enum trace_kind { TRACE_TEXT, TRACE_JSONL, TRACE_CSV, TRACE_TEX, TRACE_MARKDOWN };

struct trace_options {
    enum trace_kind format;
    bool ascii;        /* symbols in ASCII */
    enum grain grain;  /* GRAIN_ELEMENT or GRAIN_EQUATION */
    const char *title; /* of a page; NULL for none */
    int digits;        /* of numbers on a page */
};

struct trace_format {
    const char *name; /* after --format */
    const char *help;
    /* What stands before the steps, elements first ... last of a step, and what stands
     * behind them all; NULL for nothing. */
    void (*begin)(struct text *out, struct model *model, const struct trace_options *options);
    enum status (*step)(struct text *out, struct model *model, size_t step, size_t first,
                        size_t last, const struct trace_options *options, struct error *error);
    void (*end)(struct text *out, const struct trace_options *options);
};

/* Row `index`, NULL past the end. */
const struct trace_format *trace_format_at(size_t index);

/* The model must be fresh. */
void trace_begin(struct text *out, struct model *model, const struct trace_options *options);

/* Append step `step` of the walk (1 ... walk_length()): a line of JSON or a paragraph
 * of text, or at grain element one for each of its elements. */
enum status trace_step(struct text *out, struct model *model, size_t step,
                       const struct trace_options *options, struct error *error);

void trace_end(struct text *out, const struct trace_options *options);

#endif
