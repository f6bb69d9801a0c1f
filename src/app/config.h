/*
 * app/config.h - the user's settings and keys, on the screen and in plain mode alike.
 * Private to app/.
 */
#ifndef BACKSTEP_SRC_APP_CONFIG_H
#define BACKSTEP_SRC_APP_CONFIG_H

#include "lang/command.h"
#include "lang/preferences.h"

/* Run the configuration file, where there is one, so that the runner's preferences hold it.
 * A broken one is no reason not to start: what is wrong with it is the complaint. */
void config_load(const struct runner *runner, struct text *complaint);

/* Set again, in a session that is new, what the user has set here or there. */
void config_follow(const struct preferences *preferences, const struct runner *runner);

#endif
