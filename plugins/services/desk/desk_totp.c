/* SPDX-License-Identifier: MPL-2.0
 * The second factor: the code of the telephone (RFC 6238), and ten recovery codes. Owns the tables `desk_totp` and `desk_recovery`.
 * A code opens once: the step it belongs to is kept, and none before it is taken again. */
#include <liboath/oath.h>
#include <stdlib.h>
#include <string.h>

#include "desk.h"

enum { SECRET_BYTES = 20, STEP_S = 30, DIGITS = 6, RECOVERY_CODES = 10 };

/* ---- counting --------------------------------------------------------------------------------------------------------- */

static bool fits(const char *key, size_t key_bytes, int64_t step, const char *code)
{
    char right[DIGITS + 1];
    bool made = oath_totp_generate(key, key_bytes, (time_t)(step * STEP_S), STEP_S, 0, DIGITS, right) == OATH_OK;
    return made && secret_same(right, code);
}

int64_t totp_step(const char *secret, int64_t now, int64_t after, const char *code)
{
    char *key = NULL;
    size_t key_bytes = 0;
    if (strlen(code) != DIGITS || oath_base32_decode(secret, strlen(secret), &key, &key_bytes) != OATH_OK)
        return 0;
    int64_t found = 0;
    for (int64_t step = now / STEP_S - 1; step <= now / STEP_S + 1; step++)
        if (fits(key, key_bytes, step, code) && step > after && !found)
            found = step;
    free(key);
    return found;
}

/* ---- the telephone ---------------------------------------------------------------------------------------------------- */

static struct viche_rows *row_of(struct viche_turn *t, uint64_t staff)
{
    return viche_sql(t, "SELECT secret, step, bound FROM desk_totp WHERE staff = ?", VICHE_INT_VALUE(staff));
}

bool totp_bound(struct viche_turn *t, uint64_t staff)
{
    struct viche_rows *row = row_of(t, staff);
    return viche_row(t, row) && viche_row_integer(t, row, 2) != 0;
}

const char *totp_secret(struct viche_turn *t, uint64_t staff)
{
    struct viche_rows *row = row_of(t, staff);
    return viche_row(t, row) && viche_row_integer(t, row, 2) == 0 ? viche_row_text(t, row, 0) : "";
}

void totp_begin(struct viche_turn *t, uint64_t staff)
{
    unsigned char key[SECRET_BYTES];
    char *secret = NULL;
    viche_random(t, key, sizeof key);
    if (viche_row(t, row_of(t, staff)) || oath_base32_encode((const char *)key, sizeof key, &secret, NULL) != OATH_OK)
        return;
    viche_sql(t, "INSERT INTO desk_totp(staff, secret, step, bound) VALUES(?, ?, 0, 0)", VICHE_INT_VALUE(staff), VICHE_TEXT_VALUE(secret));
    free(secret);
}

const char *totp_address(struct viche_turn *t, const struct staff *staff)
{
    const char *town = viche_town(t, "id"); /* Latin letters: authenticators differ in how they read others */
    return viche_print(t, "otpauth://totp/viche-%s:%s?secret=%s&issuer=viche-%s", town, staff->login, totp_secret(t, staff->id), town);
}

static bool take_step(struct viche_turn *t, uint64_t staff, const char *code)
{
    struct viche_rows *row = row_of(t, staff);
    if (!viche_row(t, row))
        return false;
    int64_t step = totp_step(viche_row_text(t, row, 0), viche_now(t), viche_row_integer(t, row, 1), code);
    if (step)
        viche_sql(t, "UPDATE desk_totp SET step = ?, bound = 1 WHERE staff = ?", VICHE_INT_VALUE(step), VICHE_INT_VALUE(staff));
    return step != 0;
}

bool totp_bind(struct viche_turn *t, uint64_t staff, const char *code) { return !totp_bound(t, staff) && take_step(t, staff, code); }

void totp_forget(struct viche_turn *t, uint64_t staff)
{
    viche_sql(t, "DELETE FROM desk_totp WHERE staff = ?", VICHE_INT_VALUE(staff));
    viche_sql(t, "DELETE FROM desk_recovery WHERE staff = ?", VICHE_INT_VALUE(staff));
}

/* ---- recovery codes: 50 random bits each, so a plain hash is enough ---------------------------------------------------- */

static const char *recovery_hash(struct viche_turn *t, uint64_t staff, const char *code)
{
    return viche_hash(t, viche_print(t, "recovery %llu %s", (unsigned long long)staff, code));
}

json_t *totp_recovery(struct viche_turn *t, uint64_t staff)
{
    json_t *codes = json_array();
    viche_sql(t, "DELETE FROM desk_recovery WHERE staff = ?", VICHE_INT_VALUE(staff));
    for (int i = 0; i < RECOVERY_CODES; i++) {
        const char *code = secret_short(t);
        viche_sql(t, "INSERT INTO desk_recovery(staff, hash) VALUES(?, ?)", VICHE_INT_VALUE(staff),
                  VICHE_TEXT_VALUE(recovery_hash(t, staff, code)));
        json_array_append_new(codes, json_string(code));
    }
    return codes;
}

int64_t totp_recovery_left(struct viche_turn *t, uint64_t staff)
{
    struct viche_rows *row = viche_sql(t, "SELECT count(*) FROM desk_recovery WHERE staff = ?", VICHE_INT_VALUE(staff));
    return viche_row(t, row) ? viche_row_integer(t, row, 0) : 0;
}

static bool take_recovery(struct viche_turn *t, uint64_t staff, const char *code)
{
    return viche_row(t, viche_sql(t, "DELETE FROM desk_recovery WHERE staff = ? AND hash = ? RETURNING staff", VICHE_INT_VALUE(staff),
                                  VICHE_TEXT_VALUE(recovery_hash(t, staff, code))));
}

bool totp_right(struct viche_turn *t, uint64_t staff, const char *code)
{
    return totp_bound(t, staff) && (take_step(t, staff, code) || take_recovery(t, staff, code));
}
