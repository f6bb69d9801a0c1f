/*
 * lang/command.h - the commands: one table for the prompt, keys, scenes, -e,
 * completion, help and the manual.
 *
 * A command works on a copy of the session's state. When it succeeds the copy
 * becomes the state, when it fails nothing has changed.
 */
#ifndef BACKSTEP_LANG_COMMAND_H
#define BACKSTEP_LANG_COMMAND_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/text.h"
#include "lang/preferences.h"
#include "view/canvas.h"
#include "view/hit.h"
#include "view/theme.h"
#include "walk/session.h"

/* What a command asks of whoever runs it, beyond its change of the state. */
enum request {
    REQUEST_NONE,
    REQUEST_QUIT,
    REQUEST_PAUSE,     /* a scene stops here until the user goes on */
    REQUEST_ASK,       /* ... or has answered: the state holds the question */
    REQUEST_CONSENT,   /* may the file `name` be written? */
    REQUEST_ALLOW,     /* the scene may write files */
    REQUEST_REFUSE,    /* ... or may not */
    REQUEST_WAIT,      /* `seconds` of the scene's clock */
    REQUEST_MARK,      /* `name` marks this place of the scene */
    REQUEST_GOTO_MARK, /* go to the mark `name` */
    REQUEST_CONTINUE,  /* on to the scene's next pause */
    REQUEST_PREVIOUS,  /* back to the pause before */
    REQUEST_NEXT_MARK,
    REQUEST_PREVIOUS_MARK,
    REQUEST_PROMPT,       /* open the prompt */
    REQUEST_HELP,         /* show `output` as a page */
    REQUEST_UNFOLD,       /* open the marked row of the tree, */
    REQUEST_UNFOLD_LEVEL, /* ... or the next level beneath it */
    REQUEST_FOLD,
    REQUEST_EXPLAIN, /* show the state's account, which `output` holds as text */
    REQUEST_REDRAW,
    REQUEST_MENU, /* the list of scenes */
    REQUEST_UNDO,
    REQUEST_REDO,
    REQUEST_HISTORY, /* keep `count` MiB of past states */
    REQUEST_SPEED,   /* play `seconds` times as fast */
    REQUEST_FASTER,  /* twice as fast as now */
    REQUEST_SLOWER,
    REQUEST_PLAY,     /* hands-off from here; again: no more */
    REQUEST_REWIND,   /* back to what the scene stopped for before: a pause, a wait, typing */
    REQUEST_RELOAD,   /* read the scene anew, and go to where it stands */
    REQUEST_KEEP,     /* let the scene go on with what the user has */
    REQUEST_RESTART,  /* to the scene's start */
    REQUEST_SEEK,     /* to the share `seconds`, 0 to 1, of the scene's time */
    REQUEST_QUIT_NOW, /* leave without asking */
    REQUEST_EDIT,     /* open the prompt with the picked number filled in */
    REQUEST_SCROLL,   /* what covers the screen: `move`, `count` times */
    REQUEST_CHOOSE,   /* row `count` of the menu, from 1; 0 is the one that is marked */
    REQUEST_CLOSE,    /* what covers the screen goes */
    REQUEST_RECOVER,  /* do again what a session did that did not end well */
    REQUEST_FORGET,   /* ... or forget it */
};

enum move {
    MOVE_UP,
    MOVE_DOWN,
    MOVE_LEFT,
    MOVE_RIGHT,
    MOVE_PAGE_UP,
    MOVE_PAGE_DOWN,
    MOVE_HOME,
    MOVE_END,
    MOVE_NEXT, /* matrix */
    MOVE_PREVIOUS,
    MOVE_OFF, /* with the walk again */
    MOVES
};
/* "up", "page-down" ...; NULL past the end. */
const char *move_name(size_t move);

struct result {
    struct text output;  /* for standard output, or to be shown */
    struct text message; /* one line for the user: what was done */
    bool warning;        /* ... and it is not what was hoped for */
    bool ended;          /* ... or no more than that the walk ends here, or began */
    enum request request;
    double seconds;
    char name[64];  /* with no request: the mark that the key bound here goes to */
    size_t column;  /* of the name in the line */
    bool iterated;  /* the walk went on over its end */
    bool trained;   /* the model went on by updates alone */
    bool travelled; /* it is that of another update, which was made before */
    bool saved;     /* all of it is in a file */
    bool loaded;    /* ... and has come from one, with what it says */
    bool merged;    /* a nudge, and one change with the nudge before */
    enum move move;
    size_t count;
};
void result_free(struct result *result);

