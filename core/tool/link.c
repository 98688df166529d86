/* SPDX-License-Identifier: MPL-2.0
 * `viche link`: the addresses by which citizens reach a town, with their QR codes for a poster, a board or the terminal. */
#include <errno.h>
#include <qrencode.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "tool/ask.h"
#include "tool/sign.h"

enum { QUIET = 4 }; /* modules of white around it: ISO/IEC 18004 */

static bool is_dark(const QRcode *code, int x, int y)
{
    return x >= 0 && y >= 0 && x < code->width && y < code->width && (code->data[y * code->width + x] & 1);
}

/* Two rows a line of half blocks, white on black turned round, so that a phone reads it from any terminal. */
static void print_qr(const QRcode *code)
{
    static const char *const blocks[] = {"█", "▀", "▄", " "}; /* upper dark: 2, lower dark: 1 */
    for (int y = -QUIET; y < code->width + QUIET; y += 2) {
        fputs("\033[97;40m", stdout);
        for (int x = -QUIET; x < code->width + QUIET; x++)
            fputs(blocks[(is_dark(code, x, y) ? 2 : 0) + (is_dark(code, x, y + 1) ? 1 : 0)], stdout);
        fputs("\033[0m\n", stdout);
    }
}

static bool write_svg(const QRcode *code, const char *path)
{
    FILE *out = fopen(path, "we");
    if (!out)
        return false;
    int side = code->width + 2 * QUIET;
    fprintf(out,
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" shape-rendering=\"crispEdges\">\n"
            "<path fill=\"#fff\" d=\"M0 0h%dv%dH0z\"/>\n<path d=\"",
            side, side, side, side);
    for (int y = 0; y < code->width; y++) {
        for (int x = 0; x < code->width; x++) {
            if (is_dark(code, x, y))
                fprintf(out, "M%d %dh1v1h-1z", x + QUIET, y + QUIET);
        }
    }
    fputs("\"/>\n</svg>\n", out);
    return fclose(out) == 0;
}

static int show_qr(const char *url, const char *where)
{
    QRcode *code = QRcode_encodeString8bit(url, 0, QR_ECLEVEL_M);
    if (!code)
        return tool_refuse("%s does not fit into a QR code; shorten --payload", url);
    int done = TOOL_DONE;
    if (text_is(where, "-"))
        print_qr(code);
    else if (!write_svg(code, where))
        done = tool_refuse("%s: cannot be written: %s", where, strerrordesc_np(errno));
    QRcode_free(code);
    return done;
}

/* Lines of channel, tab, address, tab, name. */
static int show_links(const struct tool_args *args, char *lines)
{
    const char *wanted = args->word_count > 1 ? args->words[1] : NULL;
    int code = TOOL_DONE, shown = 0;
    for (char *line = strsep(&lines, "\n"); line && *line; line = strsep(&lines, "\n")) {
        char *url = strchr(line, '\t');
        if (!url)
            continue;
        *url++ = '\0';
        url[strcspn(url, "\t")] = '\0';
        if (wanted && !text_is(wanted, line))
            continue;
        shown++;
        printf("%-10s %s\n", line, url);
        if (args->qr && (shown == 1 || text_is(args->qr, "-")))
            code = show_qr(url, args->qr);
    }
    if (shown == 0)
        return tool_refuse("%s has no link%s%s; a channel with links must have its section in the town's INI", args->words[0],
                           wanted ? " by channel " : "", wanted ? wanted : "");
    if (args->qr && !text_is(args->qr, "-") && shown > 1)
        return tool_refuse("%s holds the first link; name a channel to choose another", args->qr);
    return code;
}

static int tell_links(const struct tool_args *args, const struct host_config *host, const char *lines)
{
    char *copy = arena_copy(host->arena, lines); /* show_links takes it apart */
    int code = show_links(args, copy);
    if (code == TOOL_DONE && !args->payload)
        sign_tell(host, args->words[0], lines);
    return code;
}

static int run_link(const struct tool_args *args)
{
    struct host_config host;
    struct ask_answer answer = {0};
    struct fail fail = {0};
    const struct pair query[] = {{"payload", args->payload ? args->payload : ""}, {0}};
    const struct ask ask = {.method = "GET", .path = "/admin/links", .query = query};
    if (!tool_host(args, &host))
        return TOOL_REFUSED;
    int code = TOOL_REFUSED;
    if (ask_knows(&host, args->words[0])) {
        if (!ask_town(&host, args->words[0], &ask, &answer, &fail))
            tool_refuse("%s", fail.words);
        else if (answer.status != 200)
            tool_refuse("%s", buf_str(&answer.body));
        else
            code = tell_links(args, &host, buf_str(&answer.body));
    }
    buf_free(&answer.body);
    host_close(&host);
    return code;
}

const struct tool_command link_command = {
    .name = "link", .usage = "TOWN [CHANNEL]", .summary = "deep links and QR codes", .options = TOOL_PAYLOAD | TOOL_QR, .words_min = 1,
    .words_max = 2, .run = run_link,
    .help = "Every channel's address, or one channel's. --payload is handed to the town when the citizen comes by this link."};
