/* SPDX-License-Identifier: MPL-2.0
 * A plugin of ABI 0.0 that calls every function of the host and fills every field of every struct at least once. It is the probe
 * whose debug information tells when the ABI changed. */
#include <viche/viche.h>

struct everything_service {
    uint32_t size, reserved;
    const char *(*echo)(struct viche_turn *, const char *text);
};

static const char *echo(struct viche_turn *t, const char *text) { return viche_print(t, "%s", text); }

static const struct everything_service service = {sizeof service, 0, echo};

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
    viche_say(t, "summary");
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
    if (file)
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
        { .name = "token", .help = "A secret.", .fallback = "", .flags = VICHE_SECRET }),
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
        { .method = "POST", .path = "/echo", .max_body = VICHE_UPLOAD, .serve = serve }),
    .schedules = VICHE_LIST(struct viche_schedule,
        { .name = "daily", .at = "mon 08:00", .run = run },
        { .name = "often", .every_s = 300, .run = run }),
    .migrations = VICHE_LIST(const char *, "CREATE TABLE everything(note TEXT)"),
    .offers = VICHE_LIST(struct viche_offer, { .id = "ua.example.everything/1", .table = &service }),
    .datasets = VICHE_LIST(struct viche_dataset, {
        .name = "everything", .columns = VICHE_LIST(struct viche_column, { .name = "note", .help = "Text." }),
        .begin = start, .row = take, .finish = start, .write = give,
    }),
    .start = start, .export_citizen = give, .erase_citizen = erase,
};
