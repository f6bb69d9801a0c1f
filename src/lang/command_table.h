/*
 * lang/command_table.h - the commands, a row each, in the order of the manual. One row and
 * one function, in a file of this room, make a command: the prompt, scenes, keys, -e,
 * completion, help and the manual find it here. Private to lang/.
 *
 * Included wherever something is made of the rows, with these two defined:
 *
 *   COMMAND(function, name, usage, help, words that may follow, example, group, flags)
 *   ASK(request, name, help, group)    a command that only asks something of whoever runs it
 *
 * For what each is, see struct command.
 */
COMMAND(run_net, "net", "net WIDTH WIDTH ...",
        "make a new network with layers of these widths, without data; '8x1000' is a thousand "
        "layers of 8",
        NULL, "net 2 3 1", GROUP_NETWORK, COMMAND_QUICK)
COMMAND(run_activation, "activation", "activation [LAYER] NAME",
        "set the activation of every layer, or of one", "<activation>", "activation 2 sigmoid",
        GROUP_NETWORK, COMMAND_QUICK | COMMAND_COMPARE)
COMMAND(run_cost, "cost", "cost NAME", "set the cost", "<cost>", "cost mse", GROUP_NETWORK,
        COMMAND_QUICK | COMMAND_COMPARE)
COMMAND(run_bias, "bias", "bias on|off", "give every neuron a bias, or none", "on off", "bias on",
        GROUP_NETWORK, COMMAND_QUICK | COMMAND_COMPARE)
COMMAND(run_setting, "step0", "step0 VALUE", "set Step(0), the slope of ReLU at z = 0, from 0 to 1",
        NULL, "step0 0.5", GROUP_NETWORK, COMMAND_QUICK | COMMAND_COMPARE)
COMMAND(run_combine, "combine", "combine on|off",
        "merge the backward equations that can be merged (B0 with B1, B2 with B1)", "on off",
        "combine on", GROUP_NETWORK, COMMAND_QUICK)
COMMAND(
    run_init, "init", "init NAME [VALUE] [seed N]",
    "set all weights anew, and begin the training anew: biases, the optimizer's moments and the "
    "count of updates become 0",
    "<initializer> seed", "init he seed 7", GROUP_NETWORK, COMMAND_QUICK | COMMAND_COMPARE)
COMMAND(run_freeze, "freeze", "freeze bias|W0",
        "keep the biases, or a weight matrix, as they are in updates", "bias <quantity>",
        "freeze W0", GROUP_NETWORK, COMMAND_QUICK)
COMMAND(run_thaw, "thaw", "thaw bias|W0", "let updates change them again", "bias <quantity>",
        "thaw W0", GROUP_NETWORK, COMMAND_QUICK)

COMMAND(run_step, "step", "step [N] [GRAIN]",
        "a step on; from the end of the walk, on to the next iteration", "<grain>",
        "step 2 equation", GROUP_WALK, COMMAND_QUICK)
COMMAND(run_back, "back", "back [N] [GRAIN]", "a step back", "<grain>", "back", GROUP_WALK,
        COMMAND_QUICK)
COMMAND(run_goto, "goto", "goto START|END|[new] QUANTITY|MARK|N [element M]|update N",
        "go to a place of the walk (where a quantity is computed, or after N steps, and M "
        "elements of the next), to a mark of the scene, or to an update made before",
        "START END update new <quantity> <mark> element", "goto dW1", GROUP_WALK, COMMAND_QUICK)
COMMAND(run_grain, "grain", "grain element|equation|layer|pass", "choose how far a step goes",
        "<grain>", "grain layer", GROUP_WALK, COMMAND_QUICK)

COMMAND(run_data, "data", "data NAME [samples N] [noise X] [seed S]",
        "train on a data set: a generated one, 'data csv FILE [COLUMN...]', 'data none'",
        "<dataset> samples noise seed <file>", "data xor", GROUP_TRAIN, COMMAND_STATE)
COMMAND(run_sample, "sample", "sample N", "show row N of the data set", NULL, NULL, GROUP_TRAIN,
        COMMAND_QUICK)
COMMAND(run_batch, "batch", "batch N|all",
        "make every update from N samples: from their mean gradient", "all", "batch all",
        GROUP_TRAIN, COMMAND_QUICK)
