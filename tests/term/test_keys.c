/*
 * tests/term/test_keys.c - bytes to events, with a clock that the test sets: the
 * sequences of keys, in whole and in pieces, pastes, and any bytes at all.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/random.h"
#include "base/utf8.h"
#include "term/keys.h"

enum { LATE = 10000, RANDOM_ROUNDS = 30000 };

struct expected {
    const char *bytes;
    int key, modifiers;
};

static const struct expected KEYS[] = {
    {"a", 'a', 0},
    {" ", ' ', 0},
    {"\001", 1, 0},
    {"\r", KEY_CODE_ENTER, 0},
    {"\n", KEY_CODE_ENTER, 0},
    {"\t", KEY_CODE_TAB, 0},
    {"\177", KEY_CODE_BACKSPACE, 0},
    {"\b", KEY_CODE_BACKSPACE, 0},
    {"\xC3\xA4", 0xE4, 0},
    {"\xE2\x88\x82", 0x2202, 0},
    {"\xF0\x9F\x98\x80", 0x1F600, 0},
    {"\033[A", KEY_CODE_UP, 0},
    {"\033OA", KEY_CODE_UP, 0},
    {"\033[1;2B", KEY_CODE_DOWN, MODIFIER_SHIFT},
    {"\033[1;3C", KEY_CODE_RIGHT, MODIFIER_ALT},
    {"\033[1;5D", KEY_CODE_LEFT, MODIFIER_CONTROL},
    {"\033[1;8H", KEY_CODE_HOME, 7},
    {"\033[1;9F", KEY_CODE_END, MODIFIER_ALT},
    {"\033[1~", KEY_CODE_HOME, 0},
    {"\033[2~", KEY_CODE_INSERT, 0},
    {"\033[3;5~", KEY_CODE_DELETE, MODIFIER_CONTROL},
    {"\033[4~", KEY_CODE_END, 0},
    {"\033[5~", KEY_CODE_PAGE_UP, 0},
    {"\033[6~", KEY_CODE_PAGE_DOWN, 0},
    {"\033[7~", KEY_CODE_HOME, 0},
    {"\033[Z", KEY_CODE_BACK_TAB, 0},
    {"\033OP", KEY_CODE_F1, 0},
    {"\033[11~", KEY_CODE_F1, 0},
    {"\033[[E", KEY_CODE_F1 + 4, 0},
    {"\033[15~", KEY_CODE_F1 + 4, 0},
    {"\033[17~", KEY_CODE_F1 + 5, 0},
    {"\033[24~", KEY_CODE_F12, 0},
    {"\033[1;5R", KEY_CODE_F1 + 2, MODIFIER_CONTROL},
    {"\033OM", KEY_CODE_ENTER, 0},
    {"\033Oq", '1', 0},
    {"\033[a", KEY_CODE_UP, MODIFIER_SHIFT},
    {"\033Ob", KEY_CODE_DOWN, MODIFIER_CONTROL},
    {"\033[3^", KEY_CODE_DELETE, MODIFIER_CONTROL},
    {"\033[5$", KEY_CODE_PAGE_UP, MODIFIER_SHIFT},
    {"\033x", 'x', MODIFIER_ALT},
    {"\033\r", KEY_CODE_ENTER, MODIFIER_ALT},
    {"\033\xC3\xA4", 0xE4, MODIFIER_ALT},
    {"\033\033[A", KEY_CODE_UP, MODIFIER_ALT},
    {"\033\033OA", KEY_CODE_UP, MODIFIER_ALT},
    {"\033", KEY_CODE_ESCAPE, 0},
    {"\033[", '[', MODIFIER_ALT},
    {"\033O", 'O', MODIFIER_ALT},
    {"\033[12;40R", KEY_CODE_UNKNOWN, 0}, /* a report of the cursor */
    {"\033[?62;4c", KEY_CODE_UNKNOWN, 0},
    {"\033[>1;2c", KEY_CODE_UNKNOWN, 0},
    {"\033[99~", KEY_CODE_UNKNOWN, 0},
    {"\033[I", KEY_CODE_UNKNOWN, 0},
    {"\033[999999999999;9999999999A", KEY_CODE_UP, 7},
    {"\033[1;2;3;4;5;6A", KEY_CODE_UP, MODIFIER_SHIFT},
    {"\033[1;5", KEY_CODE_UNKNOWN, 0}, /* it never ended */
    {"\xC3", KEY_CODE_UNKNOWN, 0},
    {"\xFF", KEY_CODE_UNKNOWN, 0},
    {"\xC2\x9B", KEY_CODE_UNKNOWN, 0},     /* a control of eight bits */
    {"\xE2\x80\xAE", KEY_CODE_UNKNOWN, 0}, /* turns the direction of text */
};
enum { KEY_COUNT = sizeof KEYS / sizeof *KEYS };

