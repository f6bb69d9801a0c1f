/*
 * base/inside.c - does a path stay inside a folder, whatever links and ".." there are.
 */
#define _XOPEN_SOURCE 700 /* realpath() */

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"

/* The real folder that a path lies in; NULL where there is none. */
static char *real_folder(const char *path) {
    char *folder = file_folder(path);
    char *real = realpath(folder ? folder : ".", NULL);
    free(folder);
    return real;
}

/* Not out of the folder by its words alone: for what is not there, and cannot be opened. */
static bool begins_in(const char *path, const char *folder) {
    size_t length = strlen(folder);
    bool below = length == 0 ? *path != '/' : strncmp(path, folder, length) == 0;
    return below && strncmp(path + length, "../", 3) != 0 && !strstr(path + length, "/../");
}

static bool lies_in(const char *path, const char *folder) {
    size_t length = strlen(folder);
    bool root = length == 1; /* "/" */
    return strncmp(path, folder, length) == 0 &&
           (root || path[length] == '/' || path[length] == '\0');
}

bool file_is_inside(const char *path, const char *folder, bool replaced) {
    const char *slash = strrchr(path, '/'), *name = slash ? slash + 1 : path;
    char *root = realpath(*folder ? folder : ".", NULL);
    char *real = replaced ? NULL : realpath(path, NULL);
    if (!real && (replaced || errno == ENOENT)) { /* a link at its end is not followed */
        real = real_folder(path);
    }
    bool up = strcmp(name, "..") == 0 || strcmp(name, ".") == 0;
    bool inside = root && !up && (real ? lies_in(real, root) : begins_in(path, folder));
    free(root);
    free(real);
    return inside;
}
