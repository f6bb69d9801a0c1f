/*
 * view/role.h - what a cell is, never what colour it has. A theme gives every
 * role a look for each depth of colour; see view/theme.h.
 */
#ifndef BACKSTEP_VIEW_ROLE_H
#define BACKSTEP_VIEW_ROLE_H

enum role {
    ROLE_TEXT,      /* plain text */
    ROLE_QUIET,     /* secondary text; the dot of what is not reached yet */
    ROLE_FRAME,     /* lines between panels */
    ROLE_HEADING,   /* panel titles */
    ROLE_TITLE,     /* the scene's title */
    ROLE_SAY,       /* narration */
    ROLE_FORWARD,   /* forward values: x z r C */
    ROLE_BACKWARD,  /* gradients: dr dz dW db */
    ROLE_UPDATE,    /* the update: learning rate, new weights */
    ROLE_WEIGHT,    /* weights and biases */
    ROLE_POSITIVE,  /* an amount above zero, where sign is the message */
    ROLE_NEGATIVE,  /* an amount below zero */
    ROLE_OPERAND_1, /* first operand of the present equation, everywhere it shows */
    ROLE_OPERAND_2, /* second operand */
    ROLE_OPERAND_3, /* third operand */
    ROLE_TARGET,    /* what the present equation computes */
    ROLE_CHANGED,   /* a value that an edit or an update changed */
    ROLE_PROMPT,    /* the line being typed */
    ROLE_HINT,      /* usage and live results under the prompt */
    ROLE_KEY,       /* the name of a key */
    ROLE_ERROR,     /* an error message */
    ROLE_WARNING,   /* a caution: not finite, off the script */
    ROLE_SELECTED,  /* the picked row of a menu, the picked weight */
    /* ROLE_HEAT_0 most negative ... + 5 zero ... + 10 most positive: the colour is the
     * background's, so draw a number or a sign on it, not a full block */
    ROLE_HEAT_0,
    ROLE_HEAT_10 = ROLE_HEAT_0 + 10,
    ROLE_COUNT
};

#endif
