/*
 * app/live_command.c - lines that the user gives: run, and what they ask for done.
 */
#include <stdlib.h>
#include <string.h>

#include "asked.h"
#include "live.h"

static void close_cover(struct live *live) {
    if (live->cover.kind == COVER_LEAVE) {
        live_leave_answered(live, false);
        return;
    }
    if (live->cover.kind == COVER_MENU && !live->scene.source.name) {
        message_set(&live->message, false, "no scene: w picks a number to change, m is the menu");
    }
    live->cover.kind = COVER_NONE;
}

static void quit_now(struct live *live) {
    if (live->cover.kind == COVER_LEAVE) {
        live_leave_answered(live, true);
    } else {
        live->quit = true;
    }
}

/* Take a row of the tree or of the menu, where it is a scene. */
static enum status choose(struct live *live, size_t row, struct error *error) {
    bool scene = live->cover.kind == COVER_MENU;
    enum status status = cover_choose(&live->cover, row, error);
    if (scene && status == STATUS_OK) {
        live_leave(live, LEAVE_SCENE);
    }
    return status;
}

/* What a command asks of the scene; without one to go on is a step. */
static enum status ask_scene(struct live *live, const struct result *result, struct error *error) {
    bool open = live->scene.source.name != NULL;
    if (!open && result->request == REQUEST_CONTINUE) {
        live_run(live, "step");
    } else if (!open && result->request == REQUEST_GOTO_MARK) {
        return player_nowhere(NULL, state_model(&live->session.now), result->name, result->column,
                              "", error);
    } else if (!open) {
        return error_set(error, STATUS_INPUT, "there is no scene: m is the menu");
    } else if (result->request == REQUEST_RELOAD) {
        live_leave(live, LEAVE_TO_RELOAD);
    } else {
        live_scene_request(live, result);
    }
    return STATUS_OK;
}

/* Run the lines of the unfinished session; how many went as they did then. The rest is not
 * what it was. */
static size_t run_again(struct live *live, struct text *why) {
    size_t length, done = 0;
    const char *line;
    while ((line = unfinished_line(&live->recovery.unfinished, &length)) != NULL) {
        char *copy = string_copy_bytes(line, length);
        bool good = copy && live_run(live, copy);
        free(copy);
        if (live->pace.stop || (live->terminal && terminal_interrupted(live->terminal))) {
            text_put(why, "stopped");
            break;
        }
        if (!good) {
            text_put(why, text_string(&live->message.text));
            break;
        }
        done++;
    }
    return done;
}

static enum status recover(struct live *live, bool drop, struct error *error) {
    if (!live->recovery.found) {
        return error_set(error, STATUS_INPUT, "there is no unfinished session");
    }
    if (drop) {
        recovery_drop(&live->recovery);
        message_set(&live->message, false, "dropped");
        return STATUS_OK;
    }
    struct text why = TEXT_EMPTY;
    struct error fault = {0};
    size_t done = 0;
    if (live_recover_begin(live, &fault) == STATUS_OK) {
        done = run_again(live, &why);
    } else {
        text_put(&why, fault.text);
    }
    live_recover_end(live, done, text_string(&why));
    text_free(&why);
    return STATUS_OK;
}

static enum status obey(struct live *live, const struct result *result, struct error *error) {
    int kind = asked_kind(result->request);
    if (live->of_scene && (kind & ASKED_USER)) {
        return error_set(error, STATUS_INPUT,
                         "this is yours to say, and no key's that a scene bound");
    }
    if (kind & ASKED_SCENE) {
        return ask_scene(live, result, error);
    }
    switch (result->request) {
    case REQUEST_QUIT: live_leave(live, LEAVE_PROGRAM); break;
    case REQUEST_PROMPT: live_prompt_open(live, ""); break;
    case REQUEST_EDIT: live_prompt_edit(live); break;
    case REQUEST_SCROLL:
        cover_scroll(&live->cover, result, live->canvas.rows, live->canvas.cols);
        break;
    case REQUEST_CHOOSE: return choose(live, result->count, error);
    case REQUEST_UNFOLD:
    case REQUEST_UNFOLD_LEVEL:
    case REQUEST_FOLD: return cover_fold(&live->cover, result->request, error);
    case REQUEST_CLOSE: close_cover(live); break;
    case REQUEST_QUIT_NOW: quit_now(live); break;
    case REQUEST_REDRAW: live->redraw = true; break;
    case REQUEST_MENU:
        return cover_menu(&live->cover, live->scene.source.name,
                          live->scene.source.name && player_is_over(&live->scene.player), error);
    case REQUEST_RECOVER: return recover(live, false, error);
    case REQUEST_FORGET: return recover(live, true, error);
    default: break;
    }
    return STATUS_OK;
}

/* A statement that succeeded has become of the session what it is now: the screen, the
 * record and the journal follow. `work`: it had changed work before. Takes `before`. */
static void follow(struct live *live, const char *line, size_t length, struct result *result,
                   struct state *before, const struct state *was, bool work) {
    if (result->request == REQUEST_NONE && !result->loaded &&
        !live->recovery.running) { /* there 'net' follows 'say' */
        state_leave_story(&live->session.now, before);
    }
    bool none = result->iterated || result->travelled || result->request == REQUEST_UNDO;
    if (result->saved || (!work && none)) {
        live_work_safe(live);
    }
    struct error error = {0};
    live_show_outcome(live, line, result, before, was);
    if (live_leads_on(live, result) && live_holds_back(live, result->request, line)) {
        result->request = REQUEST_NONE;
    }
    if (obey(live, result, &error) != STATUS_OK) {
        message_set(&live->message, true, "%s", error.text);
    }
    session_log_line(&live->log, &live->session, line, length, was, result);
    live_journal(live, line, length, was, result);
}

/* One statement: true where it went well. */
static bool run_statement(struct live *live, const char *line, size_t length) {
    struct runner runner = live_runner(live);
    struct result result = {0};
    struct error error = {0};
    struct state before, was;
    if (state_copy(&was, &live->session.now) != STATUS_OK) {
        message_set(&live->message, true, "out of memory");
        return false;
    }
    if (state_copy(&before, &was) != STATUS_OK) {
        state_close(&was);
        message_set(&live->message, true, "out of memory");
        return false;
    }
    runner.folder = live->recovery.folder; /* NULL, but for what is done again */
    message_set(&live->message, false, "%s", "");
    bool work = live_has_work(live);
    live->pace.screen = SCREENS;
    live_begin(live);
    enum status status = command_run(&runner, line, length, &result, &error);
    if (live->pace.screen != SCREENS) { /* chosen while it trained */
        live->session.now.screen = live->pace.screen;
    }
    if (status == STATUS_OK) {
        follow(live, line, length, &result, &before, &was, work);
        state_close(&was);
    } else {
        state_close(&was);
        state_close(&before);
        message_set(&live->message, true, "%s", error.text);
        live_show_text(live, &result, line); /* of gradcheck: what fell short */
    }
    result_free(&result);
    return status == STATUS_OK;
}

/* A line may hold several statements; the first that fails ends it: false. */
bool live_run(struct live *live, const char *line) {
    struct source source;
    struct error error = {0};
    if (source_open(&source, "prompt", line, strlen(line), &error) != STATUS_OK) {
        message_set(&live->message, true, "%s", error.text);
        return false;
    }
    bool good = true;
    live->work.acts++;
    for (size_t i = 0; i < source.count && good; i++) {
        size_t length;
        const char *statement = source_statement(&source, i, &length);
        good = run_statement(live, statement, length);
    }
    source_close(&source);
    return good;
}
