/* SPDX-License-Identifier: MIT
 * Service ua.viche.feedback/1: lets any plugin ask what is wrong with something it shows. This revision never changes. */
#ifndef VICHE_SERVICES_FEEDBACK_H
#define VICHE_SERVICES_FEEDBACK_H

#include <viche/turn.h>

#define VICHE_FEEDBACK "ua.viche.feedback/1"

struct viche_feedback {
    uint32_t size, reserved;
    /* The command that asks the citizen for a remark on `subject` ("directory 12": no more than 40 bytes, no line break), for
     * viche_offer. What is said is kept with the subject. */
    const char *(*command)(struct viche_turn *, const char *subject);
};

#endif
