/*
 * lang/synonym.c - what other programs, books and habits call the words of the language:
 * a refusal names what is right. A row stands for the kind of word that was looked for; a
 * test runs through all of them and proves that what they name is there.
 *
 * What follows from other tables needs no row: the name of an activation typed as a
 * command, or an option of one. See lang/refuse.c.
 */
#include "lang/synonym.h"

#include <string.h>

#include "base/table.h"

static const struct synonym_row synonyms[] = {
    /* network */
    {"command",
     {"network layers layer model new create mlp nn topology architecture neurons nodes",
      "net WIDTH WIDTH ...", NULL}},
    {"command",
     {"loss error objective criterion lossfunction costfunction", "cost NAME", "print C"}},
    {"command", {"nonlinearity transfer activations", "activation NAME", NULL}},
    {"command", {"let var assign", "x = NUMBERS", NULL}},
    {"command", {"input inputs features feature", "x = NUMBERS", "print x"}},
    {"command", {"target targets label truth", "y = NUMBERS", "print y"}},
    {"command",
     {"weights weight w theta parameters params matrix matrices", "view weights", "print W0"}},
    {"command", {"biases", "bias on", "b0 = NUMBERS"}},
    {"command",
     {"randomize random rand initialize initialise initializer weightinit", "init NAME seed N",
      NULL}},
    /* walk */
    {"command", {"forward forwards feedforward forwardpass", "step", "step pass"}},
    {"command", {"predict evaluate compute", "goto END", "print yhat"}},
    {"command",
     {"backprop backpropagate backpropagation backwardpass bp", "step pass", "goto END"}},
    {"command", {"backward backwards", "back", "step pass"}},
    {"command", {"next advance", "step", "continue"}},
    {"command", {"prev", "back", "previous"}},
    {"command", {"go jump", "goto QUANTITY", "goto END"}},
    {"command", {"start begin first", "goto START", "restart"}},
    {"command", {"end last finish", "goto END", NULL}},
    /* training */
    {"command", {"fit learn run iterate iterations epochs", "train N", "train N epochs"}},
    {"command", {"repeat loop for while", "train N", "until CONDITION"}},
    {"command", {"learning learningrate eta alpha stepsize rate", "lr VALUE", NULL}},
    {"command", {"batchsize minibatch minibatches", "batch N", "batch all"}},
    {"command", {"mu", "momentum VALUE", NULL}},
    {"command", {"solver optim optimiser algorithm", "optimizer NAME", NULL}},
    {"command",
     {"regularization regularisation l2 weightdecay lambda penalty", "decay VALUE", NULL}},
    {"command", {"clipping clipnorm gradclip", "clip VALUE", NULL}},
    {"command", {"dataset datasets", "data NAME", "data csv FILE"}},
    {"command", {"split holdout", "validation SHARE", NULL}},
    {"command", {"accuracy score metric metrics", "print meanC", "validation SHARE"}},
    {"command", {"clear cls clean", "reset", "redraw"}},
    {"command", {"delete remove del rm", "undo", "unwatch EXPRESSION"}},
    {"command", {"revert restore", "undo", "reset"}},
    /* looking */
    {"command", {"show display see what value get cat", "print EXPRESSION", "view SCREEN"}},
    {"command", {"plot graph chart curve figure map plane", "view training", NULL}},
    {"command", {"gradient gradients grad grads derivative derivatives", "print dW0", "view flow"}},
    {"command", {"delta deltas", "print dz1", NULL}},
    {"command", {"outputs prediction predictions", "print yhat", "output N"}},
    {"command", {"why how", "explain QUANTITY", "help why"}},
    {"command", {"monitor track", "watch EXPRESSION", NULL}},
    {"command", {"check verify test gradientcheck", "gradcheck", "expect A ~ B"}},
    {"command", {"precision decimals round", "digits N", NULL}},
    /* scenes, files, program */
    {"command",
     {"scene scenes lesson lessons example examples demo demos list", "menu", "help scenes"}},
    {"command", {"tutorial guide intro introduction", "help tour", "menu"}},
    {"command", {"open", "load FILE", "menu"}},
    {"command", {"read", "load FILE", "data csv FILE"}},
    {"command", {"write store dump", "save FILE", "export FORMAT FILE"}},
    {"command", {"sleep delay", "wait SECONDS", NULL}},
    {"command", {"echo text", "say TEXT", NULL}},
    {"command", {"question quiz", "ask NAME", NULL}},
    {"command", {"exit bye q wq qa leave logout stop abort", "quit", NULL}},
    {"command", {"man info usage commands doc docs manual", "help", NULL}},
    {"command", {"keys shortcuts keybindings", "help keys", NULL}},
    {"command", {"names quantities quantity variables vars", "help names", NULL}},
    {"command", {"functions", "help functions", NULL}},
    {"command",
     {"on off settings options config configure preferences", "set SETTING VALUE",
      "help configuration"}},
    {"command", {"color colour colors colours", "set theme NAME", NULL}},
    /* rows of tables */
    {"activation", {"identity none", "linear", NULL}},
    {"activation", {"logistic sig", "sigmoid", NULL}},
    {"activation", {"swish", "silu", NULL}},
    {"activation", {"lrelu leakyrelu", "leaky", NULL}},
    {"activation", {"hyperbolic hyperbolictangent tan", "tanh", NULL}},
    {"cost", {"squared quadratic sse l2", "half-squared", "mse"}},
    {"cost", {"meansquared meansquarederror", "mse", NULL}},
    {"cost", {"ce nll logloss categorical categoricalcrossentropy", "cross-entropy", NULL}},
    {"cost", {"binary binarycrossentropy logistic", "bce", NULL}},
    {"optimizer", {"gd gradientdescent vanilla plain", "sgd", NULL}},
    {"optimizer", {"nag", "nesterov", NULL}},
    {"initializer", {"random rand randn gaussian", "normal", "uniform"}},
    {"initializer", {"zero zeros one ones", "constant VALUE", NULL}},
    {"initializer", {"glorot", "xavier", NULL}},
    {"initializer", {"kaiming msra", "he", NULL}},
    {"dataset", {"file", "csv FILE", NULL}},
    {"dataset", {"off no remove clear", "none", NULL}},
    {"format", {"png svg html picture image screenshot", "frame FILE", NULL}},
    {"format", {"weights weight parameters", "safetensors FILE", "npz FILE"}},
    {"format", {"pytorch pt pth", "torch FILE", "safetensors FILE"}},
    {"grain", {"neuron number cell", "element", NULL}},
    {"screen", {"curve cost loss plot history map plane", "training", NULL}},
    {"screen", {"gradients gradient layers", "flow", NULL}},
    {"screen", {"network equations equation main", "walk", NULL}},
    {"setting", {"color colour colors colours", "theme", NULL}},
    {"setting", {"precision decimals", "digits", NULL}},
};

const struct synonym_row *synonym_at(size_t index) {
    return TABLE_AT(synonyms, index);
}

bool synonym_consider(struct nearest *nearest, const char *kind) {
    for (size_t i = 0; i < TABLE_COUNT(synonyms); i++) {
        if (strcmp(synonyms[i].kind, kind) == 0 && nearest_means(nearest, &synonyms[i].synonym)) {
            return true;
        }
    }
    return false;
}
