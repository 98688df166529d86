/* SPDX-License-Identifier: MPL-2.0
 * Who wants what: topics, area and quiet hours of each reader. Who never chose anything gets only what is an emergency. */
#include <string.h>

#include "news.h"

/* SELECT count(*) …: more than none? Read to its end, as everything that is asked for each of many. */
static bool any(struct viche_turn *t, struct viche_rows *rows)
{
    int64_t count = 0;
    while (viche_row(t, rows))
        count = viche_row_integer(t, rows, 0);
    return count > 0;
}

struct reader reader_get(struct viche_turn *t, uint64_t citizen)
{
    struct viche_rows *rows =
        viche_sql(t, "SELECT area, hours, emergency FROM news_reader WHERE citizen = ?", VICHE_INT_VALUE(citizen));
    struct reader reader = {.area = "", .hours = viche_option(t, "quiet"), .emergency = true};
    while (viche_row(t, rows))
        reader = (struct reader){.area = viche_row_text(t, rows, 0), .hours = viche_row_text(t, rows, 1),
                                 .emergency = viche_row_integer(t, rows, 2) != 0};
    return reader;
}

void reader_set(struct viche_turn *t, uint64_t citizen, const struct reader *reader)
{
    viche_sql(t,
              "INSERT INTO news_reader(citizen, area, hours, emergency) VALUES(?, ?, ?, ?) ON CONFLICT(citizen) DO UPDATE SET"
              " area = excluded.area, hours = excluded.hours, emergency = excluded.emergency",
              VICHE_INT_VALUE(citizen), VICHE_TEXT_VALUE(reader->area), VICHE_TEXT_VALUE(reader->hours),
              VICHE_INT_VALUE(reader->emergency));
}

bool reader_wants(struct viche_turn *t, uint64_t citizen, const char *topic)
{
    if (strcmp(topic, EMERGENCY) == 0)
        return reader_get(t, citizen).emergency;
    return any(t, viche_sql(t, "SELECT count(*) FROM news_topic WHERE citizen = ? AND topic = ?", VICHE_INT_VALUE(citizen),
                            VICHE_TEXT_VALUE(topic)));
}

void reader_want(struct viche_turn *t, uint64_t citizen, const char *topic, bool wants)
{
    struct reader reader = reader_get(t, citizen);
    if (strcmp(topic, EMERGENCY) == 0)
        reader.emergency = wants;
    else if (wants)
        viche_sql(t, "INSERT INTO news_topic(citizen, topic) VALUES(?, ?) ON CONFLICT DO NOTHING", VICHE_INT_VALUE(citizen),
                  VICHE_TEXT_VALUE(topic));
    else
        viche_sql(t, "DELETE FROM news_topic WHERE citizen = ? AND topic = ?", VICHE_INT_VALUE(citizen), VICHE_TEXT_VALUE(topic));
    reader_set(t, citizen, &reader);
    if (!wants)
        recipient_unwant(t, citizen, topic);
}

void reader_want_nothing(struct viche_turn *t, uint64_t citizen)
{
    for (size_t i = 0; i < topic_count; i++)
        reader_want(t, citizen, topics[i], false);
    reader_want(t, citizen, EMERGENCY, false);
}

/* ---- whom an item is for ---------------------------------------------------------------------------------------------- */

struct audience audience_of(struct viche_turn *t, const struct item *item)
{
    struct audience audience = {.rows = NULL, .item = item->id, .again = item->started_at > 0, .next = 1};
    if (item->emergency)
        return audience;
    audience.rows = viche_sql(t,
                              "SELECT news_topic.citizen FROM news_topic JOIN news_reader ON news_reader.citizen = news_topic.citizen"
                              " WHERE topic = ?1 AND (?2 = '' OR area = '' OR area = ?2) ORDER BY news_topic.citizen",
                              VICHE_TEXT_VALUE(item->topic), VICHE_TEXT_VALUE(item->area));
    return audience;
}

