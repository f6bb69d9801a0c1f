/*
 * lang/builtin.h - the scenes and help topics that are compiled into the program, out of the
 * .scene files of scenes/ and the .txt files of src/doc/.
 */
#ifndef BACKSTEP_LANG_BUILTIN_H
#define BACKSTEP_LANG_BUILTIN_H

#include "base/builtin.h"

extern const struct builtin builtin_scenes[];
extern const size_t builtin_scene_count;

const struct builtin *builtin_scene_named(const char *name); /* NULL: none */

extern const struct builtin builtin_topics[];
extern const size_t builtin_topic_count;

#endif
