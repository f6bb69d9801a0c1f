/*
 * app/places.c - where the program keeps what is the user's own: the folders of the XDG
 * base directory specification.
 */
#include "places.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

bool place_of(struct text *path, const char *variable, const char *usual, const char *name) {
    const char *folder = getenv(variable), *home = getenv("HOME");
    if (folder && folder[0] == '/') {
        text_printf(path, "%s/backstep/%s", folder, name);
    } else if (home && home[0] == '/') {
        text_printf(path, "%s/%s/backstep/%s", home, usual, name);
    }
    return path->length > 0 && !path->failed;
}

bool place_make(const char *path) {
    char *folder = string_copy(path);
    bool made = folder != NULL;
    for (char *at = folder; made && (at = strchr(at + 1, '/')) != NULL; *at = '/') {
        *at = '\0';
        made = mkdir(folder, 0700) == 0 || errno == EEXIST;
    }
    free(folder);
    return made;
}
