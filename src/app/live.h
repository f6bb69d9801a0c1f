/*
 * app/live.h - the interactive program: a session on a terminal. Private to app/.
 *
 * The loop waits for an event, turns it into a command line by the key table or
 * the prompt, runs it, and draws the view once when no event is waiting.
 *
 * The files stand below in their order: each calls those above it, and none below.
 */
#ifndef BACKSTEP_SRC_APP_LIVE_H
#define BACKSTEP_SRC_APP_LIVE_H

#include "cover.h"
#include "opening.h"
#include "report.h"
#include "lang/playback.h"
#include "message.h"
#include "options.h"
#include "recording.h"
#include "recovery.h"
#include "session_log.h"
#include "source_watch.h"
#include "term/prompt.h"
#include "term/terminal.h"
#include "view/view.h"

/* The scene that is open. */
struct scene {
    struct source source; /* source.name NULL: none is */
    struct player player;
    struct playback playback; /* of the player */
    char *folder;
    struct source_watch watch;
};

/* What is typed at the prompt, and what it would do. */
struct typing {
    struct prompt *prompt; /* NULL until it opens first */
    bool on;
    bool one_value;  /* ... for one: Enter closes it */
    bool previewing; /* `preview` holds the state that the line would make */
    struct state preview;
    struct text hint;
    bool hint_is_error;
    double until; /* seconds of the monotonic clock that the preview may take, */
    bool over;    /* ... and took, or the next event has come */
};

/* The line of keys, made for a mode and after so many changes of bindings. */
struct key_line {
    struct text text;
    enum key_mode mode;
    bool cut; /* ... with the one that shows what is said whole */
    size_t changes;
};

/* A long training: when its progress is looked at next. */
struct pace {
    uint64_t stride, next; /* updates */
    double looked, due;    /* seconds of the monotonic clock */
    double begun;          /* ... when the line that runs, or the scene, began to */
    bool told, stop;       /* ^C was looked for just now, and had come */
    bool shown;            /* the screen says that something runs */
    enum screen screen;    /* what is shown meanwhile */
    struct event event;    /* what was typed for afterwards, */
    bool has_event;        /* ... if anything was */
};

/* What loses the user's work. */
enum leave { LEAVE_PROGRAM, LEAVE_SCENE, LEAVE_TO_RELOAD };

/* What the user made: see live_work.c. */
struct work {
    struct state safe; /* a state that is no loss */
    bool has_safe;
    size_t acts;         /* lines and keys that were run */
    enum request warned; /* what would have dropped work, and did not, */
    size_t warned_at;    /* ... in this act */
};

struct live {
    const struct options *options;
    struct session session;
    struct scene scene;
    bool changed; /* `before` holds the state before the last change of the model */
    struct state before;

    struct terminal *terminal;
    struct canvas canvas;
    struct hits hits; /* what lies where on the screen */
    struct preferences preferences;
    const struct theme *theme; /* as the terminal has it */
    bool no_mouse;

    struct message message;
    struct cover cover;
    struct typing typing;
    struct key_line key_line;
    unsigned long count; /* digits typed before a key */
    bool of_scene;       /* a key is run that the scene bound */

    struct pace pace;
    struct work work;
    enum leave leaving; /* COVER_LEAVE: what is asked about */
    struct recording recording;
    struct session_log log;
    bool unwritten;         /* ... could not be written: the journal stays */
    struct keeping keeping; /* of what this session does */
    double journal_synced;  /* seconds of the monotonic clock */
    struct recovery recovery;

    bool asking;    /* the scene stopped at a question: the prompt is to open for it */
    bool hands_off; /* the options' scenes play one after the other: */
    size_t play_at; /* ... this one now */
    bool redraw, quit;
    bool cut_off; /* ... by a signal, or the terminal is gone */
    int code;
};

/* -- live_work.c: what the user made, and is not to lose without a word -- */
bool live_has_work(const struct live *live);
void live_work_safe(struct live *live); /* the present state would be no loss */
void live_work_close(struct live *live);
/* The scene went on; was there work before? What was kept still is. */
void live_work_moved(struct live *live, bool work);
/* Would the scene, going on, drop some? */
bool live_drops_work(const struct live *live);
/* Is there the place that it asks for? */
bool live_leads_on(const struct live *live, const struct result *result);
/* True where what `line` asks for would, and is asked for the first time: that is said. */
bool live_holds_back(struct live *live, enum request request, const char *line);