static struct keys *make(void) {
    struct keys *keys = malloc(sizeof *keys);
    assert_non_null(keys);
    keys_open(keys, true);
    return keys;
}

static void drop(struct keys *keys) {
    keys_close(keys);
    free(keys);
}

static void push(struct keys *keys, const char *bytes, int64_t now) {
    keys_push(keys, bytes, strlen(bytes), now);
}

static void assert_nothing(struct keys *keys, int64_t now) {
    struct event event;
    int wait;
    assert_false(keys_next(keys, now, &event, &wait));
}

static void assert_key(struct keys *keys, int64_t now, const struct expected *expected) {
    struct event event;
    int wait;
    assert_true(keys_next(keys, now, &event, &wait));
    assert_int_equal(event.type, EVENT_KEY);
    if (event.key != expected->key || event.modifiers != expected->modifiers) {
        fail_msg("key %x, modifiers %d instead of %x, %d for ESC%s", (unsigned)event.key,
                 event.modifiers, (unsigned)expected->key, expected->modifiers,
                 expected->bytes + 1);
    }
    assert_int_equal(event.byte_count, strlen(expected->bytes));
    assert_memory_equal(event.bytes, expected->bytes, event.byte_count);
}

static void test_keys_in_whole(void **state) {
    (void)state;
    struct keys *keys = make();
    for (int i = 0; i < KEY_COUNT; i++) {
        push(keys, KEYS[i].bytes, 0);
        assert_key(keys, LATE, &KEYS[i]);
        assert_nothing(keys, LATE);
    }
    drop(keys);
}

/* Cut anywhere, with the rest in time: the same key. */
static void test_keys_in_pieces(void **state) {
    (void)state;
    struct keys *keys = make();
    for (int i = 0; i < KEY_COUNT; i++) {
        size_t length = strlen(KEYS[i].bytes);
        for (size_t cut = 1; cut < length; cut++) {
            keys_push(keys, KEYS[i].bytes, cut, 100);
            assert_nothing(keys, 100);
            assert_nothing(keys, 100 + KEYS_ESCAPE_MS - 1);
            keys_push(keys, KEYS[i].bytes + cut, length - cut, 100 + KEYS_ESCAPE_MS - 1);
            assert_key(keys, LATE, &KEYS[i]);
            assert_nothing(keys, LATE);
        }
    }
    drop(keys);
}

static void test_a_lone_escape_takes_its_time(void **state) {
    (void)state;
    struct keys *keys = make();
    struct event event;
    int wait;
    push(keys, "\033", 1000);
    assert_false(keys_next(keys, 1000, &event, &wait));
    assert_int_equal(wait, KEYS_ESCAPE_MS);
    assert_false(keys_next(keys, 1020, &event, &wait));
    assert_int_equal(wait, KEYS_ESCAPE_MS - 20);
    assert_true(keys_next(keys, 1050, &event, &wait));
    assert_int_equal(event.key, KEY_CODE_ESCAPE);
    assert_false(keys_next(keys, 1050, &event, &wait));
    assert_int_equal(wait, -1);
    push(keys, "\033\033", 2000); /* two of them */
    assert_true(keys_next(keys, 2050, &event, &wait));
    assert_int_equal(event.key, KEY_CODE_ESCAPE);
    assert_true(keys_next(keys, 2050, &event, &wait));
    assert_int_equal(event.key, KEY_CODE_ESCAPE);
    assert_nothing(keys, 2050);
    drop(keys);
}

/* A sequence that goes wrong takes itself away, and not what comes after it. */
static void test_broken_sequences(void **state) {
    (void)state;
    static const char *const BROKEN[] = {"\033[1;\033", "\033[\001", "\033[<1;2\n", "\033O\r"};
    struct keys *keys = make();
    for (size_t i = 0; i < sizeof BROKEN / sizeof *BROKEN; i++) {
        struct event event;
        int wait;
        push(keys, BROKEN[i], 0);
        assert_true(keys_next(keys, LATE, &event, &wait));
        assert_int_equal(event.key, KEY_CODE_UNKNOWN);
        assert_true(keys_next(keys, LATE, &event, &wait));
        assert_true(event.key < 0x20);
        assert_nothing(keys, LATE);
    }
    drop(keys);
}

