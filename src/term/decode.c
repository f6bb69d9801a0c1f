/*
 * term/decode.c - one key or mouse report out of the bytes at the head of the
 * queue.
 *
 * Sequences are those of ECMA-48 as xterm, the Linux console, screen, tmux and
 * rxvt send them: ESC [ parameters final, ESC O final, and ESC before anything
 * for Alt. Terminals agree on them, so that terminfo is not asked. What is
 * well formed but unknown is KEY_CODE_UNKNOWN and disappears as a whole; it
 * never turns into the characters it is made of.
 */
#include <string.h>

#include "base/ascii.h"
#include "base/table.h"
#include "base/utf8.h"
#include "term/keys.h"

enum { ESC = 27, SEQUENCE_MAX = 64, PARAMETERS_MAX = 4, PARAMETER_MAX = 100000 };

struct named {
    int code; /* final byte, or the number before '~' */
    int key;
};

static const struct named FINALS[] = {
    {'A', KEY_CODE_UP},     {'B', KEY_CODE_DOWN},   {'C', KEY_CODE_RIGHT},    {'D', KEY_CODE_LEFT},
    {'H', KEY_CODE_HOME},   {'F', KEY_CODE_END},    {'Z', KEY_CODE_BACK_TAB}, {'P', KEY_CODE_F1},
    {'Q', KEY_CODE_F1 + 1}, {'R', KEY_CODE_F1 + 2}, {'S', KEY_CODE_F1 + 3},
};

static const struct named TILDES[] = {
    {1, KEY_CODE_HOME},    {2, KEY_CODE_INSERT},    {3, KEY_CODE_DELETE},   {4, KEY_CODE_END},
    {5, KEY_CODE_PAGE_UP}, {6, KEY_CODE_PAGE_DOWN}, {7, KEY_CODE_HOME},     {8, KEY_CODE_END},
    {11, KEY_CODE_F1},     {12, KEY_CODE_F1 + 1},   {13, KEY_CODE_F1 + 2},  {14, KEY_CODE_F1 + 3},
    {15, KEY_CODE_F1 + 4}, {17, KEY_CODE_F1 + 5},   {18, KEY_CODE_F1 + 6},  {19, KEY_CODE_F1 + 7},
    {20, KEY_CODE_F1 + 8}, {21, KEY_CODE_F1 + 9},   {23, KEY_CODE_F1 + 10}, {24, KEY_CODE_F1 + 11},
};

static int named_key(const struct named *names, size_t count, int code) {
    for (size_t i = 0; i < count; i++) {
        if (names[i].code == code) {
            return names[i].key;
        }
    }
    return KEY_CODE_UNKNOWN;
}

static int final_key(int final) {
    return named_key(FINALS, TABLE_COUNT(FINALS), final);
}

/* The numbers of a sequence, "<0;12;5" -> 0 12 5; returns how many there are. */
static int parameters_read(const char *bytes, size_t count, int values[PARAMETERS_MAX]) {
    int used = 0;
    memset(values, 0, PARAMETERS_MAX * sizeof *values);
    for (size_t i = 0; i < count; i++) {
        char c = bytes[i];
        if (ascii_is_digit(c)) {
            int digit = c - '0';
            int *value = &values[used];
            *value = *value < PARAMETER_MAX ? *value * 10 + digit : PARAMETER_MAX;
        } else if (c == ';' && ++used == PARAMETERS_MAX) {
            return PARAMETERS_MAX;
        }
    }
    return used + 1;
}

/* xterm's modifier parameter: 1 + (1 Shift, 2 Alt, 4 Control, 8 Meta). */
static int modifiers_of(int parameter) {
    int bits = parameter > 1 ? parameter - 1 : 0;
    return (bits & 7) | (bits & 8 ? MODIFIER_ALT : 0);
}

/* A mouse report; `code` is xterm's: buttons in bits 0 and 1, then Shift 4,
 * Alt 8, Control 16, motion 32, wheel 64. Cells count from 1. */
