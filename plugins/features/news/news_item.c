/* SPDX-License-Identifier: MPL-2.0
 * What the town tells its residents: rows of `news`, found and changed. Owns that table. */
#include <string.h>

#include "news.h"

#define ITEMS                                                                                                          \
    "SELECT id, key, title, title_en, text, text_en, topic, area, picture, token, from_at, until_at, emergency,"       \
    " sample, shown, sending, token_at, started_at, ended_at FROM news"

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
    return item_only(t, viche_sql(t, ITEMS " WHERE id = ?", VICHE_INT_VALUE(id)), out);
}

bool item_named(struct viche_turn *t, const char *key, struct item *out)
{
    return item_only(t, viche_sql(t, ITEMS " WHERE key = ?", VICHE_TEXT_VALUE(key)), out);
}

bool item_valid(const struct item *item, int64_t now)
{
    return item->shown && item->from_at <= now && (item->until_at == 0 || item->until_at > now);
}

const char *item_topic(const struct item *item) { return item->emergency ? EMERGENCY : item->topic; }

/* ---- many ------------------------------------------------------------------------------------------------------------- */

bool item_after(struct viche_turn *t, int64_t id, struct item *out)
{
    return item_only(t, viche_sql(t, ITEMS " WHERE id > ? ORDER BY id LIMIT 1", VICHE_INT_VALUE(id)), out);
}

struct viche_rows *item_valid_ones(struct viche_turn *t, const char *topic, uint32_t limit)
{
    return viche_sql(t,
                     ITEMS " WHERE shown = 1 AND from_at <= ?1 AND (until_at = 0 OR until_at > ?1) AND (?2 = '' OR topic = ?2)"
                           " ORDER BY from_at DESC, id DESC LIMIT ?3",
                     VICHE_INT_VALUE(viche_now(t)), VICHE_TEXT_VALUE(topic), VICHE_INT_VALUE(limit));
}

struct viche_rows *item_latest(struct viche_turn *t, uint32_t limit)
{
    return viche_sql(t, ITEMS " ORDER BY from_at DESC, id DESC LIMIT ?", VICHE_INT_VALUE(limit));
}

struct viche_rows *item_page(struct viche_turn *t, int64_t before, const char *search, uint32_t limit)
{
    return viche_sql(t, ITEMS " WHERE id < ?1 AND (?2 = '' OR instr(title, ?2) OR instr(text, ?2)) ORDER BY id DESC LIMIT ?3",
                     VICHE_INT_VALUE(before), VICHE_TEXT_VALUE(search), VICHE_INT_VALUE(limit));
}

struct viche_rows *item_being_sent(struct viche_turn *t)
{
    return viche_sql(t, ITEMS " WHERE sending = ? ORDER BY emergency DESC, started_at, id", VICHE_INT_VALUE(VICHE_NEWS_SENDING));
}

struct viche_rows *item_table(struct viche_turn *t)
{
    return viche_sql(t, "SELECT key, title, title_en, text, text_en, topic, area, emergency, shown, sample, from_at, until_at FROM news"
                        " ORDER BY from_at, id");
}

struct viche_rows *item_words(struct viche_turn *t, int64_t id)
{
    return viche_sql(t, "SELECT title, text, title_en, text_en FROM news WHERE id = ?", VICHE_INT_VALUE(id));
}

/* ---- changing --------------------------------------------------------------------------------------------------------- */

/* What has changed must be previewed again; what was published stays in the section until it is withdrawn. */
void item_keep(struct viche_turn *t, const struct viche_news_item *item)
{
    struct viche_rows *rows = viche_sql(
        t,
        "INSERT INTO news(key, title, title_en, text, text_en, topic, area, picture, from_at, until_at, emergency, shown)"
        " VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12) ON CONFLICT(key) DO UPDATE SET title = excluded.title,"
        " title_en = excluded.title_en, text = excluded.text, text_en = excluded.text_en, topic = excluded.topic,"
        " area = excluded.area, picture = CASE excluded.picture WHEN '' THEN picture ELSE excluded.picture END,"
        " from_at = CASE ?13 WHEN 0 THEN from_at ELSE ?13 END, until_at = excluded.until_at, emergency = excluded.emergency,"
        " shown = CASE WHEN sending > 0 AND shown = 1 THEN 1 ELSE excluded.shown END, token = ''"
        " RETURNING id",
        VICHE_TEXT_VALUE(item->key), VICHE_TEXT_VALUE(item->title), VICHE_TEXT_VALUE(item->title_en), VICHE_TEXT_VALUE(item->text),
        VICHE_TEXT_VALUE(item->text_en), VICHE_TEXT_VALUE(item->topic), VICHE_TEXT_VALUE(item->area), VICHE_TEXT_VALUE(item->picture),
        VICHE_INT_VALUE(item->from_at ? item->from_at : viche_now(t)), VICHE_INT_VALUE(item->until_at),
        VICHE_INT_VALUE((item->flags & VICHE_NEWS_EMERGENCY) != 0), VICHE_INT_VALUE((item->flags & VICHE_NEWS_SHOWN) != 0),
        VICHE_INT_VALUE(item->from_at));
    if (viche_row(t, rows))
        item_index(t, viche_row_integer(t, rows, 0));
}

void item_mark_sample(struct viche_turn *t, const char *key, bool sample)
{
    viche_sql(t, "UPDATE news SET sample = ? WHERE key = ?", VICHE_INT_VALUE(sample), VICHE_TEXT_VALUE(key));
}

void item_picture(struct viche_turn *t, int64_t id, const char *file)
{
    viche_sql(t, "UPDATE news SET picture = ?, token = '' WHERE id = ?", VICHE_TEXT_VALUE(file), VICHE_INT_VALUE(id));
}

void item_token(struct viche_turn *t, int64_t id, const char *token)
{
    viche_sql(t, "UPDATE news SET token = ?, token_at = ? WHERE id = ?", VICHE_TEXT_VALUE(token), VICHE_INT_VALUE(viche_now(t)),
              VICHE_INT_VALUE(id));
}

void item_publish(struct viche_turn *t, int64_t id)
{
    viche_sql(t, "UPDATE news SET sending = ?, shown = 1, token = '=' || token, started_at = ?, ended_at = 0 WHERE id = ?",
              VICHE_INT_VALUE(VICHE_NEWS_SENDING), VICHE_INT_VALUE(viche_now(t)), VICHE_INT_VALUE(id));
}

void item_move(struct viche_turn *t, int64_t id, uint32_t sending)
{
    bool ends = sending == VICHE_NEWS_STOPPED || sending == VICHE_NEWS_SENT;
    viche_sql(t, "UPDATE news SET sending = ?, ended_at = ? WHERE id = ?", VICHE_INT_VALUE(sending),
              VICHE_INT_VALUE(ends ? viche_now(t) : 0), VICHE_INT_VALUE(id));
}

void item_hide(struct viche_turn *t, int64_t id)
{
    viche_sql(t, "UPDATE news SET shown = 0, token = '' WHERE id = ?", VICHE_INT_VALUE(id));
}
