/*
 * lang/builtin.h - the scenes and help topics that are compiled into the program.
 *
 * The tables are generated from the .scene files of scenes/ and the .txt files of src/doc/ when the
 * program is built. Each is sorted by name (the order of strcmp), and ends with
 * a row of NULL that the count leaves out. Texts are UTF-8, end in a '\0' that
 * the length leaves out, and live as long as the program.
 */
#ifndef BACKSTEP_LANG_BUILTIN_H
#define BACKSTEP_LANG_BUILTIN_H

#include <stddef.h>

struct builtin_scene {
    const char *name; /* the file's name without ".scene" */
    const char *text;
    size_t length; /* bytes in `text` */
};

extern const struct builtin_scene builtin_scenes[];
extern const size_t builtin_scene_count;

const struct builtin_scene *builtin_scene_named(const char *name); /* NULL: none */

struct builtin_topic {
    const char *name; /* the file's name without ".txt" */
    const char *text;
    size_t length; /* bytes in `text` */
};

extern const struct builtin_topic builtin_topics[];
extern const size_t builtin_topic_count;

#endif
