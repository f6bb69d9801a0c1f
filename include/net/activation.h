/*
 * net/activation.h - the table of activations: r = f(z).
 *
 * One row is all there is to an activation: the functions that the engine calls
 * and the formulas that the program shows, in the language of the prompt. A
 * formula may use z (this neuron's), r (its output), Z (the z of the whole
 * layer) and sum(...) over the layer. A test holds both against each other, to
 * the bit. Source: equations.md, section 6.
 */
#ifndef BACKSTEP_NET_ACTIVATION_H
#define BACKSTEP_NET_ACTIVATION_H

#include <stdbool.h>
#include <stddef.h>

/* Activations of straight pieces, which are as fast as a comparison: the engine has
 * loops of their own for them. */
enum bend { BEND_OTHER, BEND_RELU, BEND_LEAKY, BEND_LINEAR };

struct activation {
    const char *name;          /* at the prompt: "relu" */
    const char *title;         /* on the screen: "ReLU" */
    const char *help;          /* half a sentence for lists */
    const char *formula;       /* f(z), as computed */
    const char *slope_formula; /* f'(z), as computed; NULL for a whole-layer activation */
    const char *torch;         /* the same as a module of PyTorch, in Python */
    bool step;                 /* its slope is a step: shown as Step(z), uses step0 at z = 0 */
    enum bend bend;
    bool kink; /* its slope, or that one's slope, breaks at z = 0 */

    double (*value)(double z);
    /* step0 is what Step(0) is; r = value(z) saves computing it again. */
    double (*slope)(double z, double r, double step0);
    /* Instead of the two: the whole layer at once, r[n] from z[n]. Allowed in the
     * last layer only, since its slope is a matrix: r_j (delta_jm - r_m). */
    void (*layer)(size_t n, const double *z, double *r);
};

/* Row `index`, NULL past the end. The first row is the default. */
const struct activation *activation_at(size_t index);

/* Functions that the expressions of the prompt know too, one definition each. */
double activation_relu(double z);
double activation_sigmoid(double z);
double activation_softplus(double z);
double normal_distribution(double z); /* Phi(z) */
double normal_density(double z);      /* phi(z) */

#endif
