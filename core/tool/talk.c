/* SPDX-License-Identifier: MPL-2.0 */
#include "tool/talk.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "tool/talk_play.h"
#include "tool/tool.h"

/* ---- one transcript, in all the ways that are asked for ---- */

struct replay {
    const struct talk_file *file;
    const struct talk_plan *plan;
    int ways, commits, turns;
};

/* how: "", or "with …" for the heading of what went wrong. */
static bool play(struct replay *r, const struct talk_way *way, const char *how)
{
    struct arena *arena = arena_new();
    struct talk_outcome outcome;
    struct fail fail = {0};
    bool ok = talk_play(r->file, r->plan, way, arena, &outcome, &fail);
    if (!ok)
        printf("%s%s\n", fail.words, how);
    else if (outcome.wrong)
        printf("%s%s%s%s", *how ? r->file->path : "", how, *how ? ":\n" : "", buf_str(&outcome.report));
    r->ways++;
    r->turns = outcome.turns;
    r->commits = way->death.kill == TALK_KILL_NEVER && !way->restart ? outcome.commits : r->commits;
    ok = ok && outcome.wrong == 0;
    buf_free(&outcome.report);
    arena_free(arena);
    return ok;
}

/* A month that passes is many thousand commits, and nearly all of them are alike: of so many, some are killed at. */
enum { REPLAYED_MAX = 40000 }; /* commits of all replays together, about */

static bool play_crashes(struct replay *r)
{
    static const struct { enum talk_kill kill; const char *word; } kills[] = {{TALK_KILL_BEFORE, "before"}, {TALK_KILL_AFTER, "after"}};
    int64_t step = 1 + (int64_t)r->commits * r->commits / REPLAYED_MAX;
    for (int64_t at = 1; at <= r->commits; at += step) {
        for (size_t i = 0; i < sizeof kills / sizeof *kills; i++) {
            char how[64];
            snprintf(how, sizeof how, " (killed %s commit %d of %d)", kills[i].word, (int)at, r->commits);
            struct talk_way way = {.death = {.kill = kills[i].kill, .at = (int)at}};
            if (!play(r, &way, how))
                return false;
        }
    }
    return true;
}

static bool play_all(struct replay *r, struct talk_replays replays)
{
    return play(r, &(struct talk_way){0}, "") &&
           (!replays.restart || play(r, &(struct talk_way){.restart = true}, " (restarted between all turns)")) &&
           (!replays.crash || play_crashes(r));
}

bool talk_replay(const char *path, const struct talk_plan *plan, struct talk_replays replays)
{
    struct arena *arena = arena_new();
    struct talk_file file;
    struct fail fail = {0};
    int64_t began_ms = clock_mono_ms();
    bool ok = talk_file_read(&file, arena, path, &fail);
    if (!ok)
        printf("%s\n", fail.words);
    struct replay r = {.file = &file, .plan = plan};
    ok = ok && play_all(&r, replays);
    if (ok)
        printf("%s: %d turns, %d commits; as written in %d replay%s (%.1f s)\n", path, r.turns, r.commits, r.ways,
               r.ways == 1 ? "" : "s", (double)(clock_mono_ms() - began_ms) / 1000);
    arena_free(arena);
    return ok;
}

/* ---- --write: the town's words become the expectations ---- */

/* A turn begins with what is done and asked; then what is said; then notes. */
static void write_turn(FILE *out, const struct talk_line *line, const struct talk_line *end, const char *said)
{
    const struct talk_line *first = line;
    fputs(line->raw, out);
    for (line = first + 1; line < end; line++) {
        if (line->kind == TALK_FETCH)
            fputs(line->raw, out);
    }
    fputs(said ? said : "", out);
    for (line = first + 1; line < end; line++) {
        if (line->kind == TALK_NOTE)
            fputs(line->raw, out);
    }
}

