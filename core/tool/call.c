/* SPDX-License-Identifier: MPL-2.0
 * `viche call`: runs a route that a plugin keeps for the operator (VICHE_PROOF_OPERATOR), whatever it is about. */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "flow/reply.h"
#include "tool/ask.h"

enum { FILE_BYTES_MAX = 20 * 1024 * 1024, PATH_BYTES = 256 };

/* "name=value" … and at most one "@file". */
static bool read_words(const struct tool_args *args, struct ask *ask, struct pair *query, struct buf *file)
{
    size_t count = 0;
    for (int i = 2; i < args->word_count; i++) {
        char *word = args->words[i], *value = strchr(word, '=');
        if (*word == '@' && !ask->upload) {
            ask->upload = word + 1;
            if (!buf_read_file(file, ask->upload))
                return tool_refuse("%s: cannot be read: %s", ask->upload, strerrordesc_np(errno)) == TOOL_DONE;
            continue;
        }
        if (!value || count + 1 >= REPLY_PAIRS)
            return tool_refuse("“%s” is neither name=value nor @file", word) == TOOL_DONE;
        *value = '\0';
        query[count++] = (struct pair){word, value + 1};
    }
    ask->query = query;
    ask->body = buf_str(file);
    ask->body_bytes = file->size;
    return true;
}

static int run_call(const struct tool_args *args)
{
    const char *route = args->words[1];
    if (route[strspn(route, "abcdefghijklmnopqrstuvwxyz0123456789-_/")] || *route == '/' || text_starts(route, "admin/"))
        return tool_refuse("“%s” is no PLUGIN/PATH, as news/status is", route);
    char path[PATH_BYTES];
    snprintf(path, sizeof path, "/%s", route);
    struct pair query[REPLY_PAIRS] = {{0}};
    struct buf file = {.cap = FILE_BYTES_MAX};
    struct ask ask = {.method = "POST", .path = path};
    int code = TOOL_REFUSED;
    if (read_words(args, &ask, query, &file))
        code = ask_and_print(args, args->words[0], &ask);
    buf_free(&file);
    return code;
}

const struct tool_command call_command = {
    .name = "call", .usage = "TOWN PLUGIN/PATH [name=value…] [@FILE]", .summary = "what a plugin does for the operator", .words_min = 2,
    .words_max = REPLY_PAIRS, .run = run_call,
    .help = "Which paths a plugin has stands in its README: viche call kryzhopil news/status id=bridge. With @FILE that file is sent along.\n"
            "Nobody but the operator can call these: they are closed to the network."};
