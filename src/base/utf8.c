/*
 * base/utf8.c - UTF-8 on top of utf8proc: decoding, widths, harmless text.
 */
#include "base/utf8.h"

#include <langinfo.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <utf8proc.h>

#include "base/table.h"

enum { REPLACEMENT = 0xFFFD };

static bool printable_ascii(uint32_t code_point) {
    return code_point >= 0x20 && code_point < 0x7F;
}

/* Nearly all that is drawn, letters, indices, signs, lines and blocks: harmless, of one cell,
 * and not worth a look into the tables. */
static bool is_common(uint32_t code_point) {
    static const struct {
        uint32_t first, last;
    } ranges[] = {{0x2190, 0x2319},  /* arrows and operators */
                  {0x2500, 0x25FC},  /* lines, blocks, shapes */
                  {0xAE, 0x2FF},     /* Latin */
                  {0x2074, 0x208E},  /* raised and lowered digits and brackets */
                  {0x1D00, 0x1DBF}}; /* lowered letters */
    if (printable_ascii(code_point)) {
        return true;
    }
    for (size_t n = 0; n < TABLE_COUNT(ranges); n++) {
        if (code_point >= ranges[n].first && code_point <= ranges[n].last) {
            return true;
        }
    }
    return false;
}

size_t utf8_decode(const char *bytes, size_t count, uint32_t *code_point) {
    if (count == 0) {
        return 0;
    }
    if ((unsigned char)*bytes < 0x80) {
        *code_point = (unsigned char)*bytes;
        return 1;
    }
    utf8proc_int32_t decoded;
    size_t limit = count < 4 ? count : 4;
    utf8proc_ssize_t taken =
        utf8proc_iterate((const utf8proc_uint8_t *)bytes, (utf8proc_ssize_t)limit, &decoded);
    if (taken <= 0) {
        *code_point = REPLACEMENT;
        return 1;
    }
    *code_point = (uint32_t)decoded;
    return (size_t)taken;
}

size_t utf8_encode(uint32_t code_point, char bytes[4]) {
    if (code_point > 0x10FFFF || (code_point >= 0xD800 && code_point <= 0xDFFF)) {
        code_point = REPLACEMENT;
    }
    return (size_t)utf8proc_encode_char((utf8proc_int32_t)code_point, (utf8proc_uint8_t *)bytes);
}

void utf8_put(struct text *out, uint32_t code_point) {
    char bytes[4];
    text_put_bytes(out, bytes, utf8_encode(code_point, bytes));
}

int utf8_width(uint32_t code_point) {
    return is_common(code_point) ? 1 : utf8proc_charwidth((utf8proc_int32_t)code_point);
}

size_t utf8_cells(const char *string) {
    size_t cells = 0;
    size_t left = strlen(string);
    while (left > 0) {
        if (printable_ascii((unsigned char)*string)) {
            cells++;
            string++;
            left--;
            continue;
        }
        uint32_t code_point;
        size_t taken = utf8_decode(string, left, &code_point);
        cells += (size_t)utf8_width(code_point);
        string += taken;
        left -= taken;
    }
    return cells;
}

size_t utf8_length(const char *bytes, size_t count) {
    size_t length = 0;
    while (count > 0) {
        uint32_t code_point;
        size_t taken = utf8_decode(bytes, count, &code_point);
        bytes += taken;
        count -= taken;
        length++;
    }
    return length;
}

bool utf8_harmless(uint32_t code_point) {
    if (is_common(code_point)) {
        return true;
    }
    switch (utf8proc_category((utf8proc_int32_t)code_point)) {
    case UTF8PROC_CATEGORY_CC: /* control */
    case UTF8PROC_CATEGORY_CF: /* format: bidi controls, joiners */
    case UTF8PROC_CATEGORY_CS: /* surrogate */
    case UTF8PROC_CATEGORY_CO: /* private use */
    case UTF8PROC_CATEGORY_CN: /* unassigned */
    case UTF8PROC_CATEGORY_ZL: /* line separator */
    case UTF8PROC_CATEGORY_ZP: /* paragraph separator */ return false;
    default: return true;
    }
}

int utf8_show(uint32_t *code_point) {
    if (is_common(*code_point)) {
        return 1;
    }
    *code_point = utf8_harmless(*code_point) ? *code_point : REPLACEMENT;
    return utf8_width(*code_point);
}

/* One code point of input as it may go out. */
static uint32_t harmless_form(uint32_t code_point, bool keep_newlines) {
    if (code_point == '\t' || (code_point == '\n' && !keep_newlines)) {
        return ' ';
    }
    if (code_point == '\n' || utf8_harmless(code_point)) {
        return code_point;
    }
    return REPLACEMENT;
}

static bool utf8_is_mark(uint32_t code_point) {
    return code_point >= 0x80 && utf8_width(code_point) == 0;
}

void utf8_clean(struct text *out, const char *bytes, size_t count, bool keep_newlines) {
    uint32_t letter = 0; /* held back until it is known what follows it; 0: it has its mark */
    while (count > 0) {
        uint32_t code_point;
        size_t taken = utf8_decode(bytes, count, &code_point);
        bytes += taken;
        count -= taken;
        if (code_point < 0x20 || code_point >= 0x7F) {
            code_point = harmless_form(code_point, keep_newlines);
        }
        if (!utf8_is_mark(code_point)) {
            if (letter) {
                utf8_put(out, letter);
            }
            letter = code_point;
        } else if (letter && letter != '\n') {
            utf8proc_int32_t pair[2] = {(utf8proc_int32_t)letter, (utf8proc_int32_t)code_point};
            if (utf8proc_normalize_utf32(pair, 2, UTF8PROC_COMPOSE) == 1) {
                letter = (uint32_t)pair[0];
            } else {
                utf8_put(out, letter);
                utf8_put(out, code_point);
                letter = 0;
            }
        } /* else: a further mark, or one on nothing; left out */
    }
    if (letter) {
        utf8_put(out, letter);
    }
}

bool utf8_is_named(const char *codeset) {
    return strcasecmp(codeset, "UTF-8") == 0 || strcasecmp(codeset, "UTF8") == 0;
}

bool utf8_in_locale(void) {
    return utf8_is_named(nl_langinfo(CODESET));
}
