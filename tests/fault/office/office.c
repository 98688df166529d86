/* SPDX-License-Identifier: MPL-2.0
 * A small staff desk: walks the views of all plugins, streams, sets cookies, hands out files, reads the audit chain. */
#include <stdlib.h>
#include <string.h>
#include <viche/viche.h>

static const struct viche_clerk clerk = {.size = sizeof clerk, .id = 1, .name = "Олена", .post = "", .organisation = "", .roles = "clerk"};

static const char *value_of(const struct viche_pair *pairs, const char *name)
{
    for (; pairs->name; pairs++)
        if (strcmp(pairs->name, name) == 0)
            return pairs->value;
    return "";
}

static void say(struct viche_turn *t, const char *text) { viche_reply(t, 200, "text/plain; charset=utf-8", text, strlen(text)); }

/* ---- views ---- */

/* The sheet writes what it is told as lines. */
struct lines {
    struct viche_sheet sheet;
    struct viche_turn *turn;
    const char *text;
};

static void add(struct viche_sheet *sheet, const char *what, const char *words)
{
    struct lines *lines = (struct lines *)sheet;
    lines->text = viche_print(lines->turn, "%s%s %s\n", lines->text, what, words);
}

static void on_row(struct viche_sheet *sheet, const char *id) { add(sheet, "row", id); }

static void on_value(struct viche_sheet *sheet, const char *field, const char *value)
{
    (void)field;
    add(sheet, "value", value);
}

static void on_more(struct viche_sheet *sheet, const char *after, int64_t total)
{
    (void)total;
    add(sheet, "more", after);
}

static void on_action(struct viche_sheet *sheet, const struct viche_action *action) { add(sheet, "action", action->id); }

static struct lines lines_of(struct viche_turn *t)
{
    return (struct lines){
        .sheet = {.size = sizeof(struct viche_sheet), .row = on_row, .value = on_value, .more = on_more, .action = on_action},
        .turn = t,
        .text = "",
    };
}

static const char *draw(struct viche_turn *t, const struct viche_view_at *at)
{
    struct lines lines = lines_of(t);
    const struct viche_pair none[] = {{NULL, NULL}};
    const struct viche_query query = {.size = sizeof query, .limit = 20, .clerk = &clerk, .search = "", .order = "", .after = "",
                                      .filter = none};
    const struct viche_plugin *before = viche_act(t, at->plugin);
    const char *words = viche_print(t, "%s/%s «%s»\n", at->plugin_name, at->view->id, viche_text(t, at->view->title));
    at->view->list(t, &query, &lines.sheet);
    if (at->view->sees(t, &clerk, "7"))
        at->view->show(t, &clerk, "7", &lines.sheet);
    viche_act(t, before);
    return viche_print(t, "%s%s", words, lines.text);
}

static void views(struct viche_turn *t, const struct viche_http *http)
{
    (void)http;
    struct viche_view_at at;
    const char *text = "";
    for (uint32_t i = 0; viche_next_view(t, i, &at); i++)
        text = viche_print(t, "%s%s", text, draw(t, &at));
    say(t, viche_print(t, "%s%s\n", text, viche_text(t, "title")));
}

static void put(struct viche_turn *t, const struct viche_http *http)
{
    struct viche_view_at at;
    if (!viche_next_view(t, 0, &at))
        return;
    viche_let(t, "name", http->body);
    const struct viche_plugin *before = viche_act(t, at.plugin);
    const char *wrong = at.view->act(t, &clerk, "7", "put", value_of(http->query, "stamp"));
    viche_act(t, before);
    say(t, wrong ? wrong : "done");
}

/* ---- streams ---- */

static void open_stream(struct viche_turn *t, const struct viche_http *http)
{
    viche_trust(t);
    viche_reply(t, 200, "text/event-stream", ": open\n\n", 8);
    viche_stream(t, value_of(http->query, "at"), 0);
}

static void push(struct viche_turn *t, const struct viche_http *http)
{
    viche_push(t, value_of(http->query, "at"), 0, viche_print(t, "data: \"%s\"\n\n", http->body));
    say(t, "pushed");
}

static void end_stream(struct viche_turn *t, const struct viche_http *http)
{
    viche_push(t, value_of(http->query, "at"), 0, "data: \"last\"\n\n");
    viche_stream_end(t, value_of(http->query, "at"));
    say(t, "ended");
}

static void plan(struct viche_turn *t, const struct viche_http *http)
{
    (void)http;
    viche_plan(t, "tick", viche_now(t));
    say(t, "planned");
}

