/*
 * view/layout.c - where the panels lie.
 *
 *     title                                            80 x 24, the whole story
 *     place ──────────────────────────────
 *     equation
 *     ── network ────── ── neurons ───────
 *     ── weights ─────────────────────────
 *     watched expressions, where there are any
 *     narration
 *     what the letters stand for, where all of it fits
 *     message or prompt
 *     keys or hint
 *
 * Rows are handed out in the order of a table of demands, so that a smaller
 * screen drops panels, and rows of panels, from the end of that table: it does not
 * matter where the walk stands, and nothing jumps from step to step. Below
 * WIDE_COLS columns, or where the decimals that are asked for leave it no room, the
 * network gives way to the table of neurons.
 */
#include "base/table.h"
#include "panel.h"

enum {
    WIDE_COLS = 72,
    MANY = 48,         /* layers and neurons are not counted further than this */
    LAYER_CELLS = 6,   /* of the columns "layer" and neuron */
    DIAGRAM_COLS = 28, /* of the network beside the table, at least */
    LETTERS_KEPT = 8,  /* rows for what the letters stand for */
    GAP_ROOMY = 3,     /* blank rows between panels, where there is room to spare */
};

enum panel {
    TITLE,
    PLACE,
    EQUATION,
    MIDDLE,  /* neurons, and the network beside them where it is wide */
    NETWORK, /* by itself, where it is narrow */
    COST,    /* likewise; else it is the last row of the network */
    WEIGHTS,
    WATCH,
    SAY,
    LETTERS,
    PROMPT,
    KEYS,
    GAP_EQUATION, /* blank rows before a panel */
    GAP_MIDDLE,
    GAP_WEIGHTS,
    GAP_WATCH,
    GAP_SAY,
    GAP_LETTERS,
    GAP_PROMPT,
    PANELS
};

/* What the network would like to have. */
struct wishes {
    int neuron_rows; /* one a neuron, all layers */
    int widest;      /* neurons of the widest layer */
    int joint_rows;  /* weights: one heading and one row a neuron, the largest joint */
    int joints_rows; /* all joints */
    int joints;
    int watch_rows;
    int account_rows; /* in the place of the equation */
    int bias;         /* a row of biases under the last nodes of the network */
    int between;      /* a row more, where wires go between two layers of the widest kind */
    int alone, least; /* rows of the network by itself, and the fewest that are of use */
};

static int capped(size_t n) {
    return n < MANY ? (int)n : MANY;
}

static struct wishes wishes_of(const struct network *network) {
    struct wishes wishes = {.bias = network->bias ? 1 : 0};
    size_t last = network->K < MANY ? network->K : MANY;
    for (size_t k = 0; k <= last; k++) {
        int n = capped(network->layers[k].n);
        bool even = k > 0 && n > 1 && n == capped(network->layers[k - 1].n);
        wishes.between = n > wishes.widest    ? 0
                         : n == wishes.widest ? wishes.between || even
                                              : wishes.between;
        wishes.neuron_rows += n;
        wishes.widest = n > wishes.widest ? n : wishes.widest;
        if (k < network->K) {
            wishes.joints++;
            int rows = 1 + n + (network->bias ? 1 : 0);
            wishes.joint_rows = rows > wishes.joint_rows ? rows : wishes.joint_rows;
            wishes.joints_rows += rows;
        }
    }
    bool chain = wishes.widest == 1; /* its weights may stand beneath the wires */
    wishes.alone = 2 + (chain ? 2 : 2 * wishes.widest - 1) + wishes.bias + wishes.between;
    wishes.least = chain ? 3 + wishes.bias : 6;
    return wishes;
}

/* Up to `rows` rows in all for a panel, at least `least` of them or none. */
struct demand {
    enum panel panel;
    int rows, least;
};

static void grant(int sizes[PANELS], int *left, struct demand demand) {
    int more = demand.rows - sizes[demand.panel];
    more = more < *left ? more : *left;
    if (more <= 0 || sizes[demand.panel] + more < demand.least) {
        return;
    }
    sizes[demand.panel] += more;
    *left -= more;
}

static void grant_all(int sizes[PANELS], int *left, const struct demand *demands, size_t count) {
    for (size_t n = 0; n < count; n++) {
        grant(sizes, left, demands[n]);
    }
}