COMMAND(run_shuffle, "shuffle", "shuffle on|off [seed N]",
        "take the rows in another order in every epoch", "on off seed", "shuffle on seed 3",
        GROUP_TRAIN, COMMAND_QUICK)
COMMAND(run_validation, "validation", "validation SHARE [seed N]",
        "hold out this share of the rows: they are never trained on", "seed", "validation 0",
        GROUP_TRAIN, COMMAND_QUICK)
COMMAND(run_train, "train", "train [N [epochs]]",
        "do N updates (1 unless given), or the updates of N epochs", "epochs", "train 10",
        GROUP_TRAIN, 0)
COMMAND(run_until, "until", "until CONDITION [max N]",
        "train until the condition holds, 10000 updates at most unless given", "<quantity> max",
        "until C < 0.01 max 100", GROUP_TRAIN, 0)
COMMAND(run_optimizer, "optimizer", "optimizer NAME",
        "choose the rule of the update; its moments start anew", "<optimizer>", "optimizer adam",
        GROUP_TRAIN, COMMAND_QUICK)
COMMAND(run_setting, "lr", "lr VALUE", "set the learning rate", NULL, "lr 0.05", GROUP_TRAIN,
        COMMAND_QUICK | COMMAND_COMPARE)
COMMAND(run_setting, "momentum", "momentum VALUE", "set the momentum of 'momentum' and 'nesterov'",
        NULL, "momentum 0.8", GROUP_TRAIN, COMMAND_QUICK | COMMAND_COMPARE)
COMMAND(run_setting, "decay", "decay VALUE", "set the weight decay (L2); 0 is off", NULL,
        "decay 0.01", GROUP_TRAIN, COMMAND_QUICK | COMMAND_COMPARE)
COMMAND(run_setting, "clip", "clip VALUE", "set the largest norm of the gradient; 0 is off", NULL,
        "clip 1", GROUP_TRAIN, COMMAND_QUICK | COMMAND_COMPARE)
COMMAND(run_reset, "reset", "reset",
        "go back to the network after the last net, init, import or load", NULL, "reset",
        GROUP_TRAIN, COMMAND_QUICK)
ASK(REQUEST_UNDO, "undo", "take the last change back", GROUP_TRAIN)
ASK(REQUEST_REDO, "redo", "do the change again that undo took back", GROUP_TRAIN)

COMMAND(run_print, "print", "print EXPRESSION",
        "write a value with the fewest digits that read back", "<quantity> <function>",
        "print dW0[1,2]", GROUP_LOOK, COMMAND_QUICK)
COMMAND(run_explain, "explain", "explain [path] QUANTITY [LEVELS|all]",
        "show why a number is what it is: the tree of equations behind it (2 levels unless given); "
        "'path' lists the ways of a gradient to the cost, the largest product first",
        "path <quantity> all", "explain dW0[1,2]", GROUP_LOOK, COMMAND_QUICK)
ASK(REQUEST_UNFOLD, "unfold", "open the marked row of the tree of 'explain'", GROUP_LOOK)
ASK(REQUEST_UNFOLD_LEVEL, "unfold-level", "open the next level of the tree beneath the marked row",
    GROUP_LOOK)
ASK(REQUEST_FOLD, "fold", "close the marked row of the tree, or go to the one it stands beneath",
    GROUP_LOOK)
COMMAND(run_resolve, "resolve", "resolve QUANTITY [DEPTH|all]",
        "put equations into each other, once unless given: the formula in symbols, then in numbers",
        "<quantity> all", "resolve dW0[1,2] 2", GROUP_LOOK, COMMAND_QUICK)
COMMAND(run_watch, "watch", "watch EXPRESSION", "keep the value of an expression on the screen",
        "<quantity> <function>", "watch norm(dW0)", GROUP_LOOK, COMMAND_QUICK)
COMMAND(run_unwatch, "unwatch", "unwatch EXPRESSION|N|all",
        "take a watched expression away, or the N-th, or all", "all <quantity> <function>",
        "unwatch all", GROUP_LOOK, COMMAND_QUICK)
COMMAND(run_gradcheck, "gradcheck", "gradcheck [N]",
        "compare every gradient, or N of them, with central differences of the cost", NULL,
        "gradcheck", GROUP_LOOK, 0)
