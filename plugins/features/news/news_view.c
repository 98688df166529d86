/* SPDX-License-Identifier: MPL-2.0
 * Announcements in the staff desk: written, looked at before they go out (whom, by which channels, for how much, how long), published, watched,
 * held and taken back. */
#include <stdlib.h>
#include <string.h>

#include <viche/channel.h>
#include <viche/services/staff.h>

#include "news.h"

#define TOPICS VICHE_LIST(struct viche_choice, {"power", "topic-power"}, {"water", "topic-water"}, {"roads", "topic-roads"}, \
    {"transport", "topic-transport"}, {"council", "topic-council"}, {"social", "topic-social"}, {"health", "topic-health"}, \
    {"culture", "topic-culture"}, {"safety", "topic-safety"}, {"other", "topic-other"})

#define FORM VICHE_LIST(struct viche_field, \
    { .name = "title", .label = "view-title", .flags = VICHE_FIELD_REQUIRED | VICHE_FIELD_KEPT, .max = 120 }, \
    { .name = "text", .label = "view-text", .help = "view-text-help", .kind = VICHE_FIELD_LONG, \
      .flags = VICHE_FIELD_REQUIRED | VICHE_FIELD_KEPT, .max = 3000 }, \
    { .name = "topic", .label = "view-topic", .kind = VICHE_FIELD_CHOICE, \
      .flags = VICHE_FIELD_REQUIRED | VICHE_FIELD_KEPT, .choices = TOPICS }, \
    { .name = "area", .label = "view-area", .help = "view-area-help", .kind = VICHE_FIELD_TEXT, .flags = VICHE_FIELD_KEPT, .max = 120 }, \
    { .name = "until", .label = "view-until", .help = "view-until-help", .kind = VICHE_FIELD_DATE, .flags = VICHE_FIELD_KEPT }, \
    { .name = "picture", .label = "view-picture", .kind = VICHE_FIELD_FILES, .flags = VICHE_FIELD_KEPT }, \
    { .name = "title_en", .label = "view-title-en", .flags = VICHE_FIELD_KEPT, .max = 120 }, \
    { .name = "text_en", .label = "view-text-en", .kind = VICHE_FIELD_LONG, .flags = VICHE_FIELD_KEPT, .max = 3000 }, \
    { .name = "emergency", .label = "view-emergency", .help = "view-emergency-help", .kind = VICHE_FIELD_FLAG, .flags = VICHE_FIELD_KEPT })

static const struct viche_action add = {.id = "add", .label = "view-add", .flags = VICHE_ACTION_NEW, .fields = FORM};
static const struct viche_action change = {.id = "change", .label = "view-change", .help = "view-change-help", .fields = FORM};
static const struct viche_action publish = {.id = "publish", .label = "view-publish", .flags = VICHE_ACTION_DANGER};
static const struct viche_action hold = {.id = "pause", .label = "view-pause"};
static const struct viche_action go_on = {.id = "resume", .label = "view-resume"};
static const struct viche_action stop = {.id = "stop", .label = "view-stop", .help = "view-stop-help", .flags = VICHE_ACTION_DANGER};
static const struct viche_action withdraw = {.id = "withdraw", .label = "view-withdraw", .help = "view-withdraw-help",
                                             .flags = VICHE_ACTION_DANGER};

/* Announcements are the town's: a role for one organisation is not enough. */
static bool writes(struct viche_turn *t, const struct viche_clerk *clerk)
{
    const struct viche_staff *staff = viche_service(t, VICHE_STAFF);
    return staff && staff->holds(t, clerk->id, "pr", "", "");
}

static bool reads(struct viche_turn *t, const struct viche_clerk *clerk)
{
    return writes(t, clerk) || strcmp(clerk->roles, "auditor") == 0;
}

static const char *number(struct viche_turn *t, int64_t value) { return viche_print(t, "%lld", (long long)value); }
static const char *flag(bool set) { return set ? "yes" : "no"; }

/* ---- the list ---------------------------------------------------------------------------------------------------------- */

static void put_line(struct viche_turn *t, const struct item *item, struct viche_sheet *sheet)
{
    viche_sheet_value(sheet, "title", item->title);
    viche_sheet_value(sheet, "state", number(t, item->sending));
    viche_sheet_value(sheet, "topic", item->topic);
    viche_sheet_value(sheet, "shown", flag(item_valid(item, viche_now(t))));
    viche_sheet_value(sheet, "from", number(t, item->from_at));
}

void view_list(struct viche_turn *t, const struct viche_query *query, struct viche_sheet *sheet)
{
    struct item item;
    int64_t before = *query->after ? strtoll(query->after, NULL, 10) : INT64_MAX;
    uint32_t count = 0;
    if (!reads(t, query->clerk))
        return;
    struct viche_rows *rows = item_page(t, before, query->search, query->limit);
    while (!query->tasks && item_next(t, rows, &item)) {
        viche_sheet_row(sheet, number(t, item.id));
        put_line(t, &item, sheet);
        count++;
    }
    viche_sheet_more(sheet, count == query->limit ? number(t, item.id) : "", -1);
    if (writes(t, query->clerk))
        viche_sheet_action(sheet, &add);
}

