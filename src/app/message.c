/*
 * app/message.c - the one line that a session on the screen has to say.
 */
#include "message.h"

#include <stdarg.h>

void message_set(struct message *message, bool is_error, const char *format, ...) {
    va_list arguments;
    text_free(&message->text);
    va_start(arguments, format);
    text_vprintf(&message->text, format, arguments);
    va_end(arguments);
    message->is_error = is_error;
    message->offers = false;
}