/* What becomes of files that commands would write. */
enum writing {
    WRITE_FREELY,
    WRITE_ASK,   /* the command asks for REQUEST_CONSENT, and nothing is done yet */
    WRITE_NEVER, /* it is said that nothing was written */
};

/* Words that are no commands, but the runner's own: the actions of the command line. */
struct own_words {
    const char *(*name)(size_t index); /* NULL past the end */
    /* Append what the word means, for `help`; false where it is none of them. */
    bool (*page)(struct text *out, const char *name);
};

/* Who runs commands, and where. */
struct runner {
    struct session *session;
    const char *folder; /* relative paths start here; NULL: the working directory */
    /* Files that are named lie in this folder ("": the working directory); what is
     * written, there or in the working directory. NULL: anywhere. */
    const char *fence;
    enum writing writing;
    bool scene;                /* the lines are a scene's, and so are the keys that they bind */
    bool read_only;            /* check, render, preview: nothing is written anywhere */
    bool preview;              /* only what is quick */
    bool typed;                /* standard input is for the lines: no file is read from there */
    bool covered;              /* a page or a menu covers the screen: `scroll` moves that */
    size_t columns;            /* of pages of text; 0: 79 */
    const struct seen *window; /* what the screen of weights shows; NULL: there is no screen */
    struct preferences *preferences; /* to be changed; NULL: nobody's */
    /* Asked now and then by what takes long; NULL: never. Once it has said yes it says so to
     * all that the line still does. */
    bool (*stop)(void *context);
    /* Asked after each statement of a scene: is it to go no further? Then the statement is
     * an error, which says why. NULL: it goes on. */
    enum status (*give_up)(void *context, struct error *error);
    /* Told before each update of a long training: the state as it is, `done` updates of
     * `most`. NULL: nobody wants to know. */
    void (*progress)(void *context, const struct state *draft, uint64_t done, uint64_t most);
    /* Draw what the screen shows of the state, on a canvas that is opened for it, and say
     * in which theme. NULL: there is no screen. */
    enum status (*screen)(void *context, const struct state *state, struct canvas *canvas,
                          const struct theme **theme);
    const struct own_words *own; /* NULL: there are none */
    void *context;
};

enum group {
    GROUP_NETWORK,
    GROUP_WALK,
    GROUP_TRAIN,
    GROUP_LOOK,
    GROUP_SCENE,
    GROUP_FILE,
    GROUP_META,
    GROUPS
};
const char *group_title(enum group group);

enum {
    COMMAND_QUICK = 1,   /* harmless and fast: the prompt may run it for a preview */
    COMMAND_REST = 2,    /* takes the rest of the line as it is */
    COMMAND_STATE = 4,   /* not quick, but may stand in a saved state */
    COMMAND_COMPARE = 8, /* may stand behind `compare`: the network keeps its layers */
};

struct call;
struct command {
    const char *name;
    const char *usage;   /* "step [N] [GRAIN]" */
    const char *help;    /* one sentence, no full stop */
    const char *words;   /* what may follow, for completion: words, and <activation>,
                           * <cost>, <quantity> ... for the rows of a table */
    const char *example; /* a line that works in the network 2-3-1, run by a test; NULL for none */
    enum group group;
    int flags;         /* COMMAND_ bits */
    enum request asks; /* all that it does; REQUEST_NONE where it does something itself */
    enum status (*run)(struct call *call);
};

/* Row `index`, NULL past the end; rows stand in the order of the manual. */
const struct command *command_at(size_t index);
const struct command *command_named(const char *name, size_t length);

/* The bytes of the word that a statement begins with; and the command of that name, NULL where
 * it is none. */
size_t statement_word(const char *line, size_t length);
const struct command *statement_command(const char *line, size_t length);

/* The one that is no word and stands in no row: NAME = EXPRESSION. */
const struct command *command_assignment(void);

/* Is the line an assignment, NAME = EXPRESSION? */
bool command_assigns(const char *line);

/* Run one statement on a copy of the session's state, which the caller commits or
 * drops; on failure there is no copy. `result` is filled either way. */
enum status command_try(const struct runner *runner, const char *line, size_t length,
                        struct state *draft, struct result *result, struct error *error);

/* Make the network that a state is compared with, where it is not that of its model yet:
 * for states that no command has finished. `stop` (NULL: none) is asked now and then: then
 * there is none. False where memory is short. */
bool command_compare(struct state *state, bool (*stop)(void *context), void *context);

/* Run one statement for good: commits, and carries undo and redo out. */
enum status command_run(const struct runner *runner, const char *line, size_t length,
                        struct result *result, struct error *error);

/* Is there a file of somebody else's: one that has something in it, and does not begin as a
 * saved state does? */
bool state_file_is_others(const char *path);

#endif