static int least_of(int a, int b) {
    return a < b ? a : b;
}

/* What a small screen shows, most needed first; 80 x 24 ends about here for the
 * network 2-3-2. */
static void share_story(int sizes[PANELS], int *left, bool wide, int middle,
                        const struct wishes *w) {
    const struct demand demands[] = {
        {PLACE, 1, 1},
        {PROMPT, 1, 1},
        {EQUATION, 1, 1},
        {MIDDLE, 3, 3},
        {EQUATION, 2, 1},
        {COST, wide ? 0 : 1, 1},
        {SAY, 1, 1},
        {MIDDLE, least_of(middle, 4), 1},
        {SAY, 2, 1},
        {EQUATION, 3, 1},
        {SAY, wide ? 2 : 3, 1},
        {TITLE, 1, 1},
        {KEYS, 1, 1},
        {WATCH, least_of(w->watch_rows, 1), 1},
        {WEIGHTS, least_of(w->joint_rows, 3), 2},
        {MIDDLE, least_of(middle, 8), 1},
        {EQUATION, w->account_rows, 1},
        {EQUATION, 4, 1},
        {WEIGHTS, least_of(w->joint_rows, 4), 2},
        {SAY, 3, 1},
        {WATCH, least_of(w->watch_rows, 3), 1},
        {MIDDLE, least_of(middle, 10), 1},
    };
    grant_all(sizes, left, demands, TABLE_COUNT(demands));
}

/* What a larger one shows besides. */
static void share_rest(int sizes[PANELS], int *left, int rows, bool wide, int middle,
                       const struct wishes *w) {
    int roomy = wide ? (rows < 50 ? 4 : 6) * w->widest + 3 + w->bias : middle;
    const struct demand demands[] = {
        {NETWORK, wide ? 0 : least_of(w->alone, 8), w->least},
        {EQUATION, 5, 1},
        {GAP_EQUATION, 1, 1},
        {GAP_MIDDLE, 1, 1},
        {GAP_WEIGHTS, 1, 1},
        {GAP_SAY, 1, 1},
        {GAP_WATCH, w->watch_rows > 0, 1},
        {GAP_PROMPT, 1, 1},
        {MIDDLE, least_of(wide ? middle + 2 : middle, 12), 1},
        {EQUATION, 6, 1},
        {WEIGHTS, least_of(w->joint_rows, 10), 2},
        {WEIGHTS, least_of(w->joints_rows, 12), 2},
        {MIDDLE, least_of(middle, 18), 1},
        {WATCH, w->watch_rows, 1},
        {SAY, 4, 1},
        {MIDDLE, least_of(roomy, rows / 2), 1},
        {MIDDLE, middle, 1},
        {EQUATION, rows < 36 ? 6 : 9, 1},
        {WEIGHTS, w->joints_rows, 2},
        {NETWORK, wide ? 0 : 16, 6},
    };
    grant_all(sizes, left, demands, TABLE_COUNT(demands));
}

/* On a screen that the network is too small for the diagram grows, and the panels stand
 * apart. Some rows stay for the letters, which come last and not in every step. */
static void share_spare(int sizes[PANELS], int *left, int rows, bool wide, const struct wishes *w) {
    int spare = *left > LETTERS_KEPT ? *left - LETTERS_KEPT : 0;
    int diagram = 10 * w->widest + 3 + w->bias, joints = w->joints_rows + w->joints - 1;
    int watch = w->watch_rows > 0 ? GAP_ROOMY : 0;
    bool grows = w->widest > 1 && diagram <= rows / 2;
    const struct demand demands[] = {
        {wide ? MIDDLE : NETWORK, grows ? diagram : 0, diagram},
        {WEIGHTS, joints, joints},
        {GAP_WEIGHTS, GAP_ROOMY, 1},
        {GAP_SAY, GAP_ROOMY, 1},
        {GAP_WATCH, watch, 1},
        {GAP_EQUATION, 2, 1},
    };
    *left -= spare;
    grant_all(sizes, &spare, demands, TABLE_COUNT(demands));
    *left += spare;
}

/* The letters have what is left, where that is enough for all of them. */
static void share_letters(int sizes[PANELS], int *left, const struct view *view,
                          const struct canvas *canvas) {
    if (*left > 0) {
        int rows = letters_rows(view->state, canvas->ascii, canvas->cols);
        grant(sizes, left, (struct demand){LETTERS, rows, rows});
        grant(sizes, left, (struct demand){GAP_LETTERS, sizes[LETTERS] > 0, 1});
    }
}

