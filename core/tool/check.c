/* SPDX-License-Identifier: MPL-2.0
 * `viche check`: would it start? For the host exactly the way of the start; for one plugin also the conformance test that third
 * parties run: each transcript plain, with restarts and with a crash at every commit. */
#include <errno.h>
#include <glob.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/log.h"
#include "base/text.h"
#include "config/town.h"
#include "tool/talk.h"
#include "tool/tool.h"
#include "worker/worker.h"

/* In a process of its own, because a plugin may crash while it is looked at. */
static bool check_apart(const struct host_config *host, struct fail *fail)
{
    int ends[2];
    pid_t child = pipe(ends) == 0 ? fork() : -1;
    if (child < 0)
        return fail_set(fail, "no process can be started: %s", strerrordesc_np(errno));
    if (child == 0) {
        struct fail words = {0};
        log_open("check", LOG_WARN);
        bool ok = worker_check(host, &words);
        if (!ok)
            dprintf(ends[1], "%s", words.words);
        _exit(ok ? 0 : 1);
    }
    close(ends[1]);
    struct buf words = {.cap = sizeof fail->words - 1};
    char part[256];
    for (ssize_t got = read(ends[0], part, sizeof part); got > 0; got = read(ends[0], part, sizeof part))
        buf_add(&words, part, (size_t)got);
    close(ends[0]);
    int status = 0;
    waitpid(child, &status, 0);
    if (WIFSIGNALED(status))
        fail_set(fail, "a plugin crashed while it was looked at (%s); viche inspect tells which one", sigdescr_np(WTERMSIG(status)));
    else if (status != 0)
        fail_set(fail, "%s", words.size ? buf_str(&words) : "a plugin ended the process while it was looked at; it must not call exit");
    buf_free(&words);
    return status == 0;
}

/* ---- the host ---- */

/* How many different plugins the towns use. */
static size_t count_plugins(const struct host_config *host)
{
    struct buf names = {0};
    size_t count = 0;
    for (size_t i = 0; i < host->town_count; i++) {
        struct town_config town;
        if (!town_read(&town, host->town_files[i], host->towns_base, NULL))
            continue;
        for (size_t k = 0; k < town.plugin_count; k++) {
            if (text_in_list(buf_str(&names), town.plugins[k]))
                continue;
            buf_print(&names, "%s ", town.plugins[k]);
            count++;
        }
        town_config_close(&town);
    }
    buf_free(&names);
    return count;
}

static int check_host(const struct tool_args *args)
{
    struct host_config host;
    struct fail fail = {0};
    if (!tool_host(args, &host))
        return TOOL_REFUSED;
    bool ok = check_apart(&host, &fail);
    if (ok)
        printf("all is well: %zu town%s, %zu plugins\n", host.town_count, host.town_count == 1 ? "" : "s", count_plugins(&host));
    else
        tool_refuse("%s", fail.words);
    host_close(&host);
    return ok ? TOOL_DONE : TOOL_REFUSED;
}

/* ---- one plugin ---- */

static int check_talks(const struct talk_plan *plan, const char *folder)
{
    struct arena *arena = arena_new();
    glob_t found = {0};
    int wrong = 0;
    if (glob(arena_print(arena, "%s/*.talk", folder), 0, NULL, &found) != 0)
        wrong = tool_refuse("%s: there is no .talk file in it", folder);
    for (size_t i = 0; i < found.gl_pathc; i++)
        wrong += !talk_replay(found.gl_pathv[i], plan, (struct talk_replays){.restart = true, .crash = true});
    globfree(&found);
    arena_free(arena);
    return wrong ? TOOL_REFUSED : TOOL_DONE;
}

/* The trial saw the plugin in a folder of its own, gone by now: the author knows it by the path that was given. */
static void name_as_given(struct fail *fail, const struct talk_town *town, const char *given)
{
    struct fail said = *fail;
    const char *seen = arena_print(town->arena, "%s/plugins/%s/", town->folder, talk_town_plugin(town->arena, given));
    const char *base = strrchr(given, '/'), *from = said.words, *colon = strstr(from, "]: ");
    int folder_length = base ? (int)(base - given) + 1 : 0;
    if (text_starts(from, town->folder) && colon) /* the sample town's own INI */
        from = colon + 3;
    struct buf words = {0};
    for (const char *at = strstr(from, seen); at; from = at + strlen(seen), at = strstr(from, seen))
        buf_print(&words, "%.*s%.*s", (int)(at - from), from, folder_length, given);
    buf_text(&words, from);
    fail_set(fail, "%s", buf_str(&words));
    buf_free(&words);
}

static int check_plugin(const struct tool_args *args)
{
    struct talk_plan plan = {.plugin = args->words[0], .plugins = args->over.plugins, .share = args->over.share, .names = ""};
    struct talk_town town;
    struct fail fail = {0};
    bool ok = talk_town_make(&town, &plan, &fail);
    if (ok) {
        ok = check_apart(&town.host, &fail);
        if (!ok)
            name_as_given(&fail, &town, args->words[0]);
        talk_town_remove(&town);
    }
    if (!ok)
        return tool_refuse("%s", fail.words);
    printf("%s: a host takes it\n", args->words[0]);
    return args->word_count > 1 ? check_talks(&plan, args->words[1]) : TOOL_DONE;
}

static int run_check(const struct tool_args *args) { return args->word_count ? check_plugin(args) : check_host(args); }

const struct tool_command check_command = {
    .name = "check", .usage = "[FILE.so [TALKS]]", .summary = "would the host start? or: would a host take this plugin?",
    .words_max = 2, .run = run_check,
    .help = "Without words: reads the configuration and every plugin exactly as the start does, and says what is wrong.\n"
            "With a plugin's .so and a folder of transcripts: replays each plain, with a restart between all turns and with\n"
            "a kill -9 before and after every commit; the town must say the same each time."};
