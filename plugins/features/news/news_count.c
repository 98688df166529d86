/* SPDX-License-Identifier: MPL-2.0
 * Figures: whom an item would reach before it is sent, what became of it afterwards. */
#include <string.h>

#include "news.h"

enum { CHANNELS = 16 };

/* ---- before ----------------------------------------------------------------------------------------------------------- */

struct channel_count {
    struct viche_news_channel shown; /* first */
    int64_t now;                     /* of the people: not quiet */
    uint32_t per_second;             /* 0: no limit */
};

static struct channel_count *find_channel(struct channel_count *channels, uint32_t *count, const char *name)
{
    for (uint32_t i = 0; i < *count; i++)
        if (strcmp(channels[i].shown.channel, name) == 0)
            return &channels[i];
    if (*count == CHANNELS)
        return &channels[CHANNELS - 1];
    channels[*count] = (struct channel_count){.shown = {.channel = name}};
    return &channels[(*count)++];
}

static void count_person(struct viche_turn *t, const struct item *item, const struct viche_person *person,
                         struct channel_count *channels, struct viche_news_preview *out)
{
    if (*person->channel == '\0') {
        out->unreachable++;
        return;
    }
    struct channel_count *channel = find_channel(channels, &out->channels.count, person->channel);
    bool quiet = !item->emergency && quiet_until(t, reader_get(t, person->id).hours, viche_now(t)) > viche_now(t);
    channel->shown.people++;
    channel->shown.cost += person->price;
    channel->per_second = person->per_second;
    channel->now += !quiet;
    out->people++;
    out->quiet += quiet;
    out->cost += person->price;
}

static int64_t seconds(int64_t people, int64_t per_second) { return per_second ? (people + per_second - 1) / per_second : 0; }

struct viche_news_preview count_preview(struct viche_turn *t, const struct item *item)
{
    struct channel_count *channels = viche_memory(t, CHANNELS * sizeof *channels);
    struct viche_news_preview out = {.size = sizeof out, .channels = {.stride = sizeof *channels, .items = channels}, .token = ""};
    for (struct audience audience = audience_of(t, item); audience_next(t, &audience);)
        count_person(t, item, &audience.person, channels, &out);
    out.seconds = seconds(out.people - out.quiet, viche_option_number(t, "per_second"));
    for (uint32_t i = 0; i < out.channels.count; i++) {
        int64_t alone = seconds(channels[i].now, channels[i].per_second);
        out.seconds = alone > out.seconds ? alone : out.seconds;
    }
    return out;
}

/* ---- after ------------------------------------------------------------------------------------------------------------ */

struct viche_news_progress count_progress(struct viche_turn *t, const struct item *item)
{
    int64_t counts[NOTICE_STATES] = {0}, people = 0;
    struct viche_rows *rows = recipient_counts(t, item->id);
    while (viche_row(t, rows)) {
        int64_t state = viche_row_integer(t, rows, 0);
        if (state >= 0 && state < NOTICE_STATES)
            counts[state] += viche_row_integer(t, rows, 1);
        people += viche_row_integer(t, rows, 1);
    }
    return (struct viche_news_progress){
        .size = sizeof(struct viche_news_progress),
        .state = item->sending,
        .people = people,
        .waiting = counts[NOTICE_WAITING],
        .under_way = counts[NOTICE_HANDED],
        .delivered = counts[NOTICE_DELIVERED],
        .arrived = counts[NOTICE_ARRIVED],
        .seen = counts[NOTICE_SEEN],
        .failed = counts[NOTICE_FAILED],
        .unreachable = counts[NOTICE_UNREACHABLE],
        .unsent = counts[NOTICE_UNSENT],
        .started_at = item->started_at,
        .ended_at = item->ended_at,
    };
}
