/* SPDX-License-Identifier: MPL-2.0
 * The verbs of viche/turn.h and viche/channel.h: what a handler calls, each a small function over struct turn. */
#ifndef FLOW_VERB_H
#define FLOW_VERB_H

#include "flow/turn.h"

/* Statements that the turn's handlers left open are closed. */
void verb_reset_rows(struct turn *turn);
struct viche_rows *verb_query(struct viche_turn *t, const char *sql, const struct viche_value *values, uint32_t count);
uint32_t verb_next_row(struct viche_rows *rows);
const char *verb_row_text(struct viche_rows *rows, uint32_t column);
int64_t verb_row_integer(struct viche_rows *rows, uint32_t column);
double verb_row_real(struct viche_rows *rows, uint32_t column);

/* verb_desk.c */
const char *verb_option_file(struct viche_turn *t, const char *name);
uint32_t verb_next_view(struct viche_turn *t, uint32_t index, struct viche_view_at *out);
void verb_audit(struct viche_turn *t, uint64_t clerk, const char *what, const char *object);
void verb_trust(struct viche_turn *t);
void verb_more(struct viche_turn *t, const char *from);
uint32_t verb_audit_row(struct viche_turn *t, uint64_t from, struct viche_audit_row *out);
uint32_t verb_parked(struct viche_turn *t, uint64_t from, struct viche_parked *out);
uint32_t verb_parked_end(struct viche_turn *t, uint64_t id, uint32_t retry);
int64_t verb_conversations(struct viche_turn *t, int64_t from, int64_t until);

/* verb_file.c */
const char *verb_keep_file(struct viche_turn *t, const char *upload, const char *name, const char *type);
uint32_t verb_file_about(struct viche_turn *t, const char *file_id, struct viche_file_about *out);
uint32_t verb_hold_file(struct viche_turn *t, const char *file_id);
void verb_drop_file(struct viche_turn *t, const char *file_id);

/* verb_rehearse.c */
uint32_t verb_rehearse(struct viche_turn *t);

#endif
