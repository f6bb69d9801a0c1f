/*
 * lang/command_table.c - the table of commands. One row and one function make a
 * command: the prompt, scenes, keys, -e, completion, help and the manual find it here.
 */
#include <string.h>

#include "call.h"

/* Commands that only ask for something, of whoever runs them. */
#define ASKS(NAME, REQUEST)                                                                        \
    static enum status ask_##NAME(struct call *call) {                                             \
        call->result->request = REQUEST;                                                           \
        return call_end(call);                                                                     \
    }

ASKS(pause, REQUEST_PAUSE)
ASKS(undo, REQUEST_UNDO)
ASKS(redo, REQUEST_REDO)
ASKS(continue, REQUEST_CONTINUE)
ASKS(previous, REQUEST_PREVIOUS)
ASKS(next_mark, REQUEST_NEXT_MARK)
ASKS(previous_mark, REQUEST_PREVIOUS_MARK)
ASKS(prompt, REQUEST_PROMPT)
ASKS(redraw, REQUEST_REDRAW)
ASKS(menu, REQUEST_MENU)
ASKS(unfold, REQUEST_UNFOLD)
ASKS(unfold_level, REQUEST_UNFOLD_LEVEL)
ASKS(fold, REQUEST_FOLD)
ASKS(play, REQUEST_PLAY)
ASKS(rewind, REQUEST_REWIND)
ASKS(restart, REQUEST_RESTART)
ASKS(keep, REQUEST_KEEP)
ASKS(reload, REQUEST_RELOAD)
ASKS(recover, REQUEST_RECOVER)
ASKS(forget, REQUEST_FORGET)

