/*
 * app/live_command.c - lines that the user gives: run, shown, answered.
 */
#include <stdio.h>
#include <string.h>

#include "asked.h"
#include "live.h"
#include "plain_tell.h"

/* Columns of a page of text: two blanks at either side, where there is room for them. */
static size_t page_columns(const struct live *live) {
    int cols = live->canvas.cols;
    return cols > 0 ? (size_t)view_page_width(cols) : 0;
}

/* A key that the scene bound, or one before it, does no more than the scene may. */
static void restrain(const struct live *live, struct runner *runner) {
    bool open = live->source.name != NULL;
    const struct runner *scene = &live->player.runner;
    bool writes = open && scene->writing == WRITE_FREELY;
    runner->fence = open ? scene->fence : "";
    runner->writing = writes ? WRITE_FREELY : WRITE_NEVER;
}

struct runner live_runner(struct live *live) {
    struct runner runner = {.session = &live->session,
                            .covered = live->cover != COVER_NONE && live->cover != COVER_LEAVE,
                            .columns = page_columns(live),
                            .window = live->terminal ? &live->hits.window : NULL,
                            .preferences = &live->preferences,
                            .stop = live_stop_asked,
                            .give_up = live_give_up,
                            .progress = live_watch_training,
                            .screen = live_screen,
                            .context = live};
    if (live->of_scene) {
        restrain(live, &runner);
    }
    return runner;
}

void live_forget_change(struct live *live) {
    if (live->changed) {
        state_close(&live->before);
        live->changed = false;
    }
}

/* Keep the state before a change of the model, to show old -> new until the next
 * step; of nudges one after the other, that before the first of them. */
static void note_change(struct live *live, struct state *before, bool merged) {
    const struct state *now = &live->session.now;
    bool changed = before->version != now->version && !(merged && live->changed);
    if (changed || before->place.step != now->place.step ||
        before->place.element != now->place.element) {
        live_forget_change(live);
    }
    if (changed) {
        live->before = *before;
        live->changed = true;
    } else {
        state_close(before);
    }
}

/* What was set, wherever on the screen it is or is not: "W0[1,2]: −0.3 → 1, up". */
static void tell_edit(struct live *live, const struct result *result) {
    if (live->changed && !result->iterated) {
        struct text text = TEXT_EMPTY;
        tell_given(&text, &live->before, &live->session.now, live->canvas.ascii);
        size_t given = text.length;
        text_put(&text, given > 0 ? ": " : "");
        bool broken = tell_fault(&text, &live->session.now);
        text_cut(&text, broken ? text.length : given);
        text_put(&text, broken ? ", u takes it back" : "");
        live_message(live, broken, "%s", text_string(&text));
        text_free(&text);
    }
}

/* Several lines of output cover the panels, under the name of the command; one line is a
 * message. */
static void show_text(struct live *live, const struct result *result, const char *line) {
    const char *output = text_string(&result->output);
    const char *newline = strchr(output, '\n');
    const struct account *account = &live->session.now.account;
    if (result->request == REQUEST_EXPLAIN && account->kind == ACCOUNT_TREE) {
        live_why_open(live, account);
        return;
    }
    bool page = result->request == REQUEST_HELP || (newline && newline[1] != '\0');
    if (page) {
        text_free(&live->page.text);
        text_put(&live->page.text, output);
        live->page.top = 0;
        line += strspn(line, " \t");
        snprintf(live->page.title, sizeof live->page.title, "%.*s", (int)strcspn(line, " \t;#\n"),
                 line);
        live->cover = COVER_PAGE;
    } else if (result->output.length > 0) {
        live_message(live, false, "%.*s", (int)strcspn(output, "\n"), output);
    }
}

/* What is asked for at the prompt covers the panels; what a scene shows stays beneath. */
static void show_output(struct live *live, const struct result *result, const char *line,
                        const struct account *of_scene) {
    show_text(live, result, line);
    if (result->request == REQUEST_EXPLAIN) {
        live->session.now.account = *of_scene;
    }
}

/* After a training the walk stands at its start: the key that shows how it went. */
static void point_to_curve(const struct live *live, struct result *result, uint64_t before) {
    const struct state *now = &live->session.now;
    struct text keys = TEXT_EMPTY;
    if (result->trained && state_model(now)->updates > before + 1 &&
        now->screen != SCREEN_TRAINING &&
        key_names_of(&live->preferences.bindings, KEYS_ALWAYS, "view training", "", 1, &keys) > 0) {
        text_printf(&result->message, "; %s shows the curve", text_string(&keys));
    }
    text_free(&keys);
}

