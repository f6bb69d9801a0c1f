/*
 * app/live_journal.c - what a live session does is kept in a journal, and an unfinished
 * one is done again when the user wants it.
 *
 * All that changes anything is a command, so a journal is the lines that were run, from
 * the scene that was open: undo, marks, pauses and answers come back with the numbers.
 * Each line is written when it is done. The disk has it a second later at most: a power
 * cut takes that second, a kill nothing but the command that was running.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/utf8.h"
#include "lang/builtin.h"
#include "live.h"

static const double sync_seconds = 1;

static bool state_folder(struct text *folder) {
    bool placed = place_of(folder, "XDG_STATE_HOME", ".local/state", "");
    text_cut(folder, folder->length > 0 ? folder->length - 1 : 0); /* its slash: see O_NOFOLLOW */
    return placed;
}

/* ---- keeping ---- */

void live_journal_restart(struct live *live) {
    if (!live->recovering) {
        journal_end(&live->journal, false);
        live->journaling = !live->hands_off && !live->options->quiz;
        live->journal_whole = false;
    }
}

static void give_up(struct live *live, const struct error *error) {
    live_message(live, true, "%s: what you do from here on is not kept", error->text);
    journal_end(&live->journal, false);
    live->journaling = false;
}

/* As it can be opened from any folder; NULL where it cannot be opened again, or memory is
 * short. */
static char *scene_name(const struct live *live) {
    const char *name = live->source.name;
    if (!name || strcmp(name, "-") == 0) {
        return NULL;
    }
    return builtin_scene_named(name) ? string_copy(name) : file_absolute(name);
}

/* A journal that begins from the state as it is: where no scene makes it, or where it has
 * become too long. The one before it goes when this one is there. */
static enum status begin_from_state(struct live *live, const char *folder, struct error *error) {
    struct journal journal;
    struct text state = TEXT_EMPTY;
    live_put_state(live, &state, error);
    enum status status = error->status;
    if (status == STATUS_OK) {
        status = journal_begin(&journal, folder, NULL, error);
    }
    if (status == STATUS_OK) {
        bool fits = journal_fits(&journal, state.length);
        status = fits ? journal_add(&journal, text_string(&state), state.length, error)
                      : error_set(error, STATUS_IO, "the state is too large for the journal");
        journal_sync(&journal);
        journal_end(status == STATUS_OK ? &live->journal : &journal, false);
        if (status == STATUS_OK) {
            live->journal = journal;
        }
    }
    text_free(&state);
    return status;
}

/* The first line is to be written: after it, the state is not the scene's any more. */
static enum status begin(struct live *live, struct error *error) {
    struct text folder = TEXT_EMPTY;
    enum status status = STATUS_OK;
    bool first = live->journal.fd < 0;
    char *scene = scene_name(live);
    if (!state_folder(&folder)) {
        live->journaling = false; /* no home: nobody promised anything */
    } else if (first && !live->journal_whole && (scene || !live->source.name)) {
        status = journal_begin(&live->journal, text_string(&folder), scene, error);
    } else {
        status = begin_from_state(live, text_string(&folder), error);
    }
    free(scene);
    text_free(&folder);
    return status;
}

static void keep_line(struct live *live, const char *line, size_t length) {
    struct error error = {0};
    enum status status = STATUS_OK;
    bool first = live->journal.fd < 0, full = !first && !journal_fits(&live->journal, length);
    bool piped = live->source.name && strcmp(live->source.name, "-") == 0;
    bool whole = full || (first && (piped || live->journal_whole));
    if (first || full) {
        status = begin(live, &error);
    }
    if (status == STATUS_OK && live->journaling && !whole) { /* else the state has it */
        status = journal_add(&live->journal, line, length, &error);
    }
    if (status != STATUS_OK) {
        give_up(live, &error);
    }
}

/* Another place of the scene or of the history, or a question: to be there again. */
static bool goes_somewhere(enum request request) {
    static const enum request going[] = {
        REQUEST_CONTINUE,  REQUEST_PREVIOUS, REQUEST_NEXT_MARK, REQUEST_PREVIOUS_MARK,
        REQUEST_GOTO_MARK, REQUEST_REWIND,   REQUEST_RESTART,   REQUEST_SEEK,
        REQUEST_KEEP,      REQUEST_ALLOW,    REQUEST_REFUSE,    REQUEST_UNDO,
        REQUEST_REDO,      REQUEST_ASK,
    };
    for (size_t i = 0; i < sizeof going / sizeof *going; i++) {
        if (going[i] == request) {
            return true;
        }
    }
    return false;
}

/* Is there something in it that doing it again would bring back? */
static bool does_something(const struct live *live, const char *line, size_t length,
                           const struct state *before, const struct result *result) {
    const struct state *now = &live->session.now;
    size_t word = 0;
    while (word < length && line[word] != ' ' && line[word] != '\t') {
        word++;
    }
    const struct command *command = command_named(line, word);
    if (result->request != REQUEST_NONE) { /* others are for the screen, or begin it anew */
        bool stepped = result->request == REQUEST_CONTINUE && !live->source.name; /* by 'step' */
        return !stepped && goes_somewhere(result->request);
    }
    bool looks = command && (command->flags & (COMMAND_QUICK | COMMAND_STATE)) != 0;
    return before->version != now->version || before->place.step != now->place.step ||
           before->place.element != now->place.element || looks;
}

