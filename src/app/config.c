/*
 * app/config.c - the user's configuration: a scene of nothing but `set`, `bind` and
 * `unbind`, at $XDG_CONFIG_HOME/backstep/config or ~/.config/backstep/config.
 */
#include "config.h"

#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "report.h"
#include "places.h"

static const char *const allowed[] = {"set", "bind", "unbind"};

void config_read(struct source *config, struct text *complaint) {
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
    size_t word = strcspn(line, " \t");
    word = word < length ? word : length;
    for (size_t i = 0; i < sizeof allowed / sizeof *allowed; i++) {
        if (strlen(allowed[i]) == word && memcmp(allowed[i], line, word) == 0) {
            struct result result = {0};
            enum status status = command_run(runner, line, length, &result, error);
            result_free(&result);
            return status;
        }
    }
    return error_at(error, 1, word, "'%.*s' does not belong here: 'set', 'bind' and 'unbind' do",
                    (int)word, line);
}

void config_apply(const struct source *config, const struct runner *runner,
                  struct text *complaint) {
    size_t faults = 0;
    struct text first = TEXT_EMPTY;
    for (size_t i = 0; config->name && i < config->count; i++) {
        size_t length;
        struct error error = {0};
        const char *line = source_statement(config, i, &length);
        if (run_statement(runner, line, length, &error) != STATUS_OK && faults++ == 0) {
            put_fault(&first, config, i, &error);
        }
    }
    if (complaint && first.length > 0) {
        text_put(complaint, text_string(&first));
        if (faults > 1) {
            text_printf(complaint, " (and %zu more)", faults - 1);
        }
    }
    text_free(&first);
}
