/* SPDX-License-Identifier: MPL-2.0
 * Where a citizen is in a dialog: one at a time, kept between turns, so that a restart is a resume. Owns the table `dialog`. */
#ifndef FLOW_DIALOG_H
#define FLOW_DIALOG_H

#include <jansson.h>

#include "town/town.h"

extern const char *const dialog_migrations[];
extern const size_t dialog_migration_count;

struct dialog {
    uint64_t citizen;
    const struct town_plugin *plugin;
    const struct viche_dialog *decl;
    const struct viche_step *step; /* where it waits */
    const char *args;              /* what followed the command */
    json_t *vars;   /* object of strings */
    json_t *offers; /* [[label, value]…] of the question asked last */
    json_t *trail;  /* names of the steps answered, for «Назад» */
    json_t *picked; /* values of a CHOICES or several files, so far */
    const char *pending; /* a command that waits for «leave this form?»; "" : none */
    int64_t page;        /* of a long list of offers */
    int64_t request;     /* the fetch whose result this step waits for; 0: none */
    int64_t expires_at;  /* UTC seconds */
    int64_t dated_at;    /* expires_at as it is stored; 0: nothing is yet */
};

struct dialog *dialog_new(struct arena *arena, uint64_t citizen, const struct town_command *command, const char *args);
/* NULL: none, or one whose plugin or step is gone (*lost; its row is dropped). *migrated_from: the stored version when it is older
 * than the declared one, else 0. */
struct dialog *dialog_load(const struct town *town, struct arena *arena, uint64_t citizen, bool *lost, uint32_t *migrated_from);
/* One in full swing is not dated anew with each answer: it may expire five minutes early. */
void dialog_save(struct db *db, const struct dialog *dialog);
void dialog_drop(struct db *db, uint64_t citizen);
/* The dialog of `from` is gone on with by `to`, unless `to` is in one. */
void dialog_move(struct db *db, uint64_t from, uint64_t to);
void dialog_close(struct dialog *dialog); /* frees the JSON; NULL is fine */

const char *dialog_get(const struct dialog *dialog, const char *name); /* "" when unset */
void dialog_set(struct dialog *dialog, const char *name, const char *value);
bool dialog_keeps_answers(const struct viche_dialog *decl);
bool dialog_is_form(const struct dialog *dialog); /* it keeps answers */
bool dialog_begun(const struct dialog *dialog);   /* some answer would be lost */

/* The citizen whose dialog expires first; *at when. false: none. */
bool dialog_next_expiry(struct db *db, uint64_t *citizen, int64_t *at);

#endif
