/* SPDX-License-Identifier: MIT
 * Service ua.viche.tracking/1: what a citizen sees of their cards and does about them, of whatever type. A feature that opens cards
 * names VICHE_TRACKING_OPENS as viche_case_type.opens and needs nothing more. This revision never changes. */
#ifndef VICHE_SERVICES_TRACKING_H
#define VICHE_SERVICES_TRACKING_H

#include <viche/turn.h>

#define VICHE_TRACKING "ua.viche.tracking/1"
#define VICHE_TRACKING_OPENS "/mine open" /* and the id of the card: the question or survey that waits, else the card */

struct viche_tracking {
    uint32_t size, reserved;
    /* The command that shows this card, for viche_offer. */
    const char *(*command)(struct viche_turn *, uint64_t card);
};

#endif
