/* SPDX-License-Identifier: MIT
 * Service ua.viche.staff/1, offered by the staff desk: who works in the town, in which organisation, with which roles; telling them
 * that something waits for them or has changed. This revision never changes. */
#ifndef VICHE_SERVICES_STAFF_H
#define VICHE_SERVICES_STAFF_H

#include <viche/desk.h>

#define VICHE_STAFF "ua.viche.staff/1"

/* An organisation that is registered in the service: only its people can be executors. */
struct viche_organisation {
    uint32_t size, closed; /* 1: takes nothing new */
    const char *id, *name;
};

struct viche_staff {
    uint32_t size, reserved;
    /* The official who is signed in and makes this request; false: nobody is. For routes of other plugins. */
    uint32_t (*who)(struct viche_turn *, const struct viche_http *, struct viche_clerk *out);
    /* The first official whose id is `from` or larger and who is not dismissed; false: none. Walk all with from = out.id + 1. */
    uint32_t (*next)(struct viche_turn *, uint64_t from, struct viche_clerk *out);
    /* Whatever became of them: for names in old records. */
    uint32_t (*find)(struct viche_turn *, uint64_t id, struct viche_clerk *out);
    /* Does the official hold `role` for things of `type` ("appeal") in `organisation` ("" the town's own)? Denied by default. A role
     * may have been given for all types, or for all organisations. */
    uint32_t (*holds)(struct viche_turn *, uint64_t clerk, const char *role, const char *type, const char *organisation);
    /* The organisation behind `id` in alphabetical order ("": the first); false: no more. */
    uint32_t (*organisation)(struct viche_turn *, const char *id, struct viche_organisation *out);
    /* Tells the official, now if the desk is open, else when it is: words as data; view "cases/cards". The same (view, id, key) is
     * told once until it is read. */
    void (*notice)(struct viche_turn *, uint64_t clerk, const char *view, const char *id, const char *key, const char *words);
    /* This row changed: whoever has it or its list open sees so at once, if they may (viche_view.sees). */
    void (*changed)(struct viche_turn *, const char *view, const char *id);
};

#endif
