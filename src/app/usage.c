/*
 * app/usage.c - how the program is called, from the tables of actions, formats and
 * options: all of it, or one action; and the action `help`.
 */
#include "usage.h"

#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "formats.h"
#include "report.h"
#include "pages.h"

enum { PAGE_COLUMNS = 79, OPTION_COLUMNS = 20 };

static void put_words(struct text *out, const struct formats *formats) {
    for (size_t i = 0; formats->name(i); i++) {
        text_printf(out, "  %-9s %s\n", formats->name(i), formats->help(i));
    }
}

static void put_option(struct text *out, const struct option *option) {
    struct text name = TEXT_EMPTY;
    text_printf(&name, "%s%s%s%s", option->name[1] == '\0' ? "-" : "--", option->name,
                option->value ? " " : "", option->value ? option->value : "");
    text_printf(out, "  %-17s ", text_string(&name));
    text_put_wrapped(out, option->help, OPTION_COLUMNS, OPTION_COLUMNS, PAGE_COLUMNS);
    text_free(&name);
}

static void put_all(struct text *out) {
    text_put(out, "backstep steps through backpropagation, one equation at a time.\n\n");
    for (size_t i = 0; action_at(i); i++) {
        text_printf(out, "  %s\n      %s\n", action_at(i)->usage, action_at(i)->help);
    }
    for (size_t n = 0; formats_at(n); n++) {
        text_printf(out, "\nFORMAT of %s:\n", formats_at(n)->action);
        put_words(out, formats_at(n));
    }
    text_put(out, "\nOPTIONS, of which each action takes its own:\n");
    for (size_t i = 0; option_at(i); i++) {
        put_option(out, option_at(i));
    }
    text_put(out, "\nSCENE is the name of a built-in scene (backstep list), a path, or - for "
                  "standard\ninput. The commands of scenes and of the prompt: backstep help.\n");
}

static void put_action(struct text *out, const struct action *action) {
    const struct formats *formats = formats_of(action->name);
    size_t name = strcspn(action->usage, " ") + 1; /* "backstep " */
    text_put_bytes(out, action->usage, name);
    text_put_wrapped(out, action->usage + name, name, name, PAGE_COLUMNS);
    text_printf(out, "  %s.\n", action->help);
    if (formats) {
        text_put(out, "\nFORMAT\n");
        put_words(out, formats);
    }
    bool any = false;
    for (size_t i = 0; option_at(i); i++) {
        if (action_takes(action, option_at(i)) && !option_at(i)->everywhere) {
            text_put(out, any ? "" : "\nOPTIONS\n");
            any = true;
            put_option(out, option_at(i));
        }
    }
}

/* The page on an action; false where the name is none of one. */
static bool put_page(struct text *out, const char *name) {
    const struct action *action = action_named(name);
    if (action) {
        put_action(out, action);
    }
    return action != NULL;
}

/* The first has no name. */
static const char *name_at(size_t index) {
    const struct action *action = action_at(index + 1);
    return action ? action->name : NULL;
}

const struct own_words usage_words = {name_at, put_page};

/* Write a page, and end with it. */
static int write_text(struct text *page) {
    bool written = !page->failed && put_out(text_string(page), page->length);
    int code = page->failed ? complain("out of memory", 1) : written ? 0 : 1;
    text_free(page);
    return finish_out(code);
}

int usage_write(const struct action *action) {
    struct text page = TEXT_EMPTY;
    if (*action->name) {
        put_action(&page, action);
    } else {
        put_all(&page);
    }
    return write_text(&page);
}

/* ---- help ---- */

/* The man page, or the completion of a shell. */
static int write_page(const char *format) {
    struct text text = TEXT_EMPTY;
    for (size_t i = 0; page_at(i); i++) {
        if (strcmp(page_at(i)->name, format) == 0) {
            page_at(i)->put(&text);
            return write_text(&text);
        }
    }
    struct text names = TEXT_EMPTY;
    for (size_t i = 0; page_at(i); i++) {
        text_printf(&names, ", '%s'", page_at(i)->name);
    }
    struct error error;
    error_set(&error, STATUS_USAGE, "'%s' is no format of help: one of 'text'%s is right", format,
              text_string(&names));
    text_free(&names);
    return complain(error.text, 2);
}

/* The page that the command `help` shows. */
static int put_help(const char *word) {
    struct text line = TEXT_EMPTY;
    text_printf(&line, "help %s", word);
    struct session session;
    struct error error = {0};
    struct result result = {0};
    enum status status = session_open(&session, &error);
    if (status == STATUS_OK) {
        struct runner runner = {.session = &session, .own = &usage_words};
        status = command_run(&runner, text_string(&line), line.length, &result, &error);
        put_out(text_string(&result.output), result.output.length);
    }
    result_free(&result);
    session_close(&session);
    text_free(&line);
    return status == STATUS_OK ? finish_out(0) : complain(error.text, 1);
}

/* Of an action, of a command, or of both where they share a name. */
int action_help(const struct options *options) {
    if (options->format && strcmp(options->format, "text") != 0) {
        return write_page(options->format);
    }
    const char *word = options->scene_count > 0 ? options->scenes[0] : "";
    int code = put_help(word);
    if (*word == '\0' && code == 0) {
        puts("\nThe program: 'backstep --help', or 'backstep help render' for one action.");
        return finish_out(0);
    }
    return code;
}
