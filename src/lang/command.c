/*
 * lang/command.c - the table of commands, and how one of them runs.
 */
#include "lang/command.h"

#include <stdlib.h>
#include <string.h>

#include "base/nearest.h"
#include "base/utf8.h"
#include "call.h"

static const struct command commands[] = {
    {
        .name = "net",
        .usage = "net WIDTH WIDTH ...",
        .help = "make a new network with layers of these widths",
        .example = "net 2 3 1",
        .group = GROUP_NETWORK,
        .quick = true,
        .run = run_net,
    },
    {
        .name = "activation",
        .usage = "activation [LAYER] NAME",
        .help = "set the activation of every layer, or of one",
        .words = "<activation>",
        .example = "activation 2 sigmoid",
        .group = GROUP_NETWORK,
        .quick = true,
        .run = run_activation,
    },
    {
        .name = "cost",
        .usage = "cost NAME",
        .help = "set the cost",
        .words = "<cost>",
        .example = "cost mse",
        .group = GROUP_NETWORK,
        .quick = true,
        .run = run_cost,
    },
    {
        .name = "bias",
        .usage = "bias on|off",
        .help = "give every neuron a bias, or none",
        .words = "on off",
        .example = "bias on",
        .group = GROUP_NETWORK,
        .quick = true,
        .run = run_bias,
    },
    {
        .name = "step0",
        .usage = "step0 VALUE",
        .help = "set Step(0), the slope of ReLU at z = 0, from 0 to 1",
        .example = "step0 0.5",
        .group = GROUP_NETWORK,
        .quick = true,
        .run = run_setting,
    },
    {
        .name = "combine",
        .usage = "combine on|off",
        .help = "merge the backward equations that can be merged (B0 with B1, B2 with B1)",
        .words = "on off",
        .example = "combine on",
        .group = GROUP_NETWORK,
        .quick = true,
        .run = run_combine,
    },
    {
        .name = "init",
        .usage = "init NAME [VALUE] [seed N]",
        .help = "set all weights anew; biases become 0",
        .words = "<initializer> seed",
        .example = "init he seed 7",
        .group = GROUP_NETWORK,
        .quick = true,
        .run = run_init,
    },
    {
        .name = "freeze",
        .usage = "freeze bias|W0",
        .help = "keep the biases, or a weight matrix, as they are in updates",
        .words = "bias <quantity>",
        .example = "freeze W0",
        .group = GROUP_NETWORK,
        .quick = true,
        .run = run_freeze,
    },
    {
        .name = "thaw",
        .usage = "thaw bias|W0",
        .help = "let updates change them again",
        .words = "bias <quantity>",
        .example = "thaw W0",
        .group = GROUP_NETWORK,
        .quick = true,
        .run = run_thaw,
    },
    {
        .name = "step",
        .usage = "step [N] [GRAIN]",
        .help = "a step on; from the end of the walk, on to the next iteration",
        .words = "<grain>",
        .example = "step 2 equation",
        .group = GROUP_WALK,
        .quick = true,
        .run = run_step,
    },
    {
        .name = "back",
        .usage = "back [N] [GRAIN]",
        .help = "a step back",
        .words = "<grain>",
        .example = "back",
        .group = GROUP_WALK,
        .quick = true,
        .run = run_back,
    },
    {
        .name = "goto",
        .usage = "goto START|END|QUANTITY|MARK|N",
        .help = "go to a place of the walk, or to a mark of the scene",
        .words = "START END <quantity> <mark>",
        .example = "goto dW1",
        .group = GROUP_WALK,
        .quick = true,
        .run = run_goto,
    },
    {
        .name = "grain",
        .usage = "grain element|equation|layer|pass",
        .help = "choose how far a step goes",
        .words = "<grain>",
        .example = "grain layer",
        .group = GROUP_WALK,
        .quick = true,
        .run = run_grain,
    },
    {
        .name = "data",
        .usage = "data NAME [samples N] [noise X] [seed S]",
        .help = "train on a data set: a generated one, 'data csv FILE [COLUMN...]', 'data none'",
        .words = "<dataset> csv none samples noise seed <file>",
        .example = "data xor",
        .group = GROUP_TRAIN,
        .run = run_data,
    },
    {
        .name = "sample",
        .usage = "sample N",
        .help = "show row N of the data set",
        .example = "sample 1",
        .group = GROUP_TRAIN,
        .quick = true,
        .run = run_sample,
    },
    {
        .name = "batch",
        .usage = "batch N|all",
        .help = "make every update from N samples: from their mean gradient",
        .words = "all",
        .example = "batch all",
        .group = GROUP_TRAIN,
        .quick = true,
        .run = run_batch,
    },
    {
        .name = "shuffle",
        .usage = "shuffle on|off [seed N]",
        .help = "take the rows in another order in every epoch",
        .words = "on off seed",
        .example = "shuffle on seed 3",
        .group = GROUP_TRAIN,
        .quick = true,
        .run = run_shuffle,
    },
    {
        .name = "validation",
        .usage = "validation SHARE [seed N]",
        .help = "hold out this share of the rows: they are never trained on",
        .words = "seed",
        .example = "validation 0",
        .group = GROUP_TRAIN,
        .quick = true,
        .run = run_validation,
    },
    {
        .name = "train",
        .usage = "train [N]",
        .help = "do N updates (1 unless given)",
        .example = "train 10",
        .group = GROUP_TRAIN,
        .run = run_train,
    },
    {
        .name = "until",
        .usage = "until CONDITION [max N]",
        .help = "train until the condition holds, 10000 updates at most unless given",
        .words = "<quantity> max",
        .example = "until C < 0.01 max 100",
        .group = GROUP_TRAIN,
        .run = run_until,
    },
    {
        .name = "optimizer",
        .usage = "optimizer NAME",
        .help = "choose the rule of the update; its moments start anew",
        .words = "<optimizer>",
        .example = "optimizer adam",
        .group = GROUP_TRAIN,
        .quick = true,
        .run = run_optimizer,
    },
    {
        .name = "lr",
        .usage = "lr VALUE",
        .help = "set the learning rate",
        .example = "lr 0.05",
        .group = GROUP_TRAIN,
        .quick = true,
        .run = run_setting,
    },
    {
        .name = "momentum",
        .usage = "momentum VALUE",
        .help = "set the momentum of 'momentum' and 'nesterov'",
        .example = "momentum 0.8",
        .group = GROUP_TRAIN,
        .quick = true,
        .run = run_setting,
    },
    {
        .name = "decay",
        .usage = "decay VALUE",
        .help = "set the weight decay (L2); 0 is off",
        .example = "decay 0.01",
        .group = GROUP_TRAIN,
        .quick = true,
        .run = run_setting,
    },
    {
        .name = "clip",
        .usage = "clip VALUE",
        .help = "set the largest norm of the gradient; 0 is off",
        .example = "clip 1",
        .group = GROUP_TRAIN,
        .quick = true,
        .run = run_setting,
    },
    {
        .name = "reset",
        .usage = "reset",
        .help = "go back to the network after the last net, load or init",
        .example = "reset",
        .group = GROUP_TRAIN,
        .quick = true,
        .run = run_reset,
    },
    {
        .name = "undo",
        .usage = "undo",
        .help = "take the last change back",
        .group = GROUP_TRAIN,
        .run = run_request,
    },
    {
        .name = "redo",
        .usage = "redo",
        .help = "do the change again that undo took back",
        .group = GROUP_TRAIN,
        .run = run_request,
    },
    {
        .name = "print",
        .usage = "print EXPRESSION",
        .help = "write a value with the fewest digits that read back",
        .words = "<quantity> <function>",
        .example = "print dW0[1,2]",
        .group = GROUP_LOOK,
        .quick = true,
        .run = run_print,
    },
    {
        .name = "explain",
        .usage = "explain QUANTITY",
        .help = "show what a quantity is computed from: symbols, numbers, value",
        .words = "<quantity>",
        .example = "explain dW0[1,2]",
        .group = GROUP_LOOK,
        .quick = true,
        .run = run_explain,
    },
    {
        .name = "gradcheck",
        .usage = "gradcheck [N]",
        .help = "compare every gradient, or N of them, with central differences of the cost",
        .example = "gradcheck",
        .group = GROUP_LOOK,
        .run = run_gradcheck,
    },
    {
        .name = "digits",
        .usage = "digits N",
        .help = "set the decimals of numbers on the screen",
        .example = "digits 4",
        .group = GROUP_LOOK,
        .quick = true,
        .run = run_digits,
    },
    {
        .name = "expect",
        .usage = "expect A [~ B [tol T]]",
        .help = "fail unless A holds, or is within T of B (1e-9 unless given)",
        .words = "<quantity> <function> tol",
        .example = "expect norm(W0) > 0",
        .group = GROUP_LOOK,
        .quick = true,
        .run = run_expect,
    },
    {
        .name = "title",
        .usage = "title TEXT",
        .help = "set the title of the scene",
        .example = "title One neuron",
        .group = GROUP_SCENE,
        .rest = true,
        .quick = true,
        .run = run_title,
    },
    {
        .name = "say",
        .usage = "say TEXT",
        .help = "set the narration; without a text, clear it",
        .example = "say Look at z.",
        .group = GROUP_SCENE,
        .rest = true,
        .quick = true,
        .run = run_say,
    },
    {
        .name = "pause",
        .usage = "pause",
        .help = "stop the scene here until the user goes on",
        .group = GROUP_SCENE,
        .run = run_request,
    },
    {
        .name = "wait",
        .usage = "wait SECONDS",
        .help = "let the scene wait",
        .example = "wait 1.5",
        .group = GROUP_SCENE,
        .run = run_wait,
    },
    {
        .name = "mark",
        .usage = "mark NAME",
        .help = "name this place of the scene",
        .example = "mark start-here",
        .group = GROUP_SCENE,
        .run = run_mark,
    },
    {
        .name = "continue",
        .usage = "continue",
        .help = "go on to the scene's next pause; without a scene, a step on",
        .group = GROUP_SCENE,
        .run = run_request,
    },
    {
        .name = "previous",
        .usage = "previous",
        .help = "go back to the pause before",
        .group = GROUP_SCENE,
        .run = run_request,
    },
    {
        .name = "next-mark",
        .usage = "next-mark",
        .help = "go to the scene's next mark",
        .group = GROUP_SCENE,
        .run = run_request,
    },
    {
        .name = "previous-mark",
        .usage = "previous-mark",
        .help = "go to the mark before",
        .group = GROUP_SCENE,
        .run = run_request,
    },
    {
        .name = "speed",
        .usage = "speed FACTOR",
        .help = "play the scene this many times as fast",
        .example = "speed 2",
        .group = GROUP_SCENE,
        .run = run_speed,
    },
    {
        .name = "menu",
        .usage = "menu",
        .help = "show the list of scenes",
        .group = GROUP_SCENE,
        .run = run_request,
    },
    {
        .name = "export",
        .usage = "export json FILE",
        .help = "write the state to a file; '-' is standard output",
        .words = "json <file>",
        .example = "export json -",
        .group = GROUP_FILE,
        .run = run_export,
    },
    {
        .name = "set",
        .usage = "set labels on|off",
        .help = "let print write the name before the value",
        .words = "labels on off",
        .example = "set labels on",
        .group = GROUP_META,
        .quick = true,
        .run = run_set,
    },
    {
        .name = "help",
        .usage = "help [COMMAND|TOPIC]",
        .help = "list the commands, or tell about one; 'help names', 'help keys'",
        .words = "<command> names keys functions <topic>",
        .example = "help step",
        .group = GROUP_META,
        .run = run_help,
    },
    {
        .name = "prompt",
        .usage = "prompt",
        .help = "open the prompt",
        .group = GROUP_META,
        .run = run_request,
    },
    {
        .name = "redraw",
        .usage = "redraw",
        .help = "draw the screen again",
        .group = GROUP_META,
        .run = run_request,
    },
    {
        .name = "quit",
        .usage = "quit",
        .help = "leave",
        .group = GROUP_META,
        .run = run_request,
    },
};

