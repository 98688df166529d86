/* SPDX-License-Identifier: MPL-2.0
 * The `viche` command: what every command is declared by, and what the command line said. */
#ifndef TOOL_TOOL_H
#define TOOL_TOOL_H

#include <stdbool.h>

#include "config/host.h"

enum tool_exit { TOOL_DONE = 0, TOOL_REFUSED = 1, TOOL_MISUSED = 2 };

/* Options beside the four of the host, which every command takes; a bit each. */
enum tool_option {
    TOOL_PLUGIN = 1, TOOL_TOWN = 2, TOOL_RESTART = 4, TOOL_CRASH = 8, TOOL_ALL = 16, TOOL_WRITE = 32,
    TOOL_PAYLOAD = 64, TOOL_QR = 128, TOOL_ANCHOR = 256
};

struct tool_args {
    const char *config;
    struct host_overrides over;
    const char *plugin, *town, *payload, *qr, *anchor;
    bool restart, crash, all, write;
    char **words; /* what is left */
    int word_count;
};

struct tool_command {
    const char *name, *usage, *summary, *help;
    unsigned options; /* enum tool_option */
    int words_min, words_max;
    int (*run)(const struct tool_args *args); /* an exit code */
};

int tool_run(int argc, char **argv);
/* Reads the host's INI as the arguments say. false: the words have been printed. */
bool tool_host(const struct tool_args *args, struct host_config *host);
/* Prints "viche: " and the words to stderr; returns TOOL_REFUSED. */
int tool_refuse(const char *format, ...) __attribute__((format(printf, 1, 2)));

extern const struct tool_command check_command, talk_command, link_command, call_command, news_command;
extern const struct tool_command audit_command, queue_command, backup_command, restore_command, import_command, export_command;
extern const struct tool_command erase_command, export_citizen_command, keys_command, sign_list_command, verify_list_command;

#endif