static void mouse_event(struct event *event, int code, int col, int row, bool release) {
    int button = code & 3;
    bool wheel = (code & 64) != 0;
    bool motion = (code & 32) != 0;
    event->modifiers = (code & 4 ? MODIFIER_SHIFT : 0) | (code & 8 ? MODIFIER_ALT : 0) |
                       (code & 16 ? MODIFIER_CONTROL : 0);
    if (col < 1 || row < 1 || code < 0 || code >= 128 || (wheel && (button > 1 || release)) ||
        (motion && button == 3)) {
        event->key = KEY_CODE_UNKNOWN;
        return;
    }
    event->type = EVENT_MOUSE;
    event->row = row - 1;
    event->col = col - 1;
    event->button = wheel || button == 3 ? 0 : button + 1;
    if (wheel) {
        event->mouse = button == 0 ? MOUSE_WHEEL_UP : MOUSE_WHEEL_DOWN;
    } else if (release || button == 3) {
        event->mouse = MOUSE_RELEASE;
    } else {
        event->mouse = motion ? MOUSE_DRAG : MOUSE_PRESS;
    }
}

/* The meaning of a whole ESC [ sequence: `body` is what lies before `final`. */
static void sequence_event(struct event *event, const char *body, size_t count, int final) {
    int values[PARAMETERS_MAX];
    int used = parameters_read(body, count, values);
    if (count > 0 && body[0] == '<' && (final == 'M' || final == 'm') && used == 3) {
        mouse_event(event, values[0], values[1], values[2], final == 'm');
        return;
    }
    if (count > 0 && (body[0] < '0' || body[0] > '9')) {
        return; /* a private sequence, an answer of the terminal */
    }
    if (final == '~' || final == '$' || final == '^' || final == '@') {
        /* rxvt writes its modifiers as the final: $ Shift, ^ Control, @ both */
        event->key = named_key(TILDES, TABLE_COUNT(TILDES), values[0]);
        event->modifiers = modifiers_of(values[1]) | (final == '$' ? MODIFIER_SHIFT : 0) |
                           (final == '^' ? MODIFIER_CONTROL : 0) |
                           (final == '@' ? MODIFIER_SHIFT | MODIFIER_CONTROL : 0);
    } else if (final >= 'a' && final <= 'd' && count == 0) {
        event->key = final_key(final - 'a' + 'A'); /* rxvt: Shift and an arrow */
        event->modifiers = MODIFIER_SHIFT;
    } else if (final != 'R' || used < 2) { /* else a report of the cursor, or F3 */
        event->key = final_key(final);
        event->modifiers = modifiers_of(values[1]);
    } else if (values[0] == 1) {
        event->key = KEY_CODE_F1 + 2;
        event->modifiers = modifiers_of(values[1]);
    }
}

/* ESC [ ...: how many bytes, 0 for more. */
static size_t decode_sequence(const char *bytes, size_t count, bool late, struct event *event) {
    event->key = KEY_CODE_UNKNOWN;
    if (count == 2 && late) {
        event->key = '[';
        event->modifiers = MODIFIER_ALT;
        return 2;
    }
    if (count > 2 && bytes[2] == '[') { /* the Linux console's F1 to F5: ESC [ [ A */
        if (count > 3 && bytes[3] >= 'A' && bytes[3] <= 'E') {
            event->key = KEY_CODE_F1 + (bytes[3] - 'A');
        }
        return count > 3 ? 4 : late ? count : 0;
    }
    if (count > 2 && bytes[2] == 'M') { /* the older mouse report: three bytes follow */
        if (count < 6) {
            return late ? count : 0;
        }
        mouse_event(event, (unsigned char)bytes[3] - 32, (unsigned char)bytes[4] - 32,
                    (unsigned char)bytes[5] - 32, false);
        return 6;
    }
    for (size_t i = 2; i < count; i++) {
        unsigned char c = (unsigned char)bytes[i];
        if (c >= 0x40 && c <= 0x7E) {
            sequence_event(event, bytes + 2, i - 2, c);
            return i + 1;
        }
        if (c == '$' && i > 2 && (i + 1 < count || late)) { /* rxvt: a final here */
            sequence_event(event, bytes + 2, i - 2, c);
            return i + 1;
        }
        if (c < 0x20 || c > 0x7E || i >= SEQUENCE_MAX) {
            return i;
        }
    }
    return late ? count : 0;
}

