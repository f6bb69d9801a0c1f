/*
 * out/json.h - the state of a model, and the steps of its walk, as JSON. The
 * form is fixed: other programs read it.
 */
#ifndef BACKSTEP_OUT_JSON_H
#define BACKSTEP_OUT_JSON_H

#include "base/text.h"
#include "net/model.h"

/* One object on one line, with a newline. Numbers have the fewest digits that
 * read back; what is not finite is a string ("NaN", "Infinity", "-Infinity").
 * Memory that runs short shows in `out`. The model must be fresh. */
void json_state(struct text *out, struct model *model);

/* A JSON number, or the string of one that is not finite. */
void json_put_number(struct text *out, double value);

/* A JSON string with its quotes; control characters escaped. In a page '<' is too, so
 * that nothing in it can end the script that it stands in. */
void json_put_string(struct text *out, const char *string);
void json_string_in_page(struct text *out, const char *string);

#endif
