/* SPDX-License-Identifier: MPL-2.0 */
#include "tool/tool.h"

#include <getopt.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "tool/inspect.h"
#include "tool/options.h"

/* ---- commands without a file of their own ---- */

static const char *plugin_folders(const struct tool_args *args) { return args->over.plugins ? args->over.plugins : VICHE_PLUGIN_DIR; }

static int run_inspect(const struct tool_args *args) { return inspect_print(args->words[0], plugin_folders(args), stdout); }

static int run_options(const struct tool_args *args) { return options_print(args->words[0], plugin_folders(args), stdout); }

static const struct tool_command inspect_command = {
    .name = "inspect", .usage = "PLUGIN", .summary = "what a plugin is and offers", .words_min = 1, .words_max = 1, .run = run_inspect,
    .help = "PLUGIN is a name that is looked for in the plugins' folders, or the path of a .so."};

static const struct tool_command options_command = {
    .name = "options", .usage = "PLUGIN | host | town", .summary = "a commented INI section for it", .words_min = 1, .words_max = 1,
    .run = run_options, .help = "Every key with its meaning and its default, ready to be pasted into an INI file."};

static int run_help(const struct tool_args *args);

static const struct tool_command help_command = {
    .name = "help", .usage = "[COMMAND]", .summary = "this, or one command's options", .words_max = 1, .run = run_help,
    .help = "Without a command: the list of commands."};

static const struct tool_command *const commands[] = {
    &check_command,  &talk_command,   &inspect_command, &options_command,        &queue_command, &backup_command, &restore_command,
    &import_command, &export_command, &erase_command,   &export_citizen_command, &link_command,  &call_command,  &news_command,
    &keys_command,   &sign_list_command, &verify_list_command, &audit_command, &help_command};

enum { COMMANDS = sizeof commands / sizeof *commands };

/* ---- options ---- */

#define AT(field) offsetof(struct tool_args, field)

static const struct {
    const char *name, *value, *help;
    unsigned bit; /* 0: every command takes it */
    size_t at;    /* in struct tool_args: a const char * if it has a value, else a bool */
} options[] = {
    {"config", "FILE", "the host's INI; default " VICHE_CONFIG_FILE, 0, AT(config)},
    {"data", "DIR", "the towns' data, instead of what the INI says", 0, AT(over.data)},
    {"plugins", "DIRS", "folders with plugins, separated by ':', instead of what the INI says", 0, AT(over.plugins)},
    {"share", "DIR", "texts and static files, instead of what the INI says", 0, AT(over.share)},
    {"plugin", "FILE.so", "a plugin alone, in a sample town", TOOL_PLUGIN, AT(plugin)},
    {"town", "FILE.ini", "the town whose INI this is, wherever it lies", TOOL_TOWN, AT(town)},
    {"restart", NULL, "once more, with a restart between all turns", TOOL_RESTART, AT(restart)},
    {"crash", NULL, "once more for every commit, killed before and after it", TOOL_CRASH, AT(crash)},
    {"all", NULL, "--restart and --crash", TOOL_ALL, AT(all)},
    {"write", NULL, "put what the town says into the transcripts", TOOL_WRITE, AT(write)},
    {"payload", "TEXT", "what the link hands to the town: the address of a board, a leaflet", TOOL_PAYLOAD, AT(payload)},
    {"anchor", "LINE", "what the log said of the chain then; - for a whole log on the standard input", TOOL_ANCHOR, AT(anchor)},
    {"qr", "FILE.svg", "the QR code as a picture; - for the terminal", TOOL_QR, AT(qr)},
};

enum { OPTIONS = sizeof options / sizeof *options };

static void print_options(unsigned bits, bool common)
{
    for (size_t i = 0; i < OPTIONS; i++) {
        if (common != (options[i].bit == 0) || (options[i].bit && !(options[i].bit & bits)))
            continue;
        char head[32];
        snprintf(head, sizeof head, "--%s %s", options[i].name, options[i].value ? options[i].value : "");
        printf("  %-20s %s\n", head, options[i].help);
    }
}

