/*
 * tests/support/fixture.c - a small program on term/ for the tests of term/.
 *
 * Row 0 shows the size and how many events came, row 1 the last event, row 2 a
 * letter in the look of each role, row 3 what Enter gave, row 4 the candidates
 * of Tab, the last row the prompt. Keys: ':' opens the prompt, 'q' quits, 'S'
 * writes through a null pointer, 'A' aborts, 'X' exits without closing, 'T'
 * works until it is interrupted, 'O' closes the terminal and opens it again,
 * 'W' shows wide and combining characters, 'F' draws more than any terminal keeps unread.
 */
#include "fixture.h"

#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/random.h"
#include "base/text.h"
#include "term/keys.h"
#include "term/prompt.h"
#include "term/terminal.h"

struct fixture {
    struct terminal_options options;
    struct terminal *terminal;
    struct prompt *prompt;
    struct canvas canvas;
    bool typing;
    const char *history;
    char last[256];
    char accepted[1024];
    int events;
    bool wide;
};

static const char *const WORDS[] = {"step", "stop", "stepping", "print", "träge", "träne", NULL};

static char **complete(void *context, const char *line, size_t cursor, size_t *start) {
    (void)context;
    size_t from = cursor;
    while (from > 0 && line[from - 1] != ' ') {
        from--;
    }
    *start = from;
    char **list = calloc(sizeof WORDS / sizeof *WORDS, sizeof *list);
    size_t count = 0;
    for (size_t i = 0; list && WORDS[i]; i++) {
        if (strncmp(WORDS[i], line + from, cursor - from) == 0) {
            list[count++] = string_copy(WORDS[i]);
        }
    }
    return list;
}

/* The last `room` bytes of a text, from a whole character on. */
static const char *tail_of(const char *text, size_t room) {
    size_t length = strlen(text);
    const char *tail = length > room ? text + length - room : text;
    while (((unsigned char)*tail & 0xC0) == 0x80) {
        tail++;
    }
    return tail;
}

static void draw_prompt(struct fixture *fixture, int row) {
    struct canvas *canvas = &fixture->canvas;
    const char *line = prompt_line(fixture->prompt);
    size_t cursor = prompt_cursor(fixture->prompt);
    size_t length = strlen(line);
    int col = canvas_put(canvas, row, 0, ROLE_PROMPT, prompt_label(fixture->prompt));
    if (length < 300) {
        char before[304];
        memcpy(before, line, cursor);
        before[cursor] = '\0';
        canvas->cursor_col = canvas_put(canvas, row, col, ROLE_PROMPT, before);
        canvas->cursor_row = row;
        canvas_put(canvas, row, col, ROLE_PROMPT, line);
    } else {
        canvas_printf(canvas, row, col, ROLE_PROMPT, "<%zu bytes, %s>", length, tail_of(line, 20));
    }
    char *const *candidates = prompt_candidates(fixture->prompt);
    col = canvas_put(canvas, 4, 0, ROLE_TEXT, candidates ? "candidates:" : "");
    for (; candidates && *candidates; candidates++) {
        col = canvas_put(canvas, 4, col + 1, ROLE_HINT, *candidates);
    }
}

static void draw(struct fixture *fixture, bool redraw) {
    struct canvas *canvas = &fixture->canvas;
    int rows;
    int cols;
    terminal_size(fixture->terminal, &rows, &cols);
    if (canvas->rows != rows || canvas->cols != cols) {
        (void)canvas_resize(canvas, rows, cols);
    }
    canvas_clear(canvas);
    canvas_printf(canvas, 0, 0, ROLE_HEADING, "ready %dx%d events %d", cols, rows, fixture->events);
    canvas_put(canvas, 1, 0, ROLE_TEXT, fixture->last);
    for (int role = 0; role < ROLE_COUNT; role++) {
        canvas_glyph(canvas, 2, role, (enum role)role, 0, (uint32_t)('a' + role % 26));
    }
    canvas_put(canvas, 3, 0, ROLE_SAY, fixture->accepted);
    if (fixture->wide) {
        canvas_put(canvas, 5, 0, ROLE_TEXT, "a世界ée\u0302 Σ ∂C/∂W → ½ ─┼─ ▄█");
    }
    canvas_hline(canvas, 6, 0, 10, ROLE_FRAME);
    if (fixture->typing) {
        draw_prompt(fixture, rows - 1);
    }
    terminal_show(fixture->terminal, canvas, redraw);
}