void live_journal(struct live *live, const char *line, size_t length, const struct state *before,
                  const struct result *result) {
    if (!live->journaling || live->recovering ||
        !does_something(live, line, length, before, result)) {
        return;
    }
    if (!result->trained) {
        keep_line(live, line, length);
        return;
    }
    /* it may have been stopped: so many updates as there were */
    uint64_t done = state_model(&live->session.now)->updates - state_model(before)->updates;
    struct text train = TEXT_EMPTY;
    if (done > 0) {
        text_printf(&train, "train %llu", (unsigned long long)done);
    } else {
        text_put(&train, "goto START");
    }
    keep_line(live, text_string(&train), train.length);
    text_free(&train);
}

void live_journal_scene(struct live *live) {
    if (live->journaling && !live->recovering) {
        keep_line(live, "continue", strlen("continue"));
    }
}

int live_journal_timeout(struct live *live, int milliseconds) {
    if (!live->journal.unsynced) {
        return milliseconds;
    }
    double now = live_seconds(), due = live->journal_synced + sync_seconds - now;
    if (due <= 0) {
        journal_sync(&live->journal);
        live->journal_synced = now;
        return milliseconds;
    }
    int left = (int)ceil(due * 1000);
    return milliseconds < 0 || left < milliseconds ? left : milliseconds;
}

/* ---- bringing back ---- */

void live_journal_open(struct live *live) {
    struct text folder = TEXT_EMPTY;
    if (live->journaling && state_folder(&folder)) {
        live->has_unfinished = unfinished_find(&live->unfinished, text_string(&folder));
    }
    text_free(&folder);
    if (live->has_unfinished && live->message.length == 0) {
        const struct unfinished *left = &live->unfinished;
        struct text name = TEXT_EMPTY;
        if (left->scene) {
            const char *slash = strrchr(left->scene, '/');
            text_put(&name, " of ");
            utf8_clean(&name, slash ? slash + 1 : left->scene,
                       strlen(slash ? slash + 1 : left->scene), false);
        }
        live_message(live, false,
                     "an unfinished session%s, %zu line%s: r brings it back, d drops it",
                     text_string(&name), left->lines, left->lines == 1 ? "" : "s");
        live->offering = true;
        text_free(&name);
    }
}

void live_journal_close(struct live *live, bool kept) {
    if (kept) {
        journal_sync(&live->journal);
    }
    journal_end(&live->journal, kept);
    if (live->has_unfinished) {
        unfinished_close(&live->unfinished, true);
    }
}

/* The ground that the unfinished session began on. */
static enum status go_to_ground(struct live *live, struct error *error) {
    struct session session;
    if (live->unfinished.scene) {
        return live_load(live, live->unfinished.scene, error);
    }
    enum status status = session_open(&session, error);
    if (status == STATUS_OK) {
        live_unload(live);
        live_forget_change(live);
        session_close(&live->session);
        live->session = session;
        struct runner runner = live_runner(live);
        runner.preferences = NULL;
        config_apply(&live->config, &runner, NULL);
        live_work_safe(live);
    }
    return status;
}

/* Run the lines; how many went as they did then. The rest is not what it was. */
static size_t run_again(struct live *live, struct text *why) {
    size_t length, done = 0;
    const char *line;
    live->folder_then = live->unfinished.folder;
    while ((line = unfinished_line(&live->unfinished, &length)) != NULL) {
        char *copy = string_copy_bytes(line, length);
        bool good = copy && live_run(live, copy);
        free(copy);
        if (live->pace.stop || (live->terminal && terminal_interrupted(live->terminal))) {
            text_put(why, "stopped");
            break;
        }
        if (!good) {
            text_put(why, text_string(&live->message));
            break;
        }
        done++;
    }
    live->folder_then = NULL;
    return done;
}

static void bring_back(struct live *live) {
    struct error error = {0};
    struct text why = TEXT_EMPTY;
    size_t lines = live->unfinished.lines, start = live->unfinished.at, done = 0;
    live->recovering = true;
    if (go_to_ground(live, &error) == STATUS_OK) {
        done = run_again(live, &why);
    } else {
        text_put(&why, error.text);
    }
    live->recovering = false;
    live->player.runner.read_only = false;
    live->cover = COVER_NONE;
    live->quit = false;
    if (live->source.name && live->playback.playing) {
        playback_play(&live->playback, false);
    }
    if (done == lines) { /* it is this session's from now on */
        journal_end(&live->journal, false);
        live->journal = live->unfinished.journal;
        live->unfinished.journal = (struct journal){.fd = -1};
        unfinished_close(&live->unfinished, true);
        live->has_unfinished = false;
        live_message(live, false, "brought back: %zu line%s", done, done == 1 ? "" : "s");
    } else {
        live->unfinished.at = start; /* to be tried again */
        journal_end(&live->journal, false);
        live->journal_whole = true;
        live_message(live, true, "brought back %zu of %zu lines: %s", done, lines,
                     text_string(&why));
    }
    text_free(&why);
}

void live_recover(struct live *live, bool drop) {
    if (!live->has_unfinished) {
        live_message(live, true, "there is no unfinished session");
    } else if (drop) {
        unfinished_close(&live->unfinished, false);
        live->has_unfinished = false;
        live_message(live, false, "dropped");
    } else {
        bring_back(live);
    }
}
