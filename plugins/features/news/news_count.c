/* SPDX-License-Identifier: MPL-2.0
 * Figures: whom an item would reach before it is sent, what became of it afterwards. */
#include <string.h>

#include "news.h"

enum { CHANNELS = 16, WEIGHTS = 64 };

/* ---- before ----------------------------------------------------------------------------------------------------------- */

struct channel_count {
    struct viche_news_channel shown; /* first */
    int64_t now;                     /* messages to those who are not quiet */
    uint32_t per_second;             /* 0: no limit */
};

/* A picture and a long text may be two messages, in one language and not in the other: asked for once, of the first person. */
struct weight {
    const char *channel, *language;
    uint32_t messages; /* of the messenger's */
};

struct count {
    struct viche_turn *t;
    const struct item *item;
    struct channel_count channels[CHANNELS];
    struct weight weights[WEIGHTS];
    uint32_t weight_count;
    struct viche_news_preview preview;
};

static struct channel_count *channel_of(struct count *count, const char *name)
{
    uint32_t *channels = &count->preview.channels.count;
    for (uint32_t i = 0; i < *channels; i++)
        if (strcmp(count->channels[i].shown.channel, name) == 0)
            return &count->channels[i];
    if (*channels == CHANNELS)
        return &count->channels[CHANNELS - 1];
    count->channels[*channels] = (struct channel_count){.shown = {.channel = name}};
    return &count->channels[(*channels)++];
}

static uint32_t rehearse(struct viche_turn *t, const struct item *item, const struct viche_person *person)
{
    const char *language = viche_language(t);
    struct item spoken;
    viche_speak(t, person->language);
    bool found = item_find(t, item->id, &spoken);
    if (found)
        notice_say(t, &spoken, person->id);
    uint32_t messages = found ? viche_rehearse(t) : 0;
    viche_to(t, 0);
    viche_speak(t, language);
    return messages;
}

static uint32_t weigh(struct count *count, const struct viche_person *person)
{
    for (uint32_t i = 0; i < count->weight_count; i++)
        if (strcmp(count->weights[i].channel, person->channel) == 0 && strcmp(count->weights[i].language, person->language) == 0)
            return count->weights[i].messages;
    uint32_t messages = rehearse(count->t, count->item, person);
    if (count->weight_count < WEIGHTS)
        count->weights[count->weight_count++] = (struct weight){person->channel, person->language, messages};
    return messages;
}

static void count_person(struct count *count, const struct viche_person *person)
{
    struct viche_turn *t = count->t;
    struct viche_news_preview *out = &count->preview;
    if (*person->channel == '\0') {
        out->unreachable++;
        return;
    }
    struct channel_count *channel = channel_of(count, person->channel);
    bool quiet = !count->item->emergency && quiet_until(t, reader_get(t, person->id).hours, viche_now(t)) > viche_now(t);
    int64_t messages = weigh(count, person), cost = messages * person->price;
    channel->shown.people++;
    channel->shown.cost += cost;
    channel->per_second = person->per_second;
    channel->now += quiet ? 0 : messages;
    out->people++;
    out->quiet += quiet;
    out->cost += cost;
}

static int64_t seconds(int64_t count, int64_t per_second) { return per_second ? (count + per_second - 1) / per_second : 0; }

struct viche_news_preview count_preview(struct viche_turn *t, const struct item *item)
{
    struct count *count = viche_memory(t, sizeof *count);
    struct viche_news_preview *out = &count->preview;
    count->t = t;
    count->item = item;
    *out = (struct viche_news_preview){
        .size = sizeof *out, .channels = {.stride = sizeof *count->channels, .items = count->channels}, .token = ""};
    for (struct audience audience = audience_of(t, item); audience_next(t, &audience);)
        count_person(count, &audience.person);
    out->seconds = seconds(out->people - out->quiet, viche_option_number(t, "per_second"));
    for (uint32_t i = 0; i < out->channels.count; i++) {
        int64_t alone = seconds(count->channels[i].now, count->channels[i].per_second);
        out->seconds = alone > out->seconds ? alone : out->seconds;
    }
    return *out;
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
