/* SPDX-License-Identifier: MPL-2.0
 * One turn: a handler of a plugin meets one event. Everything it makes lives in the batch's arena or in the town's open
 * transaction. */
#ifndef FLOW_TURN_H
#define FLOW_TURN_H

#include <viche/viche.h>

#include "flow/dialog.h"
#include "flow/flow.h"
#include "flow/limit.h"
#include "flow/message.h"
#include "flow/reply.h"
#include "town/citizen.h"

enum next { /* what viche_next means */
    NEXT_STAY = 1,
    NEXT_GO,
    NEXT_AGAIN,
    NEXT_OPEN,
    NEXT_DONE,
    NEXT_FETCH,
    NEXT_WAIT
};

struct turn_pair {
    struct turn_pair *next;
    const char *name, *value;
};

/* A cell that an import refuses. */
struct turn_bad {
    struct turn_bad *next;
    const char *column, *reason;
};

/* Called for each viche_emit with what was viche_set since the last. */
typedef void turn_emitted(void *context, const char *section, const struct turn_pair *cells);

struct turn {
    struct viche_turn base; /* first: a struct viche_turn * is a struct turn * */
    struct flow *flow;
    struct town *town;
    const struct town_plugin *plugin;
    struct arena *arena;
    const char *language;
    struct citizen citizen;  /* id 0: a turn without a chat */
    uint64_t to;             /* viche_to; 0: the citizen */
    struct dialog *dialog;   /* NULL: none */
    struct turn_pair *lets;  /* viche_let */
    struct turn_pair *cells; /* viche_set without a dialog: path parts, cells of an import, rows of an export */
    struct draft *drafts, **drafts_end;
    struct draft *draft;     /* the current message */
    struct draft **said;     /* where what was said since the last viche_to begins; NULL: nobody was named */
    struct viche_rows *rows; /* statements to be reset */
    uint64_t event;          /* page_event of what is being handled */
    struct flow_mark mark;   /* of the savepoint it runs in */
    bool bulk;               /* viche_bulk */
    bool aside;              /* a question in the middle of a form: the stored dialog is not touched */
    bool fetching;           /* waits for the network: the channel shows that an answer is being prepared */
    enum limit refused;      /* an event of this hook was too much: the hook is undone, its client told to come again */
    const char *failed;      /* why the turn must be undone; NULL: it is fine */
    const char *next_step, *next_command; /* of NEXT_GO and NEXT_WAIT, of NEXT_OPEN */
    const struct http_request *request; /* in routes and hooks */
    struct http_reply *reply;
    const struct viche_channel *channel; /* in hooks and send */
    const char *address;                 /* in sent: the chat that was written to */
    struct turn_bad *bad;
    turn_emitted *emitted;
    void *emitted_context;
    /* send: what the codec asks for */
    struct viche_request *requests;
    uint32_t request_count, pushes, later_s;
    bool shut; /* sent and polled: the messenger refuses the town itself */
};

/* A turn without a chat. */
struct turn *turn_plain(struct flow *flow, const struct town_plugin *plugin);
/* A turn of this citizen. */
struct turn *turn_of(struct flow *flow, const struct town_plugin *plugin, const struct citizen *citizen);
/* Resets statements, closes the dialog's JSON. The turn's messages are put into the outbox first unless it failed. */
void turn_end(struct turn *turn);

/* Marks the turn as failed: English words for the log. The first failure wins. */
void turn_fail(struct turn *turn, const char *format, ...) __attribute__((format(printf, 2, 3)));
struct draft *turn_say(struct turn *turn, const char *text); /* begins a message */
/* The host's own words (share/texts) in the turn's language. */
const char *turn_word(struct turn *turn, const char *key);
const char *turn_get(struct turn *turn, const char *name); /* let, cell, dialog variable, town; NULL: unset */
/* The words of a plugin; NULL: no such key. */
const char *turn_fill(struct turn *turn, const struct town_plugin *plugin, const char *key);
/* Messages of the turn go to their outbox rows. */
void turn_send(struct turn *turn);

extern const struct viche_host turn_host;                 /* flow/verb.c */
extern const struct viche_channel_host turn_channel_host; /* flow/verb_channel.c */

#endif
