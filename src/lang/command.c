/*
 * lang/command.c - the table of commands, and how one of them runs.
 */
#include "lang/command.h"

#include <stdlib.h>
#include <string.h>

#include "base/nearest.h"
#include "base/utf8.h"
#include "call.h"

/* name, usage, help, words that may follow, example, group, kind, function */
static const struct command commands[] = {
    {"net", "net WIDTH WIDTH ...", "make a new network with layers of these widths", NULL,
     "net 2 3 1", GROUP_NETWORK, COMMAND_QUICK, run_net},
    {"activation", "activation [LAYER] NAME", "set the activation of every layer, or of one",
     "<activation>", "activation 2 sigmoid", GROUP_NETWORK, COMMAND_QUICK, run_activation},
    {"cost", "cost NAME", "set the cost", "<cost>", "cost mse", GROUP_NETWORK, COMMAND_QUICK,
     run_cost},
    {"bias", "bias on|off", "give every neuron a bias, or none", "on off", "bias on", GROUP_NETWORK,
     COMMAND_QUICK, run_bias},
    {"step0", "step0 VALUE", "set Step(0), the slope of ReLU at z = 0, from 0 to 1", NULL,
     "step0 0.5", GROUP_NETWORK, COMMAND_QUICK, run_setting},
    {"combine", "combine on|off",
     "merge the backward equations that can be merged (B0 with B1, B2 with B1)", "on off",
     "combine on", GROUP_NETWORK, COMMAND_QUICK, run_combine},
    {"init", "init NAME [VALUE] [seed N]", "set all weights anew; biases become 0",
     "<initializer> seed", "init he seed 7", GROUP_NETWORK, COMMAND_QUICK, run_init},
    {"freeze", "freeze bias|W0", "keep the biases, or a weight matrix, as they are in updates",
     "bias <quantity>", "freeze W0", GROUP_NETWORK, COMMAND_QUICK, run_freeze},
    {"thaw", "thaw bias|W0", "let updates change them again", "bias <quantity>", "thaw W0",
     GROUP_NETWORK, COMMAND_QUICK, run_thaw},

    {"step", "step [N] [GRAIN]", "a step on; from the end of the walk, on to the next iteration",
     "<grain>", "step 2 equation", GROUP_WALK, COMMAND_QUICK, run_step},
    {"back", "back [N] [GRAIN]", "a step back", "<grain>", "back", GROUP_WALK, COMMAND_QUICK,
     run_back},
    {"goto", "goto START|END|QUANTITY|MARK|N",
     "go to a place of the walk, or to a mark of the scene", "START END <quantity> <mark>",
     "goto dW1", GROUP_WALK, COMMAND_QUICK, run_goto},
    {"grain", "grain element|equation|layer|pass", "choose how far a step goes", "<grain>",
     "grain layer", GROUP_WALK, COMMAND_QUICK, run_grain},

    {"data", "data NAME [samples N] [noise X] [seed S]",
     "train on a data set: a generated one, 'data csv FILE [COLUMN...]', 'data none'",
     "<dataset> csv none samples noise seed <file>", "data xor", GROUP_TRAIN, 0, run_data},
    {"sample", "sample N", "show row N of the data set", NULL, "sample 1", GROUP_TRAIN,
     COMMAND_QUICK, run_sample},
    {"batch", "batch N|all", "make every update from N samples: from their mean gradient", "all",
     "batch all", GROUP_TRAIN, COMMAND_QUICK, run_batch},
    {"shuffle", "shuffle on|off [seed N]", "take the rows in another order in every epoch",
     "on off seed", "shuffle on seed 3", GROUP_TRAIN, COMMAND_QUICK, run_shuffle},
    {"validation", "validation SHARE [seed N]",
     "hold out this share of the rows: they are never trained on", "seed", "validation 0",
     GROUP_TRAIN, COMMAND_QUICK, run_validation},
    {"train", "train [N]", "do N updates (1 unless given)", NULL, "train 10", GROUP_TRAIN, 0,
     run_train},
    {"until", "until CONDITION [max N]",
     "train until the condition holds, 10000 updates at most unless given", "<quantity> max",
     "until C < 0.01 max 100", GROUP_TRAIN, 0, run_until},
    {"optimizer", "optimizer NAME", "choose the rule of the update; its moments start anew",
     "<optimizer>", "optimizer adam", GROUP_TRAIN, COMMAND_QUICK, run_optimizer},
    {"lr", "lr VALUE", "set the learning rate", NULL, "lr 0.05", GROUP_TRAIN, COMMAND_QUICK,
     run_setting},
    {"momentum", "momentum VALUE", "set the momentum of 'momentum' and 'nesterov'", NULL,
     "momentum 0.8", GROUP_TRAIN, COMMAND_QUICK, run_setting},
    {"decay", "decay VALUE", "set the weight decay (L2); 0 is off", NULL, "decay 0.01", GROUP_TRAIN,
     COMMAND_QUICK, run_setting},
    {"clip", "clip VALUE", "set the largest norm of the gradient; 0 is off", NULL, "clip 1",
     GROUP_TRAIN, COMMAND_QUICK, run_setting},
    {"reset", "reset", "go back to the network after the last net, load or init", NULL, "reset",
     GROUP_TRAIN, COMMAND_QUICK, run_reset},
    {"undo", "undo", "take the last change back", NULL, NULL, GROUP_TRAIN, 0, run_request},
    {"redo", "redo", "do the change again that undo took back", NULL, NULL, GROUP_TRAIN, 0,
     run_request},

    {"print", "print EXPRESSION", "write a value with the fewest digits that read back",
     "<quantity> <function>", "print dW0[1,2]", GROUP_LOOK, COMMAND_QUICK, run_print},
    {"explain", "explain QUANTITY",
     "show what a quantity is computed from: symbols, numbers, value", "<quantity>",
     "explain dW0[1,2]", GROUP_LOOK, COMMAND_QUICK, run_explain},
    {"gradcheck", "gradcheck [N]",
     "compare every gradient, or N of them, with central differences of the cost", NULL,
     "gradcheck", GROUP_LOOK, 0, run_gradcheck},
    {"view", "view walk|weights|next",
     "choose the screen: the equations, or a weight matrix and its gradient side by side",
     "<screen> next", "view weights", GROUP_LOOK, COMMAND_QUICK, run_view},
    {"digits", "digits N", "set the decimals of numbers on the screen", NULL, "digits 4",
     GROUP_LOOK, COMMAND_QUICK, run_digits},
    {"expect", "expect A [~ B [tol T]]",
     "fail unless A holds, or is within T of B (1e-9 unless given)", "<quantity> <function> tol",
     "expect norm(W0) > 0", GROUP_LOOK, COMMAND_QUICK, run_expect},

    {"title", "title TEXT", "set the title of the scene", NULL, "title One neuron", GROUP_SCENE,
     COMMAND_QUICK | COMMAND_REST, run_title},
    {"say", "say TEXT", "set the narration; without a text, clear it", NULL, "say Look at z.",
     GROUP_SCENE, COMMAND_QUICK | COMMAND_REST, run_say},
    {"pause", "pause", "stop the scene here until the user goes on", NULL, NULL, GROUP_SCENE, 0,
     run_request},
    {"wait", "wait SECONDS", "let the scene wait", NULL, "wait 1.5", GROUP_SCENE, 0, run_wait},
    {"mark", "mark NAME", "name this place of the scene", NULL, "mark start-here", GROUP_SCENE, 0,
     run_mark},
    {"continue", "continue", "go on to the scene's next pause; without a scene, a step on", NULL,
     NULL, GROUP_SCENE, 0, run_request},
    {"previous", "previous", "go back to the pause before", NULL, NULL, GROUP_SCENE, 0,
     run_request},
    {"next-mark", "next-mark", "go to the scene's next mark", NULL, NULL, GROUP_SCENE, 0,
     run_request},
    {"previous-mark", "previous-mark", "go to the mark before", NULL, NULL, GROUP_SCENE, 0,
     run_request},
    {"speed", "speed FACTOR", "play the scene this many times as fast", NULL, "speed 2",
     GROUP_SCENE, 0, run_speed},
    {"menu", "menu", "show the list of scenes", NULL, NULL, GROUP_SCENE, 0, run_request},

    {"export", "export json FILE", "write the state to a file; '-' is standard output",
     "json <file>", "export json -", GROUP_FILE, 0, run_export},

    {"set", "set labels on|off", "let print write the name before the value", "labels on off",
     "set labels on", GROUP_META, COMMAND_QUICK, run_set},
    {"help", "help [COMMAND|TOPIC]",
     "list the commands, or tell about one; 'help names', 'help keys'",
     "<command> names keys functions <topic>", "help step", GROUP_META, 0, run_help},
    {"prompt", "prompt", "open the prompt", NULL, NULL, GROUP_META, 0, run_request},
    {"redraw", "redraw", "draw the screen again", NULL, NULL, GROUP_META, 0, run_request},
    {"quit", "quit", "leave", NULL, NULL, GROUP_META, 0, run_request},
};

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
        struct word next;
        if (call_peek(call, &next) && next.bytes[0] == '[') {
            return word_error(call, &next, "an index stands right behind the name: '%.*s[...'",
                              (int)word->length, word->bytes);
        }
        return word_error(call, word,
                          "'%.*s' alone is no command: 'print %.*s' shows it, "
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
    if (call->runner->preview && !(call->command->flags & COMMAND_QUICK)) {
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

static enum status refuse_undo(const struct session *session, struct error *error) {
    if (session->forgotten == 0) {
        return error_set(error, STATUS_INPUT, "there is nothing to undo");
    }
    return error_set(error, STATUS_INPUT,
                     "there is nothing further to undo: the history keeps %zu MiB, and older "
                     "states are gone",
                     session->history_bytes >> 20);
}

/* Undo, redo and the way back over an update change the session itself. */
static enum status carry_out(const struct runner *runner, struct result *result,
                             struct error *error) {
    struct session *session = runner->session;
    switch (result->request) {
    case REQUEST_UNDO: return session_undo(session) ? STATUS_OK : refuse_undo(session, error);
    case REQUEST_REDO:
        return session_redo(session) ? STATUS_OK
                                     : error_set(error, STATUS_INPUT, "there is nothing to redo");
    case REQUEST_BACK_ITERATION: session_undo(session); return STATUS_OK;
    default: return STATUS_OK;
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
