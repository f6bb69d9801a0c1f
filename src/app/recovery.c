/*
 * app/recovery.c - a session that did not end well, brought back.
 */
#include "recovery.h"

bool recovery_find(struct recovery *recovery, const struct keeping *keeping) {
    recovery->found = keeping_find(keeping, &recovery->unfinished);
    return recovery->found;
}

static void end(struct recovery *recovery, bool kept) {
    if (recovery->found) {
        unfinished_close(&recovery->unfinished, kept);
        recovery->found = false;
    }
}

void recovery_close(struct recovery *recovery) {
    end(recovery, true);
}

void recovery_drop(struct recovery *recovery) {
    end(recovery, false);
}

void recovery_begin(struct recovery *recovery) {
    recovery->running = true;
    recovery->started = recovery->unfinished.at;
    recovery->folder = recovery->unfinished.folder;
}

/* A state begins with a comment, and a line that was run with none. */
static bool begins_with_state(const struct recovery *recovery) {
    const struct text *bytes = &recovery->unfinished.bytes;
    return recovery->started < bytes->length && bytes->bytes[recovery->started] == '#';
}

bool recovery_end(struct recovery *recovery, struct keeping *keeping, size_t done) {
    struct unfinished *unfinished = &recovery->unfinished;
    bool whole = done == unfinished->lines;
    recovery->running = false;
    recovery->folder = NULL;
    journal_end(&keeping->journal, false);
    if (whole) { /* it is this session's from now on */
        keeping->journal = unfinished->journal;
        keeping->from_state = begins_with_state(recovery);
        unfinished->journal = (struct journal){.fd = -1};
        end(recovery, true);
    } else {
        unfinished->at = recovery->started; /* to be tried again */
        keeping->whole = true;
    }
    return whole;
}