static void test_mouse(void **state) {
    (void)state;
    static const struct {
        const char *bytes;
        enum mouse_action action;
        int button, row, col, modifiers;
    } REPORTS[] = {
        {"\033[<0;1;1M", MOUSE_PRESS, 1, 0, 0, 0},
        {"\033[<1;10;20m", MOUSE_RELEASE, 2, 19, 9, 0},
        {"\033[<34;300;200M", MOUSE_DRAG, 3, 199, 299, 0},
        {"\033[<64;5;6M", MOUSE_WHEEL_UP, 0, 5, 4, 0},
        {"\033[<93;5;6M", MOUSE_WHEEL_DOWN, 0, 5, 4, 7},
        {"\033[M !!", MOUSE_PRESS, 1, 0, 0, 0},
        {"\033[M#*+", MOUSE_RELEASE, 0, 10, 9, 0},
    };
    static const char *const NONSENSE[] = {"\033[<0;0;1M",   "\033[<0;1M",    "\033[<35;1;1M",
                                           "\033[<300;1;1M", "\033[<66;1;1M", "\033[M   "};
    struct keys *keys = make();
    struct event event;
    int wait;
    for (size_t i = 0; i < sizeof REPORTS / sizeof *REPORTS; i++) {
        push(keys, REPORTS[i].bytes, 0);
        assert_true(keys_next(keys, 0, &event, &wait));
        assert_int_equal(event.type, EVENT_MOUSE);
        assert_int_equal(event.mouse, REPORTS[i].action);
        assert_int_equal(event.button, REPORTS[i].button);
        assert_int_equal(event.row, REPORTS[i].row);
        assert_int_equal(event.col, REPORTS[i].col);
        assert_int_equal(event.modifiers, REPORTS[i].modifiers);
    }
    for (size_t i = 0; i < sizeof NONSENSE / sizeof *NONSENSE; i++) {
        push(keys, NONSENSE[i], 0);
        assert_true(keys_next(keys, 0, &event, &wait));
        assert_int_equal(event.type, EVENT_KEY);
        assert_int_equal(event.key, KEY_CODE_UNKNOWN);
        assert_nothing(keys, LATE);
    }
    drop(keys);
}

/* -- Pastes ---------------------------------------------------------------------------- */

static void assert_paste(struct keys *keys, int64_t now, const char *expected) {
    struct event event;
    int wait;
    assert_true(keys_next(keys, now, &event, &wait));
    assert_int_equal(event.type, EVENT_PASTE);
    assert_string_equal(event.text, expected);
}

static void test_paste_is_cleaned(void **state) {
    (void)state;
    static const struct expected AFTER = {"q", 'q', 0};
    struct keys *keys = make();
    push(keys, "\033[200~a\r\nb\rc\n\td\033[31me\003\xFFy\xCC\x82\033[201~q", 0);
    assert_paste(keys, 0, "a\nb\nc\n d\uFFFD[31me\uFFFD\uFFFD\u0177");
    assert_key(keys, 0, &AFTER);
    push(keys, "\033\033[200~x\033[201~", 0); /* Escape just before it */
    struct event event;
    int wait;
    assert_true(keys_next(keys, 0, &event, &wait));
    assert_int_equal(event.key, KEY_CODE_ESCAPE);
    assert_paste(keys, 0, "x");
    drop(keys);
}

static void test_paste_in_pieces(void **state) {
    (void)state;
    static const char WHOLE[] = "\033[200~x\033[20y\033[201~";
    size_t length = sizeof WHOLE - 1;
    struct keys *keys = make();
    for (size_t cut = 1; cut < length; cut++) {
        keys_push(keys, WHOLE, cut, 0);
        assert_nothing(keys, 10);
        keys_push(keys, WHOLE + cut, length - cut, 10);
        assert_paste(keys, 10, "x\uFFFD[20y");
        assert_nothing(keys, LATE);
    }
    drop(keys);
}

static void test_paste_without_end(void **state) {
    (void)state;
    struct keys *keys = make();
    struct event event;
    int wait;
    push(keys, "\033[200~quit\033[201", 0);
    assert_false(keys_next(keys, 0, &event, &wait));
    assert_int_equal(wait, KEYS_PASTE_MS);
    assert_false(keys_next(keys, KEYS_PASTE_MS - 1, &event, &wait));
    assert_paste(keys, KEYS_PASTE_MS, "quit");
    assert_nothing(keys, LATE);
    drop(keys);
}