static void share_out(int sizes[PANELS], const struct view *view, const struct canvas *canvas,
                      bool wide, const struct wishes *w) {
    /* labels, nodes with a row between, y and C */
    int network = 2 * w->widest + 1 + w->bias + w->between;
    int middle = 1 + (w->neuron_rows > network || !wide ? w->neuron_rows : network);
    int left = canvas->rows;
    share_story(sizes, &left, wide, middle, w);
    share_rest(sizes, &left, canvas->rows, wide, middle, w);
    share_spare(sizes, &left, canvas->rows, wide, w);
    share_letters(sizes, &left, view, canvas);
    sizes[GAP_PROMPT] += left;
}

/* Columns of the table of neurons with all decimals, and no more. */
static int plain_cols(int digits) {
    return LAYER_CELLS - 1 + 5 * (digits + 4);
}

/* Network and neurons side by side. */
static bool is_wide(int cols, int digits) {
    return cols >= WIDE_COLS &&
           (digits <= DIGITS_DEFAULT || plain_cols(digits) + 1 + DIAGRAM_COLS <= cols);
}

/* Columns of the table of neurons: its five columns, as wide as there is room for. */
static int table_cols(int cols, int digits) {
    int pair = LAYER_CELLS + 5 * (2 * digits + 11);
    int roomy = LAYER_CELLS + 2 + 5 * (digits + 7);
    int plain = plain_cols(digits);
    if (cols - pair >= 80) {
        return pair;
    }
    if (cols - roomy >= 72) {
        return roomy;
    }
    int most = cols * 9 / 16;
    return plain < most || digits > DIGITS_DEFAULT ? plain : most;
}

/* The next `rows` rows. */
static struct rect take(int *row, int cols, int rows) {
    struct rect rect = {*row, 0, rows, rows > 0 ? cols : 0};
    *row += rows;
    return rect;
}

struct layout layout_of(const struct view *view, const struct canvas *canvas) {
    struct layout layout = {.wide = is_wide(canvas->cols, view->state->digits)};
    struct wishes wishes = wishes_of(&state_model(view->state)->network);
    int sizes[PANELS] = {0}, row = 0, cols = canvas->cols;
    wishes.watch_rows = watch_rows(view->state, cols);
    wishes.account_rows = account_rows(view->state, canvas->rows, cols);
    share_out(sizes, view, canvas, layout.wide, &wishes);
    layout.brief = wishes.account_rows > 0 && sizes[EQUATION] >= wishes.account_rows;
    layout.title = take(&row, cols, sizes[TITLE]);
    layout.place = take(&row, cols, sizes[PLACE]);
    row += sizes[GAP_EQUATION];
    layout.equation = take(&row, cols, sizes[EQUATION]);
    row += sizes[GAP_MIDDLE];
    layout.network = take(&row, cols, sizes[NETWORK]);
    layout.cost = take(&row, cols, sizes[COST]);
    layout.neurons = take(&row, cols, sizes[MIDDLE]);
    if (layout.wide && sizes[MIDDLE] > 0) {
        int table = table_cols(cols, view->state->digits);
        layout.network = layout.neurons;
        layout.network.cols = cols - table - 1;
        layout.neurons.col = cols - table;
        layout.neurons.cols = table;
        if (layout.network.rows > 3) {
            layout.network.rows--;
            layout.cost =
                (struct rect){layout.network.row + layout.network.rows, 0, 1, layout.network.cols};
        }
    }
    row += sizes[GAP_WEIGHTS];
    layout.weights = take(&row, cols, sizes[WEIGHTS]);
    row += sizes[GAP_WATCH];
    layout.watch = take(&row, cols, sizes[WATCH]);
    row += sizes[GAP_SAY];
    layout.say = take(&row, cols, sizes[SAY]);
    row += sizes[GAP_LETTERS];
    layout.letters = take(&row, cols, sizes[LETTERS]);
    row += sizes[GAP_PROMPT];
    layout.prompt = take(&row, cols, sizes[PROMPT]);
    layout.keys = take(&row, cols, sizes[KEYS]);
    return layout;
}
