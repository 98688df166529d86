/* SPDX-License-Identifier: MPL-2.0
 * What it means that two citizens are one person, and that an address is somebody else's: over the host's tables, each by its owner,
 * and over every plugin. Reached from the dialogs of builtin/join.c alone. */
#ifndef BUILTIN_PERSON_H
#define BUILTIN_PERSON_H

#include "flow/turn.h"

enum { PERSON_ADDRESSES = 10 }; /* that are shown */

/* The citizen of this turn and the one who showed the code are one person: the older of the two remains, with both addresses and all
 * that either had, and becomes the citizen of this turn. The dialog of this turn is over; see person_go_on. false: a plugin could
 * not; the turn has failed and undoes it. */
bool person_join(struct turn *turn, const struct citizen *shown);
/* May messages for an address that is lost go to another? Those that wait already go at once. */
void person_agree(struct turn *turn, bool elsewhere);
/* Returns what the handler returns: the person goes on with what was begun at the other address, if anything was. */
viche_next person_go_on(struct turn *turn);
/* The address becomes a stranger's, and is told; everything else stays with the person. false: it was not theirs any more. */
bool person_part(struct turn *turn, const struct citizen_address *address);
/* Says `key` at another address of this person; way: a dialog of the host, offered below it, or NULL. */
void person_tell(struct turn *turn, const char *channel, const char *address, const char *key, const char *way);
/* "Telegram", «Веб-чат» */
const char *person_channel(struct turn *turn, const char *channel);

#endif
