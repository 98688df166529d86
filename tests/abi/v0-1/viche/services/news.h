/* SPDX-License-Identifier: MIT
 * Service ua.viche.news/1: lets another plugin (a staff desk, an alarm, a calendar) write an item of «До відома мешканців», see
 * whom it would reach and what that costs, and have it sent. This revision never changes. */
#ifndef VICHE_SERVICES_NEWS_H
#define VICHE_SERVICES_NEWS_H

#include <viche/list.h>
#include <viche/turn.h>

#define VICHE_NEWS "ua.viche.news/1"

enum { VICHE_NEWS_EMERGENCY = 1, VICHE_NEWS_SHOWN = 2 }; /* viche_news_item.flags; SHOWN: stands in the section already */

struct viche_news_item {
    uint32_t size, flags;
    const char *key;              /* unique; written again it replaces the old words */
    const char *title, *title_en; /* _en may be "" */
    const char *text, *text_en;
    const char *topic;            /* one of those in the README of the plugin */
    const char *area;             /* one of the town's areas; "": everywhere */
    const char *picture;          /* id of a file of the town; "": none */
    int64_t from_at, until_at;    /* UTC seconds; 0: now, for ever */
};

struct viche_news_channel {
    const char *channel;
    int64_t people;
    int64_t cost; /* hundredths of the town's currency */
};

/* Whom an item would reach, if it were published now. */
struct viche_news_preview {
    uint32_t size, reserved;
    int64_t people, unreachable;
    int64_t quiet;              /* of the people: will get it when their quiet hours end */
    int64_t seconds;            /* for the others, at the pace of the town and its channels */
    int64_t cost;
    struct viche_list channels; /* struct viche_news_channel */
    const char *token;          /* for publish, within 15 minutes */
};

enum { /* viche_news_progress.state */
    VICHE_NEWS_DRAFT = 0,
    VICHE_NEWS_SENDING = 1,
    VICHE_NEWS_PAUSED = 2,
    VICHE_NEWS_STOPPED = 3,
    VICHE_NEWS_SENT = 4
};

struct viche_news_progress {
    uint32_t size, state;
    int64_t people;                      /* the sum of the next seven, and of `arrived` */
    int64_t waiting, under_way;          /* not handed to a channel yet; handed over, nothing heard */
    int64_t delivered, seen;             /* who has seen it is not counted again among the delivered */
    int64_t failed, unreachable, unsent; /* unsent: stopped, unsubscribed or out of date before their turn came */
    int64_t started_at, ended_at;        /* UTC seconds; 0: not yet */
    int64_t arrived;                     /* on the person's device, where a messenger tells; not counted again among the delivered */
};

enum { VICHE_NEWS_PAUSE = 1, VICHE_NEWS_RESUME = 2, VICHE_NEWS_STOP = 3, VICHE_NEWS_WITHDRAW = 4 }; /* WITHDRAW: stop, and out of the section */

struct viche_news {
    uint32_t size, reserved;
    /* Each returns NULL, or the text of what is wrong in the language of the turn. */
    const char *(*keep)(struct viche_turn *, const struct viche_news_item *);
    const char *(*preview)(struct viche_turn *, const char *key, struct viche_news_preview *out);
    const char *(*publish)(struct viche_turn *, const char *key, const char *token);
    const char *(*act)(struct viche_turn *, const char *key, uint32_t what);
    const char *(*progress)(struct viche_turn *, const char *key, struct viche_news_progress *out);
};

#endif
