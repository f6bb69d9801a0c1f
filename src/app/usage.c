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

static void put_words(const struct formats *formats) {
    for (size_t i = 0; formats->name(i); i++) {
        printf("  %-9s %s\n", formats->name(i), formats->help(i));
    }
}

static void put_option(const struct option *option) {
    struct text name = TEXT_EMPTY;
    text_printf(&name, "%s%s%s%s", option->name[1] == '\0' ? "-" : "--", option->name,
                option->value ? " " : "", option->value ? option->value : "");
    printf("  %-17s %s\n", text_string(&name), option->help);
    text_free(&name);
}

void usage_put_all(void) {
    puts("backstep steps through backpropagation, one equation at a time.\n");
    for (size_t i = 0; action_at(i); i++) {
        printf("  %s\n      %s\n", action_at(i)->usage, action_at(i)->help);
    }
    for (size_t n = 0; formats_at(n); n++) {
        printf("\nFORMAT of %s:\n", formats_at(n)->action);
        put_words(formats_at(n));
    }
    puts("\nOPTIONS, of which each action takes its own:");
    for (size_t i = 0; option_at(i); i++) {
        put_option(option_at(i));
    }
    puts("\nSCENE is the name of a built-in scene (backstep list), a path, or - for standard\n"
         "input. The commands of scenes and of the prompt: backstep help.");
}

void usage_put(const struct action *action) {
    const struct formats *formats = formats_of(action->name);
    printf("%s\n  %s.\n", action->usage, action->help);
    if (formats) {
        puts("\nFORMAT");
        put_words(formats);
    }
    bool any = false;
    for (size_t i = 0; option_at(i); i++) {
        if (action_takes(action, option_at(i)) && !option_at(i)->everywhere) {
            fputs(any ? "" : "\nOPTIONS\n", stdout);
            any = true;
            put_option(option_at(i));
        }
    }
}

/* ---- help ---- */

/* The man page, or the completion of a shell. */
static int write_page(const char *format) {
    struct text text = TEXT_EMPTY;
    for (size_t i = 0; page_at(i); i++) {
        if (strcmp(page_at(i)->name, format) == 0) {
            page_at(i)->put(&text);
            bool written = !text.failed && put_out(text_string(&text), text.length);
            int code = text.failed ? complain("out of memory", 1) : written ? 0 : 1;
            text_free(&text);
            return finish_out(code);
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
        struct runner runner = {.session = &session};
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
    const struct action *action = action_named(word);
    if (action) {
        usage_put(action);
        if (!command_named(word, strlen(word))) {
            return finish_out(0);
        }
        puts("\nIn scenes and at the prompt:\n");
    }
    int code = put_help(word);
    if (*word == '\0' && code == 0) {
        puts("\nThe program: 'backstep --help', or 'backstep help render' for one action.");
        return finish_out(0);
    }
    return code;
}
