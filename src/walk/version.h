/*
 * walk/version.h - models that several states hold. Private to walk/.
 */
#ifndef BACKSTEP_SRC_WALK_VERSION_H
#define BACKSTEP_SRC_WALK_VERSION_H

#include "walk/state.h"

struct version *version_new(struct model *model); /* takes it; NULL when memory is short */
struct version *version_share(struct version *version);
void version_drop(struct version *version); /* NULL is allowed */

#endif