/* The command that is no word: NAME = EXPRESSION. */
static const struct command assignment = {
    .name = "=",
    .usage = "NAME = EXPRESSION",
    .help = "set an input, a target, a weight, a bias or a setting",
    .group = GROUP_NETWORK,
    .quick = true,
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
    return index < sizeof commands / sizeof *commands ? &commands[index] : NULL;
}

const struct command *command_named(const char *name, size_t length) {
    for (size_t i = 0; i < sizeof commands / sizeof *commands; i++) {
        if (strlen(commands[i].name) == length && memcmp(commands[i].name, name, length) == 0) {
            return &commands[i];
        }
    }
    return NULL;
}

void result_free(struct result *result) {
    text_free(&result->output);
    text_free(&result->message);
    *result = (struct result){0};
}

/* The word is no command: say what is near, or what a quantity's name is good for. */
static enum status unknown_command(struct call *call, const struct word *word) {
    struct quantity q;
    size_t taken;
    if (quantity_parse(state_model(call->state), word->bytes, word->length, 1, &q, &taken, NULL) ==
        STATUS_OK) {
        return word_error(call, word, "'%.*s' alone is no command: 'print %.*s' shows it, "
                          "'%.*s = ...' sets what can be set",
                          (int)word->length, word->bytes, (int)word->length, word->bytes,
                          (int)word->length, word->bytes);
    }
    char *name = word_copy(word);
    if (!name) {
        return error_memory(call->error);
    }
    struct nearest nearest = nearest_to(name);
    for (size_t i = 0; command_at(i); i++) {
        nearest_consider(&nearest, command_at(i)->name);
    }
    enum status status;
    if (nearest_found(&nearest)) {
        status = word_error(call, word, "there is no command '%s': did you mean '%s'?", name,
                            nearest_found(&nearest));
    } else {
        status = word_error(call, word, "there is no command '%s': 'help' lists them", name);
    }
    free(name);
    return status;
}

