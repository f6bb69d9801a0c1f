/*
 * support/jsonlint.h - is a text one JSON value, strictly by RFC 8259?
 */
#ifndef BACKSTEP_SUPPORT_JSONLINT_H
#define BACKSTEP_SUPPORT_JSONLINT_H

#include <stdbool.h>

/* Blanks may stand around it. An object's keys must differ. */
bool json_is_strict(const char *text);

#endif
