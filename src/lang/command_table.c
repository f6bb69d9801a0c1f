/*
 * lang/command_table.c - the table of commands, made of the rows in command_table.h.
 */
#include "base/ascii.h"
#include "base/table.h"
#include "call.h"

/* Only asks for something, of whoever runs it. */
static enum status run_ask_only(struct call *call) {
    call->result->request = call->command->asks;
    return call_end(call);
}

#define COMMAND(RUN, ...) {__VA_ARGS__, REQUEST_NONE, RUN},
#define ASK(REQUEST, NAME, HELP, GROUP)                                                            \
    {NAME, NAME, HELP, NULL, NULL, GROUP, 0, REQUEST, run_ask_only},
static const struct command commands[] = {
#include "command_table.h"
};
#undef COMMAND
#undef ASK

/* The command that is no word: NAME = EXPRESSION. */
static const struct command assignment = {
    .name = "=",
    .usage = "NAME = EXPRESSION",
    .help = "set an input, a target, a weight, a bias or a setting",
    .group = GROUP_NETWORK,
    .flags = COMMAND_QUICK,
    .run = run_assignment,
};

static const char *const group_titles[GROUPS] = {
    [GROUP_NETWORK] = "Network", [GROUP_WALK] = "Walk",   [GROUP_TRAIN] = "Training",
    [GROUP_LOOK] = "Looking",    [GROUP_SCENE] = "Scene", [GROUP_FILE] = "Files",
    [GROUP_META] = "Program",
};

const char *group_title(enum group group) {
    return group_titles[group];
}

const struct command *command_at(size_t index) {
    return TABLE_AT(commands, index);
}

const struct command *command_assignment(void) {
    return &assignment;
}

const struct command *command_named(const char *name, size_t length) {
    return TABLE_WORD(commands, name, length);
}

size_t statement_word(const char *line, size_t length) {
    size_t word = 0;
    while (word < length && !ascii_is_blank(line[word])) {
        word++;
    }
    return word;
}

const struct command *statement_command(const char *line, size_t length) {
    return command_named(line, statement_word(line, length));
}
