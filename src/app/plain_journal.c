/*
 * app/plain_journal.c - what is done in plain mode at a terminal is kept in a journal too.
 * Lines that a program writes it has anyway: of those none is kept.
 */
#include "plain.h"

void plain_journal_restart(struct plain *plain) {
    if (!plain->recovery.running) {
        keeping_restart(&plain->keeping, plain->talks, plain->options);
    }
}

void plain_journal(struct plain *plain, const char *line, size_t length, const struct state *before,
                   const struct result *result) {
    struct keeping *keeping = &plain->keeping;
    struct kept kept = {TEXT_EMPTY, false};
    struct error error = {0};
    if (keeping->on && !plain->recovery.running &&
        keeping_line(&kept, &plain->session, plain->source.name != NULL, line, length, before,
                     result)) {
        if (keeping_add(keeping, &plain->session, &plain->source, &kept, &error) == STATUS_OK) {
            journal_sync(&keeping->journal);
        } else { /* what was kept before stays */
            struct text text = TEXT_EMPTY;
            text_printf(&text, "%s: what you do from here on is not kept", error.text);
            plain_error(plain, 0, text_string(&text));
            text_free(&text);
            keeping->on = false;
        }
    }
    text_free(&kept.line);
}

void plain_journal_open(struct plain *plain) {
    plain_journal_restart(plain);
    if (recovery_find(&plain->recovery, &plain->keeping)) {
        const struct unfinished *left = &plain->recovery.unfinished;
        struct text text = TEXT_EMPTY;
        text_put(&text, "There is an unfinished session");
        unfinished_put_name(&text, left);
        text_printf(&text, ", %zu line%s: 'recover' brings it back, 'forget' drops it.\n",
                    left->lines, left->lines == 1 ? "" : "s");
        plain_text(plain, &text);
    }
}

void plain_journal_close(struct plain *plain) {
    journal_end(&plain->keeping.journal, false);
    recovery_close(&plain->recovery);
}