static enum status dispatch(struct call *call) {
    struct word word;
    if (is_assignment(call->line, call->length)) {
        call->command = &assignment;
        return run_assignment(call);
    }
    if (!call_word(call, &word)) {
        return STATUS_OK; /* an empty line does nothing */
    }
    call->command = command_named(word.bytes, word.length);
    if (!call->command) {
        return unknown_command(call, &word);
    }
    if (call->runner->preview && !call->command->quick) {
        return STATUS_OK;
    }
    return call->command->run(call);
}

enum status command_try(const struct runner *runner, const char *line, size_t length,
                        struct state *draft, struct result *result, struct error *error) {
    struct error unused = {0};
    error = error ? error : &unused;
    if (state_copy(draft, &runner->session->now) != STATUS_OK) {
        return error_memory(error);
    }
    struct call call = {
        .runner = runner,
        .state = draft,
        .line = line,
        .length = length,
        .result = result,
        .error = error,
    };
    while (call.length > 0 && (line[call.length - 1] == ' ' || line[call.length - 1] == '\t')) {
        call.length--;
    }
    while (call.length > 0 && (*call.line == ' ' || *call.line == '\t')) {
        call.line++;
        call.length--;
    }
    enum status status = dispatch(&call);
    if (status == STATUS_OK) {
        status = state_settle(draft, error);
    }
    if (status == STATUS_OK && (result->output.failed || result->message.failed)) {
        status = error_memory(error);
    }
    if (status != STATUS_OK) {
        if (error->column > 0) {
            error->column += utf8_length(line, (size_t)(call.line - line));
        }
        state_close(draft);
    }
    return status;
}

/* Undo, redo and the way back over an update change the session itself. */
static enum status carry_out(const struct runner *runner, struct result *result,
                             struct error *error) {
    struct session *session = runner->session;
    switch (result->request) {
    case REQUEST_UNDO:
        return session_undo(session) ? STATUS_OK
                                     : error_set(error, STATUS_INPUT, "there is nothing to undo");
    case REQUEST_REDO:
        return session_redo(session) ? STATUS_OK
                                     : error_set(error, STATUS_INPUT, "there is nothing to redo");
    case REQUEST_BACK_ITERATION:
        session_undo(session);
        return STATUS_OK;
    default:
        return STATUS_OK;
    }
}

enum status command_run(const struct runner *runner, const char *line, size_t length,
                        struct result *result, struct error *error) {
    struct state draft;
    enum status status = command_try(runner, line, length, &draft, result, error);
    if (status != STATUS_OK) {
        return status;
    }
    struct session *session = runner->session;
    enum change change = draft.version == session->now.version ? CHANGE_NONE
                         : result->iterated                    ? CHANGE_ITERATION
                                                               : CHANGE_EDIT;
    status = session_commit(session, &draft, change);
    return status == STATUS_OK ? carry_out(runner, result, error) : error_memory(error);
}
