/*
 * app/config.c - the user's configuration: a scene of nothing but `set`, `bind` and
 * `unbind`, at $XDG_CONFIG_HOME/backstep/config or ~/.config/backstep/config.
 */
#include "config.h"

#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/table.h"
#include "report.h"
#include "places.h"

static const char *const allowed[] = {"set", "bind", "unbind"};

/* The caller closes `config` where its name is not NULL. */
static void config_read(struct source *config, struct text *complaint) {
    struct text path = TEXT_EMPTY, bytes = TEXT_EMPTY;
    struct error error = {0};
    if (place_of(&path, "XDG_CONFIG_HOME", ".config", "config") &&
        access(text_string(&path), F_OK) == 0) {
        enum status status = file_read(text_string(&path), SOURCE_BYTES_MAX, &bytes, &error);
        if (status == STATUS_OK) {
            status = source_open(config, "config", text_string(&bytes), bytes.length, &error);
        }
        if (status != STATUS_OK) {
            text_put(complaint, error.text);
        }
    }
    text_free(&bytes);
    text_free(&path);
}

static enum status run_statement(const struct runner *runner, const char *line, size_t length,
                                 struct error *error) {
    size_t word = statement_word(line, length);
    for (size_t i = 0; i < TABLE_COUNT(allowed); i++) {
        if (string_is(allowed[i], line, word)) {
            struct result result = {0};
            enum status status = command_run(runner, line, length, &result, error);
            result_free(&result);
            return status;
        }
    }
    return error_at(error, 1, word, "'%.*s' does not belong here: 'set', 'bind' and 'unbind' do",
                    (int)word, line);
}

static void config_apply(const struct source *config, const struct runner *runner,
                         struct text *complaint) {
    size_t faults = 0;
    struct text first = TEXT_EMPTY;
    for (size_t i = 0; i < config->count; i++) {
        size_t length;
        struct error error = {0};
        const char *line = source_statement(config, i, &length);
        if (run_statement(runner, line, length, &error) != STATUS_OK && faults++ == 0) {
            put_fault(&first, config, i, &error);
        }
    }
    if (first.length > 0) {
        text_put(complaint, text_string(&first));
        if (faults > 1) {
            text_printf(complaint, " (and %zu more)", faults - 1);
        }
    }
    text_free(&first);
}

void config_load(const struct runner *runner, struct text *complaint) {
    struct source config = {0};
    config_read(&config, complaint);
    if (config.name) {
        config_apply(&config, runner, complaint);
        source_close(&config);
    }
}

void config_follow(const struct preferences *preferences, const struct runner *runner) {
    struct runner own = *runner;
    own.preferences = NULL; /* keys and colours are as they are */
    for (size_t i = 0; i < PREFERENCES_MOST; i++) {
        const char *line = preferences->lines[i];
        struct result result = {0};
        struct error error = {0};
        if (line) {
            (void)command_run(&own, line, strlen(line), &result, &error); /* it ran before */
        }
        result_free(&result);
    }
}
