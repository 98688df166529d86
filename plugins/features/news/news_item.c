/* SPDX-License-Identifier: MPL-2.0
 * What the town tells its residents: rows of `news`, as a message and in the search. */
#include <string.h>

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

/* In the language of the turn, else in the main one. */
static const char *in_language(struct viche_turn *t, const char *words, const char *english)
{
    return *english && strcmp(viche_language(t), "en") == 0 ? english : words;
}

bool item_next(struct viche_turn *t, struct viche_rows *rows, struct item *out)
{
    if (!viche_row(t, rows))
        return false;
    *out = (struct item){
        .id = viche_row_integer(t, rows, 0),
        .key = viche_row_text(t, rows, 1),
        .title = in_language(t, viche_row_text(t, rows, 2), viche_row_text(t, rows, 3)),
        .text = in_language(t, viche_row_text(t, rows, 4), viche_row_text(t, rows, 5)),
        .topic = viche_row_text(t, rows, 6),
        .area = viche_row_text(t, rows, 7),
        .picture = viche_row_text(t, rows, 8),
        .token = viche_row_text(t, rows, 9),
        .from_at = viche_row_integer(t, rows, 10),
        .until_at = viche_row_integer(t, rows, 11),
        .emergency = viche_row_integer(t, rows, 12) != 0,
        .sample = viche_row_integer(t, rows, 13) != 0,
        .shown = viche_row_integer(t, rows, 14) != 0,
        .sending = (uint32_t)viche_row_integer(t, rows, 15),
        .token_at = viche_row_integer(t, rows, 16),
        .started_at = viche_row_integer(t, rows, 17),
        .ended_at = viche_row_integer(t, rows, 18),
    };
    return true;
}

/* The only row of a query, which is read to its end at once: a broadcast asks a hundred thousand times in one turn. */
static bool item_only(struct viche_turn *t, struct viche_rows *rows, struct item *out)
{
    return item_next(t, rows, out) && !viche_row(t, rows);
}

bool item_find(struct viche_turn *t, int64_t id, struct item *out)
{
    return item_only(t, viche_sql(t, "SELECT " ITEM_COLUMNS " FROM news WHERE id = ?", VICHE_INT_VALUE(id)), out);
}

bool item_named(struct viche_turn *t, const char *key, struct item *out)
{
    return item_only(t, viche_sql(t, "SELECT " ITEM_COLUMNS " FROM news WHERE key = ?", VICHE_TEXT_VALUE(key)), out);
}

bool item_valid(const struct item *item, int64_t now)
{
    return item->shown && item->from_at <= now && (item->until_at == 0 || item->until_at > now);
}

const char *item_topic(const struct item *item) { return item->emergency ? EMERGENCY : item->topic; }

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
    const char *entry_id = viche_print(t, "%lld.%s", (long long)id, language);
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
    const char *before = viche_language(t);
    for (const char *languages = viche_town(t, "languages"); *languages;) {
        size_t length = strcspn(languages, " ");
        index_in(t, id, viche_print(t, "%.*s", (int)length, languages));
        languages += length;
        languages += strspn(languages, " ");
    }
    viche_speak(t, before);
}

void item_index_all(struct viche_turn *t, int64_t planned_at)
{
    (void)planned_at;
    struct viche_rows *rows = viche_sql(t, "SELECT id FROM news ORDER BY id");
    while (viche_row(t, rows))
        item_index(t, viche_row_integer(t, rows, 0));
}
