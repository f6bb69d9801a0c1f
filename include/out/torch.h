/*
 * out/torch.h - the network as a Python script for PyTorch.
 */
#ifndef BACKSTEP_OUT_TORCH_H
#define BACKSTEP_OUT_TORCH_H

#include "base/text.h"
#include "net/model.h"

/* A script that builds the network, runs the pass of the present sample, and prints the
 * cost and every gradient under the names of the prompt. The model must be fresh. */
void torch_script(struct text *out, struct model *model);

#endif
