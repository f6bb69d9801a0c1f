/*
 * lang/player.c - running a scene on a session, moment by moment.
 */
#include "player_private.h"

#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"

enum { MARKED_BYTES_MAX = 512 * 1024 * 1024 };

void player_open(struct player *player, const struct runner *runner, const struct source *source) {
    *player =
        (struct player){.runner = *runner, .source = source, .speed = 1, .reason = STOP_START};
    player->runner.scene = true;
}

static enum status unknown_mark(const struct player *player, const struct result *result,
                                struct error *error) {
    const char *name = result->name;
    if (player_mark_ahead(player, name)) {
        return error_at(error, result->column, strlen(name),
                        "the mark '%s' comes only after this line", name);
    }
    return player_nowhere(player, state_model(&player->runner.session->now), name, result->column,
                          " before this line", error);
}

/* A `goto MARK` within the scene: the state as it was there, and on with the scene. */
static enum status recall_mark(struct player *player, const struct result *result,
                               struct error *error) {
    const struct stop *stop = player_find_mark(player, result->name);
    if (!stop) {
        return unknown_mark(player, result, error);
    }
    struct state copy; /* marks are pinned */
    struct session *session = player->runner.session;
    if (state_copy(&copy, &stop->place.here->state) != STATUS_OK) {
        return error_memory(error);
    }
    bool same = copy.version == session->now.version;
    return session_commit(session, &copy, same ? CHANGE_NONE : CHANGE_RECALL) == STATUS_OK
               ? STATUS_OK
               : error_memory(error);
}

/* What marks keep, the bound on memory does not take: so they have one of their own. */
static bool keeps_too_much(const struct session *session) {
    size_t model = history_model_bytes(state_model(&session->now));
    size_t most = MARKED_BYTES_MAX > 8 * model ? MARKED_BYTES_MAX : 8 * model;
    return session->history->bytes > session->history->bound &&
           session->history->bytes - session->history->bound > most;
}

/* A name marks one place; a scene that is played again comes by it again. */
static enum status set_mark(struct player *player, const struct result *result,
                            struct error *error) {
    const struct stop *other = player_find_mark(player, result->name);
    if (other && other->next != player->next) {
        const struct source *there = source_part(player->source, other->next - 1);
        bool here = there == source_part(player->source, player->next - 1);
        size_t line, column;
        source_position(player->source, other->next - 1, 1, &line, &column);
        return error_at(error, result->column, strlen(result->name),
                        "there is a mark '%s' already, in line %zu%s%s", result->name, line,
                        here ? "" : " of ", here ? "" : there->name);
    }
    if (keeps_too_much(player->runner.session)) {
        return error_at(error, result->column, strlen(result->name),
                        "the marks before '%s' keep too many networks already: %zu MiB",
                        result->name, player->runner.session->history->bytes >> 20);
    }
    return player_note_stop(player, STOP_PAUSE, result->name) ? STATUS_OK : error_memory(error);
}

/* What a statement asked for. True where the scene stops, for player->reason. */
static bool obey(struct player *player, const struct result *result, enum status *status,
                 struct error *error) {
    switch (result->request) {
    case REQUEST_PAUSE:
        player->pauses++;
        player->reason = STOP_PAUSE;
        break;
    case REQUEST_ASK:
        player->pauses++;
        player->reason = STOP_ASK;
        break;
    case REQUEST_CONSENT:
        memcpy(player->file, result->name, sizeof player->file);
        player->reason = STOP_CONSENT;
        player->next--;
        return true;
    case REQUEST_WAIT:
        player->seconds = result->seconds;
        player->reason = STOP_WAIT;
        break;
    case REQUEST_QUIT:
    case REQUEST_QUIT_NOW: player->reason = STOP_QUIT; return true;
    case REQUEST_SPEED: player->speed = result->seconds; return false;
    case REQUEST_MARK: *status = set_mark(player, result, error); return false;
    case REQUEST_GOTO_MARK: *status = recall_mark(player, result, error); return false;
    default: return false;
    }
    *status = player_note_stop(player, player->reason, NULL) ? STATUS_OK : error_memory(error);
    bool passed = player->reason == STOP_ASK && player->answers;
    if (passed) {
        question_close(&player->runner.session->now.question);
    }
    return !passed;
}

