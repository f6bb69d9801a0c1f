/*
 * app/live.h - the interactive program: a session on a terminal. Private to app/.
 *
 * The loop waits for an event, turns it into a command line by the key table or
 * the prompt, runs it, and draws the view once when no event is waiting.
 */
#ifndef BACKSTEP_SRC_APP_LIVE_H
#define BACKSTEP_SRC_APP_LIVE_H

#include "keeping.h"
#include "lang/catalogue.h"
#include "lang/playback.h"
#include "options.h"
#include "out/film.h"
#include "shoot.h"
#include "showing.h"
#include "term/prompt.h"
#include "term/terminal.h"
#include "view/view.h"

enum cover { COVER_NONE, COVER_PAGE, COVER_TREE, COVER_MENU, COVER_LEAVE, COVER_CONSENT };

/* What loses the user's work. */
enum leave { LEAVE_PROGRAM, LEAVE_SCENE, LEAVE_TO_RELOAD };

/* A long training: when its progress is looked at next. */
struct pace {
    uint64_t stride, next; /* updates */
    double looked, due;    /* seconds of the monotonic clock */
    double begun;          /* ... when the line that runs, or the scene, began to */
    bool told, stop;       /* ^C was looked for just now, and had come */
    enum screen screen;    /* what is shown meanwhile */
    struct event event;    /* what was typed for afterwards, */
    bool has_event;        /* ... if anything was */
};

/* A film of what the screen shows. */
struct recording {
    const struct film_format *format;
    struct film film;
    double began; /* seconds of the monotonic clock */
    size_t stops; /* of the player that were looked at for marks */
    struct narrator narrator;
    bool on;
};

/* The files of the scene, looked at now and then. */
struct watched {
    struct source tried;  /* what was read last and is broken, tried.name NULL: none */
    uint64_t stamp, seen; /* as they were read, and when looked at last; 0: not watched */
    double due;           /* seconds of the monotonic clock */
};

/* The line of keys, made for a mode and after so many changes of bindings. */
struct key_line {
    struct text text;
    enum key_mode mode;
    bool cut; /* ... with the one that shows what is said whole */
    size_t changes;
};

/* COVER_PAGE */
struct page {
    struct text text;
    size_t top;
    char title[24]; /* the command that it answers */
};

/* COVER_TREE: that of `explain`, */
struct tree {
    struct why why;
    size_t at;          /* its marked row, */
    struct state state; /* ... and the state that it explains */
};

/* COVER_MENU */
struct menu {
    struct catalogue catalogue;
    const char **names; /* its rows as text, NULL-terminated */
    char **rows;
    size_t at;
};

/* A session that did not end well. */
struct recovery {
    struct unfinished unfinished;
    bool has_unfinished, offered; /* there is one, and it is offered just now */
    bool running;                 /* it is being done again: */
    const char *folder;           /* ... relative paths start here */
};

/* `backstep record` */
struct session_log {
    struct text text;   /* the scene so far */
    struct error error; /* something of it could not be written */
    bool unwritten;     /* ... and so the journal stays */
};

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
    struct terminal *terminal;
    struct prompt *prompt;
    struct canvas canvas;
    struct hits hits; /* what lies where on the screen */

    struct key_line key_line;

    struct preferences preferences;
    struct source config;      /* the user's; config.name NULL: none */
    const struct theme *theme; /* as the terminal has it */
    bool no_mouse;

    struct source source; /* of the scene; source.name NULL: none */
    struct player player;
    char *folder; /* of the scene */

    struct watched watched;

    enum cover cover;  /* what covers the panels */
    char consent[128]; /* ... the question of COVER_CONSENT */
    struct page page;
    struct tree tree;
    struct menu menu;

    bool prompting;
    bool editing;    /* ... for one value: Enter closes it */
    bool previewing; /* `preview` holds the state that the line would make */
    struct state preview;
    struct text hint;
    bool hint_is_error;

    struct text message;
    bool message_is_error;
    bool changed; /* `before` holds the state before the last change of the model */
    struct state before;

    struct recording recording;
    struct session_log log;

    struct keeping keeping; /* of what this session does */
    double journal_synced;  /* seconds of the monotonic clock */
    struct recovery recovery;
    struct pace pace;
    unsigned long count; /* digits typed before a key */
    bool of_scene;       /* a key is run that the scene bound */
    struct work work;
    enum leave leaving; /* COVER_LEAVE: what is asked about */
    bool redraw, quit;
    bool cut_off; /* ... by a signal, or the terminal is gone */
    int code;

    bool asking;              /* the scene stopped at a question: the prompt is to open for it */
    struct playback playback; /* of the player */
    bool hands_off;           /* the options' scenes play one after the other: */
    size_t play_at;           /* ... this one now */
};

/* -- live.c -- */
void live_message(struct live *live, bool is_error, const char *format, ...) PRINTF_LIKE(3, 4);

/* Wait, act and draw, until it is to end. */
void live_loop(struct live *live);

