/* SPDX-License-Identifier: MPL-2.0
 * Items come in and go out as a table. An import adds and changes; a line that is left out leaves its item where it is, because
 * people may be getting it at this moment: what is over is withdrawn. */
#include <string.h>

#include "news.h"

enum { TITLE_BYTES = 240, TEXT_BYTES = 6000 };

/* ---- what may stand there --------------------------------------------------------------------------------------------- */

struct refusal {
    const char *column, *reason; /* column NULL: nothing is wrong; reason: text key */
};

static struct refusal look_at(struct viche_turn *t, const struct viche_news_item *item)
{
    if (!word_key(item->key))
        return (struct refusal){"id", "bad-id"};
    if (!*item->title || strlen(item->title) > TITLE_BYTES || strpbrk(item->title, "\r\n"))
        return (struct refusal){"title", "bad-title"};
    if (strlen(item->title_en) > TITLE_BYTES || strpbrk(item->title_en, "\r\n"))
        return (struct refusal){"title_en", "bad-title"};
    if (!*item->text || strlen(item->text) > TEXT_BYTES)
        return (struct refusal){"text", "bad-text"};
    if (strlen(item->text_en) > TEXT_BYTES)
        return (struct refusal){"text_en", "bad-text"};
    if (!topic_known(item->topic))
        return (struct refusal){"topic", "bad-topic"};
    if (*item->area && !word_among(viche_option(t, "areas"), item->area))
        return (struct refusal){"area", "bad-area"};
    if (item->until_at && item->until_at <= item->from_at)
        return (struct refusal){"until", "bad-until"};
    return (struct refusal){NULL, NULL};
}

const char *data_keep(struct viche_turn *t, const struct viche_news_item *item)
{
    struct refusal refusal = look_at(t, item);
    if (refusal.column)
        return viche_text(t, refusal.reason);
    item_keep(t, item);
    return NULL;
}

/* ---- import ----------------------------------------------------------------------------------------------------------- */

static void refuse(struct viche_turn *t, const char *column, const char *reason) { viche_bad(t, column, viche_text(t, reason)); }

static int64_t read_moment(struct viche_turn *t, const char *column, bool until)
{
    struct viche_local local;
    if (!*viche_get(t, column))
        return 0;
    if (word_moment(viche_get(t, column), until, &local))
        return viche_moment(t, &local);
    refuse(t, column, "bad-moment");
    return 0;
}

static uint32_t read_flag(struct viche_turn *t, const char *column, uint32_t flag)
{
    const char *text = viche_get(t, column);
    if (*text && strcmp(text, "yes") != 0)
        refuse(t, column, "bad-flag");
    return *text ? flag : 0;
}

void data_row(struct viche_turn *t)
{
    struct viche_news_item item = {
        .size = sizeof item,
        .flags = read_flag(t, "emergency", VICHE_NEWS_EMERGENCY) | read_flag(t, "shown", VICHE_NEWS_SHOWN),
        .key = viche_get(t, "id"),
        .title = viche_get(t, "title"),
        .title_en = viche_get(t, "title_en"),
        .text = viche_get(t, "text"),
        .text_en = viche_get(t, "text_en"),
        .topic = viche_get(t, "topic"),
        .area = viche_get(t, "area"),
        .picture = "",
        .from_at = read_moment(t, "from", false),
        .until_at = read_moment(t, "until", true),
    };
    uint32_t sample = read_flag(t, "sample", 1);
    struct refusal refusal = look_at(t, &item);
    if (refusal.column) {
        refuse(t, refusal.column, refusal.reason);
        return;
    }
    item_keep(t, &item);
    item_mark_sample(t, item.key, sample != 0);
}

/* ---- export ----------------------------------------------------------------------------------------------------------- */

static void write_moment(struct viche_turn *t, const char *column, int64_t at)
{
    struct viche_local here = viche_local(t, at);
    viche_set(t, column, at ? viche_print(t, "%04d-%02d-%02d %02d:%02d", here.year, here.month, here.day, here.hour, here.minute) : "");
}

void data_write(struct viche_turn *t)
{
    static const char *const words[] = {"id", "title", "title_en", "text", "text_en", "topic", "area"};
    static const char *const flags[] = {"emergency", "shown", "sample"};
    struct viche_rows *rows = item_table(t);
    while (viche_row(t, rows)) {
        uint32_t column = 0;
        for (size_t i = 0; i < sizeof words / sizeof *words; i++)
            viche_set(t, words[i], viche_row_text(t, rows, column++));
        for (size_t i = 0; i < sizeof flags / sizeof *flags; i++)
            viche_set(t, flags[i], viche_row_integer(t, rows, column++) ? "yes" : "");
        write_moment(t, "from", viche_row_integer(t, rows, column++));
        write_moment(t, "until", viche_row_integer(t, rows, column));
        viche_emit(t, "news");
    }
}
