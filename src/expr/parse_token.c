/*
 * expr/parse_token.c - what every part of the reader of expressions needs: the next
 * byte, columns, errors at a place, and trees that know where they stood. Columns
 * count code points from the line's start.
 */
#include "base/ascii.h"
#include "base/utf8.h"
#include "parse.h"

bool parse_is_word_start(char c) {
    return ascii_is_letter(c) || c == '_' || (unsigned char)c >= 0x80;
}

char parse_peek_at(const struct parser *p, size_t at) {
    return at < p->count ? p->bytes[at] : '\0';
}
char parse_peek(const struct parser *p) {
    return parse_peek_at(p, p->at);
}

/* In ASCII, which is all that good input holds, a byte is a column: so a long
 * line is not counted from its start again for every column in it. */
size_t parse_column(struct parser *p, size_t at) {
    while (p->plain < at && (unsigned char)p->bytes[p->plain] < 0x80) {
        p->plain++;
    }
    size_t plain = p->plain < at ? p->plain : at;
    return p->column + plain + utf8_length(p->bytes + plain, at - plain);
}

void parse_skip_blanks(struct parser *p) {
    while (ascii_is_blank(parse_peek(p))) {
        p->at++;
    }
}

size_t parse_token_length(const struct parser *p, size_t at) {
    size_t length = 0;
    while (at + length < p->count) {
        char c = p->bytes[at + length];
        if (!parse_is_word_start(c) && !ascii_is_digit(c) && c != '.') {
            break;
        }
        length++;
    }
    return length > 0 ? length : (at < p->count ? 1 : 0);
}

struct expr *parse_unexpected(struct parser *p, const char *wanted) {
    const char *typed;
    size_t length = parse_token_length(p, p->at);
    size_t sign = quantity_sign(p->bytes + p->at, p->count - p->at, &typed);
    if (sign > 0) {
        error_at(p->error, parse_column(p, p->at), 1, "'%.*s' is typed as '%s' here", (int)sign,
                 p->bytes + p->at, typed);
    } else if (length == 0) {
        error_at(p->error, parse_column(p, p->at), 1, "%s is missing at the end", wanted);
    } else {
        error_at(p->error, parse_column(p, p->at), utf8_length(p->bytes + p->at, length),
                 "unexpected '%.*s': %s is missing here", (int)(length < 60 ? length : 60),
                 p->bytes + p->at, wanted);
    }
    return NULL;
}

struct expr *parse_too_deep(struct parser *p) {
    error_at(p->error, parse_column(p, p->at), 1, "this is nested too deeply");
    return NULL;
}

struct expr *parse_placed(struct parser *p, struct expr *expr, size_t from) {
    if (!expr) {
        error_memory(p->error);
        return NULL;
    }
    if (expr->height > EXPR_HEIGHT_MAX) { /* a long chain of operators leans to the left */
        expr_free(expr);
        return parse_too_deep(p);
    }
    if (expr->column == 0) {
        expr->column = parse_column(p, from);
        expr->length = parse_column(p, p->at) - expr->column;
    }
    return expr;
}