static void test_paste_has_a_limit(void **state) {
    (void)state;
    struct keys *keys = make();
    struct event event;
    int wait;
    push(keys, "\033[200~x", 0); /* so that the limit cuts a letter */
    for (int i = 0; i < KEYS_PASTE_LIMIT / 4; i++) {
        push(keys, "\xC3\xA4\xC3\xA4\xC3\xA4", 0);
        assert_nothing(keys, 0);
    }
    push(keys, "\033[201~", 0);
    assert_true(keys_next(keys, 0, &event, &wait));
    assert_int_equal(event.type, EVENT_PASTE);
    size_t length = strlen(event.text);
    assert_int_equal(length, KEYS_PASTE_LIMIT - 1);
    assert_string_equal(event.text + length - 4, "\xC3\xA4\xC3\xA4");
    assert_nothing(keys, LATE);
    drop(keys);
}

static void test_interrupt_in_the_queue(void **state) {
    (void)state;
    static const struct expected AFTER = {"z", 'z', 0};
    struct keys *keys = make();
    push(keys, "abc", 0);
    assert_false(keys_take(keys, 3));
    push(keys, "d\003z", 0);
    assert_true(keys_take(keys, 3));
    assert_false(keys_take(keys, 3));
    assert_key(keys, 0, &AFTER);
    push(keys, "\033[200~a\003b\033[201~", 0); /* in a paste it is a letter */
    assert_false(keys_take(keys, 3));
    assert_paste(keys, 0, "a\uFFFDb");
    drop(keys);
}

/* -- Anything at all ---------------------------------------------------------------------- */

static void test_any_bytes(void **state) {
    (void)state;
    static const char DELICATE[] = "\033[O<;M~012mA$^\xC3\xA4\x80\xE2";
    struct keys *keys = make();
    struct random random;
    random_seed(&random, 7);
    int64_t now = 0;
    for (int i = 0; i < RANDOM_ROUNDS; i++) {
        char bytes[40];
        struct event event;
        int wait;
        size_t count = random_below(&random, sizeof bytes);
        for (size_t j = 0; j < count; j++) {
            bytes[j] = random_below(&random, 3)
                           ? DELICATE[random_below(&random, sizeof DELICATE - 1)]
                           : (char)random_below(&random, 256);
        }
        keys_push(keys, bytes, count, now);
        size_t events = 0;
        while (keys_next(keys, now, &event, &wait)) {
            assert_true(++events <= sizeof keys->queue);
            assert_true(event.type == EVENT_KEY || event.type == EVENT_PASTE ||
                        event.type == EVENT_MOUSE);
            assert_true(event.byte_count <= sizeof event.bytes);
            assert_true(event.type != EVENT_KEY ||
                        (event.key >= 0 && event.key <= KEY_CODE_UNKNOWN));
        }
        if (wait >= 0 && random_below(&random, 2)) {
            now += wait; /* then something has to come of it */
            assert_true(keys_next(keys, now, &event, &wait));
        }
    }
    drop(keys);
}

static void test_a_full_queue(void **state) {
    (void)state;
    struct keys *keys = make();
    assert_int_equal(keys_room(keys), KEYS_QUEUE);
    for (int i = 0; i < KEYS_QUEUE; i++) {
        push(keys, "ab", 0);
    }
    assert_int_equal(keys_room(keys), 0);
    struct event event;
    int wait;
    int count = 0;
    while (keys_next(keys, 0, &event, &wait)) {
        assert_int_equal(event.key, count % 2 ? 'b' : 'a');
        count++;
    }
    assert_int_equal(count, KEYS_QUEUE);
    drop(keys);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_keys_in_whole),
        cmocka_unit_test(test_keys_in_pieces),
        cmocka_unit_test(test_a_lone_escape_takes_its_time),
        cmocka_unit_test(test_broken_sequences),
        cmocka_unit_test(test_mouse),
        cmocka_unit_test(test_paste_is_cleaned),
        cmocka_unit_test(test_paste_in_pieces),
        cmocka_unit_test(test_paste_without_end),
        cmocka_unit_test(test_paste_has_a_limit),
        cmocka_unit_test(test_interrupt_in_the_queue),
        cmocka_unit_test(test_any_bytes),
        cmocka_unit_test(test_a_full_queue),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) ? 1 : 0;
}
