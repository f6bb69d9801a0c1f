/*
 * term/editor.c - which bytes readline may have, and when.
 *
 * readline 8.2 and older go wrong (up to writing through bad pointers) when a
 * key sequence fails, or input ends, inside of a search or of a command that
 * reads on. So every key sequence is looked up first and given as a whole, or
 * not at all: `held` keeps what is the beginning of one. A search is ended by
 * ^J before any key that it does not know.
 *
 * Escape leaves the line, but is a key of its own in vi's insert mode and ends
 * what is half typed; then the next one leaves.
 */
#include "term/editor.h"

#include <string.h>

#include "term/line.h"

enum { HELD_MAX = 64, ESCAPE = 27, RUBOUT_KEY = 127 };
static const char ABORT[] = "\007";
static const char ACCEPT_SEARCH[] = "\n";

/* The one line of the process. */
static struct {
    bool open;
    char held[HELD_MAX];
    size_t held_count;
    bool character_wanted; /* `held` is a command that takes any one character */
    enum editor_result result;
} editor;

enum status editor_open(const struct editor_options *options, struct error *error) {
    editor.open = false;
    editor.held_count = 0;
    return line_open(options, error);
}

void editor_close(void) {
    editor_end();
    line_close();
}

static void run(const char *bytes, size_t count) {
    enum editor_result result = line_run(bytes, count);
    if (result != EDITOR_EDITING) {
        editor.result = result;
    }
}

/* End whatever reads on: searches, arguments, motions; the line stays. */
static void settle(void) {
    editor.held_count = 0;
    editor.character_wanted = false;
    if (line_state() == LINE_SEARCHING) {
        run(ACCEPT_SEARCH, 1);
    }
    if (line_state() != LINE_IDLE) {
        run(ABORT, 1);
    }
}

void editor_begin(const char *initial) {
    editor_end();
    editor.open = true;
    editor.result = EDITOR_EDITING;
    line_begin(initial);
}

void editor_end(void) {
    if (!editor.open) {
        return;
    }
    settle();
    line_end(false);
    editor.open = false;
}

bool editor_knows(const char *bytes, size_t count) {
    return count > 0 && line_lookup(bytes, count) != LINE_NOTHING;
}

void editor_insert(const char *text) {
    if (editor.open) {
        settle();
        line_insert(text);
    }
}

void editor_cut(size_t from) {
    if (editor.open && from <= strlen(line_text())) {
        settle();
        line_cut(from);
    }
}

/* A key during a search; true when that is all there is to do with it. */
static bool search_key(const char *bytes, size_t count, bool character) {
    bool single = count == 1;
    if (line_state() == LINE_ASKING) {
        if (character || (single && strchr("\b\n\r\007\025\027\177", *bytes))) {
            run(bytes, count);
        } else if (single && *bytes == ESCAPE) {
            run(ABORT, 1);
        }
        return true;
    }
    bool prefix = line_lookup(bytes, 1) == LINE_PREFIX;
    /* readline reads beyond a line when a search forward that found nothing is
     * turned round: that becomes a new search. */
    bool lost = strncmp(line_label(), "(failed i-search)", strlen("(failed i-search)")) == 0;
    if ((character && !prefix) || (single && strchr("\007\b\027\031\177", *bytes)) ||
        (single && line_searches_on(*bytes) && !lost)) {
        run(bytes, count);
        return true;
    }
    run(ACCEPT_SEARCH, 1);
    return single && *bytes == ESCAPE;
}

/* Escape alone. */
static void escape_key(void) {
    bool busy = editor.held_count > 0 || line_state() != LINE_IDLE;
    settle();
    if (line_is_vi() && busy) {
        return;
    }
    if (line_is_vi() && line_inserts()) {
        run("\033", 1);
    } else {
        editor_end();
        editor.result = EDITOR_ENDED;
    }
}

/* The first `count` bytes of `held` turned out to be no key sequence: where
 * they are characters, they are text. True if they were. */
static bool held_is_text(size_t count) {
    for (size_t i = 0; i < count; i++) {
        unsigned char c = (unsigned char)editor.held[i];
        if (c < 0x20 || c == RUBOUT_KEY) {
            return false;
        }
    }
    editor.held[count] = '\0';
    if (line_inserts()) {
        line_insert(editor.held);
    }
    return true;
}

