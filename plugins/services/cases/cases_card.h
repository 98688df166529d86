/* SPDX-License-Identifier: MPL-2.0
 * Registration cards: cases_card.c writes them, cases_card_find.c finds some, cases_card_list.c reads them a page at a time. No other
 * file names the tables `cases_card`, `cases_value` and `cases_search`. */
#ifndef CASES_CARD_H
#define CASES_CARD_H

#include <viche/services/cases.h>
#include <viche/turn.h>

struct regulation;
struct state;
struct type;

struct card {
    int64_t id, scope, citizen, received_at, delivered_at, closed_at, about, state_at, revision, due_at, overdue_at;
    int64_t responsible, decider, executor, control, returns, repeat_of, incident;
    uint32_t flags;
    const char *type, *number, *channel, *language, *kind, *surname, *first_name, *patronymic, *residence, *phone, *email;
    const char *essence, *category, *organisation, *place, *privilege, *state, *back, *waits, *term, *outcome, *answer, *grounds;
    const char *plan, *addressee, *flagged;
    double latitude, longitude;
    const struct type *kept; /* the type as it is declared now */
};

/* ---- one card, cases_card.c ---- */

/* Registers it: number, timeline, deadline, delivery. The words of what is missing, or NULL. */
const char *card_open(struct viche_turn *t, const struct viche_case *from, int64_t repeat_of, struct card *out);
/* Words for a file that this field ("files", or one of the type's own) does not take; NULL: they are fine. */
const char *card_unfit(struct viche_turn *t, const struct type *type, const char *name, const char *files);
/* The value of a common field by its name in struct viche_case, or of the type's own. */
const char *card_value(struct viche_turn *t, const struct card *card, const char *name);
void card_move(struct viche_turn *t, struct card *card, const char *state); /* and everything that follows from a state */
const char *card_waits(const struct regulation *r, const struct state *state);
void card_save(struct viche_turn *t, struct card *card); /* writes what may change; the desk shows so at once */
bool card_is_open(const struct card *card);
void card_export_citizen(struct viche_turn *t);
void card_join_citizen(struct viche_turn *t, uint64_t from);
void card_detach(struct viche_turn *t, int64_t citizen); /* erased: what must be kept is, but is theirs no more */
/* Takes the person out of the cards closed until `before`; citizen 0: of everybody. */
void card_blank(struct viche_turn *t, int64_t citizen, int64_t before);

/* ---- finding, cases_card_find.c: rows are cards for card_next, unless it says which columns ---- */

/* What card_next reads. */
#define CARD_COLUMNS \
    "id, scope, citizen, received_at, delivered_at, closed_at, about, state_at, revision, due_at, overdue_at, responsible, decider," \
    " executor, control, returns, repeat_of, incident, flags, type, number, channel, language, kind, surname, first_name, patronymic," \
    " residence, phone, email, essence, category, organisation, place, privilege, state, back, waits, term, outcome, answer, grounds," \
    " plan, addressee, flagged, latitude, longitude"
/* The next one, without .kept; false after the last. */
bool card_next(struct viche_turn *t, struct viche_rows *rows, struct card *out);
/* false: no such card, or its type is not declared any more. */
bool card_find(struct viche_turn *t, int64_t id, struct card *out);
bool card_peek(struct viche_turn *t, int64_t id, struct card *out); /* without .kept: enough for who may see it */
bool card_numbered(struct viche_turn *t, const char *number, struct card *out);
/* Perhaps on the same cause: open, of the same category, near and recent; the newest with an id below `before`. */
bool card_similar(struct viche_turn *t, const struct card *card, int64_t before, struct card *out);
/* The newest of one citizen's with an id below `before` (0: of all), of this type ("": of any); 0: none. */
int64_t card_of_citizen(struct viche_turn *t, uint64_t citizen, const char *type, uint64_t before);
int64_t card_count_since(struct viche_turn *t, int64_t citizen, int64_t since); /* open ones */
struct viche_rows *card_all_of_citizen(struct viche_turn *t, uint64_t citizen);
struct viche_rows *card_of_incident(struct viche_turn *t, int64_t incident, int64_t but); /* (id) */
int64_t card_count_of_incident(struct viche_turn *t, int64_t incident);
struct viche_rows *card_listed(struct viche_turn *t, const char *ids); /* a JSON list of them, in its order */
/* (scope, who sits there) of open cards, each pair once; co-executor: whose part is open. */
struct viche_rows *card_seats(struct viche_turn *t, const char *seat);
/* (the oldest card, how many) that wait for somebody who is gone (assign_gone_list), by who that is and who is to find another. */
struct viche_rows *card_left(struct viche_turn *t, const char *executors, const char *co_executors, const char *deciders);
struct viche_rows *card_states(struct viche_turn *t, const char *type); /* (state) in which open ones stand */
struct viche_rows *card_overdue(struct viche_turn *t, const char *scopes); /* (executor, how many), most first */

/* What everybody may read: of these types (a JSON list), neither suspected of abuse nor refused for it, the newest first. */
struct viche_rows *card_shown(struct viche_turn *t, const char *types, const char *ids);
struct card_span {
    int64_t from, until; /* when they came */
    const char *codes;   /* a JSON list of "type.category"; "": any */
    bool open, closed;
};
struct viche_rows *card_shown_of(struct viche_turn *t, const char *types, const struct card_span *span);

/* ---- pages, cases_card_list.c ---- */

enum card_order { CARD_BY_DUE, CARD_BY_DUE_BACK, CARD_BY_RECEIVED, CARD_BY_RECEIVED_BACK };

struct range {
    int64_t from, until;
};

/* What an official may see, narrowed: "" is any, "-" those that have none. */
struct card_filter {
    uint64_t clerk;               /* sees no complaint about themselves */
    const char *scopes, *works_in; /* what they see by role, a JSON list; their organisation */
    const char *search;            /* a number, or words */
    const char *stage, *type, *kind, *category, *organisation, *channel, *state;
    int64_t executor; /* 0: any, -1: none */
    struct range received, due, closed;
    enum card_order order;
    const char *after; /* of card_after; "": from the beginning */
    uint32_t limit;
};
struct viche_rows *card_page(struct viche_turn *t, const struct card_filter *filter);
const char *card_after(struct viche_turn *t, const struct card_filter *filter, const struct card *last); /* where the next page begins */
/* What waits for this official, the privileged first. */
struct viche_rows *card_tasks(struct viche_turn *t, uint64_t clerk, uint32_t limit, int64_t offset);

#endif
