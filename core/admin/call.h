/* SPDX-License-Identifier: MPL-2.0
 * One request of the operator, as the files of admin/ see it. */
#ifndef ADMIN_CALL_H
#define ADMIN_CALL_H

#include "flow/turn.h"

struct admin_call {
    struct flow *flow;
    struct town *town;
    struct arena *arena;
    const struct http_request *request;
    struct http_reply *reply;
    const struct turn_pair *parts; /* {names} of the path */
    uint64_t key;                  /* whom the supervisor blames if this crashes */
};

const char *call_part(const struct admin_call *call, const char *name); /* "" when absent */
/* The answer, plain text; not 200: words for the operator, what and what to do. */
void call_say(struct admin_call *call, uint32_t status, const char *format, ...) __attribute__((format(printf, 3, 4)));

/* admin/dataset.c */
void dataset_list(struct admin_call *call);
void dataset_import(struct admin_call *call);
void dataset_export(struct admin_call *call);
/* admin/person.c */
void person_export(struct admin_call *call);
void person_erase(struct admin_call *call);
/* admin/queue.c */
void queue_list(struct admin_call *call);
void queue_retry(struct admin_call *call);
void queue_bury(struct admin_call *call);
/* admin/backup.c: outside a transaction */
void backup_make(struct admin_call *call);
void backup_restore(struct admin_call *call);
/* admin/audit.c */
void audit_rows(struct admin_call *call);
/* admin/links.c */
void links_list(struct admin_call *call);

#endif