COMMAND(run_view, "view", "view walk|flow|training|weights|next",
        "choose the screen: the equations, the gradients of all layers, the cost over the updates, "
        "or weights beside their gradient",
        "<screen> next", "view flow", GROUP_LOOK, COMMAND_QUICK)
COMMAND(run_compare, "compare", "compare COMMAND|off",
        "show beside the network what another activation, cost, init, lr ... would make of it",
        "<comparison> off", "compare activation sigmoid", GROUP_LOOK, COMMAND_QUICK)
COMMAND(run_axis, "axis", "axis log|linear|blocks|braille",
        "choose how the curves of the training are drawn", "log linear blocks braille",
        "axis log blocks", GROUP_LOOK, COMMAND_QUICK)
COMMAND(run_output, "output", "output N", "choose the output that is shown over the inputs", NULL,
        "output 1", GROUP_LOOK, COMMAND_QUICK)
COMMAND(run_pick, "pick", "pick [QUANTITY|MOVE [N]|off]",
        "point at a number that can be set, to nudge it; alone, at what the equation is about",
        "<quantity> <move> off", "pick W0[1,2]", GROUP_LOOK, COMMAND_QUICK)
COMMAND(run_nudge, "nudge", "nudge [+|-][N] | step X|*10|/10",
        "change the picked number by N steps, or change the step", "+ - step", "nudge step 0.01",
        GROUP_LOOK, COMMAND_QUICK)
COMMAND(run_edit, "edit", "edit", "type a new value of the picked number", NULL, NULL, GROUP_LOOK,
        0)
COMMAND(run_scroll, "scroll", "scroll DIRECTION [N]",
        "move the part of the weights, the page or the list that is seen; 'scroll off' goes with "
        "the walk again",
        "<direction>", "scroll down 3", GROUP_LOOK, COMMAND_QUICK)
COMMAND(run_digits, "digits", "digits N", "set the decimals of numbers on the screen", NULL,
        "digits 4", GROUP_LOOK, COMMAND_QUICK)
COMMAND(run_expect, "expect", "expect A [~ B [tol T]]",
        "fail unless A holds, or is within T of B (1e-9 unless given)", "<quantity> <function> tol",
        "expect norm(W0) > 0", GROUP_LOOK, COMMAND_QUICK)

COMMAND(run_title, "title", "title TEXT", "set the title of the scene", NULL, "title One neuron",
        GROUP_SCENE, COMMAND_QUICK | COMMAND_REST)
COMMAND(run_say, "say", "say TEXT", "set the narration; without a text, clear it", NULL,
        "say Look at z.", GROUP_SCENE, COMMAND_QUICK | COMMAND_REST)
COMMAND(run_story, "story", "story", "show the narration, or the question, whole as a page", NULL,
        NULL, GROUP_SCENE, 0)
ASK(REQUEST_PAUSE, "pause", "stop the scene here until the user goes on", GROUP_SCENE)
COMMAND(run_ask, "ask", "ask [new] NAME [TEXT]",
        "ask the learner for a value: it is hidden until it is answered or shown", "new <quantity>",
        "ask z1[2] What enters neuron 2?", GROUP_SCENE, COMMAND_QUICK | COMMAND_REST)
COMMAND(run_answer, "answer", "answer EXPRESSION",
        "answer the question, with a number or an expression", "<quantity> <function>", NULL,
        GROUP_SCENE, COMMAND_QUICK)
COMMAND(run_hint, "hint", "hint", "a hint for the question: its symbols, its numbers, its result",
        NULL, NULL, GROUP_SCENE, 0)
COMMAND(run_wait, "wait", "wait SECONDS", "let the scene wait", NULL, "wait 1.5", GROUP_SCENE, 0)
COMMAND(run_mark, "mark", "mark NAME", "name this place of the scene", NULL, "mark start-here",
        GROUP_SCENE, 0)
COMMAND(
    run_include, "include", "include FILE",
    "put the lines of another scene here: of a file in the scene's folder, or of a built-in one",
    "<file>", NULL, GROUP_SCENE, 0)
ASK(REQUEST_CONTINUE, "continue", "go on to the scene's next pause; without a scene, a step on",
    GROUP_SCENE)
