/* SPDX-License-Identifier: MPL-2.0
 * /news: what the town has to say, the newest first, and one item of it. */
#include <stdlib.h>
#include <string.h>

#include "news.h"

enum { LISTED_MAX = 60 };

static bool starts(const char *text, const char *with) { return strncmp(text, with, strlen(with)) == 0; }

viche_next read_start(struct viche_turn *t)
{
    const char *args = viche_args(t);
    if (starts(args, "show ")) {
        viche_set(t, "id", args + strlen("show "));
        return viche_go(t, "card");
    }
    bool topic = starts(args, "topic ") && topic_known(args + strlen("topic "));
    viche_set(t, "topic", topic ? args + strlen("topic ") : "");
    return viche_go(t, strcmp(args, "topics") == 0 ? "topics" : "list");
}

viche_next read_list(struct viche_turn *t)
{
    const char *topic = viche_get(t, "topic");
    struct item item;
    uint32_t count = 0;
    if (*topic)
        viche_let(t, "name", topic_label(t, topic));
    viche_say(t, *topic ? "list-topic" : "list");
    for (struct viche_rows *rows = item_valid_ones(t, topic, LISTED_MAX); item_next(t, rows, &item); count++)
        viche_offer_text(t, item.emergency ? viche_print(t, "🚨 %s", item.title) : item.title,
                         viche_print(t, "%lld", (long long)item.id));
    if (count == 0) {
        viche_say(t, "nothing");
        viche_offer(t, "subscriptions", "/subscriptions");
        return viche_done(t);
    }
    if (!*topic)
        viche_offer(t, "by-topic", "/news topics");
    viche_offer(t, *topic ? "all" : "subscriptions", *topic ? "/news" : "/subscriptions");
    return viche_stay(t);
}

viche_next read_choose(struct viche_turn *t, const char *value)
{
    viche_set(t, "id", value);
    return viche_go(t, "card");
}

viche_next read_topics(struct viche_turn *t)
{
    viche_say(t, "ask-topic");
    for (size_t i = 0; i < topic_count; i++) {
        struct item item;
        if (item_next(t, item_valid_ones(t, topics[i], 1), &item))
            viche_offer_text(t, topic_label(t, topics[i]), topics[i]);
    }
    viche_offer(t, "all", "/news");
    return viche_stay(t);
}

viche_next read_choose_topic(struct viche_turn *t, const char *topic)
{
    viche_set(t, "topic", topic);
    return viche_go(t, "list");
}

viche_next read_card(struct viche_turn *t)
{
    struct item item;
    if (!item_find(t, strtoll(viche_get(t, "id"), NULL, 10), &item) || !item_valid(&item, viche_now(t))) {
        viche_say(t, "gone");
        viche_offer(t, "title", "/news");
        return viche_done(t);
    }
    item_say(t, &item);
    if (!reader_wants(t, viche_citizen(t), item_topic(&item))) {
        viche_let(t, "name", topic_name(t, item_topic(&item)));
        viche_offer(t, "subscribe", viche_print(t, "/subscribe %s", item_topic(&item)));
    }
    viche_offer(t, "title", "/news");
    return viche_done(t);
}
