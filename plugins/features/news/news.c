/* SPDX-License-Identifier: MPL-2.0
 * «До відома мешканців»: what the town tells its residents. They read it when they like, and are told of what they subscribed to. */
#include "news.h"

static void export_citizen(struct viche_turn *t)
{
    reader_export(t);
    struct viche_rows *rows = recipient_items(t, viche_citizen(t));
    for (struct item item; viche_row(t, rows);) {
        if (!item_find(t, viche_row_integer(t, rows, 0), &item))
            continue;
        viche_set(t, "title", item.title);
        viche_set(t, "state", viche_text(t, viche_print(t, "notice-%s", viche_row_text(t, rows, 1))));
        viche_emit(t, "notices");
    }
}

static void erase_citizen(struct viche_turn *t)
{
    reader_erase(t);
    notice_erase(t);
}

static void join_citizen(struct viche_turn *t, uint64_t from)
{
    reader_join(t, from);
    notice_join(t, from);
}

/* A wrong text in the INI is nobody's quiet hours. */
static void start(struct viche_turn *t)
{
    struct quiet quiet;
    if (!quiet_read(viche_option(t, "quiet"), &quiet))
        viche_log(t, "option quiet is not like 21:00-08:00: notices go out at any hour");
}

#define OPERATOR(name) { .method = "POST", .path = "/" #name, .serve = operator_##name, .proof = VICHE_PROOF_OPERATOR }

