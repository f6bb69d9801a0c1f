/*
 * out/trace.h - what the writers of traces share. Private to out/.
 */
#ifndef BACKSTEP_SRC_OUT_TRACE_H
#define BACKSTEP_SRC_OUT_TRACE_H

#include "out/trace.h"

void trace_csv(struct text *out, struct model *model, const struct trace_options *options);

void trace_sheet_begin(struct text *out, struct model *model, const struct trace_options *options);
enum status trace_sheet_step(struct text *out, struct model *model, size_t step, size_t first,
                             size_t last, const struct trace_options *options, struct error *error);
void trace_sheet_end(struct text *out, const struct trace_options *options);

#endif