static void close_cover(struct live *live) {
    if (live->cover == COVER_LEAVE) {
        live_leave_answered(live, false);
        return;
    }
    if (live->cover == COVER_MENU && !live->source.name) {
        live_message(live, false, "no scene: w picks a number to change, m is the menu");
    }
    live->cover = COVER_NONE;
}

static void quit_now(struct live *live) {
    if (live->cover == COVER_LEAVE) {
        live_leave_answered(live, true);
    } else {
        live->quit = true;
    }
}

static void obey(struct live *live, const struct result *result) {
    int kind = asked_kind(result->request);
    if (live->of_scene && (kind & ASKED_USER)) {
        live_message(live, true, "this is yours to say, and no key's that a scene bound");
        return;
    }
    if (kind & ASKED_SCENE) {
        live_scene_request(live, result);
        return;
    }
    switch (result->request) {
    case REQUEST_QUIT: live_leave(live, LEAVE_PROGRAM); break;
    case REQUEST_PROMPT: live_prompt_open(live, ""); break;
    case REQUEST_EDIT: live_prompt_edit(live); break;
    case REQUEST_SCROLL: live_scroll(live, result); break;
    case REQUEST_CHOOSE: live_choose(live, result->count); break;
    case REQUEST_UNFOLD:
    case REQUEST_UNFOLD_LEVEL:
    case REQUEST_FOLD: live_why_fold(live, result->request); break;
    case REQUEST_CLOSE: close_cover(live); break;
    case REQUEST_QUIT_NOW: quit_now(live); break;
    case REQUEST_REDRAW: live->redraw = true; break;
    case REQUEST_MENU: live_menu_open(live); break;
    case REQUEST_RECOVER: live_recover(live, false); break;
    case REQUEST_FORGET: live_recover(live, true); break;
    default: break;
    }
}

/* A statement that succeeded has become of the session what it is now: the screen, the
 * record and the journal follow. `work`: it had changed work before. Takes `before`. */
static void follow(struct live *live, const char *line, size_t length, struct result *result,
                   struct state *before, const struct state *was, bool work) {
    bool changed = before->version != live->session.now.version;
    if (result->request == REQUEST_NONE &&
        !live->recovery.running) { /* there 'net' follows 'say' */
        state_leave_story(&live->session.now, before);
    }
    bool none = result->iterated || result->travelled || result->request == REQUEST_UNDO;
    if (result->saved || (!work && none)) {
        live_work_safe(live);
    }
    bool told = changed || before->place.step != live->session.now.place.step;
    note_change(live, before, result->merged);
    if (result->travelled && !result->iterated) { /* as it was: nothing is new */
        live_forget_change(live);
    }
    if (told) {
        tell_edit(live, result);
    }
    if (result->message.length > 0) {
        point_to_curve(live, result, state_model(was)->updates);
        live_message(live, result->warning, "%s", text_string(&result->message));
    }
    show_output(live, result, line, &was->account);
    if (live_leads_on(live, result) && live_holds_back(live, result->request, line)) {
        result->request = REQUEST_NONE;
    }
    obey(live, result);
    live_log(live, line, length, was, result);
    live_journal(live, line, length, was, result);
}

/* One statement: true where it went well. */
static bool run_statement(struct live *live, const char *line, size_t length) {
    struct runner runner = live_runner(live);
    struct result result = {0};
    struct error error = {0};
    struct state before, was;
    if (state_copy(&was, &live->session.now) != STATUS_OK) {
        live_message(live, true, "out of memory");
        return false;
    }
    if (state_copy(&before, &was) != STATUS_OK) {
        state_close(&was);
        live_message(live, true, "out of memory");
        return false;
    }
    runner.folder = live->recovery.folder; /* NULL, but for what is done again */
    live_message(live, false, "%s", "");
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
        live_message(live, true, "%s", error.text);
        show_text(live, &result, line); /* of gradcheck: what fell short */
    }
    result_free(&result);
    return status == STATUS_OK;
}

/* A line may hold several statements; the first that fails ends it: false. */
bool live_run(struct live *live, const char *line) {
    struct source source;
    struct error error = {0};
    if (source_open(&source, "prompt", line, strlen(line), &error) != STATUS_OK) {
        live_message(live, true, "%s", error.text);
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
