/*
 * lang/player_nowhere.c - a name that `goto` cannot go to: neither a quantity nor a mark.
 */
#include <string.h>

#include "base/nearest.h"
#include "base/utf8.h"
#include "lang/player.h"

/* "goto update", without its number. */
static const struct synonym update = {"update", "goto update N", NULL};

static void consider_all(struct nearest *nearest, const struct player *player,
                         const struct model *model) {
    if (nearest_means(nearest, &update)) {
        return;
    }
    for (size_t i = 0; player && i < player->stop_count; i++) {
        nearest_consider(nearest, player->stops[i].name ? player->stops[i].name : "");
    }
    quantity_suggest(model, nearest);
    nearest_consider(nearest, "START");
    nearest_consider(nearest, "END");
}

enum status player_nowhere(const struct player *player, const struct model *model, const char *name,
                           size_t column, const char *where, struct error *error) {
    size_t length = strlen(name), taken;
    struct quantity q;
    if (quantity_is_layered(name, length)) { /* it lacks its layer: say which there are */
        return quantity_parse(model, name, length, column, &q, &taken, error);
    }
    struct nearest nearest = nearest_to(name);
    consider_all(&nearest, player, model);
    const char *question = nearest_question(&nearest);
    return error_at(error, column, utf8_length(name, length),
                    "there is no quantity and no mark '%s'%s%s", name, question ? ": " : where,
                    question ? question : "");
}