static void describe(struct fixture *fixture, const struct event *event) {
    static const char *const NAMES[] = {"none",   "key",    "paste",     "mouse",
                                        "resize", "resume", "interrupt", "quit"};
    char *out = fixture->last;
    size_t room = sizeof fixture->last;
    if (event->type == EVENT_KEY) {
        snprintf(out, room, "key %x modifiers %d bytes %zu", (unsigned)event->key, event->modifiers,
                 event->byte_count);
    } else if (event->type == EVENT_MOUSE) {
        snprintf(out, room, "mouse %d button %d at %d,%d modifiers %d", event->mouse, event->button,
                 event->row, event->col, event->modifiers);
    } else if (event->type == EVENT_PASTE) {
        snprintf(out, room, "paste %zu bytes, ends %s", strlen(event->text),
                 tail_of(event->text, 20));
    } else {
        snprintf(out, room, "%s %d", NAMES[event->type], event->key);
    }
    fixture->events++;
}

static void feed(struct fixture *fixture, const struct event *event) {
    switch (prompt_feed(fixture->prompt, event)) {
    case PROMPT_ACCEPTED:
        snprintf(fixture->accepted, sizeof fixture->accepted, "accepted: %s",
                 tail_of(prompt_accepted(fixture->prompt), 70));
        prompt_history_add(fixture->prompt, prompt_accepted(fixture->prompt));
        break;
    case PROMPT_CANCELLED:
        fixture->typing = false;
        snprintf(fixture->accepted, sizeof fixture->accepted, "cancelled");
        break;
    case PROMPT_EDITING: break;
    }
}

static void work(struct fixture *fixture) {
    snprintf(fixture->last, sizeof fixture->last, "working");
    draw(fixture, false);
    while (!terminal_interrupted(fixture->terminal)) {
    }
    snprintf(fixture->last, sizeof fixture->last, "work interrupted");
}

static void flood(struct fixture *fixture) {
    for (int frame = 0; frame < 4000; frame++) {
        draw(fixture, true);
    }
}

static bool open_all(struct fixture *fixture) {
    struct error error = {0};
    enum status status = terminal_open(&fixture->terminal, &fixture->options, &error);
    if (status == STATUS_OK) {
        status = prompt_open(&fixture->prompt, fixture->terminal, complete, NULL, &error);
    }
    if (status == STATUS_OK && fixture->history) {
        status = prompt_history_load(fixture->prompt, fixture->history, &error);
    }
    if (status != STATUS_OK) {
        prompt_close(fixture->prompt);
        terminal_close(fixture->terminal);
        printf("failed: %s\n", error.text);
        return false;
    }
    return true;
}

static void close_all(struct fixture *fixture) {
    struct error error = {0};
    if (fixture->history) {
        (void)prompt_history_save(fixture->prompt, fixture->history, 100, &error);
    }
    prompt_close(fixture->prompt);
    terminal_close(fixture->terminal);
    fixture->prompt = NULL;
    fixture->terminal = NULL;
}

/* A true fault, not one that a sanitizer has foreseen. */
#if defined(__GNUC__)
__attribute__((no_sanitize("undefined")))
#endif
static void
fault(void) {
    volatile int *volatile nowhere = NULL;
    *nowhere = 1;
}

/* A key outside of the prompt; false to quit. */
static bool command(struct fixture *fixture, int key) {
    switch (key) {
    case 'q': return false;
    case ':':
        fixture->typing = true;
        prompt_begin(fixture->prompt, "");
        break;
    case 'i':
        fixture->typing = true;
        prompt_begin(fixture->prompt, "x = 0.5");
        break;
    case 'S': fault(); break;
    case 'A': abort();
    case 'X': exit(3);
    case 'T': work(fixture); break;
    case 'F': flood(fixture); break;
    case 'W': fixture->wide = !fixture->wide; break;
    case 'O': close_all(fixture); return open_all(fixture);
    default: break;
    }
    return true;
}

static int loop(struct fixture *fixture) {
    bool redraw = false;
    for (;;) {
        struct event event;
        draw(fixture, redraw);
        terminal_wait(fixture->terminal, -1, &event);
        describe(fixture, &event);
        redraw = event.type == EVENT_RESUME || (event.type == EVENT_KEY && event.key == 12);
        if (event.type == EVENT_QUIT) {
            return event.key;
        }
        if (fixture->typing) {
            feed(fixture, &event);
        } else if (event.type == EVENT_KEY && event.modifiers == 0 &&
                   !command(fixture, event.key)) {
            return 0;
        }
    }
}

