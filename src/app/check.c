/*
 * app/check.c - `backstep check`: a scene is run without side effects, and all that is
 * wrong with it is told, each with its line and a caret: statements that fail or that
 * nothing reaches, keys to marks that there are not, and text that a terminal of the
 * usual size does not show whole.
 */
#include <stdlib.h>
#include <string.h>

#include "base/ascii.h"
#include "base/file.h"
#include "base/memory.h"
#include "base/utf8.h"
#include "limit.h"
#include "opening.h"
#include "report.h"
#include "view/view.h"
#include "usage.h"

enum { STAGE_ROWS = 24, STAGE_COLS = 80 };

/* A key that goes to a mark, which may be set later. */
struct way {
    size_t index, column; /* the statement, and the name in it */
    char name[64];
};

struct check {
    struct player player;
    struct session session;
    struct source source;
    struct limit limit;
    size_t faults;
    size_t say, title; /* one more than the statement whose text is to be looked at; 0: none */
    size_t quit;       /* likewise: that which leaves the scene */
    struct way *ways;
    size_t way_count, way_capacity;
};

static void fault(struct check *check, size_t index, const struct error *error) {
    report(&check->source, index, error, true);
    check->faults++;
}

/* ---- text that does not fit ---- */

/* Does the statement say something with this command: "say ...", "type say ..."? */
static bool statement_says(const struct check *check, size_t index, const char *command) {
    size_t length, at = 0;
    const char *line = source_statement(&check->source, index, &length);
    if (string_is("type", line, statement_word(line, length))) {
        for (at = strlen("type"); at < length && ascii_is_blank(line[at]); at++) {
        }
    }
    return string_is(command, line + at, statement_word(line + at, length - at));
}

/* The fault is at the first word that is not seen: the text, where there is one, ends the
 * statement. */
static void refuse_text(struct check *check, size_t index, const char *command, const char *text,
                        struct fit fit) {
    struct error error = {0};
    size_t length, at = 0;
    const char *line = source_statement(&check->source, index, &length);
    if (text && strlen(text) < length && fit.seen < strlen(text)) {
        at = length - strlen(text) + fit.seen;
    }
    size_t word = at;
    while (word < length && line[word] != ' ') {
        word++;
    }
    error_at(&error, utf8_length(line, at) + 1, utf8_length(line + at, word - at),
             "the text takes %d rows, and '%s' has %d on a screen of %dx%d", fit.needed, command,
             fit.rows, STAGE_COLS, STAGE_ROWS);
    fault(check, index, &error);
}

/* The scene has stopped: is what it says to be seen whole? */
static void look(struct check *check, enum stop_reason reason) {
    const struct state *now = &check->session.now;
    struct fit title = view_fit_title(now, STAGE_COLS);
    struct fit say = view_fit_say(now, STAGE_ROWS, STAGE_COLS);
    if (check->title > 0 && title.needed > title.rows) {
        refuse_text(check, check->title - 1, "title", now->title, title);
    }
    check->title = 0;
    if (reason == STOP_ASK && say.needed > say.rows) {
        refuse_text(check, check->player.next - 1, "ask", now->question.text, say);
    } else if (reason != STOP_ASK && check->say > 0 && say.needed > say.rows) {
        refuse_text(check, check->say - 1, "say", now->say, say);
        check->say = 0; /* once is enough; what fits is looked at again at the next stop */
    }
}

/* ---- statements ---- */

/* Behind what leaves the scene: the first statement there, and every mark. */
static void refuse_unreached(struct check *check, size_t index, const struct result *result) {
    struct error error = {0};
    size_t line, column, length;
    bool mark = result->request == REQUEST_MARK;
    source_statement(&check->source, index, &length);
    source_position(&check->source, check->quit - 1, 1, &line, &column);
    if (mark) {
        error_at(&error, result->column, strlen(result->name),
                 "nothing reaches the mark '%s': the scene is left in line %zu", result->name,
                 line);
    } else {
        error_at(&error, 1, length, "nothing reaches this: the scene is left in line %zu", line);
    }
    fault(check, index, &error);
}

static void note_way(struct check *check, size_t index, const struct result *result) {
    struct way *ways =
        memory_grow(check->ways, check->way_count, &check->way_capacity, sizeof *ways);
    if (!ways) {
        complain("out of memory", 1);
        check->faults++;
        return;
    }
    check->ways = ways;
    struct way *way = &check->ways[check->way_count++];
    *way = (struct way){.index = index, .column = result->column};
    memcpy(way->name, result->name, sizeof way->name);
}

/* At the scene's end, when all marks are known. */
static void check_ways(struct check *check) {
    for (size_t n = 0; n < check->way_count; n++) {
        const struct way *way = &check->ways[n];
        struct error error = {0};
        if (!player_has_mark(&check->player, way->name)) {
            player_nowhere(&check->player, state_model(&check->player.runner.session->now),
                           way->name, way->column, " in this scene", &error);
            fault(check, way->index, &error);
        }
    }
    free(check->ways);
}

static void note(void *context, const struct result *result) {
    struct check *check = context;
    size_t index = check->player.next - 1;
    check->say = statement_says(check, index, "say") ? index + 1 : check->say;
    check->title = statement_says(check, index, "title") ? index + 1 : check->title;
    if (check->quit > 0 && (result->request == REQUEST_MARK || index == check->quit)) {
        refuse_unreached(check, index, result);
    }
    if (result->request == REQUEST_NONE && result->name[0]) {
        note_way(check, index, result);
    }
}

/* Run every statement, and go on behind each that fails, until the time is up. */
static void run_all(struct check *check) {
    enum stop_reason reason;
    struct error error, up;
    do {
        error = (struct error){0};
        reason = player_run(&check->player, false, &error);
        if (reason == STOP_ERROR) {
            fault(check, check->player.next - 1, &error);
        } else if (reason == STOP_QUIT && check->quit == 0) {
            check->quit = check->player.next;
        }
        if (reason != STOP_ERROR && !(reason == STOP_TYPE && check->player.typed > 0)) {
            look(check, reason);
        }
    } while (reason != STOP_END && limit_check(&check->limit, &up) == STATUS_OK);
}

static size_t check_scene(const char *scene, const struct options *options) {
    struct check check = {0};
    struct error error = {0};
    if (source_open_named(&check.source, scene, &error) != STATUS_OK) {
        complain_source(&error);
        return 1;
    }
    char *folder = file_folder(scene);
    if (session_open(&check.session, &error) == STATUS_OK) {
        struct runner runner = {.session = &check.session, .read_only = true, .own = &usage_words};
        fence_in(&runner, folder, options);
        limit_begin(&check.limit, options);
        limit_runner(&check.limit, &runner);
        player_open(&check.player, &runner, &check.source);
        check.player.output = note;
        check.player.context = &check;
        run_all(&check);
        check_ways(&check);
        player_close(&check.player);
    } else {
        complain(error.text, 1);
        check.faults++;
    }
    session_close(&check.session);
    free(folder);
    source_close(&check.source);
    return check.faults;
}

int action_check(const struct options *options) {
    size_t faults = 0;
    for (size_t i = 0; i < options->scene_count; i++) {
        faults += check_scene(options->scenes[i], options);
    }
    return faults > 0 ? 1 : 0;
}
