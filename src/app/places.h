/*
 * app/places.h - where the program keeps what is the user's own. Private to app/.
 */
#ifndef BACKSTEP_SRC_APP_PLACES_H
#define BACKSTEP_SRC_APP_PLACES_H

#include <stdbool.h>

#include "base/text.h"

/* "$VARIABLE/backstep/NAME", or below the usual folder of the home; false where there is
 * no home. A relative path in the variable does not count. */
bool place_of(struct text *path, const char *variable, const char *usual, const char *name);

/* The folders that a path lies in, for the user alone; false where they cannot be made. */
bool place_make(const char *path);

#endif