ASK(REQUEST_PREVIOUS, "previous", "go back to the pause before", GROUP_SCENE)
ASK(REQUEST_NEXT_MARK, "next-mark", "go to the scene's next mark", GROUP_SCENE)
ASK(REQUEST_PREVIOUS_MARK, "previous-mark", "go to the mark before", GROUP_SCENE)
COMMAND(run_type, "type", "type COMMAND",
        "show a command being typed at the prompt, with what it would do, then do it", "<command>",
        "type W0[1,2] = 0.5", GROUP_SCENE, COMMAND_QUICK)
ASK(REQUEST_PLAY, "play", "let the scene play by itself; again: wait at pauses", GROUP_SCENE)
ASK(REQUEST_KEEP, "keep", "go on in the scene with what you have made, not with what it had",
    GROUP_SCENE)
ASK(REQUEST_RELOAD, "reload", "read the scene's file anew, and go to the pause where it stands",
    GROUP_SCENE)
ASK(REQUEST_REWIND, "rewind", "go back to where the scene stood before: a pause, a wait, typing",
    GROUP_SCENE)
ASK(REQUEST_RESTART, "restart", "play the scene from its start", GROUP_SCENE)
COMMAND(run_seek, "seek", "seek PERCENT%|MARK", "go to a share of the scene's time, or to a mark",
        "<mark>", "seek 50%", GROUP_SCENE, 0)
COMMAND(run_speed, "speed", "speed FACTOR|faster|slower", "play the scene this many times as fast",
        "faster slower", "speed 2", GROUP_SCENE, 0)
COMMAND(run_allow, "allow", "allow [no]",
        "let this scene write files, which it asked for; or do not", "no", NULL, GROUP_SCENE, 0)
ASK(REQUEST_MENU, "menu", "show the list of scenes", GROUP_SCENE)

COMMAND(run_import, "import", "import [NAME] FILE",
        "take the weights of a file ('.safetensors', '.npz'), or one matrix ('.npy', '.csv')",
        "<quantity> <file>", NULL, GROUP_FILE, 0)
COMMAND(run_save, "save", "save FILE",
        "write the whole state as a scene that 'load' restores to the last bit; no other file is "
        "overwritten",
        "<file>", "save -", GROUP_FILE, 0)
COMMAND(run_load, "load", "load FILE", "go to the state that 'save' wrote", "<file>", NULL,
        GROUP_FILE, 0)
COMMAND(run_export, "export", "export FORMAT [NAME] FILE",
        "write a file for other programs; '-' is standard output ('backstep trace' writes LaTeX)",
        "<format> <quantity> <file>", "export json -", GROUP_FILE, 0)

ASK(REQUEST_RECOVER, "recover", "bring back what was done in a session that was cut off",
    GROUP_FILE)
ASK(REQUEST_FORGET, "forget", "drop what was kept of a session that was cut off", GROUP_FILE)

COMMAND(run_choose, "choose", "choose [N]", "open the marked row of the menu or the tree, or row N",
        NULL, NULL, GROUP_SCENE, 0)
COMMAND(run_close, "close", "close",
        "close the page, the tree or the menu, or what a scene shows of a number", NULL, NULL,
        GROUP_SCENE, 0)

COMMAND(run_set, "set", "set SETTING VALUE", "change a setting of the program",
        "<setting> <theme> on off <grain>", "set labels on", GROUP_META, COMMAND_QUICK)
COMMAND(run_bind, "bind", "bind [MODE] KEY COMMAND",
        "let a key run a command, or several with ';' between them, everywhere or in one mode",
        "<mode> <key> <command>", "bind F5 train 10; goto C", GROUP_META, COMMAND_REST)
COMMAND(run_unbind, "unbind", "unbind [MODE] KEY", "let a key do nothing", "<mode> <key>",
        "unbind F5", GROUP_META, 0)
COMMAND(run_help, "help", "help [COMMAND|TOPIC]",
        "list the commands, or tell about one; 'help names', 'help keys'",
        "<command> names keys functions <topic>", "help step", GROUP_META, 0)
ASK(REQUEST_PROMPT, "prompt", "open the prompt", GROUP_META)
ASK(REQUEST_REDRAW, "redraw", "draw the screen again", GROUP_META)
COMMAND(run_quit, "quit", "quit [now]", "leave; with 'now', without asking", "now", NULL,
        GROUP_META, 0)
