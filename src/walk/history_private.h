/*
 * walk/history_private.h - what the files of a history share: the counting of what it holds.
 */
#ifndef BACKSTEP_SRC_WALK_HISTORY_PRIVATE_H
#define BACKSTEP_SRC_WALK_HISTORY_PRIVATE_H

#include "walk/history.h"

/* Room to count so many more things; false when memory is short. What holds something needs
 * that first. */
bool history_reserve(struct history *history, size_t more);

/* The most things that a model is counted as. */
size_t history_parts(const struct model *model);

void history_hold_version(struct history *history, const struct version *version);
void history_hold_block(struct history *history, const struct block *block); /* NULL: nothing */
void history_release_block(struct history *history, const struct block *block);

#endif