/* -- live_mode.c: the keys that count now -- */
bool live_question_open(const struct live *live);
const char *live_keys(struct live *live); /* the line of those to know */

/* What a key, by its name, stands for. */
struct bound {
    const char *command; /* NULL: nothing */
    bool counted;        /* digits typed before it are put behind it */
    bool of_scene;       /* a scene bound it */
};
struct bound live_bound(const struct live *live, const char *name);

/* -- live_journal.c: what is done is kept, should the program be killed -- */
void live_journal_open(struct live *live);    /* look for what was left, and offer it */
bool live_journal_offer(struct live *live);   /* ... again; false where there is nothing */
void live_journal_restart(struct live *live); /* another scene was opened */
void live_journal(struct live *live, const char *line, size_t length, const struct state *before,
                  const struct result *result);
void live_journal_scene(struct live *live);                    /* the scene went on by itself */
int live_journal_timeout(struct live *live, int milliseconds); /* syncs where it is time */
void live_journal_close(struct live *live, bool kept);

/* -- live_draw.c: the view, on the terminal and as a picture -- */
void live_draw(struct live *live);
void live_resize(struct live *live); /* take in the terminal's new size */

/* Show the state of a training that is not over yet. */
void live_draw_training(struct live *live, const struct state *draft, const char *progress);

/* Say on the screen, as it is, that something runs, and what ends it. */
void live_draw_busy(struct live *live);

/* For the runner: the screen as it is when nothing is being typed. */
enum status live_screen(void *context, const struct state *state, struct canvas *canvas,
                        const struct theme **theme);

/* -- live_progress.c: while something runs, and ^C -- */
void live_begin(struct live *live);           /* a line, or a scene, begins to run */
struct runner live_runner(struct live *live); /* for it */

/* -- live_prompt.c: the prompt and its preview -- */
void live_prompt_open(struct live *live, const char *initial);
void live_prompt_edit(struct live *live);  /* the picked number, its value filled in */
void live_prompt_leave(struct live *live); /* what is typed there is dropped */
void live_preview(struct live *live);      /* where it is quickly there */
/* ... and where it is not, once the line is on the screen; false where there is no more. */
bool live_preview_late(struct live *live);
void live_preview_drop(struct live *live);
void live_prompt_close(struct live *live, struct error *error); /* what was typed is kept */

/* -- live_scene.c: opening scenes, going on in them -- */
void live_forget_change(struct live *live); /* nothing is shown as old -> new any more */
enum status live_load(struct live *live, const char *name, struct error *error);
void live_reload(struct live *live); /* its files anew, at the same place */
void live_unload(struct live *live);
void live_stopped(struct live *live, enum stop_reason reason, const struct error *error);
void live_continue(struct live *live);
void live_scene_request(struct live *live, const struct result *result);

/* -- live_leave.c: going where all of the work is lost -- */
void live_leave(struct live *live, enum leave leave); /* at once, or a question first */
void live_leave_answered(struct live *live, bool yes);

/* -- live_time.c: what comes by itself -- */
int live_timeout(const struct live *live); /* milliseconds for terminal_wait() */
void live_tick(struct live *live);         /* the deadline has come, perhaps */

/* -- live_recover.c: a session that did not end well -- */
/* Go to the ground that it began on; its lines are the caller's to run. */
enum status live_recover_begin(struct live *live, struct error *error);
void live_recover_end(struct live *live, size_t done, const char *why); /* so many went well */

/* -- live_outcome.c: what the screen shows of a statement -- */
/* One that went well: `before`, which it takes, and `was` are the state before it. */
void live_show_outcome(struct live *live, const char *line, struct result *result,
                       struct state *before, const struct state *was);
/* What it wrote, a page or a line. */
void live_show_text(struct live *live, const struct result *result, const char *line);

/* -- live_command.c: running lines, and doing what they ask for -- */
bool live_run(struct live *live, const char *line); /* true where all of it went well */

/* -- live_key.c: what is typed: keys, and lines at the prompt -- */
void live_key(struct live *live, const struct event *event);
bool live_press(struct live *live, const char *name); /* by its name; false: it means nothing */
void live_prompt_feed(struct live *live, const struct event *event);

/* -- live_mouse.c -- */
void live_mouse(struct live *live, const struct event *event);

/* -- live_loop.c -- */
void live_loop(struct live *live); /* wait, act and draw, until it is to end */

#endif