VICHE_PLUGIN = {
    VICHE_HEAD, .id = "ua.viche.news", .name = "News", .version = "1.0", .author = "viche", .licence = "MPL-2.0",
    .likes = "ua.viche.staff/1",
    .options = VICHE_LIST(struct viche_option,
        { .name = "areas", .help = "Places that items are about and readers choose from: Крижопіль; Городківка", .fallback = "" },
        { .name = "quiet", .help = "When nothing is sent to who chose no other hours; empty: never quiet", .fallback = "21:00-08:00" },
        { .name = "per_second", .kind = VICHE_OPTION_NUMBER, .help = "How many notices are handed to the messengers in a second",
          .fallback = "25", .min = 1, .max = 1000 }),
    .dialogs = VICHE_LIST(struct viche_dialog,
        { .id = "news", .opens = "/news", .title = "title", .help = "help", .version = 1,
          .steps = VICHE_LIST(struct viche_step,
            { .name = "start", .enter = read_start },
            { .name = "list", .kind = VICHE_CHOICE, .enter = read_list, .answer = read_choose },
            { .name = "topics", .kind = VICHE_CHOICE, .enter = read_topics, .answer = read_choose_topic },
            { .name = "card", .enter = read_card }) },
        { .id = "subscriptions", .opens = "/subscriptions", .title = "subscriptions", .help = "help-subscriptions", .version = 1,
          .steps = VICHE_LIST(struct viche_step,
            { .name = "start", .enter = subscribe_start },
            { .name = "show", .kind = VICHE_CHOICE, .enter = subscribe_show, .answer = subscribe_choose },
            { .name = "topics", .kind = VICHE_CHOICE, .enter = subscribe_topics, .answer = subscribe_choose_topic },
            { .name = "areas", .kind = VICHE_CHOICE, .enter = subscribe_areas, .answer = subscribe_choose_area },
            { .name = "hours", .kind = VICHE_CHOICE, .enter = subscribe_hours, .answer = subscribe_choose_hours }) },
        { .id = "subscribe", .opens = "/subscribe", .help = "help-subscriptions", .version = 1,
          .steps = VICHE_LIST(struct viche_step, { .name = "on", .enter = subscribe_on }) },
        { .id = "unsubscribe", .opens = "/unsubscribe", .help = "help-subscriptions", .version = 1,
          .steps = VICHE_LIST(struct viche_step, { .name = "off", .enter = subscribe_off }) }),
    .routes = VICHE_LIST(struct viche_route, OPERATOR(list), OPERATOR(preview), OPERATOR(publish), OPERATOR(status), OPERATOR(pause),
        OPERATOR(resume), OPERATOR(stop), OPERATOR(withdraw),
        { .method = "POST", .path = "/picture", .max_body = VICHE_UPLOAD, .serve = operator_picture, .proof = VICHE_PROOF_OPERATOR }),
    .schedules = VICHE_LIST(struct viche_schedule,
        { .name = "feed", .run = send_feed }, /* planned while something is being sent */
        { .name = "index", .at = "00:10", .run = item_index_all },
        { .name = "trim", .at = "03:20", .run = recipient_trim }),
    .migrations = VICHE_LIST(const char *,
        "CREATE TABLE news(id INTEGER PRIMARY KEY AUTOINCREMENT, key TEXT NOT NULL UNIQUE, title TEXT NOT NULL, title_en TEXT NOT NULL,"
        " text TEXT NOT NULL, text_en TEXT NOT NULL, topic TEXT NOT NULL, area TEXT NOT NULL, picture TEXT NOT NULL,"
        " from_at INTEGER NOT NULL, until_at INTEGER NOT NULL, emergency INTEGER NOT NULL, shown INTEGER NOT NULL,"
        " sample INTEGER NOT NULL DEFAULT 0, sending INTEGER NOT NULL DEFAULT 0, token TEXT NOT NULL DEFAULT '',"
        " token_at INTEGER NOT NULL DEFAULT 0, started_at INTEGER NOT NULL DEFAULT 0, ended_at INTEGER NOT NULL DEFAULT 0);"
        "CREATE INDEX news_from ON news(from_at);"
        "CREATE TABLE news_reader(citizen INTEGER PRIMARY KEY, area TEXT NOT NULL, hours TEXT NOT NULL, emergency INTEGER NOT NULL);"
        "CREATE TABLE news_topic(citizen INTEGER NOT NULL, topic TEXT NOT NULL, PRIMARY KEY(citizen, topic));"
        "CREATE INDEX news_topic_topic ON news_topic(topic, citizen);"
        "CREATE TABLE news_recipient(item INTEGER NOT NULL, citizen INTEGER NOT NULL, state INTEGER NOT NULL, due_at INTEGER NOT NULL,"
        " PRIMARY KEY(item, citizen));"
        "CREATE INDEX news_recipient_state ON news_recipient(item, state, due_at);"
        "CREATE INDEX news_recipient_citizen ON news_recipient(citizen);"
        "CREATE TABLE news_tally(item INTEGER NOT NULL, state INTEGER NOT NULL, count INTEGER NOT NULL, PRIMARY KEY(item, state))",
        /* Fifty thousand are due at the same moment: whose turn is next is read, not sorted out, every second. */
        "DROP INDEX news_recipient_state;"
        "CREATE INDEX news_recipient_state ON news_recipient(item, state, due_at, citizen)",
        /* it was handed to: one that stands still holds up nobody else */
        "ALTER TABLE news_recipient ADD COLUMN channel TEXT NOT NULL DEFAULT ''"),
    .offers = VICHE_LIST(struct viche_offer, { VICHE_NEWS, &news_service }),
    .datasets = VICHE_LIST(struct viche_dataset, { .name = "news", .row = data_row, .write = data_write,
        .columns = VICHE_LIST(struct viche_column,
            { .name = "id", .help = "Unique; small letters, digits, '-': what commands name it by", .required = 1 },
            { .name = "title", .help = "One line", .required = 1 },
            { .name = "title_en", .help = "The same in English" },
            { .name = "text", .help = "The whole of it; the first sentence is what must be known", .required = 1 },
            { .name = "text_en", .help = "The same in English" },
            { .name = "topic", .help = "power, water, roads, transport, council, social, health, culture, safety, other", .required = 1 },
            { .name = "area", .help = "One of the option `areas`; empty: everywhere" },
            { .name = "from", .help = "2026-11-25 or 2026-11-25 18:00; empty: now" },
            { .name = "until", .help = "as from, that day included; empty: for ever" },
            { .name = "emergency", .help = "yes: goes to everybody at once, at any hour" },
            { .name = "shown", .help = "yes: stands in the section; empty: only when it is published" },
            { .name = "sample", .help = "yes: marked as sample data" }) }),
    .views = VICHE_LIST(struct viche_view,
        { .id = "items", .title = "view-items", .help = "view-items-help", .see = "pr",
          .list = view_list, .sees = view_sees, .show = view_show, .act = view_act,
          .fields = VICHE_LIST(struct viche_field,
            { .name = "title", .label = "view-title", .flags = VICHE_FIELD_LISTED },
            { .name = "state", .label = "view-state", .kind = VICHE_FIELD_STATE, .flags = VICHE_FIELD_LISTED,
              .choices = VICHE_LIST(struct viche_choice, {"0", "op-state-0"}, {"1", "op-state-1"}, {"2", "op-state-2"}, {"3", "op-state-3"},
                                    {"4", "op-state-4"}) },
            { .name = "topic", .label = "view-topic", .kind = VICHE_FIELD_CHOICE, .flags = VICHE_FIELD_LISTED,
              .choices = VICHE_LIST(struct viche_choice, {"power", "topic-power"}, {"water", "topic-water"}, {"roads", "topic-roads"},
                                    {"transport", "topic-transport"}, {"council", "topic-council"}, {"social", "topic-social"},
                                    {"health", "topic-health"}, {"culture", "topic-culture"}, {"safety", "topic-safety"},
                                    {"other", "topic-other"}) },
            { .name = "from", .label = "view-from", .kind = VICHE_FIELD_MOMENT, .flags = VICHE_FIELD_LISTED },
            { .name = "shown", .label = "view-shown", .kind = VICHE_FIELD_FLAG, .flags = VICHE_FIELD_LISTED },
            { .name = "text", .label = "view-text", .kind = VICHE_FIELD_LONG },
            { .name = "title_en", .label = "view-title-en" },
            { .name = "text_en", .label = "view-text-en", .kind = VICHE_FIELD_LONG },
            { .name = "area", .label = "view-area" },
            { .name = "until", .label = "view-until", .kind = VICHE_FIELD_DATE },
            { .name = "picture", .label = "view-picture", .kind = VICHE_FIELD_FILES },
            { .name = "emergency", .label = "view-emergency", .kind = VICHE_FIELD_FLAG }) }),
    .start = start,
    .export_citizen = export_citizen,
    .erase_citizen = erase_citizen,
    .join_citizen = join_citizen,
    .delivered = notice_delivered,
};
