/* SPDX-License-Identifier: MPL-2.0
 * `viche audit verify`, `viche audit list`: does the town's audit chain hold, and what stands in it. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/clock.h"
#include "base/text.h"
#include "config/town.h"
#include "tool/ask.h"
#include "town/anchor.h"
#include "town/official.h"

enum { ANCHORS_MAX = 512, PAGE_ROWS = 5000, PAGE_ROWS_STOPPED = 30000, LINE_BYTES = 4096 };

struct audit {
    struct host_config host;
    struct town_config town;
    struct audit_anchor anchors[ANCHORS_MAX];
    size_t anchor_count;
    char key[OFFICIAL_KEY_CHARS]; /* the town's public key; "": it has none */
};

static bool audit_open(struct audit *audit, const struct tool_args *args)
{
    struct fail fail = {0};
    const char *town = args->words[1];
    *audit = (struct audit){0};
    if (!tool_host(args, &audit->host))
        return false;
    bool ok = ask_knows(&audit->host, town) &&
              (town_read(&audit->town, arena_print(audit->host.arena, "%s/%s.ini", audit->host.towns, town), audit->host.towns_base,
                         &fail) ||
               tool_refuse("%s", fail.words) == TOOL_DONE);
    if (ok && *audit->town.list_key && !official_public_key(audit->town.list_key, audit->key, &fail))
        ok = tool_refuse("%s", fail.words) == TOOL_DONE;
    if (!ok)
        host_close(&audit->host);
    return ok;
}

static void audit_close(struct audit *audit)
{
    town_config_close(&audit->town);
    host_close(&audit->host);
}

/* ---- rows, a page at a time ---- */

typedef void audit_row_taker(void *context, const struct audit_row *row);

/* The id of the last row; 0: the page is empty. */
static int64_t read_page(const struct buf *page, audit_row_taker *take, void *context)
{
    struct frame rows = {.at = buf_str(page), .end = buf_str(page) + page->size};
    struct audit_row row = {0};
    while (rows.at < rows.end && !rows.broken) {
        row.id = (int64_t)frame_read_u64(&rows);
        row.at = (int64_t)frame_read_u64(&rows);
        row.clerk = (int64_t)frame_read_u64(&rows);
        row.plugin = frame_read_text(&rows);
        row.what = frame_read_text(&rows);
        row.object = frame_read_text(&rows);
        size_t size = 0;
        const char *hash = frame_read_bytes(&rows, &size);
        if (size == sizeof row.hash)
            memcpy(row.hash, hash, size);
        if (!rows.broken)
            take(context, &row);
    }
    return rows.broken ? 0 : row.id;
}

static bool read_rows(const struct audit *audit, int64_t from, audit_row_taker *take, void *context)
{
    int64_t room = PAGE_ROWS;
    for (bool more = true; more;) {
        char first[24], rows[24];
        snprintf(first, sizeof first, "%" PRId64, from);
        snprintf(rows, sizeof rows, "%" PRId64, room);
        const struct pair query[] = {{"from", first}, {"rows", rows}, {NULL, NULL}};
        struct ask_answer answer = {0};
        struct fail fail = {0};
        bool ok = ask_town(&audit->host, audit->town.id, &(struct ask){.method = "GET", .path = "/admin/audit", .query = query}, &answer,
                           &fail);
        if (ok && answer.status != 200)
            ok = fail_set(&fail, "%s", buf_str(&answer.body));
        int64_t last = ok ? read_page(&answer.body, take, context) : 0;
        room = answer.here ? PAGE_ROWS_STOPPED : PAGE_ROWS;
        more = last >= from;
        from = last + 1;
        buf_free(&answer.body);
        if (!ok)
            return tool_refuse("%s", fail.words) == TOOL_DONE;
    }
    return true;
}

/* ---- anchors ---- */

static bool add_anchor(struct audit *audit, const char *line)
{
    struct anchor anchor;
    if (!anchor_read(line, &anchor))
        return tool_refuse("this is no anchor: %.200s\nIt is a line of the host's log that has town=… rows=… at=… head=… in it", line) ==
               TOOL_DONE;
    if (!text_is(anchor.town, audit->town.id))
        return tool_refuse("this anchor is one of %s, not of %s", anchor.town, audit->town.id) == TOOL_DONE;
    if (*audit->key && !anchor_is_signed(&anchor, audit->key))
        return tool_refuse("the anchor of %" PRId64 " rows is not signed by the town's key: it proves nothing", anchor.head.rows) ==
               TOOL_DONE;
    if (audit->anchor_count == ANCHORS_MAX)
        return tool_refuse("more than %d anchors: leave some out, the latest say most", ANCHORS_MAX) == TOOL_DONE;
    audit->anchors[audit->anchor_count++] = anchor.head;
    return true;
}

