/* SPDX-License-Identifier: MPL-2.0
 * What the parts of this plugin know of each other. */
#ifndef NEWS_H
#define NEWS_H

#include <viche/services/news.h>
#include <viche/viche.h>

#include "news_quiet.h"
#include "news_word.h"

VICHE_EXPORT extern const struct viche_plugin viche_plugin_v0;

/* ---- topics, news_show.c */
extern const char *const topics[]; /* in the order of the menu; their words: topic-… in texts/ */
extern const size_t topic_count;
#define EMERGENCY "emergency" /* a topic in the readers' eyes: on unless they say no */
bool topic_known(const char *topic);
const char *topic_name(struct viche_turn *t, const char *topic);  /* «Дороги» */
const char *topic_label(struct viche_turn *t, const char *topic); /* «🚧 Дороги» */

/* ---- items, news_item.c. Owns the table `news`. */
struct item {
    int64_t id;
    const char *key, *title, *text; /* in the language of the turn */
    const char *topic, *area, *picture, *token;
    int64_t from_at, until_at; /* UTC seconds; until 0: for ever */
    bool emergency, sample, shown;
    uint32_t sending; /* VICHE_NEWS_DRAFT … */
    int64_t token_at, started_at, ended_at;
};

/* The next one of the rows below; false after the last. */
bool item_next(struct viche_turn *t, struct viche_rows *rows, struct item *out);
bool item_find(struct viche_turn *t, int64_t id, struct item *out);
bool item_named(struct viche_turn *t, const char *key, struct item *out);
bool item_after(struct viche_turn *t, int64_t id, struct item *out); /* the one with the next larger id */
bool item_valid(const struct item *item, int64_t now);
const char *item_topic(const struct item *item); /* what a reader subscribes to or not: EMERGENCY or the topic */
/* The newest first; topic "": of every topic. */
struct viche_rows *item_valid_ones(struct viche_turn *t, const char *topic, uint32_t limit);
struct viche_rows *item_latest(struct viche_turn *t, uint32_t limit);
struct viche_rows *item_page(struct viche_turn *t, int64_t before, const char *search, uint32_t limit);
struct viche_rows *item_being_sent(struct viche_turn *t); /* emergencies first */
struct viche_rows *item_words(struct viche_turn *t, int64_t id); /* (title, text, title in English, text in English) */
struct viche_rows *item_table(struct viche_turn *t); /* the columns of an import, in its order */

void item_keep(struct viche_turn *t, const struct viche_news_item *item); /* by its key */
void item_mark_sample(struct viche_turn *t, const char *key, bool sample);
void item_picture(struct viche_turn *t, int64_t id, const char *file);
void item_token(struct viche_turn *t, int64_t id, const char *token); /* that was shown with a preview, now */
void item_publish(struct viche_turn *t, int64_t id);
void item_move(struct viche_turn *t, int64_t id, uint32_t sending); /* VICHE_NEWS_PAUSED … */
void item_hide(struct viche_turn *t, int64_t id);

/* ---- items as people meet them, news_show.c */
/* Puts what is valid into the search and takes the rest out; all: of every item. */
void item_index(struct viche_turn *t, int64_t id);
void item_index_all(struct viche_turn *t, int64_t planned_at);
/* An item as a message, with its picture. */
void item_say(struct viche_turn *t, const struct item *item);

/* ---- readers, news_reader.c. Owns `news_reader` and `news_topic`. */
struct reader {
    const char *area;  /* "": everywhere */
    const char *hours; /* of quiet: "21:00-08:00", "": none */
    bool emergency;
};
struct reader reader_get(struct viche_turn *t, uint64_t citizen);
void reader_set(struct viche_turn *t, uint64_t citizen, const struct reader *reader);
bool reader_wants(struct viche_turn *t, uint64_t citizen, const char *topic);
void reader_want(struct viche_turn *t, uint64_t citizen, const char *topic, bool wants);
void reader_want_nothing(struct viche_turn *t, uint64_t citizen);
void reader_export(struct viche_turn *t);
void reader_erase(struct viche_turn *t);
void reader_join(struct viche_turn *t, uint64_t from);

/* Walks those for whom an item is: its subscribers, or with an emergency everybody who has not said no. */
struct audience {
    struct viche_rows *rows; /* NULL: everybody */
    int64_t item;
    bool again;              /* it has been sent before */
    uint64_t next;
    struct viche_person person; /* the current one */
};
struct audience audience_of(struct viche_turn *t, const struct item *item);
bool audience_next(struct viche_turn *t, struct audience *audience);
/* When somebody may be written to: now, or when the quiet hours end. */
int64_t quiet_until(struct viche_turn *t, const char *hours, int64_t now);

/* ---- whom it goes to, news_recipient.c. Owns `news_recipient` and `news_tally`. */
enum notice { /* news_recipient.state; stored */
    NOTICE_WAITING = 0,
    NOTICE_HANDED = 1,
    NOTICE_DELIVERED = 2,
    NOTICE_SEEN = 3,
    NOTICE_FAILED = 4,
    NOTICE_UNREACHABLE = 5,
    NOTICE_UNSENT = 6,
    NOTICE_ARRIVED = 7, /* on the person's device, where the messenger tells */
    NOTICE_STATES
};