uint32_t view_sees(struct viche_turn *t, const struct viche_clerk *clerk, const char *id)
{
    struct item item;
    return reads(t, clerk) && item_find(t, strtoll(id, NULL, 10), &item);
}

/* ---- the page ---------------------------------------------------------------------------------------------------------- */

static const char *counted(struct viche_turn *t, const char *key, int64_t count)
{
    viche_let_number(t, "count", count);
    return viche_text(t, key);
}

static const char *money(struct viche_turn *t, int64_t hundredths)
{
    viche_let_number(t, "sum", hundredths);
    return viche_text(t, "op-money");
}

static void line(struct viche_sheet *sheet, const char *label, const char *words)
{
    const struct viche_field field = {.name = "line", .label = label};
    viche_sheet_field(sheet, &field, words);
}

/* Whom it would reach, if it were published now. */
static void put_preview(struct viche_turn *t, const struct item *item, struct viche_sheet *sheet)
{
    struct viche_news_preview preview = count_preview(t, item);
    viche_sheet_section(sheet, "view-preview");
    line(sheet, "view-reach", counted(t, "op-people", preview.people));
    if (preview.quiet)
        line(sheet, "view-quiet", counted(t, "op-people", preview.quiet));
    if (preview.unreachable)
        line(sheet, "view-unreachable", counted(t, "op-people", preview.unreachable));
    line(sheet, "view-time", counted(t, preview.seconds < 120 ? "op-seconds" : "op-minutes",
                                     preview.seconds < 120 ? preview.seconds : (preview.seconds + 59) / 60));
    line(sheet, "view-cost", money(t, preview.cost));
    for (uint32_t i = 0; i < preview.channels.count; i++) {
        const struct viche_news_channel *channel = viche_item(&preview.channels, i);
        line(sheet, viche_print(t, "=%s", channel->channel),
             viche_print(t, "%s, %s", counted(t, "op-people", channel->people), money(t, channel->cost)));
    }
}

static void put_progress(struct viche_turn *t, const struct item *item, struct viche_sheet *sheet)
{
    struct viche_news_progress now = count_progress(t, item);
    const struct {
        const char *label;
        int64_t count;
    } lines[] = {{"view-people", now.people}, {"notice-0", now.waiting},  {"notice-1", now.under_way},   {"notice-2", now.delivered},
                 {"notice-7", now.arrived},   {"notice-3", now.seen},    {"notice-4", now.failed},    {"notice-5", now.unreachable},
                 {"notice-6", now.unsent}};
    viche_sheet_section(sheet, "view-progress");
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++)
        if (lines[i].count || i == 0)
            line(sheet, lines[i].label, number(t, lines[i].count));
}

/* What is offered follows from how far it has come. */
static void put_actions(struct viche_sheet *sheet, const struct item *item)
{
    bool sending = item->sending == VICHE_NEWS_SENDING, paused = item->sending == VICHE_NEWS_PAUSED;
    if (!sending && !paused) {
        viche_sheet_action(sheet, &publish);
        viche_sheet_action(sheet, &change);
    }
    if (sending)
        viche_sheet_action(sheet, &hold);
    if (paused)
        viche_sheet_action(sheet, &go_on);
    if (sending || paused)
        viche_sheet_action(sheet, &stop);
    if (item->shown)
        viche_sheet_action(sheet, &withdraw);
}

static const char *day(struct viche_turn *t, int64_t at)
{
    struct viche_local here = viche_local(t, at);
    return at ? viche_print(t, "%04d-%02d-%02d", here.year, here.month, here.day) : "";
}

/* The words in both languages, as they are kept. */
static void put_words(struct viche_turn *t, const struct item *item, struct viche_sheet *sheet)
{
    static const char *const names[] = {"title", "text", "title_en", "text_en"};
    struct viche_rows *row = item_words(t, item->id);
    if (viche_row(t, row))
        for (uint32_t i = 0; i < sizeof names / sizeof *names; i++)
            viche_sheet_value(sheet, names[i], viche_row_text(t, row, i));
}

/* Of what people would read: published is what was looked at. */
static const char *stamp_of(struct viche_turn *t, const struct item *item)
{
    struct viche_rows *row = item_words(t, item->id);
    const char *words = "";
    if (viche_row(t, row))
        for (uint32_t i = 0; i < 4; i++)
            words = viche_print(t, "%s%s\n", words, viche_row_text(t, row, i));
    return viche_hash(t, viche_print(t, "%s\n%s\n%s\n%s\n%d %lld %u", words, item->topic, item->area, item->picture, item->emergency,
                                     (long long)item->until_at, item->sending));
}

