/* SPDX-License-Identifier: MPL-2.0
 * The signed list of a town's own bots and pages, by which a citizen tells them from look-alikes. The operator's tool signs it (ed25519)
 * and puts it into the town's folder; a worker only hands it out, and never sees the private key. docs/official-list.md is its form. */
#ifndef TOWN_OFFICIAL_H
#define TOWN_OFFICIAL_H

#include <sodium.h>

#include "base/arena.h"
#include "base/fail.h"

enum { OFFICIAL_KEY_CHARS = 2 * crypto_sign_PUBLICKEYBYTES + 1 };

struct official_link {
    const char *channel, *name, *link;
};

struct official_list {
    const char *town, *name; /* its id; what the community is called */
    const char *signed_at;   /* 2026-11-25T08:00:00Z */
    const struct official_link *links;
    size_t count;
};

/* A new private key in a file that must not be there yet, mode 0600. */
bool official_make_key(const char *path, struct fail *fail);
/* The public half of a private key's file, in hexadecimal. */
bool official_public_key(const char *path, char key[OFFICIAL_KEY_CHARS], struct fail *fail);
/* Writes official.json and official.txt into the town's folder. */
bool official_write(const char *folder, const char *key_path, const struct official_list *list, struct fail *fail);
/* Is this text, one or the other, as it was signed? *key: by whom. The links of the JSON are handed out too, if list is not NULL. */
bool official_verify(struct arena *arena, const char *text, char key[OFFICIAL_KEY_CHARS], struct official_list *list, struct fail *fail);
/* official.json or official.txt of the town's folder; "" while nothing was signed. */
const char *official_read(struct arena *arena, const char *folder, const char *name);

#endif
