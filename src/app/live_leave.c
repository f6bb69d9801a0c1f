/*
 * app/live_leave.c - going where all of the user's work is lost: out of the program, to
 * another scene, to the scene as its file is now. It is asked first whether that may be.
 */
#include "live.h"

static void open_chosen(struct live *live) {
    struct menu *menu = &live->cover.menu;
    struct error error = {0};
    if (live_load(live, menu->catalogue.rows[menu->at].name, &error) != STATUS_OK) {
        live->cover.kind = COVER_MENU;
        message_set(&live->message, true, "%s", error.text);
    }
}

static void leave_now(struct live *live, enum leave leave) {
    live->cover.kind = COVER_NONE;
    switch (leave) {
    case LEAVE_PROGRAM: live->quit = true; break;
    case LEAVE_SCENE: open_chosen(live); break;
    case LEAVE_TO_RELOAD: live_reload(live); break;
    }
}

void live_leave(struct live *live, enum leave leave) {
    static const char *const questions[] = {
        [LEAVE_PROGRAM] = "leave, and lose your changes?  y / n",
        [LEAVE_SCENE] = "open it, lose your changes?  y / n",
        [LEAVE_TO_RELOAD] = "reload, and lose your changes?  y / n",
    };
    live->leaving = leave;
    if (live_has_work(live)) {
        cover_ask(&live->cover, COVER_LEAVE, "%s", questions[leave]);
    } else {
        leave_now(live, leave);
    }
}

void live_leave_answered(struct live *live, bool yes) {
    if (yes) {
        leave_now(live, live->leaving);
    } else {
        live->cover.kind = live->leaving == LEAVE_SCENE ? COVER_MENU : COVER_NONE;
    }
}
