/* SPDX-License-Identifier: MPL-2.0
 * What an operator does to a town with one request: parked events, tables as CSV, one citizen's data. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "tool/ask.h"

enum { FILE_BYTES_MAX = 20 * 1024 * 1024 };

/* A request whose path names one thing: before, part, after. into: NULL: stdout. */
static int ask_about(const struct tool_args *args, const char *town, const char *method, const char *before, const char *part,
                     const char *after, const char *into)
{
    if (part[strspn(part, "abcdefghijklmnopqrstuvwxyz0123456789-_")] || !*part)
        return tool_refuse("“%s” cannot be a name or a number here", part);
    char path[256];
    snprintf(path, sizeof path, "/admin/%s/%s%s", before, part, after);
    return ask_and_print(args, town, &(struct ask){.method = method, .path = path, .into = into});
}

/* ---- queue ---- */

static int list_one(const struct tool_args *args, const char *town)
{
    return ask_and_print(args, town, &(struct ask){.method = "GET", .path = "/admin/queue"});
}

static int list_all(const struct tool_args *args)
{
    struct host_config host;
    if (!tool_host(args, &host))
        return TOOL_REFUSED;
    int code = TOOL_DONE;
    for (size_t i = 0; i < host.town_count; i++) {
        char *town = mem_copy(strrchr(host.town_files[i], '/') + 1);
        town[strcspn(town, ".")] = '\0';
        int one = list_one(args, town);
        code = one == TOOL_DONE ? code : one;
        free(town);
    }
    host_close(&host);
    return code;
}

static int run_queue(const struct tool_args *args)
{
    const char *what = args->words[0];
    int words = args->word_count;
    if (text_is(what, "list") && words < 3)
        return words == 1 ? list_all(args) : list_one(args, args->words[1]);
    if ((text_is(what, "retry") || text_is(what, "bury")) && words == 3)
        return ask_about(args, args->words[1], "POST", "queue", args->words[2], text_is(what, "retry") ? "/retry" : "/bury", NULL);
    tool_refuse("viche queue list [TOWN], viche queue retry TOWN NUMBER or viche queue bury TOWN NUMBER");
    return TOOL_MISUSED;
}

const struct tool_command queue_command = {
    .name = "queue", .usage = "list [TOWN] | retry TOWN NUMBER | bury TOWN NUMBER", .summary = "events that brought a worker down twice",
    .words_min = 1, .words_max = 3, .run = run_queue,
    .help = "list: town, number, when, channel, why; never what was written. retry: runs the event as if it came now.\n"
            "bury: forgets it. The citizen has already been told that staff look at it."};

/* ---- import, export ---- */

static int run_import(const struct tool_args *args)
{
    struct buf csv = {.cap = FILE_BYTES_MAX};
    if (!buf_read_file(&csv, args->words[2])) {
        int code = tool_refuse("%s: cannot be read: %s", args->words[2], strerrordesc_np(errno));
        buf_free(&csv);
        return code;
    }
    struct arena *arena = arena_new();
    struct ask ask = {.method = "POST", .path = arena_print(arena, "/admin/import/%s", args->words[1]), .body = buf_str(&csv),
                      .body_bytes = csv.size};
    int code = ask_and_print(args, args->words[0], &ask);
    arena_free(arena);
    buf_free(&csv);
    return code;
}

static int run_export(const struct tool_args *args)
{
    const char *into = args->word_count == 3 ? args->words[2] : NULL;
    return ask_about(args, args->words[0], "GET", "export", args->words[1], "", into);
}

const struct tool_command import_command = {
    .name = "import", .usage = "TOWN DATASET FILE.csv", .summary = "bring a table in", .words_min = 3, .words_max = 3, .run = run_import,
    .help = "As a whole or not at all: a report names line, column and reason of every bad cell. Comma, semicolon or tab; UTF-8."};

const struct tool_command export_command = {
    .name = "export", .usage = "TOWN DATASET [FILE.csv]", .summary = "take a table out", .words_min = 2, .words_max = 3,
    .run = run_export, .help = "Without a file: to the terminal. What comes out goes in again by viche import."};

/* ---- one citizen ---- */

static int run_export_citizen(const struct tool_args *args)
{
    return ask_about(args, args->words[0], "GET", "citizen", args->words[1], "", NULL);
}

static int run_erase(const struct tool_args *args)
{
    return ask_about(args, args->words[0], "POST", "citizen", args->words[1], "/erase", NULL);
}

const struct tool_command export_citizen_command = {
    .name = "export-citizen", .usage = "TOWN NUMBER", .summary = "what is kept about one citizen, as JSON", .words_min = 2, .words_max = 2,
    .run = run_export_citizen, .help = "Everything that every plugin keeps about the citizen of this number."};

const struct tool_command erase_command = {
    .name = "erase", .usage = "TOWN NUMBER", .summary = "erase one citizen, over all plugins", .words_min = 2, .words_max = 2, .run = run_erase,
    .help = "Addresses, dialog, history, messages under way, files, and what every plugin keeps: in one transaction."};
