/* SPDX-License-Identifier: MPL-2.0
 * A plugin of ABI 0.1 that calls every function of the host and fills every field of every struct at least once. It is the probe
 * whose debug information tells when the ABI changed. */
#include <viche/viche.h>

struct everything_service {
    uint32_t size, reserved;
    const char *(*echo)(struct viche_turn *, const char *text);
};

static const char *echo(struct viche_turn *t, const char *text) { return viche_print(t, "%s", text); }

static const struct everything_service service = {sizeof service, 0, echo};

/* ---- what 0.1 brought ---- */

static void list(struct viche_turn *t, const struct viche_query *query, struct viche_sheet *sheet)
{
    viche_sheet_row(sheet, "1");
    viche_sheet_value(sheet, "note", viche_print(t, "%s %s %s %u %u", query->clerk->name, query->search, query->order, query->limit,
                                                 query->tasks));
    viche_sheet_more(sheet, query->after, query->filter->name ? 1 : -1);
}

static uint32_t sees(struct viche_turn *t, const struct viche_clerk *clerk, const char *id)
{
    (void)t, (void)id;
    return clerk->id != 0;
}

static const struct viche_field note = {
    .name = "note", .label = "title", .help = "help", .kind = VICHE_FIELD_LONG, .flags = VICHE_FIELD_REQUIRED, .min = 1, .max = 9};

static void show(struct viche_turn *t, const struct viche_clerk *clerk, const char *id, struct viche_sheet *sheet)
{
    static const struct viche_action change = {
        .id = "change", .label = "title", .help = "help", .wait = "not now", .flags = VICHE_ACTION_DANGER, .fields = {sizeof note, 1, &note}};
    viche_sheet_section(sheet, "title");
    viche_sheet_field(sheet, &note, clerk->post);
    viche_sheet_event(sheet, viche_now(t), clerk->organisation, clerk->roles, id, "");
    viche_sheet_message(sheet, viche_now(t), clerk->name, 1, id, "");
    viche_sheet_action(sheet, &change);
}

static const char *act(struct viche_turn *t, const struct viche_clerk *clerk, const char *id, const char *action, const char *stamp)
{
    viche_audit(t, clerk->id, action, id);
    viche_stream_end(t, stamp);
    return NULL;
}

static void report(struct viche_turn *t, const struct viche_clerk *clerk, int64_t from, int64_t until, struct viche_sheet *sheet)
{
    (void)t;
    viche_sheet_chart(sheet, "title", VICHE_CHART_LINES, "title");
    viche_sheet_point(sheet, clerk->name, "2026-11", (double)(until - from), "");
}

static void file(struct viche_turn *t, const struct viche_query *query, const char *format)
{
    (void)query;
    viche_reply(t, 200, format, "", 0);
}

static void check(struct viche_turn *t)
{
    if (*viche_option_file(t, "rules") == '!')
        viche_bad(t, viche_option(t, "rules"), "begins with !");
}

static void desk(struct viche_turn *t, const struct viche_http *request)
{
    struct viche_view_at at;
    struct viche_audit_row row;
    struct viche_person person;
    struct viche_parked parked;
    const char *found = request->peer;
    for (uint32_t i = 0; viche_next_view(t, i, &at); i++) {
        const struct viche_plugin *before = viche_act(t, at.plugin);
        found = viche_print(t, "%s %s/%s", found, at.plugin_name, at.view->id);
        viche_act(t, before);
    }
    if (viche_audit_row(t, 1, &row) && viche_person(t, row.clerk, &person))
        found = viche_print(t, "%s %s %s %s %s", found, row.plugin, row.what, row.object, person.language);
    if (viche_parked(t, 1, &parked) && viche_parked_end(t, parked.id, 0))
        found = viche_print(t, "%s %s %s", found, parked.channel, parked.why);
    viche_trust(t);
    viche_plan(t, "planned", viche_now(t) + 60);
    viche_reply(t, 200, "text/plain", found, 0);
}

static void delivered(struct viche_turn *t, const char *tag, uint32_t what) { viche_set(t, tag, what == VICHE_SEEN ? "seen" : "sent"); }