/* Keys that are known to be delicate. */
static const char *const PIECES[] = {
    "\022",      "\023",
    "\030",      "\030)",
    "\030(",     "\030e",
    "\033",      "\033[A",
    "\033[B",    "\033[C",
    "\033[D",    "\033OA",
    "\033[3~",   "\033[1;5C",
    "\033.",     "\033f",
    "\033b",     "\033\r",
    "\033-",     "\0335",
    "\033<",     "\033>",
    "\033n",     "\033p",
    "\037",      "\030\025",
    "\t",        "\t\t",
    "\033*",     "\033?",
    "\r",        "\n",
    "\001",      "\005",
    "\013",      "\025",
    "\027",      "\031",
    "\033y",     "\026",
    "\035",      "\033\035",
    "\007",      "\010",
    "\177",      "\004",
    "step",      "st",
    "träge ",    "世界",
    "/",         "n",
    "N",         "d",
    "dw",        "df",
    "c",         "cw",
    "y",         "p",
    "P",         "u",
    "U",         "~",
    "r",         "f",
    "t",         ";",
    ",",         "%",
    "x",         "X",
    "s",         "S",
    "R",         "A",
    "I",         "i",
    "a",         "0",
    "$",         "3",
    "12",        ".",
    "#",         "*",
    "=",         "\\",
    "k",         "j",
    "h",         "l",
    "w",         "b",
    "e",         "G",
    "m",         "`",
    "'",         "@",
    "v",         "_",
    "|",         "\030\022",
    "\030\030",  "\030\177",
    "\033\\",    "\033~",
    "\033l",     "\033u",
    "\033c",     "\033t",
    "\024",      "\017",
    "\016",      "\020",
    "\000",      "\033[200~st\nx\033[201~",
    "\033[200~", "\303",
    "\377",      "jk",
    "\033#",     "\033\011",
    "\033{",     "\033!",
    "\033/",     "\033$",
    "\033@",     "\030@",
};

/* A random piece of input: one of them, or any byte. */
static void random_bytes(struct random *random, struct text *out) {
    if (random_below(random, 4) > 0) {
        text_put(out, PIECES[random_below(random, sizeof PIECES / sizeof *PIECES)]);
    } else {
        text_put_char(out, (char)random_below(random, random_below(random, 2) ? 256 : 128));
    }
}

/* Thousands of random keys into the decoder and the prompt. The lines grow with
 * what is kept of them, so each ends after a while. */
static void monkey(struct fixture *fixture, unsigned long seed) {
    struct random random;
    struct keys *keys = calloc(1, sizeof *keys);
    struct text text = TEXT_EMPTY;
    random_seed(&random, seed);
    keys_open(keys, true);
    prompt_begin(fixture->prompt, "");
    for (int64_t now = 0; keys && now < 3000; now++) {
        text_cut(&text, 0);
        random_bytes(&random, &text);
        keys_push(keys, text_string(&text), text.length, now * 1000);
        struct event event;
        int wait;
        int64_t late = random_below(&random, 2) ? 0 : 2000;
        while (keys_next(keys, now * 1000 + late, &event, &wait)) {
            enum prompt_result result = prompt_feed(fixture->prompt, &event);
            if (result == PROMPT_ACCEPTED) {
                prompt_history_add(fixture->prompt, prompt_accepted(fixture->prompt));
            }
            bool long_line = strlen(prompt_line(fixture->prompt)) > 2000;
            if (result == PROMPT_CANCELLED || long_line) {
                prompt_begin(fixture->prompt, random_below(&random, 2) ? "x = 1" : NULL);
            }
        }
    }
    keys_close(keys);
    free(keys);
    text_free(&text);
    struct event stop = {.type = EVENT_INTERRUPT};
    (void)prompt_feed(fixture->prompt, &stop);
    snprintf(fixture->last, sizeof fixture->last, "monkey survived %lu", seed);
}

int fixture_main(int argc, char **argv) {
    struct fixture fixture = {.last = "nothing yet"};
    unsigned long seed = 0;
    bool random_keys = false;
    setlocale(LC_CTYPE, "");
    for (int i = 1; i < argc; i++) {
        fixture.options.ascii |= strcmp(argv[i], "ascii") == 0;
        fixture.options.no_color |= strcmp(argv[i], "no-color") == 0;
        fixture.options.no_mouse |= strcmp(argv[i], "no-mouse") == 0;
        if (strncmp(argv[i], "theme=", 6) == 0) {
            fixture.options.theme = theme_named(argv[i] + 6);
        } else if (strncmp(argv[i], "history=", 8) == 0) {
            fixture.history = argv[i] + 8;
        } else if (strncmp(argv[i], "monkey=", 7) == 0) {
            random_keys = true;
            seed = strtoul(argv[i] + 7, NULL, 10);
        }
    }
    if (!open_all(&fixture)) {
        return 1;
    }
    if (canvas_open(&fixture.canvas, 24, 80, terminal_is_ascii(fixture.terminal)) != STATUS_OK) {
        return 1;
    }
    if (random_keys) {
        monkey(&fixture, seed);
    }
    int signal = loop(&fixture);
    if (fixture.terminal) {
        close_all(&fixture);
    }
    canvas_close(&fixture.canvas);
    printf("bye %d\n", signal);
    return signal ? 128 + signal : 0;
}
