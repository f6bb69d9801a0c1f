/*
 * app/live_outcome.c - what came of a statement, as the screen shows it: what it changed as
 * old -> new, its message, its output.
 */
#include <string.h>

#include "live.h"
#include "plain_tell.h"

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
        message_set(&live->message, broken, "%s", text_string(&text));
        text_free(&text);
    }
}

/* Several lines of output cover the panels, under the name of the command; one line is a
 * message. */
void live_show_text(struct live *live, const struct result *result, const char *line) {
    const char *output = text_string(&result->output);
    const char *newline = strchr(output, '\n');
    const struct account *account = &live->session.now.account;
    if (result->request == REQUEST_EXPLAIN && account->kind == ACCOUNT_TREE) {
        struct error error = {0};
        if (cover_tree(&live->cover, &live->session.now, account, &error) != STATUS_OK) {
            message_set(&live->message, true, "%s", error.text);
        }
        return;
    }
    bool page = result->request == REQUEST_HELP || (newline && newline[1] != '\0');
    if (page) {
        cover_page(&live->cover, output, line);
    } else if (result->output.length > 0) {
        message_set(&live->message, false, "%.*s", (int)strcspn(output, "\n"), output);
    }
}

/* What is asked for at the prompt covers the panels; what a scene shows stays beneath. */
static void show_output(struct live *live, const struct result *result, const char *line,
                        const struct account *of_scene) {
    live_show_text(live, result, line);
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

void live_show_outcome(struct live *live, const char *line, struct result *result,
                       struct state *before, const struct state *was) {
    const struct state *now = &live->session.now;
    bool told = before->version != now->version || before->place.step != now->place.step;
    note_change(live, before, result->merged);
    if (result->travelled && !result->iterated) { /* as it was: nothing is new */
        live_forget_change(live);
    }
    if (told) {
        tell_edit(live, result);
    }
    if (result->message.length > 0) {
        point_to_curve(live, result, state_model(was)->updates);
        message_set(&live->message, result->warning, "%s", text_string(&result->message));
    }
    show_output(live, result, line, &was->account);
}