static void join(struct viche_turn *t, uint64_t from)
{
    viche_sql(t, "UPDATE everything SET note = ? WHERE note = ?", VICHE_INT_VALUE(viche_citizen(t)), VICHE_INT_VALUE(from));
}

/* ---- what was there before ---- */

static viche_next begin(struct viche_turn *t)
{
    viche_let(t, "now", viche_print(t, "%lld", (long long)viche_now(t)));
    viche_say(t, "time");
    viche_say_text(t, viche_print(t, "(%s)", viche_args(t)));
    viche_offer(t, "choice-a", "a");
    viche_offer_text(t, "B", "b");
    viche_link(t, "choice-b", "https://example.ua/");
    viche_show_place(t, 48.3794, 28.8645, "Town");
    return viche_stay(t);
}

static void look_around(struct viche_turn *t)
{
    struct viche_local now = viche_local(t, viche_now(t));
    now.day++;
    viche_let_number(t, "count", viche_moment(t, &now));
    viche_set(t, "language", viche_language(t));
    viche_set(t, "zone", viche_town(t, "zone"));
    viche_set(t, "key", viche_collation_key(t, viche_text(t, "n")));
    viche_set(t, "mode", viche_option(t, "mode"));
    const struct everything_service *other = viche_service(t, "ua.example.everything/1");
    if (other && viche_has(t, index_put))
        viche_log(t, other->echo(t, "found the service"));
}

static void write_index(struct viche_turn *t)
{
    const struct viche_entry entry = {
        .size = sizeof entry, .weight = 50, .id = "e", .language = "uk", .title = "Проба", .text = "усе", .opens = "/everything",
    };
    viche_index_drop(t, "old");
    viche_index_put(t, &entry);
}

static viche_next ask_network(struct viche_turn *t)
{
    static const struct viche_pair headers[] = {{"accept", "text/plain"}, {NULL, NULL}};
    const struct viche_request request = {
        .size = sizeof request, .timeout_s = 5, .method = "GET", .url = "https://example.ua/", .body = "", .headers = headers,
    };
    return viche_fetch(t, &request);
}

static viche_next hear(struct viche_turn *t, const char *text)
{
    look_around(t);
    write_index(t);
    switch (text[0]) {
    case 'a':
        return viche_again(t, "retry");
    case 'g':
        return viche_go(t, "last");
    case 'o':
        return viche_open(t, "/everything");
    case 'f':
        return viche_fail(t, "help");
    case 'w':
        return viche_wait(t, 60, "last");
    default:
        return ask_network(t);
    }
}

static viche_next came(struct viche_turn *t, const struct viche_result *result)
{
    viche_say_text(t, result->status ? result->body : result->error);
    return viche_go(t, "last");
}

static viche_next too_late(struct viche_turn *t) { return viche_done(t); }

static viche_next end(struct viche_turn *t)
{
    unsigned char *dice = viche_memory(t, 8);
    viche_random(t, dice, 8);
    viche_to(t, viche_citizen(t));
    viche_bulk(t, 1);
    viche_say(t, "summary");
    viche_tag(t, "end");
    viche_bulk(t, 0);
    viche_to(t, 0);
    return viche_done(t);
}

static viche_next mend(struct viche_turn *t, uint32_t from_version)
{
    viche_set(t, "version", viche_print(t, "%u", from_version));
    return viche_go(t, "begin");
}

static void serve(struct viche_turn *t, const struct viche_http *request)
{
    viche_speak(t, "en");
    const char *file = request->file ? viche_keep_file(t, request->file, "x.png", "image/png") : NULL;
    struct viche_file_about about;
    viche_drop_file(t, request->path);
    if (file && viche_hold_file(t, file) && viche_file_about(t, file, &about) && about.bytes)
        viche_reply_file(t, file);
    else
        viche_reply(t, 200, "text/plain", request->body, request->body_size);
}

static void hook(struct viche_turn *t, const struct viche_http *request)
{
    const char *address = viche_hash(t, request->path);
    uint32_t count = 0;
    if (viche_knows(t, address) && viche_history(t, address, 0, &count))
        viche_push(t, address, viche_event_id(t, "1"), "again");
    viche_reply(t, 200, "text/event-stream", "", 0);
    viche_stream(t, address, 0);
}