/* name, usage, help, words that may follow, example, group, kind, function */
static const struct command commands[] = {
    {"net", "net WIDTH WIDTH ...",
     "make a new network with layers of these widths, without data; '8x1000' is a thousand "
     "layers of 8",
     NULL, "net 2 3 1", GROUP_NETWORK, COMMAND_QUICK, run_net},
    {"activation", "activation [LAYER] NAME", "set the activation of every layer, or of one",
     "<activation>", "activation 2 sigmoid", GROUP_NETWORK, COMMAND_QUICK | COMMAND_COMPARE,
     run_activation},
    {"cost", "cost NAME", "set the cost", "<cost>", "cost mse", GROUP_NETWORK,
     COMMAND_QUICK | COMMAND_COMPARE, run_cost},
    {"bias", "bias on|off", "give every neuron a bias, or none", "on off", "bias on", GROUP_NETWORK,
     COMMAND_QUICK | COMMAND_COMPARE, run_bias},
    {"step0", "step0 VALUE", "set Step(0), the slope of ReLU at z = 0, from 0 to 1", NULL,
     "step0 0.5", GROUP_NETWORK, COMMAND_QUICK | COMMAND_COMPARE, run_setting},
    {"combine", "combine on|off",
     "merge the backward equations that can be merged (B0 with B1, B2 with B1)", "on off",
     "combine on", GROUP_NETWORK, COMMAND_QUICK, run_combine},
    {"init", "init NAME [VALUE] [seed N]", "set all weights anew; biases become 0",
     "<initializer> seed", "init he seed 7", GROUP_NETWORK, COMMAND_QUICK | COMMAND_COMPARE,
     run_init},
    {"freeze", "freeze bias|W0", "keep the biases, or a weight matrix, as they are in updates",
     "bias <quantity>", "freeze W0", GROUP_NETWORK, COMMAND_QUICK, run_freeze},
    {"thaw", "thaw bias|W0", "let updates change them again", "bias <quantity>", "thaw W0",
     GROUP_NETWORK, COMMAND_QUICK, run_thaw},

    {"step", "step [N] [GRAIN]", "a step on; from the end of the walk, on to the next iteration",
     "<grain>", "step 2 equation", GROUP_WALK, COMMAND_QUICK, run_step},
    {"back", "back [N] [GRAIN]", "a step back", "<grain>", "back", GROUP_WALK, COMMAND_QUICK,
     run_back},
    {"goto", "goto START|END|QUANTITY|MARK|N [element M]|update N",
     "go to a place of the walk (after N steps, and M elements of the next), to a mark of the "
     "scene, or to an update made before",
     "START END update <quantity> <mark> element", "goto dW1", GROUP_WALK, COMMAND_QUICK, run_goto},
    {"grain", "grain element|equation|layer|pass", "choose how far a step goes", "<grain>",
     "grain layer", GROUP_WALK, COMMAND_QUICK, run_grain},

    {"data", "data NAME [samples N] [noise X] [seed S]",
     "train on a data set: a generated one, 'data csv FILE [COLUMN...]', 'data none'",
     "<dataset> csv none samples noise seed <file>", "data xor", GROUP_TRAIN, COMMAND_STATE,
     run_data},
    {"sample", "sample N", "show row N of the data set", NULL, "sample 1", GROUP_TRAIN,
     COMMAND_QUICK, run_sample},
    {"batch", "batch N|all", "make every update from N samples: from their mean gradient", "all",
     "batch all", GROUP_TRAIN, COMMAND_QUICK, run_batch},
    {"shuffle", "shuffle on|off [seed N]", "take the rows in another order in every epoch",
     "on off seed", "shuffle on seed 3", GROUP_TRAIN, COMMAND_QUICK, run_shuffle},
    {"validation", "validation SHARE [seed N]",
     "hold out this share of the rows: they are never trained on", "seed", "validation 0",
     GROUP_TRAIN, COMMAND_QUICK, run_validation},
    {"train", "train [N [epochs]]", "do N updates (1 unless given), or the updates of N epochs",
     "epochs", "train 10", GROUP_TRAIN, 0, run_train},
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
    {"undo", "undo", "take the last change back", NULL, NULL, GROUP_TRAIN, 0, ask_undo},
    {"redo", "redo", "do the change again that undo took back", NULL, NULL, GROUP_TRAIN, 0,
     ask_redo},

    {"print", "print EXPRESSION", "write a value with the fewest digits that read back",
     "<quantity> <function>", "print dW0[1,2]", GROUP_LOOK, COMMAND_QUICK, run_print},
    {"explain", "explain [path] QUANTITY [LEVELS|all]",
     "show why a number is what it is: the tree of equations behind it (2 levels unless given); "
     "'path' lists the ways of a gradient to the cost, the largest product first",
     "path <quantity> all", "explain dW0[1,2]", GROUP_LOOK, COMMAND_QUICK, run_explain},
    {"unfold", "unfold", "open the marked row of the tree of 'explain'", NULL, NULL, GROUP_LOOK, 0,
     ask_unfold},
    {"unfold-level", "unfold-level", "open the next level of the tree beneath the marked row", NULL,
     NULL, GROUP_LOOK, 0, ask_unfold_level},
    {"fold", "fold", "close the marked row of the tree, or go to the one it stands beneath", NULL,
     NULL, GROUP_LOOK, 0, ask_fold},
    {"resolve", "resolve QUANTITY [DEPTH|all]",
     "put equations into each other, once unless given: the formula in symbols, then in numbers",
     "<quantity> all", "resolve dW0[1,2] 2", GROUP_LOOK, COMMAND_QUICK, run_resolve},
    {"watch", "watch EXPRESSION", "keep the value of an expression on the screen",
     "<quantity> <function>", "watch norm(dW0)", GROUP_LOOK, COMMAND_QUICK, run_watch},
    {"unwatch", "unwatch EXPRESSION|N|all", "take a watched expression away, or the N-th, or all",
     "all <quantity> <function>", "unwatch all", GROUP_LOOK, COMMAND_QUICK, run_unwatch},
    {"gradcheck", "gradcheck [N]",
     "compare every gradient, or N of them, with central differences of the cost", NULL,
     "gradcheck", GROUP_LOOK, 0, run_gradcheck},
    {"view", "view walk|flow|training|weights|next",
     "choose the screen: the equations, the gradients of all layers, the cost over the updates, "
     "or weights beside their gradient",
     "<screen> next", "view flow", GROUP_LOOK, COMMAND_QUICK, run_view},
    {"compare", "compare COMMAND|off",
     "show beside the network what another activation, cost, init ... would make of it",
     "<comparison> off", "compare activation sigmoid", GROUP_LOOK, COMMAND_QUICK, run_compare},
    {"axis", "axis log|linear|blocks|braille", "choose how the curves of the training are drawn",
     "log linear blocks braille", "axis log blocks", GROUP_LOOK, COMMAND_QUICK, run_axis},
    {"output", "output N", "choose the output that is shown over the inputs", NULL, "output 1",
     GROUP_LOOK, COMMAND_QUICK, run_output},
    {"pick", "pick [QUANTITY|MOVE [N]|off]",
     "point at a number that can be set, to nudge it; alone, at what the equation is about",
     "<quantity> <move> off", "pick W0[1,2]", GROUP_LOOK, COMMAND_QUICK, run_pick},
    {"nudge", "nudge [+|-][N] | step X|*10|/10",
     "change the picked number by N steps, or change the step", "+ - step", "nudge step 0.01",
     GROUP_LOOK, COMMAND_QUICK, run_nudge},
    {"edit", "edit", "type a new value of the picked number", NULL, NULL, GROUP_LOOK, 0, run_edit},
    {"scroll", "scroll DIRECTION [N]",
     "move the part of the weights, the page or the list that is seen; 'scroll off' goes with the "
     "walk again",
     "<direction>", "scroll down 3", GROUP_LOOK, COMMAND_QUICK, run_scroll},
    {"digits", "digits N", "set the decimals of numbers on the screen", NULL, "digits 4",
     GROUP_LOOK, COMMAND_QUICK, run_digits},
    {"expect", "expect A [~ B [tol T]]",
     "fail unless A holds, or is within T of B (1e-9 unless given)", "<quantity> <function> tol",
     "expect norm(W0) > 0", GROUP_LOOK, COMMAND_QUICK, run_expect},

    {"title", "title TEXT", "set the title of the scene", NULL, "title One neuron", GROUP_SCENE,
     COMMAND_QUICK | COMMAND_REST, run_title},
    {"say", "say TEXT", "set the narration; without a text, clear it", NULL, "say Look at z.",
     GROUP_SCENE, COMMAND_QUICK | COMMAND_REST, run_say},
    {"story", "story", "show the narration, or the question, whole as a page", NULL, NULL,
     GROUP_SCENE, 0, run_story},
    {"pause", "pause", "stop the scene here until the user goes on", NULL, NULL, GROUP_SCENE, 0,
     ask_pause},
    {"ask", "ask [new] NAME [TEXT]",
     "ask the learner for a value: it is hidden until it is answered or shown", "new <quantity>",
     "ask z1[2] What enters neuron 2?", GROUP_SCENE, COMMAND_QUICK | COMMAND_REST, run_ask},
    {"answer", "answer EXPRESSION", "answer the question, with a number or an expression",
     "<quantity> <function>", NULL, GROUP_SCENE, COMMAND_QUICK, run_answer},
    {"hint", "hint", "a hint for the question: its symbols, its numbers, its result", NULL, NULL,
     GROUP_SCENE, 0, run_hint},
    {"wait", "wait SECONDS", "let the scene wait", NULL, "wait 1.5", GROUP_SCENE, 0, run_wait},
    {"mark", "mark NAME", "name this place of the scene", NULL, "mark start-here", GROUP_SCENE, 0,
     run_mark},
    {"include", "include FILE",
     "put the lines of another scene here: of a file in the scene's folder, or of a built-in one",
     "<file>", NULL, GROUP_SCENE, 0, run_include},
    {"continue", "continue", "go on to the scene's next pause; without a scene, a step on", NULL,
     NULL, GROUP_SCENE, 0, ask_continue},
    {"previous", "previous", "go back to the pause before", NULL, NULL, GROUP_SCENE, 0,
     ask_previous},
    {"next-mark", "next-mark", "go to the scene's next mark", NULL, NULL, GROUP_SCENE, 0,
     ask_next_mark},
    {"previous-mark", "previous-mark", "go to the mark before", NULL, NULL, GROUP_SCENE, 0,
     ask_previous_mark},
    {"type", "type COMMAND",
     "show a command being typed at the prompt, with what it would do, then do it", "<command>",
     "type W0[1,2] = 0.5", GROUP_SCENE, COMMAND_QUICK, run_type},
    {"play", "play", "let the scene play by itself; again: wait at pauses", NULL, NULL, GROUP_SCENE,
     0, ask_play},
    {"keep", "keep", "go on in the scene with what you have made, not with what it had", NULL, NULL,
     GROUP_SCENE, 0, ask_keep},
    {"reload", "reload", "read the scene's file anew, and go to the pause where it stands", NULL,
     NULL, GROUP_SCENE, 0, ask_reload},
    {"rewind", "rewind", "go back to where the scene stood before: a pause, a wait, typing", NULL,
     NULL, GROUP_SCENE, 0, ask_rewind},
    {"restart", "restart", "play the scene from its start", NULL, NULL, GROUP_SCENE, 0,
     ask_restart},
    {"seek", "seek PERCENT%|MARK", "go to a share of the scene's time, or to a mark", "<mark>",
     "seek 50%", GROUP_SCENE, 0, run_seek},
    {"speed", "speed FACTOR|faster|slower", "play the scene this many times as fast",
     "faster slower", "speed 2", GROUP_SCENE, 0, run_speed},
    {"allow", "allow [no]", "let this scene write files, which it asked for; or do not", "no", NULL,
     GROUP_SCENE, 0, run_allow},
    {"menu", "menu", "show the list of scenes", NULL, NULL, GROUP_SCENE, 0, ask_menu},

    {"import", "import [NAME] FILE",
     "take the weights of a file ('.safetensors', '.npz'), or one matrix ('.npy', '.csv')",
     "<quantity> <file>", NULL, GROUP_FILE, 0, run_import},
    {"save", "save FILE",
     "write the whole state as a scene that 'load' restores to the last bit; no other file is "
     "overwritten",
     "<file>", "save -", GROUP_FILE, 0, run_save},
    {"load", "load FILE", "go to the state that 'save' wrote", "<file>", NULL, GROUP_FILE, 0,
     run_load},
    {"export", "export FORMAT [NAME] FILE",
     "write a file for other programs; '-' is standard output", "<format> <quantity> <file>",
     "export json -", GROUP_FILE, 0, run_export},

    {"recover", "recover", "bring back what was done in a session that was cut off", NULL, NULL,
     GROUP_FILE, 0, ask_recover},
    {"forget", "forget", "drop what was kept of a session that was cut off", NULL, NULL, GROUP_FILE,
     0, ask_forget},

    {"choose", "choose [N]", "open the marked row of the menu or the tree, or row N", NULL, NULL,
     GROUP_SCENE, 0, run_choose},
    {"close", "close", "close the page, the tree or the menu, or what a scene shows of a number",
     NULL, NULL, GROUP_SCENE, 0, run_close},

    {"set", "set SETTING VALUE", "change a setting of the program",
     "<setting> <theme> on off <grain>", "set labels on", GROUP_META, COMMAND_QUICK, run_set},
    {"bind", "bind [MODE] KEY COMMAND", "let a key run a command, everywhere or in one mode",
     "<mode> <key> <command>", "bind F5 train 10", GROUP_META, COMMAND_REST, run_bind},
    {"unbind", "unbind [MODE] KEY", "let a key do nothing", "<mode> <key>", "unbind F5", GROUP_META,
     0, run_unbind},
    {"help", "help [COMMAND|TOPIC]",
     "list the commands, or tell about one; 'help names', 'help keys'",
     "<command> names keys functions <topic>", "help step", GROUP_META, 0, run_help},
    {"prompt", "prompt", "open the prompt", NULL, NULL, GROUP_META, 0, ask_prompt},
    {"redraw", "redraw", "draw the screen again", NULL, NULL, GROUP_META, 0, ask_redraw},
    {"quit", "quit [now]", "leave; with 'now', without asking", "now", NULL, GROUP_META, 0,
     run_quit},
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

const struct command *command_assignment(void) {
    return &assignment;
}

const struct command *command_named(const char *name, size_t length) {
    for (size_t i = 0; i < sizeof commands / sizeof *commands; i++) {
        if (strlen(commands[i].name) == length && memcmp(commands[i].name, name, length) == 0) {
            return &commands[i];
        }
    }
    return NULL;
}