/* Published again, an item is for those whom it has not reached. */
static bool has_it(struct viche_turn *t, const struct audience *audience)
{
    if (!audience->again)
        return false;
    return recipient_has(t, audience->item, audience->person.id);
}

static bool next_subscriber(struct viche_turn *t, struct audience *audience)
{
    while (viche_row(t, audience->rows)) {
        uint64_t citizen = (uint64_t)viche_row_integer(t, audience->rows, 0);
        if (viche_person(t, citizen, &audience->person) && audience->person.id == citizen && !has_it(t, audience))
            return true;
    }
    return false;
}

bool audience_next(struct viche_turn *t, struct audience *audience)
{
    if (audience->rows)
        return next_subscriber(t, audience);
    while (viche_person(t, audience->next, &audience->person)) {
        audience->next = audience->person.id + 1;
        if (reader_get(t, audience->person.id).emergency && !has_it(t, audience))
            return true;
    }
    return false;
}

int64_t quiet_until(struct viche_turn *t, const char *hours, int64_t now)
{
    struct quiet quiet;
    struct viche_local here = viche_local(t, now), end;
    if (!quiet_read(hours, &quiet) || !quiet_now(quiet, &here, &end))
        return now;
    int64_t at = viche_moment(t, &end);
    return at > now ? at : now; /* the hour that comes twice in autumn */
}

/* ---- what is kept of one citizen -------------------------------------------------------------------------------------- */

void reader_export(struct viche_turn *t)
{
    uint64_t citizen = viche_citizen(t);
    struct viche_rows *rows = viche_sql(t, "SELECT topic FROM news_topic WHERE citizen = ? ORDER BY topic", VICHE_INT_VALUE(citizen));
    while (viche_row(t, rows)) {
        viche_set(t, "topic", topic_name(t, viche_row_text(t, rows, 0)));
        viche_emit(t, "subscriptions");
    }
    rows = viche_sql(t, "SELECT area, hours, emergency FROM news_reader WHERE citizen = ?", VICHE_INT_VALUE(citizen));
    while (viche_row(t, rows)) {
        viche_set(t, "area", viche_row_text(t, rows, 0));
        viche_set(t, "quiet", viche_row_text(t, rows, 1));
        viche_set(t, "emergency", viche_row_integer(t, rows, 2) ? "yes" : "no");
        viche_emit(t, "subscription");
    }
}

void reader_erase(struct viche_turn *t)
{
    viche_sql(t, "DELETE FROM news_topic WHERE citizen = ?", VICHE_INT_VALUE(viche_citizen(t)));
    viche_sql(t, "DELETE FROM news_reader WHERE citizen = ?", VICHE_INT_VALUE(viche_citizen(t)));
}

/* Topics add up; area and hours are those the person chose here, if any. Who said no to emergencies once has said no. */
void reader_join(struct viche_turn *t, uint64_t from)
{
    uint64_t citizen = viche_citizen(t);
    viche_sql(t, "INSERT INTO news_topic(citizen, topic) SELECT ?1, topic FROM news_topic WHERE citizen = ?2 ON CONFLICT DO NOTHING",
              VICHE_INT_VALUE(citizen), VICHE_INT_VALUE(from));
    viche_sql(t,
              "INSERT INTO news_reader(citizen, area, hours, emergency) SELECT ?1, area, hours, emergency FROM news_reader"
              " WHERE citizen = ?2 ON CONFLICT(citizen) DO UPDATE SET emergency = emergency * excluded.emergency",
              VICHE_INT_VALUE(citizen), VICHE_INT_VALUE(from));
    viche_sql(t, "DELETE FROM news_topic WHERE citizen = ?", VICHE_INT_VALUE(from));
    viche_sql(t, "DELETE FROM news_reader WHERE citizen = ?", VICHE_INT_VALUE(from));
}