static void send(struct viche_turn *t, const struct viche_message *message)
{
    const struct viche_pair *links = viche_links(t, "");
    viche_push(t, message->address, message->id, links->name ? links->name : message->text);
}

static void run(struct viche_turn *t, int64_t planned_at) { viche_set(t, "planned", viche_print(t, "%lld", (long long)planned_at)); }

static void start(struct viche_turn *t) { write_index(t); }

static void give(struct viche_turn *t)
{
    viche_set(t, "note", "");
    viche_emit(t, "everything");
}

static void erase(struct viche_turn *t) { viche_sql(t, "DELETE FROM everything"); }

static void take(struct viche_turn *t) { viche_bad(t, "note", "is never right"); }

VICHE_PLUGIN = {
    VICHE_HEAD, .id = "ua.example.everything", .name = "Everything", .version = "1.0", .author = "viche", .licence = "MIT",
    .needs = "ua.example.everything/1", .likes = "ua.example.nothing/1",
    .options = VICHE_LIST(struct viche_option,
        { .name = "mode", .help = "How.", .fallback = "slow", .choices = "slow fast", .kind = VICHE_OPTION_CHOICE },
        { .name = "limit", .help = "How many.", .fallback = "5", .kind = VICHE_OPTION_NUMBER, .min = 1, .max = 9 },
        { .name = "token", .help = "A secret.", .fallback = "", .flags = VICHE_SECRET },
        { .name = "rules", .help = "A file.", .fallback = "", .kind = VICHE_OPTION_FILE }),
    .dialogs = VICHE_LIST(struct viche_dialog, {
        .id = "everything", .opens = "/everything /all", .title = "title", .help = "help", .version = 2, .migrate = mend,
        .steps = VICHE_LIST(struct viche_step,
            { .name = "begin", .formerly = "start", .kind = VICHE_CHOICE, .retry = "retry", .help = "help", .save = "choice",
              .expires_s = 60, .enter = begin, .answer = hear, .result = came, .expired = too_late },
            { .name = "last", .enter = end }),
    }),
    .channels = VICHE_LIST(struct viche_channel, {
        .id = "everything", .abilities = VICHE_KEEPS_HISTORY | VICHE_CAN_TYPING, .text_max = 1000, .buttons_max = 10, .label_max = 40,
        .value_max = 64, .per_row_max = 3, .send = send,
        .hooks = VICHE_LIST(struct viche_route, { .method = "GET", .path = "/stream", .serve = hook }),
    }),
    .routes = VICHE_LIST(struct viche_route,
        { .method = "POST", .path = "/echo", .max_body = VICHE_UPLOAD, .serve = serve },
        { .method = "GET", .path = "/desk", .serve = desk, .proof = VICHE_PROOF_SECRET, .proof_header = "x-proof", .proof_secret = "token" }),
    .schedules = VICHE_LIST(struct viche_schedule,
        { .name = "daily", .at = "mon 08:00", .run = run },
        { .name = "often", .every_s = 300, .run = run },
        { .name = "planned", .run = run }),
    .migrations = VICHE_LIST(const char *, "CREATE TABLE everything(note TEXT)"),
    .offers = VICHE_LIST(struct viche_offer, { .id = "ua.example.everything/1", .table = &service }),
    .datasets = VICHE_LIST(struct viche_dataset, {
        .name = "everything", .columns = VICHE_LIST(struct viche_column, { .name = "note", .help = "Text." }),
        .begin = start, .row = take, .finish = start, .write = give,
    }),
    .start = start, .export_citizen = give, .erase_citizen = erase, .join_citizen = join, .delivered = delivered, .check = check,
    .views = VICHE_LIST(struct viche_view, {
        .id = "all", .title = "title", .help = "help", .see = "clerk", .list = list, .sees = sees, .show = show, .act = act,
        .report = report, .file = file,
        .fields = VICHE_LIST(struct viche_field,
            { .name = "note", .label = "title", .flags = VICHE_FIELD_LISTED },
            { .name = "state", .label = "title", .kind = VICHE_FIELD_STATE,
              .choices = VICHE_LIST(struct viche_choice, { "a", "choice-a" }) }),
    }),
};
