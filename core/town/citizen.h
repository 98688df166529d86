/* SPDX-License-Identifier: MPL-2.0
 * People and the addresses they write from. A citizen is not a channel address: one person may have several. Owns the tables
 * `citizen` and `address`. */
#ifndef TOWN_CITIZEN_H
#define TOWN_CITIZEN_H

#include "base/arena.h"
#include "store/db.h"

extern const char *const citizen_migrations[];
extern const size_t citizen_migration_count;

struct citizen {
    uint64_t id; /* 0: nobody */
    const char *language;
    const char *channel, *address; /* where the citizen wrote from last */
    int64_t since;                 /* when they first wrote; of citizen_from only */
    bool begins;                   /* the first time, or after an hour of silence: a conversation; of citizen_at only */
};

/* Who writes from here; makes a citizen on first contact. */
struct citizen citizen_at(struct db *db, struct arena *arena, const char *channel, const char *address, const char *language);
bool citizen_exists(struct db *db, uint64_t id);
bool citizen_known(struct db *db, const char *channel, const char *address);
/* By id, with the address last written from; if it takes no messages, another one where the citizen agreed (citizen_agree). id 0 when
 * there is none. */
struct citizen citizen_find(struct db *db, struct arena *arena, uint64_t id);
/* The address with this index of those the citizen has on the channel; NULL: no more. */
const char *citizen_address(struct db *db, struct arena *arena, uint64_t id, const char *channel, uint32_t index);
/* The first whose number is `from` or larger, with the same address; channel "": none is reachable. id 0: there is nobody. */
struct citizen citizen_from(struct db *db, struct arena *arena, uint64_t from);
void citizen_speak(struct db *db, uint64_t id, const char *language);
/* reachable: false after the chat was blocked or closed, until it writes again. */
bool citizen_reachable(struct db *db, const char *channel, const char *address);
uint64_t citizen_of(struct db *db, const char *channel, const char *address); /* 0: nobody */
void citizen_reach(struct db *db, const char *channel, const char *address, bool reachable);
/* The messenger calls the chat otherwise from now on. */
void citizen_readdress(struct db *db, const char *channel, const char *from, const char *to);

/* ---- several addresses of one person ---- */

struct citizen_address {
    const char *channel, *address;
    int64_t seen_at; /* UTC seconds */
    bool reachable;
};

/* Those last written from first; returns how many, at most `room`. */
size_t citizen_addresses(struct db *db, struct arena *arena, uint64_t id, struct citizen_address *out, size_t room);
/* `from` turned out to be `to`: the addresses move, and `from` is no more. */
void citizen_move(struct db *db, uint64_t from, uint64_t to);
/* From here on somebody new writes from this address. */
void citizen_part(struct db *db, const char *channel, const char *address);
/* May messages for an address that is lost go to another one of the same person? No, until they say so. */
void citizen_agree(struct db *db, uint64_t id, bool elsewhere);
bool citizen_agreed(struct db *db, uint64_t id);

void citizen_erase(struct db *db, uint64_t id);

#endif
