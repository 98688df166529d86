/* SPDX-License-Identifier: MPL-2.0
 * An item as people meet it: under its topic, as a message, in the search. */
#include <string.h>

#include "common/search.h"
#include "news.h"

const char *const topics[] = {"power", "water", "roads", "transport", "council", "social", "health", "culture", "safety", "other"};
static const char *const icons[] = {"💡", "💧", "🚧", "🚌", "🏛", "🤝", "🩺", "🎭", "🛡", "📌"};
const size_t topic_count = sizeof topics / sizeof *topics;

bool topic_known(const char *topic)
{
    for (size_t i = 0; i < topic_count; i++)
        if (strcmp(topics[i], topic) == 0)
            return true;
    return false;
}

const char *topic_name(struct viche_turn *t, const char *topic) { return viche_text(t, viche_print(t, "topic-%s", topic)); }

const char *topic_label(struct viche_turn *t, const char *topic)
{
    const char *icon = "🚨";
    for (size_t i = 0; i < topic_count; i++)
        if (strcmp(topics[i], topic) == 0)
            icon = icons[i];
    return viche_print(t, "%s %s", icon, topic_name(t, topic));
}

/* ---- as a message ----------------------------------------------------------------------------------------------------- */

/* «середа, 25 листопада · 🚧 Дороги · Крижопіль» */
static const char *about(struct viche_turn *t, const struct item *item)
{
    viche_let_number(t, "at", item->from_at);
    const char *line = viche_print(t, "%s · %s", viche_text(t, "date"), topic_name(t, item->topic));
    if (*item->area)
        line = viche_print(t, "%s · %s", line, item->area);
    if (item->sample)
        line = viche_print(t, "%s · %s", line, viche_text(t, "sample"));
    return line;
}

void item_say(struct viche_turn *t, const struct item *item)
{
    viche_let(t, "about", about(t, item));
    viche_let(t, "title", item->title);
    viche_let(t, "text", item->text);
    const char *key = item->emergency ? "item-emergency" : "item";
    if (*item->picture)
        viche_show_file(t, item->picture, key);
    else
        viche_say(t, key);
}

/* ---- in the search ---------------------------------------------------------------------------------------------------- */

static void index_in(struct viche_turn *t, int64_t id, const char *language)
{
    struct item item;
    const char *entry_id = search_entry(t, id, language);
    viche_speak(t, language);
    if (!item_find(t, id, &item) || !item_valid(&item, viche_now(t))) {
        viche_index_drop(t, entry_id);
        return;
    }
    struct viche_entry entry = {
        .size = sizeof entry,
        .weight = 40,
        .id = entry_id,
        .language = language,
        .title = item.title,
        .text = viche_print(t, "%s %s %s", item.text, item.area, topic_name(t, item.topic)),
        .opens = viche_print(t, "/news show %lld", (long long)id),
    };
    viche_index_put(t, &entry);
}

void item_index(struct viche_turn *t, int64_t id)
{
    search_each_language(t, id, index_in);
}

void item_index_all(struct viche_turn *t, int64_t planned_at)
{
    (void)planned_at;
    struct item item;
    for (int64_t id = 0; item_after(t, id, &item); id = item.id)
        item_index(t, item.id);
}