void recipient_add(struct viche_turn *t, int64_t item, uint64_t citizen, int64_t due);
struct viche_rows *recipient_waiting(struct viche_turn *t, int64_t item, uint32_t limit); /* (citizen) whose turn has come */
void recipient_mark(struct viche_turn *t, int64_t item, uint64_t citizen, enum notice state);
void recipient_hand(struct viche_turn *t, int64_t item, uint64_t citizen, const char *channel);
void recipient_put_off(struct viche_turn *t, int64_t item, uint64_t citizen, int64_t due);
void recipient_stop(struct viche_turn *t, int64_t item); /* who still waits does not get it */
void recipient_unwant(struct viche_turn *t, uint64_t citizen, const char *topic); /* what still waits for this reader */
void recipient_receipt(struct viche_turn *t, int64_t item, uint64_t citizen, enum notice state); /* of what was handed to a channel */
bool recipient_has(struct viche_turn *t, int64_t item, uint64_t citizen);
bool recipient_is_left(struct viche_turn *t, int64_t item); /* somebody of whom nothing is known yet */
struct viche_rows *recipient_handed(struct viche_turn *t, bool emergencies); /* (channel, how many are under way), of all or only these */
int64_t recipient_next_due(struct viche_turn *t);  /* 0: nobody waits */
struct viche_rows *recipient_counts(struct viche_turn *t, int64_t item); /* (state, how many), a state more than once */
struct viche_rows *recipient_items(struct viche_turn *t, uint64_t citizen); /* (item, state) */
void recipient_join(struct viche_turn *t, uint64_t from);
void recipient_trim(struct viche_turn *t, int64_t planned_at); /* the schedule "trim": who got what is forgotten, how many is kept */
void recipient_fold(struct viche_turn *t, uint64_t citizen);   /* the same for one citizen at once */

/* ---- sending, news_send.c, news_notice.c, news_count.c */
void send_begin(struct viche_turn *t, const struct item *item); /* freezes the recipients */
void send_feed(struct viche_turn *t, int64_t planned_at);       /* the schedule "feed" */
void send_now(struct viche_turn *t);
void send_soon(struct viche_turn *t); /* within the pace: in a second */
void send_finish(struct viche_turn *t, int64_t item); /* if nothing is left to do */

void notice_say(struct viche_turn *t, const struct item *item, uint64_t citizen);
void notice_delivered(struct viche_turn *t, const char *tag, uint32_t what);
void notice_erase(struct viche_turn *t);
void notice_join(struct viche_turn *t, uint64_t from);

struct viche_news_progress count_progress(struct viche_turn *t, const struct item *item);
struct viche_news_preview count_preview(struct viche_turn *t, const struct item *item);

/* ---- what others may do, news_service.c; the words of a refusal, or NULL */
extern const struct viche_news news_service;
const char *service_preview(struct viche_turn *t, const char *key, struct viche_news_preview *out);
const char *service_publish(struct viche_turn *t, const char *key, const char *token);
const char *service_act(struct viche_turn *t, const char *key, uint32_t what);
const char *service_progress(struct viche_turn *t, const char *key, struct viche_news_progress *out);

/* ---- dialogs */
viche_next read_start(struct viche_turn *t); /* news_read.c */
viche_next read_list(struct viche_turn *t);
viche_next read_choose(struct viche_turn *t, const char *value);
viche_next read_topics(struct viche_turn *t);
viche_next read_choose_topic(struct viche_turn *t, const char *topic);
viche_next read_card(struct viche_turn *t);

viche_next subscribe_start(struct viche_turn *t); /* news_subscribe.c */
viche_next subscribe_show(struct viche_turn *t);
viche_next subscribe_choose(struct viche_turn *t, const char *value);
viche_next subscribe_topics(struct viche_turn *t);
viche_next subscribe_choose_topic(struct viche_turn *t, const char *topic);
viche_next subscribe_areas(struct viche_turn *t);
viche_next subscribe_choose_area(struct viche_turn *t, const char *area);
viche_next subscribe_hours(struct viche_turn *t);
viche_next subscribe_choose_hours(struct viche_turn *t, const char *hours);
viche_next subscribe_on(struct viche_turn *t);
viche_next subscribe_off(struct viche_turn *t);

/* ---- tables and the operator's routes */
void data_row(struct viche_turn *t); /* news_data.c */
void data_write(struct viche_turn *t);
const char *data_keep(struct viche_turn *t, const struct viche_news_item *item); /* the words of a refusal, or NULL */

void view_list(struct viche_turn *t, const struct viche_query *query, struct viche_sheet *sheet); /* news_view.c: the staff desk */
uint32_t view_sees(struct viche_turn *t, const struct viche_clerk *clerk, const char *id);
void view_show(struct viche_turn *t, const struct viche_clerk *clerk, const char *id, struct viche_sheet *sheet);
const char *view_act(struct viche_turn *t, const struct viche_clerk *clerk, const char *id, const char *action, const char *stamp);

void operator_list(struct viche_turn *t, const struct viche_http *http); /* news_operator.c */
void operator_preview(struct viche_turn *t, const struct viche_http *http);
void operator_publish(struct viche_turn *t, const struct viche_http *http);
void operator_status(struct viche_turn *t, const struct viche_http *http);
void operator_pause(struct viche_turn *t, const struct viche_http *http);
void operator_resume(struct viche_turn *t, const struct viche_http *http);
void operator_stop(struct viche_turn *t, const struct viche_http *http);
void operator_withdraw(struct viche_turn *t, const struct viche_http *http);
void operator_picture(struct viche_turn *t, const struct viche_http *http);

#endif
