/*
 * out/trace.h - every step of one walk over a model, as text or as JSON lines.
 */
#ifndef BACKSTEP_OUT_TRACE_H
#define BACKSTEP_OUT_TRACE_H

#include "base/status.h"
#include "base/text.h"
#include "walk/walk.h"

struct trace_options {
    bool jsonl;       /* JSON lines; otherwise text for people */
    bool ascii;       /* symbols in ASCII */
    enum grain grain; /* GRAIN_ELEMENT or GRAIN_EQUATION */
};

/* Append step `step` of the walk (1 ... walk_length()): a line of JSON or a paragraph
 * of text, or at grain element one for each of its elements. The model must be fresh. */
enum status trace_step(struct text *out, struct model *model, size_t step,
                       const struct trace_options *options, struct error *error);

#endif
