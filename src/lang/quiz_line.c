/*
 * lang/quiz_line.c - a line that is typed while a question is open: its answer, or a command.
 */
#include <string.h>

#include "lang/command.h"
#include "lang/quiz.h"

/* Behind "dz1[1] =", where that is what is asked for; else the line. */
static const char *behind_name(const struct state *state, const char *line) {
    struct text name = TEXT_EMPTY;
    question_name(&name, &state->question.q);
    const char *rest = line;
    if (strncmp(line, text_string(&name), name.length) == 0) {
        rest += name.length;
        rest += strspn(rest, " ");
        rest = rest[0] == '=' && rest[1] != '=' ? rest + 1 : line;
    }
    text_free(&name);
    return rest;
}

/* lr and momentum are commands, and numbers too. */
static bool is_number_name(const char *word, size_t length) {
    for (size_t kind = 0; kind < QUANTITY_KINDS; kind++) {
        const struct quantity_row *row = quantity_row((enum quantity_kind)kind);
        if (!row->layered && string_is(row->name, word, length)) {
            return true;
        }
    }
    return false;
}

void quiz_command(struct text *out, const struct state *state, const char *line, size_t *lead) {
    line += strspn(line, " \t:"); /* ':' opens a prompt elsewhere; this one is open */
    const char *answer = behind_name(state, line);
    size_t word = strcspn(line, " \t;");
    bool command = (command_named(line, word) && !is_number_name(line, word)) ||
                   (answer == line && command_assigns(line));
    *lead = 0;
    if (strcmp(line, "?") == 0) {
        text_put(out, "hint");
    } else if (command) {
        text_put(out, line);
    } else {
        text_printf(out, "answer %s", answer);
        *lead = strlen("answer ");
    }
}
