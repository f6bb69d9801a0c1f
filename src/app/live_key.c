/*
 * app/live_key.c - what is typed: keys, of which the table gives the command, and lines at
 * the prompt.
 */
#include <string.h>

#include "lang/keys.h"
#include "lang/quiz.h"
#include "live.h"

enum { COUNT_MOST = 1000000 };

/* ---- keys ---- */

static bool take_digit(struct live *live, const struct event *event) {
    bool digit = event->key >= '0' && event->key <= '9';
    if (!digit || event->modifiers || (event->key == '0' && live->count == 0)) {
        return false;
    }
    live->count = live->count * 10 + (unsigned long)(event->key - '0');
    live->count = live->count > COUNT_MOST ? COUNT_MOST : live->count;
    message_set(&live->message, false, "%lu times the next key", live->count);
    return true;
}

static void run_key(struct live *live, const struct bound *bound) {
    struct text line = TEXT_EMPTY;
    text_put(&line, bound->command);
    if (bound->counted && live->count > 0) {
        text_printf(&line, " %lu", live->count);
    }
    live->count = 0;
    live->of_scene = bound->of_scene;
    live_run(live, text_string(&line));
    live->of_scene = false;
    text_free(&line);
}

/* Hands-off, Space holds and goes on; every other key is as always. */
static bool play_key(struct live *live, const char *name) {
    struct playback *playback = &live->scene.playback;
    if (!live->scene.source.name || !playback->playing || strcmp(name, "Space") != 0) {
        return false;
    }
    bool held = playback->held;
    live->work.acts++;
    if (held && live_holds_back(live, REQUEST_CONTINUE, "continue")) {
        return true;
    }
    playback_hold(playback, !held);
    if (held) { /* on at once */
        live_continue(live);
        live_journal_scene(live);
    }
    return true;
}

/* A key by its name; false where it means nothing. */
bool live_press(struct live *live, const char *name) {
    if (live->cover.kind == COVER_NONE && play_key(live, name)) {
        return true;
    }
    struct bound bound = live_bound(live, name);
    if (bound.command) {
        run_key(live, &bound);
    } else if (live->cover.kind == COVER_PAGE && *name) {
        live_run(live, "close"); /* any key leaves a page */
    }
    return bound.command != NULL;
}

/* Escape leaves whatever there is to leave, and is never wrong. */
static void tell_no_key(struct live *live, const char *name) {
    struct text list = TEXT_EMPTY;
    bool counted;
    message_set(&live->message, false, "%s", "");
    if (key_command(&live->preferences.bindings, KEYS_OFFER, name, &counted) &&
        live_journal_offer(live)) {
        return; /* the key counts now */
    }
    if (strcmp(name, "Escape") != 0 && *name &&
        key_names_of(&live->preferences.bindings, KEYS_ALWAYS, "help keys", "", 1, &list) > 0) {
        message_set(&live->message, false, "%s does nothing here: %s lists the keys", name,
                    text_string(&list));
    }
    text_free(&list);
}

/* A key with a modifier is looked for with it, then without. */
void live_key(struct live *live, const struct event *event) {
    char name[KEY_NAME_MAX], plain[KEY_NAME_MAX];
    bool covered = live->cover.kind == COVER_PAGE || live->cover.kind == COVER_LEAVE ||
                   live->cover.kind == COVER_CONSENT;
    key_code_name(event->key, event->modifiers, name);
    key_code_name(event->key, 0, plain);
    if (!covered && take_digit(live, event)) {
        return;
    }
    bool known = event->modifiers == 0 || live_bound(live, name).command;
    if (!live_press(live, known ? name : plain) && !covered) {
        live->count = 0;
        tell_no_key(live, name);
    }
}

/* ---- lines ---- */

/* A line of the prompt: a command, or an answer where a question is open. */
static bool run_typed(struct live *live, const char *line) {
    struct text command = TEXT_EMPTY;
    size_t lead;
    if (!live_question_open(live)) {
        return live_run(live, line);
    }
    quiz_command(&command, &live->session.now, line, &lead);
    bool good = live_run(live, text_string(&command));
    text_free(&command);
    return good;
}

/* A function key that the line editor has nothing for does what it does without the prompt,
 * and the line stays: F3 shows the training, with what the line would make of it. */
static bool press_function_key(struct live *live, const struct event *event) {
    char name[KEY_NAME_MAX];
    key_code_name(event->key, event->modifiers, name);
    struct bound bound = live_bound(live, name);
    if (event->type != EVENT_KEY || event->key < KEY_CODE_F1 || event->key > KEY_CODE_F12 ||
        !bound.command || prompt_knows(live->typing.prompt, event)) {
        return false;
    }
    live_preview_drop(live);
    run_key(live, &bound);
    if (live->cover.kind != COVER_NONE) {
        live_prompt_leave(live);
    }
    return true;
}

/* This character, where a line would begin. */
static bool begins_with(const struct live *live, const struct event *event, char character) {
    return event->type == EVENT_KEY && event->key == (unsigned char)character &&
           event->modifiers == 0 && *prompt_line(live->typing.prompt) == '\0';
}

/* What may be typed, where nothing is. */
static void tell_prompt(struct live *live) {
    message_set(&live->message, false, "%s",
                live_question_open(live)
                    ? "an answer is a number, ? is a hint, Escape looks around"
                    : "a command is typed here, 'help' lists them; Escape goes back to the keys");
}

void live_prompt_feed(struct live *live, const struct event *event) {
    if (begins_with(live, event, ' ')) { /* it would go on in the scene, but for the prompt */
        tell_prompt(live);
        return;
    }
    if (live_question_open(live) && begins_with(live, event, '?')) { /* it needs no Enter */
        live_preview_drop(live);
        live_run(live, "hint");
        if (!live_question_open(live)) { /* the third hint is the result */
            live_prompt_leave(live);
        }
        return;
    }
    if (press_function_key(live, event)) {
        return;
    }
    switch (prompt_feed(live->typing.prompt, event)) {
    case PROMPT_ACCEPTED: {
        const char *line = prompt_accepted(live->typing.prompt);
        live_preview_drop(live);
        bool nothing = strspn(line, " ") == strlen(line);
        if (nothing && live_question_open(live)) {
            tell_prompt(live);
            return;
        }
        if (nothing) { /* an empty line leaves the prompt */
            live_prompt_leave(live);
            return;
        }
        prompt_history_add(live->typing.prompt, line);
        bool asked = live_question_open(live);
        bool good = run_typed(live, line);
        if (!good && live->typing.on) {
            prompt_begin(live->typing.prompt,
                         prompt_accepted(live->typing.prompt)); /* to be mended */
        }
        if (live->cover.kind != COVER_NONE || (good && live->typing.one_value) ||
            (asked && !live_question_open(live))) {
            live_prompt_leave(live);
        }
        break;
    }
    case PROMPT_CANCELLED: live_prompt_leave(live); break;
    default: message_set(&live->message, false, "%s", ""); break;
    }
}
