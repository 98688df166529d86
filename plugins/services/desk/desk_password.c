/* SPDX-License-Identifier: MPL-2.0
 * Passwords, as argon2id hashes. Owns the table `desk_password`. Why this profile: docs/decisions/020. */
#include <sodium.h>
#include <string.h>

#include "desk.h"

struct profile {
    const char *name;
    unsigned long long passes;
    size_t bytes;
};

static const struct profile profiles[] = {{"19MiB", 2, (size_t)19 << 20}, {"64MiB", 2, (size_t)64 << 20}};

static const struct profile *profile(struct viche_turn *t)
{
    return &profiles[strcmp(viche_option(t, "hash"), profiles[1].name) == 0];
}

static bool hash(struct viche_turn *t, const char *password, char out[crypto_pwhash_STRBYTES])
{
    const struct profile *with = profile(t);
    return crypto_pwhash_str_alg(out, password, strlen(password), with->passes, with->bytes, crypto_pwhash_ALG_ARGON2ID13) == 0;
}

static const char *stored(struct viche_turn *t, uint64_t staff)
{
    struct viche_rows *rows = viche_sql(t, "SELECT hash FROM desk_password WHERE staff = ?", VICHE_INT_VALUE(staff));
    return viche_row(t, rows) ? viche_row_text(t, rows, 0) : "";
}

/* Whoever asks for a name that is not there waits as long as for one that is. */
bool password_right(struct viche_turn *t, uint64_t staff, const char *password)
{
    const char *kept = staff ? stored(t, staff) : "";
    if (!*kept) {
        char nobody[crypto_pwhash_STRBYTES];
        (void)hash(t, password, nobody);
        return false;
    }
    if (crypto_pwhash_str_verify(kept, password, strlen(password)) != 0)
        return false;
    const struct profile *with = profile(t);
    if (crypto_pwhash_str_needs_rehash(kept, with->passes, with->bytes) != 0)
        password_put(t, staff, password);
    return true;
}

const char *password_fault(struct viche_turn *t, const struct staff *staff, const char *password)
{
    const char *const about[] = {staff->login, staff->name, viche_town(t, "id"), viche_town(t, "name"), NULL};
    const char *key = common_fault(password, about);
    return key ? viche_text(t, key) : NULL;
}

void password_put(struct viche_turn *t, uint64_t staff, const char *password)
{
    char text[crypto_pwhash_STRBYTES];
    if (!hash(t, password, text)) {
        viche_log(t, "no memory to hash a password: nothing is kept");
        return;
    }
    viche_sql(t,
              "INSERT INTO desk_password(staff, hash, at) VALUES(?, ?, ?) ON CONFLICT(staff) DO UPDATE SET hash = "
              "excluded.hash, at = excluded.at",
              VICHE_INT_VALUE(staff), VICHE_TEXT_VALUE(text), VICHE_INT_VALUE(viche_now(t)));
}
