/*
 * app/plain.h - the interactive program without a screen. Private to app/.
 */
#ifndef BACKSTEP_SRC_APP_PLAIN_H
#define BACKSTEP_SRC_APP_PLAIN_H

#include "base/text.h"
#include "lang/player.h"
#include "limit.h"
#include "options.h"
#include "recovery.h"

/* Tell the options' scene, or the list of scenes, and obey the lines of standard input
 * until `quit` or their end. Returns the exit code. */
int plain_main(const struct options *options);

/* ---- what its files share: each calls those above it, and none below ---- */

struct plain {
    const struct options *options;
    struct session session;
    struct preferences preferences; /* what is set; there are no keys */
    struct source source;           /* of the scene; source.name NULL: none */
    struct player player;
    char *folder;       /* of the scene */
    struct text output; /* of the statements that ran, to be told */
    bool ascii;
    bool talks;    /* a person types the lines */
    bool choosing; /* the next line names a scene */
    bool quit;
    bool stopped;            /* the scene went on and stopped: */
    enum stop_reason reason; /* ... why */
    struct error fault;      /* ... and by what error */
    struct limit limit;      /* of what the scene does at once, where nobody is there for ^C */
    struct keeping keeping;
    struct recovery recovery; /* while it runs nothing is said */
    size_t line;              /* lines read */
    size_t lead;              /* columns put before the line: it is an answer */
    int code;
};

/* -- plain_say.c: what is said, and what lines run with -- */

/* Write to standard output, whatever it is, as harmless lines. */
void plain_put(const struct plain *plain, const char *bytes, size_t count);
void plain_text(const struct plain *plain, struct text *text); /* and free it */
void plain_line(const struct plain *plain, const char *string);
void plain_advise(const struct plain *plain);

/* An error, in the order of things; lines of a record say which line it was. */
void plain_error(struct plain *plain, size_t column, const char *message);

/* Keep what a statement wrote, and its one line, in `output`; `context` is the plain. */
void plain_keep(void *context, const struct result *result);

struct runner plain_runner(struct plain *plain);
bool plain_stop_asked(void *context); /* ^C has come; the context is not looked at */

/* -- plain_journal.c -- */

void plain_journal_open(struct plain *plain);    /* look for what was left, and offer it */
void plain_journal_restart(struct plain *plain); /* another scene was opened */
void plain_journal(struct plain *plain, const char *line, size_t length, const struct state *before,
                   const struct result *result);
void plain_journal_close(struct plain *plain);

/* -- plain_scene.c -- */

/* Open a scene on a clean ground, and tell it from its start to its first pause. */
enum status plain_load(struct plain *plain, const char *name, struct error *error);
void plain_unload(struct plain *plain);

/* List the scenes: the next line chooses one. */
void plain_list(struct plain *plain);
void plain_choose(struct plain *plain, const char *line);

/* What a command asked of the scene; and where that stopped, to be told afterwards. */
void plain_request(struct plain *plain, const struct result *result);
void plain_tell_stop(struct plain *plain);

/* -- plain_command.c -- */

/* The statements of a line; the first that fails ends it: false. */
bool plain_run_line(struct plain *plain, const char *line, size_t length);

#endif
