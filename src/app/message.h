/*
 * app/message.h - the one line that a session on the screen has to say. Private to app/.
 */
#ifndef BACKSTEP_SRC_APP_MESSAGE_H
#define BACKSTEP_SRC_APP_MESSAGE_H

#include "base/text.h"

/* The text is the message's own: text_free(). */
struct message {
    struct text text;
    bool is_error;
    bool offers; /* it offers an unfinished session: keys of its own serve while it stands */
};

/* Say this instead; "" for nothing. */
void message_set(struct message *message, bool is_error, const char *format, ...) PRINTF_LIKE(3, 4);

#endif
