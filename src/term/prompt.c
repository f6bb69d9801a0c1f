/*
 * term/prompt.c - the line at the bottom: events to the editor, completion,
 * pastes of several lines, history in a file.
 *
 * Owns the candidates of the last Tab; the line itself lives in the editor, of
 * which there is one a process.
 */
#include "term/prompt.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/text.h"
#include "base/utf8.h"
#include "history.h"
#include "term/editor.h"
#include "view/canvas.h"

enum { ESCAPE = 27, RUBOUT = 127 };

struct prompt {
    prompt_complete complete;
    void *context;
    char **candidates;
    bool utf8;
    size_t offered;  /* prompt_offer() */
    struct text own; /* the lines of this program that are in no file yet */
};

static void list_free(char **list) {
    for (char **item = list; item && *item; item++) {
        free(*item);
    }
    free(list);
}

/* -- Completion ------------------------------------------------------------------ */

/* `prefix` + the first `count` bytes of `word`. */
static char *joined(const char *prefix, size_t prefix_length, const char *word, size_t count) {
    char *text = memory_array(prefix_length + count + 1, 1);
    if (text) {
        memcpy(text, prefix, prefix_length);
        memcpy(text + prefix_length, word, count);
    }
    return text;
}

/* How many bytes all words have in common, whole characters. */
static size_t common_length(char *const *words) {
    size_t length = strlen(words[0]);
    for (size_t i = 1; words[i]; i++) {
        size_t same = 0;
        while (same < length && words[i][same] == words[0][same]) {
            same++;
        }
        length = same;
    }
    while (length > 0 && ((unsigned char)words[0][length] & 0xC0) == 0x80) {
        length--;
    }
    return length;
}

/* The candidates as readline takes them: the whole line up to the cursor, first
 * with what all have in common: nothing is taken away where one begins with a quote
 * and another does not. */
static char **whole_lines(const char *line, size_t start, size_t cursor, char *const *words) {
    size_t count = 0;
    while (words[count]) {
        count++;
    }
    char **matches = memory_array(count + 2, sizeof *matches);
    if (!matches) {
        return NULL;
    }
    size_t common = common_length(words);
    matches[0] = count > 1 && start + common < cursor ? joined(line, cursor, "", 0)
                                                      : joined(line, start, words[0], common);
    for (size_t i = 0; matches[0] && count > 1 && i < count; i++) {
        matches[i + 1] = joined(line, start, words[i], strlen(words[i]));
        if (!matches[i + 1]) {
            break; /* memory is short: those so far will do */
        }
    }
    if (!matches[0]) {
        free(matches);
        return NULL;
    }
    return matches;
}

static char **prompt_matches(void *context, const char *line, size_t cursor) {
    struct prompt *prompt = context;
    list_free(prompt->candidates);
    prompt->candidates = NULL;
    size_t start = cursor;
    char **words =
        prompt->complete ? prompt->complete(prompt->context, line, cursor, &start) : NULL;
    if (!words || !words[0]) {
        list_free(words);
        return NULL;
    }
    char **matches = whole_lines(line, start < cursor ? start : cursor, cursor, words);
    if (words[1]) {
        prompt->candidates = words;
    } else {
        list_free(words);
    }
    return matches;
}

/* -- Opening ----------------------------------------------------------------------- */

enum status prompt_open(struct prompt **out, struct terminal *terminal, prompt_complete complete,
                        void *context, struct error *error) {
    struct prompt *prompt = memory_array(1, sizeof *prompt);
    if (!prompt) {
        return error_memory(error);
    }
    prompt->complete = complete;
    prompt->context = context;
    prompt->utf8 = utf8_in_locale();
    struct editor_options options = {terminal_type(terminal), prompt->utf8, prompt_matches, prompt};
    enum status status = editor_open(&options, error);
    if (status != STATUS_OK) {
        free(prompt);
        return status;
    }
    *out = prompt;
    return STATUS_OK;
}

void prompt_close(struct prompt *prompt) {
    if (prompt) {
        editor_close();
        list_free(prompt->candidates);
        text_free(&prompt->own);
        free(prompt);
    }
}

void prompt_begin(struct prompt *prompt, const char *initial) {
    list_free(prompt->candidates);
    prompt->candidates = NULL;
    prompt->offered = 0;
    editor_begin(initial);
}

void prompt_offer(struct prompt *prompt, size_t from) {
    prompt->offered = from;
}

size_t prompt_offered(const struct prompt *prompt) {
    return prompt->offered;
}

/* The next key is here: the offer goes, or becomes a part of the line. */
static void end_offer(struct prompt *prompt, bool replaced) {
    if (replaced && prompt->offered > 0) {
        editor_cut(prompt->offered);
    }
    prompt->offered = 0;
}

/* -- Feeding ------------------------------------------------------------------------- */

/* Where a line of a paste ends for us: before a comment, if more lines follow
 * (joined by ";", it would swallow them), and without blanks at its end. */
static size_t useful_length(const char *line, size_t count, bool more) {
    for (size_t i = 0; more && i < count; i++) {
        if (line[i] == '#' && (i == 0 || line[i - 1] == ' ')) {
            count = i;
        }
    }
    while (count > 0 && line[count - 1] == ' ') {
        count--;
    }
    return count;
}

