/*
 * app/keeping.c - which lines of a session are kept, and when its journal begins anew.
 *
 * All that changes anything is a command, so a journal is the lines that were run, from
 * the scene that was open.
 */
#include "keeping.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "asked.h"
#include "base/file.h"
#include "base/utf8.h"
#include "lang/builtin.h"
#include "places.h"

/* A scene that is told goes on over its waits, one that is shown does not, and of a quiz the
 * scene is another with every seed: none can do again what the other did. So each has a
 * folder: "", "plain/", "quiz-7/", "plain/quiz-7/". */
static bool state_folder(struct text *folder, const struct keeping *keeping) {
    char inside[64] = "";
    if (keeping->quiz) {
        snprintf(inside, sizeof inside, "%squiz-%llu/", keeping->plain ? "plain/" : "",
                 (unsigned long long)keeping->seed);
    } else if (keeping->plain) {
        snprintf(inside, sizeof inside, "plain/");
    }
    bool placed = place_of(folder, "XDG_STATE_HOME", ".local/state", inside);
    text_cut(folder, folder->length > 0 ? folder->length - 1 : 0); /* its slash: see O_NOFOLLOW */
    return placed;
}

bool keeping_find(const struct keeping *keeping, struct unfinished *unfinished) {
    struct text folder = TEXT_EMPTY;
    bool found = keeping->on && state_folder(&folder, keeping) &&
                 unfinished_find(unfinished, text_string(&folder));
    text_free(&folder);
    return found;
}

void unfinished_put_name(struct text *out, const struct unfinished *unfinished) {
    if (unfinished->scene) {
        const char *slash = strrchr(unfinished->scene, '/');
        const char *name = slash ? slash + 1 : unfinished->scene;
        text_put(out, " of ");
        utf8_clean(out, name, strlen(name), false);
    }
}

void keeping_restart(struct keeping *keeping, bool on, const struct options *options) {
    journal_end(&keeping->journal, false);
    keeping->on = on;
    keeping->quiz = options->quiz;
    keeping->seed = options->seed;
    keeping->whole = false;
    keeping->from_state = false;
}

/* ---- what is kept ---- */

bool keeping_says_all(const char *line, size_t length, const struct result *result, bool changed) {
    const struct command *command = statement_command(line, length);
    if (result->request != REQUEST_NONE || result->travelled || result->merged) {
        return false;
    }
    if (!command) { /* an assignment */
        return true;
    }
    bool plain = (command->flags & COMMAND_QUICK) != 0;
    bool own = command->group == GROUP_NETWORK || command->group == GROUP_WALK ||
               (command->group == GROUP_TRAIN && strcmp(command->name, "reset") != 0);
    return plain && (own || !changed);
}

/* Is there something in it that doing it again would bring back? */
static bool does_something(const struct state *now, bool scene, const char *line, size_t length,
                           const struct state *before, const struct result *result) {
    const struct command *command = statement_command(line, length);
    if (result->request != REQUEST_NONE) { /* others are for the screen, or begin it anew */
        bool stepped = result->request == REQUEST_CONTINUE && !scene; /* by 'step' */
        return !stepped && (asked_kind(result->request) & ASKED_KEPT) != 0;
    }
    bool looks = command && (command->flags & (COMMAND_QUICK | COMMAND_STATE)) != 0;
    return before->version != now->version || before->place.step != now->place.step ||
           before->place.element != now->place.element || looks;
}

bool keeping_line(struct kept *kept, const struct session *session, bool scene, const char *line,
                  size_t length, const struct state *before, const struct result *result) {
    const struct state *now = &session->now;
    *kept = (struct kept){TEXT_EMPTY, false};
    if (!does_something(now, scene, line, length, before, result)) {
        return false;
    }
    if (!result->trained) {
        text_put_bytes(&kept->line, line, length);
        /* what is picked is in no state */
        kept->leans = now->nudging ||
                      !keeping_says_all(line, length, result, before->version != now->version);
        return true;
    }
    /* it may have been stopped: so many updates as there were */
    uint64_t done = state_model(now)->updates - state_model(before)->updates;
    if (done > 0) {
        text_printf(&kept->line, "train %llu", (unsigned long long)done);
    } else {
        text_put(&kept->line, "goto START");
    }
    return true;
}

