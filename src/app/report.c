/*
 * app/report.c - what the program says on standard output and standard error.
 */
#include "report.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "base/file.h"
#include "lang/quiz.h"

int complain(const char *message, int code) {
    fprintf(stderr, "backstep: %s\n", message);
    return code;
}

int complain_source(const struct error *error) {
    if (error->column == 0) {
        return complain(error->text, 1);
    }
    fprintf(stderr, "%s\n", error->text);
    return 1;
}

bool put_out(const char *bytes, size_t count) {
    return fwrite(bytes, 1, count, stdout) == count;
}

enum status put_file(const char *path, const struct text *bytes, struct error *error) {
    if (bytes->failed) {
        return error_memory(error);
    }
    if (path && strcmp(path, "-") != 0) {
        return file_write(path, text_string(bytes), bytes->length, error);
    }
    put_out(text_string(bytes), bytes->length); /* finish_out() says what went wrong */
    return STATUS_OK;
}

int finish_out(int code) {
    if (fflush(stdout) == 0 && !ferror(stdout)) {
        return code;
    }
    struct error error;
    error_set(&error, STATUS_IO, "cannot write to standard output: %s", strerror(errno));
    return complain(error.text, 1);
}

int put_summary(const struct score *score, int code) {
    struct text text = TEXT_EMPTY;
    quiz_summary(&text, score);
    text_put(&text, "\n");
    put_out(text_string(&text), text.length);
    text_free(&text);
    return finish_out(code);
}

size_t last_statement(const struct player *player) {
    return player->next > 0 ? player->next - 1 : 0;
}

void put_fault(struct text *out, const struct source *source, size_t index,
               const struct error *error) {
    source_describe(source, index, error, false, out);
    text_cut(out, out->length > 0 ? out->length - 1 : 0); /* its newline */
}

void report(const struct source *source, size_t index, const struct error *error, bool caret) {
    struct text text = TEXT_EMPTY;
    source_describe(source, index, error, caret, &text);
    fputs(text_string(&text), stderr);
    text_free(&text);
}
