/*
 * out/dot.h - the network as a drawing for Graphviz.
 */
#ifndef BACKSTEP_OUT_DOT_H
#define BACKSTEP_OUT_DOT_H

#include "base/text.h"
#include "net/model.h"

/* Every neuron and weight with its value (of `digits` decimals); a large network by its
 * layers. The model must be fresh. */
void dot_graph(struct text *out, struct model *model, int digits);

#endif