/* ---- keeping it ---- */

/* As it can be opened from any folder; NULL where there is none, it cannot be opened again,
 * a line of the journal cannot hold its path, or memory is short. */
static char *scene_name(const struct source *scene) {
    if (!scene->name || strcmp(scene->name, "-") == 0) {
        return NULL;
    }
    char *name =
        builtin_scene_named(scene->name) ? string_copy(scene->name) : file_absolute(scene->name);
    if (name && strchr(name, '\n')) {
        free(name);
        name = NULL;
    }
    return name;
}

void keeping_put_state(const struct state *state, struct text *out, struct error *error) {
    struct session session = {.now = *state}; /* to be copied, and not changed */
    struct runner runner = {.session = &session, .read_only = true};
    struct result result = {0};
    struct state same;
    if (command_try(&runner, "save -", 6, &same, &result, error) == STATUS_OK) {
        text_put_bytes(out, text_string(&result.output), result.output.length);
        state_close(&same);
    } else {
        text_printf(out, "# %s\n", error->text);
    }
    result_free(&result);
}

/* A line of a journal is a command whole: a matrix has a row on each. */
static void join_lines(struct text *state) {
    for (size_t at = 0; at + 1 < state->length; at++) {
        if (memcmp(state->bytes + at, "\\\n", 2) == 0) {
            memset(state->bytes + at, ' ', 2);
        }
    }
}

/* A journal that begins from the state as it is: where no scene makes it, or where it has
 * become too long. The one before it goes when this one is there. */
static enum status begin_from_state(struct keeping *keeping, struct session *session,
                                    const char *folder, struct error *error) {
    struct journal journal;
    struct text state = TEXT_EMPTY;
    keeping_put_state(&session->now, &state, error);
    join_lines(&state);
    enum status status = error->status;
    if (status == STATUS_OK) {
        status = journal_begin(&journal, folder, NULL, error);
    }
    if (status == STATUS_OK) {
        bool fits = journal_fits(&journal, state.length);
        status = fits ? journal_add(&journal, text_string(&state), state.length, error)
                      : error_set(error, STATUS_IO, "the state is too large for the journal");
        journal_sync(&journal);
        journal_end(status == STATUS_OK ? &keeping->journal : &journal, false);
        if (status == STATUS_OK) {
            keeping->journal = journal;
        }
    }
    text_free(&state);
    return status;
}

/* The first line is to be written, or one that the journal cannot take: after it, the state
 * is not the scene's any more. Where that state is what the journal begins with, the line is
 * in it: `*has_line`. */
static enum status begin(struct keeping *keeping, struct session *session,
                         const struct source *source, bool *has_line, struct error *error) {
    struct text folder = TEXT_EMPTY;
    enum status status = STATUS_OK;
    bool first = keeping->journal.fd < 0;
    char *scene = scene_name(source);
    *has_line = !first || keeping->whole || (source->name && !scene);
    if (!state_folder(&folder, keeping)) {
        keeping->on = false; /* no home: nobody promised anything */
    } else if (*has_line) {
        status = begin_from_state(keeping, session, text_string(&folder), error);
    } else {
        status = journal_begin(&keeping->journal, text_string(&folder), scene, error);
    }
    keeping->from_state = *has_line;
    free(scene);
    text_free(&folder);
    return status;
}

enum status keeping_add(struct keeping *keeping, struct session *session,
                        const struct source *scene, const struct kept *kept, struct error *error) {
    enum status status = STATUS_OK;
    const struct journal *journal = &keeping->journal;
    bool takes = journal->fd >= 0 && journal_fits(journal, kept->line.length) &&
                 !(keeping->from_state && kept->leans);
    bool has_line = false;
    if (!takes) {
        status = begin(keeping, session, scene, &has_line, error);
    }
    if (status == STATUS_OK && keeping->on && !has_line) {
        status = journal_add(&keeping->journal, text_string(&kept->line), kept->line.length, error);
    }
    return status;
}