static void tick(struct viche_turn *t, int64_t planned_at)
{
    (void)planned_at;
    viche_push(t, "clock", 0, "data: \"tick\"\n\n");
}

/* ---- an answer in parts ---- */

static int64_t parts_said; /* in this worker's life */

static void pages(struct viche_turn *t, const struct viche_http *http)
{
    int page = atoi(http->more), last = atoi(value_of(http->query, "last"));
    size_t size = (size_t)atoi(value_of(http->query, "size"));
    char *body = viche_memory(t, size + 1);
    memset(body, 'a' + page % 26, size);
    viche_trust(t);
    parts_said++;
    if (page == atoi(value_of(http->query, "refused")) && page > 0)
        viche_reply(t, 403, "text/plain", "no", 2);
    else
        viche_reply(t, 200, "text/plain", size ? body : http->body, size ? size : http->body_size);
    if (page < last)
        viche_more(t, viche_print(t, "%d", page + 1));
}

static void pages_said(struct viche_turn *t, const struct viche_http *http)
{
    (void)http;
    say(t, viche_print(t, "%lld", (long long)parts_said));
}

/* ---- the rest ---- */

static void who(struct viche_turn *t, const struct viche_http *http)
{
    const char *cookie = value_of(http->headers, "cookie");
    if (strstr(cookie, "session="))
        viche_trust(t);
    say(t, viche_print(t, "%s\n%s\n%s", http->peer, http->origin, cookie));
    viche_reply_header(t, "Set-Cookie", "session=1; HttpOnly");
    viche_reply_header(t, "Set-Cookie", "csrf=2");
    viche_reply_header(t, "Content-Security-Policy", "default-src 'self'");
}

static void keep(struct viche_turn *t, const struct viche_http *http)
{
    const char *file = viche_keep_file(t, http->file, "акт огляду.pdf", "");
    if (file)
        say(t, file);
    else
        viche_reply(t, 422, "text/plain", "no", 2);
}

static void hand_out(struct viche_turn *t, const struct viche_http *http)
{
    (void)http;
    const char *name = NULL, *type = NULL;
    if (viche_file_path(t, viche_get(t, "file"), &name, &type))
        viche_reply_file(t, viche_get(t, "file"));
    else
        viche_reply(t, 404, "text/plain", "", 0);
}

static void audit(struct viche_turn *t, const struct viche_http *http)
{
    int count = atoi(value_of(http->query, "count"));
    for (int i = 0; i < count; i++)
        viche_audit(t, 1, "looked", viche_print(t, "cards/%d", i));
    struct viche_audit_row row;
    bool any = viche_audit_row(t, UINT64_MAX, &row);
    say(t, any ? viche_print(t, "%llu %s %s %s", (unsigned long long)row.id, row.plugin, row.what, row.object) : "none");
}

/* As long as a report that somebody asked for. */
static void slow(struct viche_turn *t, const struct viche_http *http)
{
    struct viche_rows *rows = viche_sql(t, "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?) SELECT sum(i) FROM n",
                                        VICHE_INT_VALUE(atoi(value_of(http->query, "steps"))));
    say(t, viche_row(t, rows) ? viche_row_text(t, rows, 0) : "");
}

VICHE_PLUGIN = {
    VICHE_HEAD, .id = "ua.viche.office", .name = "Office", .version = "1.0", .licence = "MPL-2.0",
    .routes = VICHE_LIST(struct viche_route,
        { .method = "GET", .path = "/views", .serve = views },
        { .method = "POST", .path = "/put", .serve = put },
        { .method = "GET", .path = "/stream", .serve = open_stream },
        { .method = "POST", .path = "/push", .serve = push },
        { .method = "POST", .path = "/end", .serve = end_stream },
        { .method = "POST", .path = "/plan", .serve = plan },
        { .method = "GET", .path = "/pages", .serve = pages },
        { .method = "POST", .path = "/pages", .serve = pages },
        { .method = "GET", .path = "/said", .serve = pages_said },
        { .method = "GET", .path = "/who", .serve = who },
        { .method = "POST", .path = "/files", .max_body = VICHE_UPLOAD, .serve = keep },
        { .method = "GET", .path = "/files/{file}", .serve = hand_out },
        { .method = "POST", .path = "/audit", .serve = audit },
        { .method = "GET", .path = "/slow", .serve = slow }),
    .schedules = VICHE_LIST(struct viche_schedule, { .name = "tick", .run = tick }),
};
