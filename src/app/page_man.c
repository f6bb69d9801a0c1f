/*
 * app/page_man.c - the man page, from the tables of actions, options, commands, keys
 * and scenes.
 */
#include <string.h>

#include "lang/builtin.h"
#include "lang/catalogue.h"
#include "lang/command.h"
#include "lang/keys.h"
#include "pages.h"

/* Words as roff takes them: a minus that can be copied, no escapes, no requests. */
static void put_words(struct text *out, const char *words) {
    if (*words == '.' || *words == '\'') {
        text_put(out, "\\&");
    }
    for (const char *c = words; *c; c++) {
        switch (*c) {
        case '\\': text_put(out, "\\e"); break;
        case '-': text_put(out, "\\-"); break;
        case '^': text_put(out, "\\(ha"); break;
        case '~': text_put(out, "\\(ti"); break;
        case '\'': text_put(out, "\\(aq"); break;
        default: text_put_char(out, *c);
        }
    }
}

static void put_line(struct text *out, const char *before, const char *words, const char *after) {
    text_put(out, before);
    put_words(out, words);
    text_put(out, after);
}

/* A term and what it means: a sentence, which the tables write without its point. */
static void put_item(struct text *out, const char *term, const char *meaning) {
    put_line(out, ".TP\n.B ", term, "\n");
    put_line(out, "", meaning, ".\n");
}

static void put_actions(struct text *out) {
    text_put(out, ".SH SYNOPSIS\n.nf\n");
    for (size_t i = 0; action_at(i); i++) {
        put_line(out, "", action_at(i)->usage, "\n");
    }
    text_put(out, ".fi\n.SH DESCRIPTION\n.B backstep\n"
                  "steps through backpropagation in a terminal, one equation at a time, forwards\n"
                  "and backwards, while every number stays live.\n"
                  "SCENE is the name of a built\\-in scene, a path, or \\- for standard input.\n"
                  ".SH ACTIONS\n");
    for (size_t i = 0; action_at(i); i++) {
        put_item(out, action_at(i)->usage, action_at(i)->help);
    }
}

static void put_options(struct text *out) {
    text_put(out, ".SH OPTIONS\n");
    for (size_t i = 0; option_at(i); i++) {
        const struct option *option = option_at(i);
        struct text term = TEXT_EMPTY, meaning = TEXT_EMPTY;
        text_printf(&term, "%s%s%s%s", option->name[1] == '\0' ? "-" : "--", option->name,
                    option->value ? " " : "", option->value ? option->value : "");
        text_put(&meaning, option->help);
        size_t actions = 0;
        for (size_t a = 0; action_at(a) && !option->everywhere; a++) {
            if (action_takes(action_at(a), option)) {
                text_printf(&meaning, "%s%s", actions++ == 0 ? "; of " : ", ",
                            *action_at(a)->name ? action_at(a)->name : "the screen");
            }
        }
        put_item(out, text_string(&term), text_string(&meaning));
        text_free(&term);
        text_free(&meaning);
    }
}

static void put_commands(struct text *out) {
    text_put(out, ".SH COMMANDS\n"
                  "Of scenes, of the prompt and of\n.BR \\-e ;\n"
                  "\\(aqbackstep help COMMAND\\(aq tells more.\n");
    for (size_t group = 0; group < GROUPS; group++) {
        text_printf(out, ".SS %s\n", group_title((enum group)group));
        for (size_t i = 0; command_at(i); i++) {
            if (command_at(i)->group == (enum group)group) {
                put_item(out, command_at(i)->usage, command_at(i)->help);
            }
        }
        if (group == GROUP_NETWORK) {
            put_item(out, command_assignment()->usage, command_assignment()->help);
        }
    }
}

/* The next row of the table of keys that is listed by itself. */
static size_t listed_key(size_t i) {
    while (key_at(i) && (!key_at(i)->group || key_repeats(i))) {
        i++;
    }
    return i;
}

/* Rows that say the same are one item: "Left, Right". */
static void put_keys(struct text *out) {
    const char *group = "";
    struct text names = TEXT_EMPTY;
    text_put(out, ".SH KEYS\n");
    for (size_t i = listed_key(0); key_at(i);) {
        const struct key_row *row = key_at(i);
        i = listed_key(i + 1);
        if (strcmp(group, row->group) != 0) {
            put_line(out, ".SS ", row->group, "\n");
            group = row->group;
        }
        text_printf(&names, "%s%s", names.length > 0 ? ", " : "", row->key);
        if (!key_at(i) || strcmp(key_at(i)->help, row->help) != 0) {
            put_item(out, text_string(&names), row->help);
            text_cut(&names, 0);
        }
    }
    text_free(&names);
}

static void put_scenes(struct text *out) {
    struct catalogue catalogue;
    if (catalogue_open(&catalogue) != STATUS_OK) {
        out->failed = true;
        return;
    }
    text_put(out, ".SH SCENES\n");
    for (size_t i = 0; i < catalogue.count; i++) {
        put_item(out, catalogue.rows[i].name, catalogue.rows[i].title);
    }
    catalogue_close(&catalogue);
}

void page_man(struct text *out) {
    text_put(out, ".TH BACKSTEP 1 \"\" \"backstep " BACKSTEP_VERSION "\" \"User Commands\"\n"
                  ".SH NAME\nbackstep \\- step through backpropagation, one equation at a time\n");
    put_actions(out);
    put_options(out);
    put_commands(out);
    put_keys(out);
    put_scenes(out);
    text_put(
        out,
        ".SH EXIT STATUS\n"
        ".TP\n.B 0\nGood.\n"
        ".TP\n.B 1\nThe scene or the data fell short.\n"
        ".TP\n.B 2\nWrong options.\n"
        ".SH ENVIRONMENT\n"
        ".TP\n.B NO_COLOR\nWhere it is set and not empty, no colours.\n"
        ".TP\n.B TERM, COLORTERM\nThe terminal, and whether it has all colours.\n"
        ".TP\n.B LC_ALL, LC_CTYPE, LANG\nWhether the terminal shows UTF\\-8.\n"
        ".TP\n.B XDG_CONFIG_HOME, XDG_STATE_HOME\nWhere the files below are, in place of\n"
        "\\(ti/.config and \\(ti/.local/state.\n"
        ".SH FILES\n"
        ".TP\n.B \\(ti/.config/backstep/config\nSettings and keys, read at every start;\n"
        "\\(aqbackstep help configuration\\(aq tells more.\n"
        ".TP\n.B \\(ti/.local/state/backstep/history\nThe lines of the prompt.\n"
        ".TP\n.B \\(ti/.local/state/backstep/journal\\-*\nWhat a session did, until it ends well.\n"
        ".SH EXAMPLES\n"
        ".nf\nbackstep run \\-e \\(aqnet 1 1; x = 2; y = 3; W0 = 0.5; print dW0\\(aq\n"
        "backstep render general \\-\\-format svg \\-o screen.svg\n.fi\n");
}
