/*
 * app/config.h - the user's settings and keys, on the screen and in plain mode alike.
 * Private to app/.
 */
#ifndef BACKSTEP_SRC_APP_CONFIG_H
#define BACKSTEP_SRC_APP_CONFIG_H

#include "lang/command.h"
#include "lang/source.h"

/* Read the configuration file; a broken one is no reason not to start: what is wrong with
 * it is the complaint. The caller closes `config` where its name is not NULL. */
void config_read(struct source *config, struct text *complaint);

/* Run it on a new session; the first thing that is wrong with it is the complaint, which
 * may be NULL. */
void config_apply(const struct source *config, const struct runner *runner, struct text *complaint);

#endif