/* From a log: lines that are no anchors of this town are passed over. */
static bool add_from_log(struct audit *audit)
{
    char line[LINE_BYTES];
    bool ok = true;
    while (ok && fgets(line, sizeof line, stdin)) {
        struct anchor anchor;
        if (strstr(line, " audit anchor ") && anchor_read(line, &anchor) && text_is(anchor.town, audit->town.id))
            ok = add_anchor(audit, line);
    }
    return ok;
}

static bool read_anchors(struct audit *audit, const struct tool_args *args)
{
    if (!args->anchor)
        return args->word_count == 2 || tool_refuse("anchors are named by --anchor") == TOOL_DONE;
    bool ok = text_is(args->anchor, "-") ? add_from_log(audit) : add_anchor(audit, args->anchor);
    for (int i = 2; ok && i < args->word_count; i++)
        ok = add_anchor(audit, args->words[i]);
    return ok;
}

/* ---- verify ---- */

static void check_row(void *context, const struct audit_row *row) { audit_check_row(context, row); }

static void print_head(const struct audit *audit, const struct audit_anchor *head)
{
    struct anchor anchor = {.head = *head};
    struct buf seed = {.cap = 256}, line = {0};
    snprintf(anchor.town, sizeof anchor.town, "%s", audit->town.id);
    anchor.head.at = clock_now();
    if (*audit->key && buf_read_file(&seed, audit->town.list_key)) {
        seed.data[strcspn(seed.data, "\r\n")] = '\0';
        anchor_sign(&anchor, seed.data);
        sodium_memzero(seed.data, seed.size);
    }
    anchor_write(&anchor, &line);
    printf("an anchor, to be kept elsewhere: %s\n", buf_str(&line));
    buf_free(&seed);
    buf_free(&line);
}

static int verify(struct audit *audit)
{
    struct audit_check *check = audit_check_begin(audit->anchors, audit->anchor_count);
    struct audit_anchor head;
    struct buf words = {0};
    bool read = read_rows(audit, 1, check_row, check);
    audit_check_head(check, &head);
    bool holds = audit_check_end(check, &words);
    if (read && !holds) {
        tool_refuse("the audit chain of %s does not hold:\n%sKeep a copy of the town's folder as it is, and ask who had access to it",
                    audit->town.id, buf_str(&words));
    } else if (read) {
        printf("the audit chain of %s holds: %" PRId64 " rows%s\n", audit->town.id, head.rows,
               audit->anchor_count ? ", and every anchor fits" : "");
        if (head.rows)
            print_head(audit, &head);
    }
    buf_free(&words);
    return read && holds ? TOOL_DONE : TOOL_REFUSED;
}

/* ---- list ---- */

static void print_row(void *context, const struct audit_row *row)
{
    (void)context;
    char when[32];
    time_t at = (time_t)row->at;
    struct tm utc;
    strftime(when, sizeof when, "%Y-%m-%dT%H:%M:%SZ", gmtime_r(&at, &utc));
    printf("%" PRId64 "\t%s\t%s\t%" PRId64 "\t%s\t%s\n", row->id, when, row->plugin, row->clerk, row->what, row->object);
}

static int run_audit(const struct tool_args *args)
{
    struct audit audit;
    const char *what = args->words[0];
    int64_t from = 1;
    bool list = text_is(what, "list"), ok = list || text_is(what, "verify");
    if (list && args->word_count == 3)
        ok = text_number(args->words[2], &from) && from > 0;
    if (!ok || (list && args->word_count > 3)) {
        tool_refuse("viche audit verify TOWN [--anchor LINE…] or viche audit list TOWN [FROM]");
        return TOOL_MISUSED;
    }
    if (!audit_open(&audit, args))
        return TOOL_REFUSED;
    int code = TOOL_REFUSED;
    if (list)
        code = read_rows(&audit, from, print_row, NULL) ? TOOL_DONE : TOOL_REFUSED;
    else if (read_anchors(&audit, args))
        code = verify(&audit);
    audit_close(&audit);
    return code;
}

const struct tool_command audit_command = {
    .name = "audit", .usage = "verify TOWN [--anchor LINE…] | list TOWN [FROM]", .summary = "who did what: does the chain hold?",
    .options = TOOL_ANCHOR, .words_min = 2, .words_max = 66, .run = run_audit,
    .help = "verify: which row was changed, is missing or stands elsewhere. That the tail was not cut and the whole not written anew, only\n"
            "an anchor shows: a line that the host wrote to its log every hour, kept on another machine. --anchor - reads the log itself\n"
            "from the standard input: journalctl -u viche | viche audit verify TOWN --anchor -\n"
            "list: number, when, plugin, official, what, object; from row FROM on."};