/* ESC O ...: arrows and function keys, the numeric pad in application mode. */
static size_t decode_single_shift(const char *bytes, size_t count, bool late, struct event *event) {
    if (count == 2) {
        event->key = 'O';
        event->modifiers = MODIFIER_ALT;
        return late ? 2 : 0;
    }
    int final = (unsigned char)bytes[2];
    if (final < 0x20 || final > 0x7E) {
        event->key = KEY_CODE_UNKNOWN;
        return 2;
    }
    if (final == 'M') {
        event->key = KEY_CODE_ENTER;
    } else if (final >= 'j' && final <= 'y') {
        event->key = (unsigned char)"*+,-./0123456789"[final - 'j'];
    } else if (final >= 'a' && final <= 'd') {
        event->key = final_key(final - 'a' + 'A'); /* rxvt: Control and an arrow */
        event->modifiers = MODIFIER_CONTROL;
    } else {
        event->key = final_key(final);
    }
    return 3;
}

/* How long the UTF-8 character that begins with `lead` is; 1 where it is none. */
static size_t utf8_expected(unsigned char lead) {
    return lead >= 0xC2 && lead < 0xE0   ? 2
           : lead >= 0xE0 && lead < 0xF0 ? 3
           : lead >= 0xF0 && lead < 0xF5 ? 4
                                         : 1;
}

/* A character without ESC before it. */
static size_t decode_character(const char *bytes, size_t count, bool utf8, bool late,
                               struct event *event) {
    unsigned char first = (unsigned char)bytes[0];
    if (first < 0x80) {
        event->key = first == 8 ? KEY_CODE_BACKSPACE : first == '\n' ? KEY_CODE_ENTER : first;
        return 1;
    }
    size_t expected = utf8 ? utf8_expected(first) : 1;
    for (size_t i = 1; i < expected; i++) {
        if (i >= count) {
            if (late) {
                break;
            }
            return 0;
        }
        if (((unsigned char)bytes[i] & 0xC0) != 0x80) {
            break;
        }
    }
    uint32_t code_point;
    size_t taken = utf8_decode(bytes, count, &code_point);
    event->key = KEY_CODE_UNKNOWN;
    if (utf8 && utf8_harmless(code_point) && taken > 1) {
        event->key = (int)code_point;
    }
    return utf8 ? taken : 1;
}

/* ESC before something else: Alt; or Escape itself, when nothing follows. */
static size_t decode_alt(const char *bytes, size_t count, bool utf8, bool late,
                         struct event *event) {
    if (count == 1) {
        event->key = KEY_CODE_ESCAPE;
        return late ? 1 : 0;
    }
    size_t taken;
    if (bytes[1] != ESC) {
        taken = decode_character(bytes + 1, count - 1, utf8, late, event);
    } else if (count > 2 && (bytes[2] == '[' || bytes[2] == 'O')) {
        taken = keys_decode(bytes + 1, count - 1, utf8, late, event);
        if (taken == 6 && memcmp(bytes + 1, "\033[200~", 6) == 0) {
            return decode_alt(bytes, 1, utf8, true, event); /* Escape, and then a paste */
        }
    } else {
        event->key = KEY_CODE_ESCAPE; /* twice: the first stands for itself */
        return count > 2 || late ? 1 : 0;
    }
    event->modifiers |= MODIFIER_ALT;
    return taken ? taken + 1 : 0;
}

size_t keys_decode(const char *bytes, size_t count, bool utf8, bool late, struct event *event) {
    *event = (struct event){.type = EVENT_KEY};
    size_t taken;
    if (count == 0) {
        return 0;
    }
    if (bytes[0] != ESC) {
        taken = decode_character(bytes, count, utf8, late, event);
    } else if (count > 1 && bytes[1] == '[') {
        taken = decode_sequence(bytes, count, late, event);
    } else if (count > 1 && bytes[1] == 'O') {
        taken = decode_single_shift(bytes, count, late, event);
    } else {
        taken = decode_alt(bytes, count, utf8, late, event);
    }
    if (event->type == EVENT_KEY && taken <= sizeof event->bytes) {
        memcpy(event->bytes, bytes, taken);
        event->byte_count = taken;
    }
    return taken;
}