static int misused(const struct tool_command *command)
{
    if (command)
        fprintf(stderr, "usage: viche %s %s\nviche help %s tells more.\n", command->name, command->usage, command->name);
    else
        fprintf(stderr, "usage: viche COMMAND …\nviche help lists the commands.\n");
    return TOOL_MISUSED;
}

static bool take_option(struct tool_args *args, const struct tool_command *command, size_t i, char *value)
{
    if (options[i].bit && !(options[i].bit & command->options)) {
        fprintf(stderr, "viche %s: there is no option --%s here\n", command->name, options[i].name);
        return false;
    }
    void *field = (char *)args + options[i].at;
    if (options[i].value)
        *(const char **)field = value;
    else
        *(bool *)field = true;
    return true;
}

static bool read_options(struct tool_args *args, const struct tool_command *command, int argc, char **argv)
{
    struct option table[OPTIONS + 1] = {{0}};
    for (size_t i = 0; i < OPTIONS; i++)
        table[i] = (struct option){.name = options[i].name, .has_arg = options[i].value ? required_argument : no_argument, .val = (int)i};
    for (int found = getopt_long(argc, argv, "", table, NULL); found != -1; found = getopt_long(argc, argv, "", table, NULL)) {
        if (found == '?' || !take_option(args, command, (size_t)found, optarg))
            return false;
    }
    args->words = argv + optind;
    args->word_count = argc - optind;
    return args->word_count >= command->words_min && args->word_count <= command->words_max;
}

/* ---- help, dispatch ---- */

static const struct tool_command *find_command(const char *name)
{
    for (size_t i = 0; i < COMMANDS; i++) {
        if (text_is(commands[i]->name, name))
            return commands[i];
    }
    fprintf(stderr, "viche: there is no command %s\n", name);
    return NULL;
}

static int help_one(const struct tool_command *command)
{
    printf("viche %s %s: %s\n\n%s\n\n", command->name, command->usage, command->summary, command->help);
    print_options(command->options, false);
    print_options(0, true);
    return TOOL_DONE;
}

static int run_help(const struct tool_args *args)
{
    const struct tool_command *command = args->word_count ? find_command(args->words[0]) : NULL;
    if (args->word_count)
        return command ? help_one(command) : misused(NULL);
    printf("viche %s: the town hall's tool\n\n", VICHE_VERSION);
    for (size_t i = 0; i < COMMANDS; i++)
        printf("  %-16s %s\n", commands[i]->name, commands[i]->summary);
    printf("\nviche help COMMAND tells more. Every command takes:\n");
    print_options(0, true);
    printf("\nExit codes: 0 done, 1 refused (the words say why), 2 misused.\n");
    return TOOL_DONE;
}

bool tool_host(const struct tool_args *args, struct host_config *host)
{
    struct fail fail = {0};
    if (host_read(host, args->config, &args->over, &fail))
        return true;
    tool_refuse("%s", fail.words);
    return false;
}

int tool_refuse(const char *format, ...)
{
    va_list args;
    va_start(args, format);
    fputs("viche: ", stderr);
    vfprintf(stderr, format, args);
    fputc('\n', stderr);
    va_end(args);
    return TOOL_REFUSED;
}

int tool_run(int argc, char **argv)
{
    const char *name = argc > 1 ? argv[1] : "help";
    if (text_is(name, "--help") || text_is(name, "-h") || text_is(name, "--version"))
        name = "help";
    const struct tool_command *command = find_command(name);
    if (!command)
        return misused(NULL);
    struct tool_args args = {.config = VICHE_CONFIG_FILE};
    if (argc > 1)
        argv++, argc--;
    if (!read_options(&args, command, argc, argv))
        return misused(command);
    return command->run(&args);
}