static void write_lines(FILE *out, const struct talk_file *file, const char *const *said)
{
    size_t i = 0;
    for (; i < file->count && !talk_begins(&file->lines[i]); i++)
        fputs(file->lines[i].raw, out);
    while (i < file->count) {
        size_t end = i + 1;
        while (end < file->count && !talk_begins(&file->lines[end]))
            end++;
        write_turn(out, &file->lines[i], &file->lines[end], said[i]);
        i = end;
    }
}

static bool write_file(const struct talk_file *file, const char *const *said)
{
    char path[PATH_MAX];
    snprintf(path, sizeof path, "%s.new", file->path);
    FILE *out = fopen(path, "we");
    if (!out) {
        printf("%s: cannot be written: %s\n", path, strerrordesc_np(errno));
        return false;
    }
    write_lines(out, file, said);
    bool ok = !ferror(out);
    ok = fclose(out) == 0 && ok && rename(path, file->path) == 0;
    printf(ok ? "%s: written\n" : "%s: cannot be written\n", file->path);
    return ok;
}

static bool rewrite(const char *path, const struct talk_plan *plan)
{
    struct arena *arena = arena_new();
    struct talk_file file;
    struct talk_outcome outcome = {0};
    struct fail fail = {0};
    bool ok = talk_file_read(&file, arena, path, &fail) && talk_play(&file, plan, &(struct talk_way){0}, arena, &outcome, &fail);
    ok = ok ? write_file(&file, outcome.said) : (printf("%s\n", fail.words), false);
    buf_free(&outcome.report);
    arena_free(arena);
    return ok;
}

/* ---- the command ---- */

static int replay_files(const struct tool_args *args, const struct talk_plan *plan, char **files, int count)
{
    struct talk_replays replays = {.restart = args->restart || args->all, .crash = args->crash || args->all};
    struct talk_plan empty = *plan;
    empty.data = NULL; /* a transcript begins from nothing */
    int wrong = 0;
    for (int i = 0; i < count; i++)
        wrong += !(args->write ? rewrite(files[i], &empty) : talk_replay(files[i], &empty, replays));
    return wrong ? TOOL_REFUSED : TOOL_DONE;
}

static int run_with(const struct tool_args *args, const struct talk_plan *plan, char **files, int count)
{
    return count ? replay_files(args, plan, files, count) : talk_chat(plan);
}

static int run_town(const struct tool_args *args)
{
    struct host_config host;
    char ini[PATH_MAX];
    if (args->word_count == 0)
        return tool_refuse("which town? viche talk TOWN [FILE.talk…], or viche talk --plugin FILE.so FILE.talk…");
    if (!tool_host(args, &host))
        return TOOL_REFUSED;
    snprintf(ini, sizeof ini, "%s/%s.ini", host.towns, args->words[0]);
    struct talk_plan plan = {.ini = ini, .plugins = host.plugins, .share = host.share, .data = args->over.data, .names = ""};
    int code = access(ini, R_OK) == 0 ? run_with(args, &plan, args->words + 1, args->word_count - 1)
                                      : tool_refuse("%s: cannot be read: %s; is the town's name right?", ini, strerrordesc_np(errno));
    host_close(&host);
    return code;
}

static int run_talk(const struct tool_args *args)
{
    if (!args->plugin && !args->town)
        return run_town(args);
    struct talk_plan plan = {.plugin = args->plugin, .ini = args->town, .plugins = args->over.plugins,
                             .share = args->over.share, .data = args->over.data, .names = ""};
    return run_with(args, &plan, args->words, args->word_count);
}

const struct tool_command talk_command = {
    .name = "talk", .usage = "TOWN [FILE.talk…] | --plugin FILE.so [FILE.talk…]",
    .summary = "replay transcripts, or chat with a town on the terminal",
    .options = TOOL_PLUGIN | TOOL_TOWN | TOOL_RESTART | TOOL_CRASH | TOOL_ALL | TOOL_WRITE, .words_max = 10000, .run = run_talk,
    .help = "Replays each transcript in a town of its own: empty data, a stopped clock (2026-11-25 10:00), no network.\n"
            "Without a transcript it is you who talks: words, [a label], @place 48.38,28.86, @phone +380…, /commands.\n"
            "docs/tool.md shows how a transcript is written."};
