/* SPDX-License-Identifier: MPL-2.0
 * What crew.c (who has which request) and crew_frame.c (what workers say) share. */
#ifndef GATEWAY_CREW_INNER_H
#define GATEWAY_CREW_INNER_H

#include "gateway/crew.h"
#include "link/link.h"

enum { CREW_TOWN_BYTES = 48 };

struct crew_list {
    struct exchange *first, *last;
};

/* One worker process. Its successor gets a seat of its own, because what a dead one had still said must be read first. */
struct crew_seat {
    struct crew_seat *next;
    struct crew *crew;
    struct link *link;
    uint32_t worker;
    int32_t pid;
    struct crew_list given; /* in the order they were given */
};

struct crew_town {
    struct crew_seat *seat; /* NULL: no worker has it now */
    struct crew_list waiting;
    struct arena *arena; /* of the routes; they stay known while no worker is there */
    struct crew_route *routes;
    size_t route_count;
};

struct crew {
    struct crew_setup setup;
    struct crew_seat *seats;
    struct map towns;
    uv_timer_t sweep;
    size_t held;
    uint64_t last_id, given, given_again;
    bool stopping;
};

extern const struct link_events crew_link_events;

const char *crew_town_id(const char *file, char out[CREW_TOWN_BYTES]); /* "conf/towns/kalush.ini" → "kalush" */
struct exchange *crew_take(struct crew *crew, struct crew_seat *seat, uint64_t id); /* out of its list; NULL: the client left */
void crew_serves(struct crew *crew, struct crew_seat *seat, const char *town, const struct crew_route *routes, size_t count);
void crew_seat_leaves(struct crew_seat *seat); /* takes no more requests; its link stays */
void crew_seat_close(struct crew_seat *seat);  /* its link is gone */

#endif
