/* SPDX-License-Identifier: MPL-2.0
 * The first stage of the river. Takes an event, tells whether it is new: each (channel, origin) is handled once. Keeps what could
 * not be handled (it brought a worker down twice) until staff retry or bury it, and what rode in the answer to a messenger's call for
 * as long as the messenger may bring its event again. Owns the table `inbox`. */
#ifndef FLOW_INBOX_H
#define FLOW_INBOX_H

#include <viche/channel.h>

#include "base/arena.h"
#include "store/db.h"

extern const char *const inbox_migrations[];
extern const size_t inbox_migration_count;

bool inbox_take(struct db *db, const char *channel, const char *origin); /* false: seen before */
void inbox_park(struct db *db, struct arena *arena, const char *channel, const struct viche_event *event, const char *why);
/* What rode in answer to this event, in stored form (message.h). NULL: nothing, now or any more. */
void inbox_keep_answer(struct db *db, const char *channel, const char *origin, const char *address, const char *answer);
const char *inbox_answer(struct db *db, struct arena *arena, const char *channel, const char *origin);
/* Forgets the answers to events that were there at the last call already: a messenger that did not hear one comes again within minutes
 * in which the host is up, however long it was down before. `age` begins as zero. */
struct inbox_span {
    int64_t after, until; /* ids */
    bool planned;         /* the next call is */
};
void inbox_trim_answers(struct db *db, struct inbox_span *age);
void inbox_trim(struct db *db, int64_t before); /* forgets handled ones older than this, UTC seconds */

/* An event as text, and back; all but its origin. */
char *inbox_write_event(struct arena *arena, const struct viche_event *event);
void inbox_read_event(struct arena *arena, const char *text, struct viche_event *event);

struct inbox_parked {
    int64_t id, at;
    const char *channel, *why;
    struct viche_event event;
};
/* The parked ones with a larger id, oldest first, at most `room`. */
size_t inbox_parked(struct db *db, struct arena *arena, int64_t after_id, struct inbox_parked *out, size_t room);
bool inbox_bury(struct db *db, int64_t id); /* forgets it; false: no such */
/* The parked ones and the answers of this chat. */
void inbox_erase(struct db *db, struct arena *arena, const char *channel, const char *address);

#endif