/* Take in the terminal's new size. */
void live_resize(struct live *live);

/* Show the state of a training that is not over yet. */
void live_draw_training(struct live *live, const struct state *draft, const char *progress);

/* For the runner: the screen as it is when nothing is being typed. */
enum status live_screen(void *context, const struct state *state, struct canvas *canvas,
                        const struct theme **theme);

/* -- live_log.c: backstep record -- */
void live_log_state(struct live *live); /* the present state, as it is */
void live_log(struct live *live, const char *line, size_t length, const struct state *before,
              const struct result *result);
enum status live_log_close(struct live *live, struct error *error); /* writes the file */

/* -- live_journal.c: what is done is kept, should the program be killed -- */
void live_journal_open(struct live *live);    /* look for what was left, and offer it */
bool live_journal_offer(struct live *live);   /* ... again; false where there is nothing */
void live_journal_restart(struct live *live); /* another scene was opened */
void live_journal(struct live *live, const char *line, size_t length, const struct state *before,
                  const struct result *result);
void live_journal_scene(struct live *live);                    /* the scene went on by itself */
int live_journal_timeout(struct live *live, int milliseconds); /* syncs where it is time */
void live_journal_close(struct live *live, bool kept);
void live_recover(struct live *live, bool drop);

/* -- live_record.c: --record -- */
enum status live_record_open(struct live *live, struct error *error);
void live_record(struct live *live, const struct state *state);        /* what is shown now */
void live_record_scene(struct live *live);                             /* a scene begins */
enum status live_record_close(struct live *live, struct error *error); /* writes the file */

/* -- live_progress.c: for the runner -- */
void live_watch_training(void *context, const struct state *draft, uint64_t done, uint64_t most);
bool live_stop_asked(void *context);
/* A line, or a scene, begins to run. */
void live_begin(struct live *live);
enum status live_give_up(void *context, struct error *error);

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
void live_leave(struct live *live, enum leave leave); /* at once, or a question first */
void live_leave_answered(struct live *live, bool yes);
const char *live_leave_question(const struct live *live);

/* -- live_mouse.c -- */
void live_mouse(struct live *live, const struct event *event);

/* -- live_scene.c: opening scenes, going on in them, time -- */
double live_seconds(void); /* of the monotonic clock */
enum status live_load(struct live *live, const char *name, struct error *error);
void live_unload(struct live *live);
struct opening;
/* Begin it, and make it the one that is shown; which has no error left to come to. */
void live_player_open(struct live *live, struct player *player, struct opening *opening);
void live_take(struct live *live, struct opening *opening, struct player *player);
/* What went wrong with a statement, as the message. */
void live_fault(struct live *live, const struct source *source, size_t index,
                const struct error *error);
void live_stopped(struct live *live, enum stop_reason reason, const struct error *error);
void live_continue(struct live *live);
void live_scene_request(struct live *live, const struct result *result);
int live_timeout(const struct live *live); /* milliseconds for terminal_wait() */
void live_tick(struct live *live);         /* the deadline has come, perhaps */

/* -- live_reload.c: a scene's file while it is being written -- */
void live_reload(struct live *live);
void live_watch_begin(struct live *live);                          /* a scene was read */
void live_watch_end(struct live *live);                            /* ... is closed */
int live_watch_timeout(const struct live *live, int milliseconds); /* no later than that */
void live_watch(struct live *live);                                /* look, where it is time */

/* -- live_command.c: running lines -- */
bool live_run(struct live *live, const char *line); /* true where all of it went well */
void live_forget_change(struct live *live);
struct runner live_runner(struct live *live);

/* -- live_why.c: the tree behind a number -- */
void live_why_open(struct live *live, const struct account *account);
void tree_close(struct tree *tree);
void live_why_fold(struct live *live, enum request request);
void live_why_choose(struct live *live, size_t row);

/* -- live_prompt.c: the prompt and its preview -- */
void live_prompt_open(struct live *live, const char *initial);
void live_prompt_edit(struct live *live);  /* the picked number, its value filled in */
void live_prompt_leave(struct live *live); /* what is typed there is dropped */
void live_prompt_feed(struct live *live, const struct event *event);
void live_preview(struct live *live);
void live_preview_drop(struct live *live);
void live_prompt_close(struct live *live, struct error *error); /* what was typed is kept */
bool live_question_open(const struct live *live);

/* -- live_key.c: keys, pages and menus -- */
void live_key(struct live *live, const struct event *event);
const char *live_key_command(const struct live *live, const struct event *event); /* or NULL */
bool live_press(struct live *live, const char *name);
const char *live_keys(struct live *live); /* the line of those to know now */
void live_scroll(struct live *live, const struct result *result);
void live_choose(struct live *live, size_t row);
void live_open_chosen(struct live *live); /* the scene that is marked in the menu */
enum status live_menu_open(struct live *live);
void menu_close(struct menu *menu);

#endif
