/*
 * expr/parse.h - the reader of expressions while it reads: its place in the line,
 * and the parts of it that lie in several files. Private to expr/.
 */
#ifndef BACKSTEP_SRC_EXPR_PARSE_H
#define BACKSTEP_SRC_EXPR_PARSE_H

#include "expr/expr.h"

struct parser {
    const struct names *names;
    const char *bytes;
    size_t count;
    size_t at;
    size_t column; /* of bytes[0] */
    size_t plain;  /* so many bytes from the start are known to be ASCII */
    bool list;     /* blanks separate elements here */
    size_t depth;
    struct error *error;
};

bool parse_is_word_start(char c);

/* The byte at `at`, or the next one; '\0' past the end. */
char parse_peek_at(const struct parser *p, size_t at);
char parse_peek(const struct parser *p);
void parse_skip_blanks(struct parser *p);

/* The column, in code points, of a byte. */
size_t parse_column(struct parser *p, size_t at);

/* How long the word, number or sign at `at` is, for an error message; 0 at the end. */
size_t parse_token_length(const struct parser *p, size_t at);

/* Errors at the next byte. They return NULL, to be returned. */
struct expr *parse_unexpected(struct parser *p, const char *wanted);
struct expr *parse_too_deep(struct parser *p);

/* Note where a tree stood, from byte `from` up to here; a tree that is NULL, since
 * memory was short, becomes an error, and so does one that is too high. */
struct expr *parse_placed(struct parser *p, struct expr *expr, size_t from);

/* The loosest level of the grammar: any expression. */
struct expr *parse_comparison(struct parser *p);

/* "[a b; c d]", and "a b c" without brackets up to the end. */
struct expr *parse_bracket(struct parser *p);
struct expr *parse_bare_list(struct parser *p);

#endif
