/*
 * app/usage.h - how the program is called, on standard output. Private to app/.
 */
#ifndef BACKSTEP_SRC_APP_USAGE_H
#define BACKSTEP_SRC_APP_USAGE_H

#include "options.h"

void usage_put_all(void);
void usage_put(const struct action *action);

#endif