/* Run a statement where its file lies. */
static enum status run_line(struct player *player, size_t index, struct result *result,
                            struct error *error) {
    const struct source *source = player->source, *part = source_part(source, index);
    const struct error *fault = source->statements[index].fault;
    struct runner runner = player->runner;
    size_t length;
    const char *line = source_statement(source, index, &length);
    if (fault) {
        return error_at(error, fault->column, fault->length, "%s", fault->text);
    }
    runner.folder = part == source ? runner.folder : part->folder;
    enum status status = command_run(&runner, line, length, result, error);
    struct error why = {0};
    if (runner.give_up && runner.give_up(runner.context, &why) != STATUS_OK) {
        size_t word = utf8_length(line, statement_word(line, length));
        status = error_at(error, 1, word, "%s", why.text);
    }
    return status;
}

static bool run_statement(struct player *player, bool silent, struct error *error) {
    struct result result = {0};
    player->next++;
    player->typed = 0;
    player->reason = STOP_END; /* unless something else comes */
    bool stopped = false;
    enum status status = run_line(player, player->next - 1, &result, error);
    if (player->output && !silent) {
        player->output(player->context, &result);
    }
    if (status == STATUS_OK) {
        stopped = obey(player, &result, &status, error);
    }
    result_free(&result);
    if (status != STATUS_OK) {
        player->reason = STOP_ERROR;
    }
    return stopped || status != STATUS_OK;
}

/* A letter more of a line that is typed; false once all of it is shown, or where the
 * next statement is no such line. */
static bool type_on(struct player *player, bool *noted) {
    size_t length;
    *noted = true;
    if (player->reason == STOP_TYPE) {
        return player_type_letter(player);
    }
    if (!typed_line(player->source, player->next, &length)) {
        return false;
    }
    player->reason = STOP_TYPE;
    player->typed = 0;
    player->seconds = typing_seconds(player);
    *noted = player_note_stop(player, STOP_TYPE, NULL);
    return true;
}

bool player_advance(struct player *player, bool silent, struct error *error) {
    bool noted;
    question_close(&player->runner.session->now.question); /* answered or not, it is over */
    if (player->reason == STOP_START && !player_note_stop(player, STOP_START, NULL)) {
        error_memory(error);
        player->reason = STOP_ERROR;
        return true;
    }
    if (!type_on(player, &noted)) {
        return run_statement(player, silent, error);
    }
    if (!noted) {
        error_memory(error);
        player->reason = STOP_ERROR;
    }
    return true;
}

bool player_is_stuck(const struct player *player) {
    return player->reason == STOP_ERROR || player->reason == STOP_QUIT ||
           player->reason == STOP_CONSENT;
}

enum stop_reason player_run(struct player *player, bool through_waits, struct error *error) {
    bool stopped = false;
    session_set_floor(player->runner.session, false);
    while (!stopped && !player_is_over(player)) {
        stopped = player_advance(player, false, error);
        if (through_waits && (player->reason == STOP_WAIT || player->reason == STOP_TYPE)) {
            player_type_all(player);
            stopped = false;
        }
    }
    if (!stopped) {
        player->reason = STOP_END;
    }
    if (!player_remember(player) && player->reason != STOP_ERROR) {
        error_memory(error);
        player->reason = STOP_ERROR;
    }
    return player->reason;
}

bool player_rejoin(struct player *player, struct error *error) {
    struct session *session = player->runner.session;
    bool away = player->moved && (player_off_script(player) || session->undo != player->here.undo ||
                                  session->redo != player->here.redo);
    if (away && session_return(session, &player->here) != STATUS_OK) {
        error_memory(error);
        return false;
    }
    session_set_floor(session, false);
    return true;
}

enum stop_reason player_continue(struct player *player, bool through_waits, struct error *error) {
    if (player_is_over(player)) {
        return STOP_END;
    }
    if (player->runner.session->now.question.stage == QUESTION_OPEN) {
        player->runner.session->score.shown++; /* passed over */
    }
    return player_rejoin(player, error) ? player_run(player, through_waits, error) : STOP_ERROR;
}

bool player_off_script(const struct player *player) {
    const struct state *now = &player->runner.session->now;
    const struct state *here = player->moved ? &player->here.here->state : now;
    return (now->version != here->version || now->place.step != here->place.step ||
            now->place.element != here->place.element);
}

bool player_drops(const struct player *player) {
    return player->moved && player->runner.session->now.version != player->here.here->state.version;
}

static bool statement_is(const char *line, size_t length, const char *command) {
    return string_is(command, line, statement_word(line, length));
}

size_t player_pause_count(const struct player *player) {
    size_t count = 0;
    for (size_t i = 0; i < player->source->count; i++) {
        size_t length;
        const char *line = source_statement(player->source, i, &length);
        count += statement_is(line, length, "pause") || statement_is(line, length, "ask");
    }
    return count;
}