/* Characters that the locale cannot show become plain ones. */
static void put_plain(struct text *out, const char *bytes, size_t count) {
    while (count > 0) {
        uint32_t code_point;
        size_t taken = utf8_decode(bytes, count, &code_point);
        if (code_point >= 0x80) {
            text_put_char(out, (char)glyph_ascii(code_point));
        } else {
            text_put_bytes(out, bytes, taken);
        }
        bytes += taken;
        count -= taken;
    }
}

/* Lines to one line: "a\nb" is "a; b", and a backslash at the end of a line
 * joins without it. */
static void join_lines(struct text *out, const char *text, bool utf8) {
    bool several = strchr(text, '\n') != NULL;
    while (*text) {
        size_t length = strcspn(text, "\n");
        bool more = text[length] == '\n';
        size_t count = several ? useful_length(text, length, more) : length;
        size_t skip = several ? strspn(text, " ") : 0;
        bool joins = several && count > 0 && text[count - 1] == '\\';
        if (count > skip) {
            size_t body = count - skip - (joins ? 1 : 0);
            if (out->length > 0 && out->bytes[out->length - 1] != '\\') {
                text_put(out, "; ");
            } else if (out->length > 0) {
                text_cut(out, out->length - 1);
            }
            if (utf8) {
                text_put_bytes(out, text + skip, body);
            } else {
                put_plain(out, text + skip, body);
            }
            text_put(out, joins ? "\\" : "");
        }
        text += length + (more ? 1 : 0);
    }
    if (several && out->length > 0 && out->bytes[out->length - 1] == '\\') {
        text_cut(out, out->length - 1);
    }
}

static void feed_paste(struct prompt *prompt, const char *text) {
    struct text line = TEXT_EMPTY;
    end_offer(prompt, true);
    join_lines(&line, text, prompt->utf8);
    if (!line.failed) {
        editor_insert(text_string(&line));
    }
    text_free(&line);
}

/* Bytes that are no character must not get into the line: readline walks over a
 * line that is not UTF-8 for ever. */
static bool has_stray_byte(const struct event *event) {
    bool stray = false;
    for (size_t i = 0; i < event->byte_count; i++) {
        stray = stray || (unsigned char)event->bytes[i] >= 0x80;
    }
    return stray && event->key == KEY_CODE_UNKNOWN;
}

static enum prompt_result feed_key(struct prompt *prompt, const struct event *event) {
    if (has_stray_byte(event)) {
        return PROMPT_EDITING;
    }
    bool character = event->modifiers == 0 && event->key >= 0x20 && event->key < KEY_CODE_FIRST &&
                     event->key != RUBOUT && event->byte_count > 0 && event->bytes[0] != ESCAPE;
    end_offer(prompt, character);
    switch (editor_key(event->bytes, event->byte_count, character)) {
    case EDITOR_ACCEPTED: return PROMPT_ACCEPTED;
    case EDITOR_ENDED: return PROMPT_CANCELLED;
    case EDITOR_EDITING: break;
    }
    return PROMPT_EDITING;
}

enum prompt_result prompt_feed(struct prompt *prompt, const struct event *event) {
    if (event->type == EVENT_KEY || event->type == EVENT_PASTE) {
        list_free(prompt->candidates);
        prompt->candidates = NULL;
    }
    if (event->type == EVENT_KEY) {
        return feed_key(prompt, event);
    }
    if (event->type == EVENT_PASTE) {
        feed_paste(prompt, event->text);
    } else if (event->type == EVENT_INTERRUPT) {
        editor_end();
        return PROMPT_CANCELLED;
    }
    return PROMPT_EDITING;
}

bool prompt_knows(const struct prompt *prompt, const struct event *event) {
    (void)prompt;
    return editor_knows(event->bytes, event->byte_count);
}

const char *prompt_line(const struct prompt *prompt) {
    (void)prompt;
    return editor_line();
}

size_t prompt_cursor(const struct prompt *prompt) {
    (void)prompt;
    return editor_cursor();
}

const char *prompt_label(const struct prompt *prompt) {
    (void)prompt;
    return editor_label();
}

const char *prompt_accepted(const struct prompt *prompt) {
    (void)prompt;
    return editor_accepted();
}

char *const *prompt_candidates(const struct prompt *prompt) {
    return prompt->candidates;
}

/* -- History --------------------------------------------------------------------------- */

void prompt_history_add(struct prompt *prompt, const char *line) {
    editor_history_add(line);
    text_put(&prompt->own, line);
    text_put_char(&prompt->own, '\n');
}

enum status prompt_history_load(struct prompt *prompt, const char *path, struct error *error) {
    struct text lines = TEXT_EMPTY;
    (void)prompt;
    enum status status = history_read(path, &lines, error);
    for (char *at = lines.bytes; status == STATUS_OK && at && *at;) {
        char *end = at + strcspn(at, "\n");
        bool more = *end != '\0';
        *end = '\0';
        editor_history_add(at);
        at = end + more;
    }
    text_free(&lines);
    return status;
}

enum status prompt_history_save(struct prompt *prompt, const char *path, size_t limit,
                                struct error *error) {
    if (prompt->own.failed) {
        return error_memory(error);
    }
    if (prompt->own.length == 0) {
        return STATUS_OK;
    }
    enum status status = history_merge(path, &prompt->own, limit, error);
    if (status == STATUS_OK) {
        text_cut(&prompt->own, 0);
    }
    return status;
}
