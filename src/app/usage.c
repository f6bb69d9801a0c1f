/*
 * app/usage.c - how the program is called, from the tables of actions, formats and
 * options: all of it, or one action.
 */
#include "usage.h"

#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "formats.h"

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
    puts("\nOPTIONS");
    for (size_t i = 0; option_at(i); i++) {
        if (action_takes(action, option_at(i)) && !option_at(i)->everywhere) {
            put_option(option_at(i));
        }
    }
}