static void key(const char *bytes, size_t count, bool character);

/* Nothing is bound to `held`, whose last bytes are `bytes`. In vi mode a quick
 * Escape and a key look like Alt and that key. */
static void nothing_bound(const char *bytes, size_t count, bool character) {
    size_t before = editor.held_count - count;
    editor.held_count = 0;
    if (before > 0) {
        if (held_is_text(before)) {
            key(bytes, count, character);
        }
    } else if (line_is_vi() && count > 1 && bytes[0] == ESCAPE && !strchr("[O\033", bytes[1])) {
        if (line_inserts()) {
            run("\033", 1);
        }
        unsigned char next = (unsigned char)bytes[1];
        key(bytes + 1, count - 1, next >= 0x20 && next != RUBOUT_KEY);
    }
}

/* The command in `held` and its character. A command may find that it needs none
 * after all; then the character is the next command. */
static void run_with_character(size_t held_count, const char *bytes, size_t count) {
    run(editor.held, held_count);
    if (line_state() != LINE_MOTION && line_lookup(bytes, count) == LINE_MOVES) {
        line_forget_undo();
    }
    run(bytes, count);
}

/* A key outside of searches: hold it, look up what is held, run what is whole. */
static void key(const char *bytes, size_t count, bool character) {
    size_t before = editor.held_count;
    if (before + count >= HELD_MAX) {
        settle();
        return;
    }
    if (line_state() == LINE_MOTION && !character && before == 0) {
        settle(); /* no motion */
        return;
    }
    memcpy(editor.held + before, bytes, count);
    editor.held_count = before + count;
    if (editor.character_wanted) {
        editor.character_wanted = false;
        editor.held_count = 0;
        if (character || (count == 1 && *bytes != '\0')) {
            run_with_character(before, bytes, count);
        }
        return;
    }
    /* Characters beyond ASCII are never bound. */
    bool plain = before == 0 && character && count > 1;
    switch (plain ? LINE_COMMAND : line_lookup(editor.held, editor.held_count)) {
    case LINE_PREFIX: return;
    case LINE_READS_ON: editor.character_wanted = true; return;
    case LINE_NOTHING: nothing_bound(bytes, count, character); return;
    case LINE_REFUSED: editor.held_count = 0; return;
    case LINE_MOVES: line_forget_undo(); break;
    case LINE_COMMAND: break;
    }
    editor.held_count = 0;
    run(editor.held, before + count);
}

enum editor_result editor_key(const char *bytes, size_t count, bool character) {
    editor.result = EDITOR_EDITING;
    if (!editor.open || count == 0) {
        return EDITOR_EDITING;
    }
    bool searching = line_state() == LINE_SEARCHING || line_state() == LINE_ASKING;
    if (count == 1 && *bytes == '\0' && (searching || line_is_vi())) {
        return EDITOR_EDITING; /* ^@ sets the mark; it would cut the line, or what is sought */
    }
    if (searching && search_key(bytes, count, character)) {
        return editor.result;
    }
    if (count == 1 && *bytes == ESCAPE) {
        escape_key();
    } else {
        key(bytes, count, character);
    }
    if (editor.open && editor.result == EDITOR_ENDED) {
        line_end(true);
        editor.open = false;
        editor.held_count = 0;
    }
    return editor.result;
}

const char *editor_line(void) {
    return line_text();
}

size_t editor_cursor(void) {
    return line_cursor();
}

const char *editor_label(void) {
    return line_label();
}

const char *editor_accepted(void) {
    return line_accepted();
}

void editor_history_add(const char *line) {
    line_history_add(line);
}

/* Searches leak inside of readline, some bytes each; that is no news to a leak checker. */
#if defined(__has_feature)
#if __has_feature(address_sanitizer)
#define CHECKED_FOR_LEAKS
#endif
#elif defined(__SANITIZE_ADDRESS__)
#define CHECKED_FOR_LEAKS
#endif
#if defined(CHECKED_FOR_LEAKS)
const char *__lsan_default_suppressions(void);
const char *__lsan_default_options(void);

const char *__lsan_default_suppressions(void) {
    return "leak:libreadline\n";
}

const char *__lsan_default_options(void) {
    return "print_suppressions=0";
}
#endif