void view_show(struct viche_turn *t, const struct viche_clerk *clerk, const char *id, struct viche_sheet *sheet)
{
    struct item item;
    if (!item_find(t, strtoll(id, NULL, 10), &item))
        return;
    bool sent = item.sending != VICHE_NEWS_DRAFT;
    viche_sheet_value(sheet, "stamp", stamp_of(t, &item));
    viche_sheet_value(sheet, "state", number(t, item.sending));
    put_words(t, &item, sheet);
    viche_sheet_value(sheet, "topic", item.topic);
    viche_sheet_value(sheet, "area", item.area);
    viche_sheet_value(sheet, "emergency", flag(item.emergency));
    viche_sheet_value(sheet, "shown", flag(item_valid(&item, viche_now(t))));
    viche_sheet_value(sheet, "from", number(t, item.from_at));
    viche_sheet_value(sheet, "until", day(t, item.until_at));
    viche_sheet_value(sheet, "picture", item.picture);
    if (sent)
        put_progress(t, &item, sheet);
    if (item.sending != VICHE_NEWS_SENDING && item.sending != VICHE_NEWS_PAUSED)
        put_preview(t, &item, sheet);
    if (writes(t, clerk))
        put_actions(sheet, &item);
}

/* ---- what is done ------------------------------------------------------------------------------------------------------ */

static int64_t end_of(struct viche_turn *t, const char *date)
{
    struct viche_local local = {.size = sizeof local, .hour = 23, .minute = 59, .second = 59};
    if (strlen(date) != 10)
        return 0;
    local.year = (int32_t)strtol(date, NULL, 10);
    local.month = (int32_t)strtol(date + 5, NULL, 10);
    local.day = (int32_t)strtol(date + 8, NULL, 10);
    return viche_moment(t, &local);
}

static const char *fresh_key(struct viche_turn *t)
{
    unsigned char bytes[4];
    viche_random(t, bytes, sizeof bytes);
    return viche_print(t, "desk-%lld-%02x%02x%02x%02x", (long long)viche_now(t), bytes[0], bytes[1], bytes[2], bytes[3]);
}

/* The form, kept. item: NULL, a new one. */
static const char *keep(struct viche_turn *t, const struct item *item)
{
    bool emergency = strcmp(viche_get(t, "emergency"), "yes") == 0;
    const char *key = item ? item->key : fresh_key(t);
    const struct viche_news_item form = {
        .size = sizeof form,
        .flags = (emergency ? VICHE_NEWS_EMERGENCY : 0) | (item && item->shown ? VICHE_NEWS_SHOWN : 0),
        .key = key, .title = viche_get(t, "title"), .title_en = viche_get(t, "title_en"), .text = viche_get(t, "text"),
        .text_en = viche_get(t, "text_en"), .topic = viche_get(t, "topic"), .area = viche_get(t, "area"),
        .picture = viche_print(t, "%.*s", (int)strcspn(viche_get(t, "picture"), "\n"), viche_get(t, "picture")),
        .until_at = end_of(t, viche_get(t, "until")),
    };
    const char *refusal = data_keep(t, &form);
    struct item kept;
    if (!refusal && item_named(t, key, &kept))
        viche_set(t, "opens", viche_print(t, "news/items/%lld", (long long)kept.id));
    return refusal;
}

/* Who publishes has the preview on the page: nothing may have been written since it was opened. */
static const char *send(struct viche_turn *t, const struct item *item, const char *stamp)
{
    struct viche_news_preview preview;
    if (strcmp(stamp, stamp_of(t, item)) != 0)
        return viche_text(t, "view-changed");
    const char *refusal = service_preview(t, item->key, &preview);
    return refusal ? refusal : service_publish(t, item->key, preview.token);
}

static const char *do_named(struct viche_turn *t, const struct item *item, const char *action)
{
    static const struct {
        const char *action;
        uint32_t what;
    } all[] = {{"pause", VICHE_NEWS_PAUSE}, {"resume", VICHE_NEWS_RESUME}, {"stop", VICHE_NEWS_STOP}, {"withdraw", VICHE_NEWS_WITHDRAW}};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        if (strcmp(all[i].action, action) == 0)
            return service_act(t, item->key, all[i].what);
    return viche_text(t, "gone");
}

static void tell(struct viche_turn *t, const char *id)
{
    const struct viche_staff *staff = viche_service(t, VICHE_STAFF);
    if (staff)
        staff->changed(t, "news/items", id);
}

const char *view_act(struct viche_turn *t, const struct viche_clerk *clerk, const char *id, const char *action, const char *stamp)
{
    struct item item;
    (void)clerk;
    if (strcmp(action, "add") == 0)
        return keep(t, NULL);
    if (!item_find(t, strtoll(id, NULL, 10), &item))
        return viche_text(t, "gone");
    bool stale = *stamp && strcmp(stamp, stamp_of(t, &item)) != 0;
    const char *refusal = strcmp(action, "change") == 0  ? stale ? viche_text(t, "view-changed") : keep(t, &item)
                          : strcmp(action, "publish") == 0 ? send(t, &item, stamp)
                                                           : do_named(t, &item, action);
    if (!refusal)
        tell(t, id);
    return refusal;
}
