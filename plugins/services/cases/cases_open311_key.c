/* SPDX-License-Identifier: MPL-2.0
 * Keys of the API: who may file requests by it, and how many an hour. Given out once by the operator; only a hash is kept. Owns
 * `cases_key`. */
#include <viche/channel.h>

#include "cases_open311.h"

enum { KEY_BYTES = 32, HOUR_S = 3600, PER_HOUR = 60, PER_HOUR_MAX = 100000 };

enum key_state key_use(struct viche_turn *t, const char *key, int64_t *id)
{
    int64_t hour = viche_now(t) / HOUR_S;
    if (!*key)
        return KEY_UNKNOWN;
    struct viche_rows *rows = viche_sql(t,
                                        "UPDATE cases_key SET used = CASE hour WHEN ?1 THEN used + 1 ELSE 1 END, hour = ?1"
                                        " WHERE hash = ?2 AND ended_at = 0 RETURNING id, used <= per_hour",
                                        VICHE_INT_VALUE(hour), VICHE_TEXT_VALUE(viche_hash(t, key)));
    if (!viche_row(t, rows))
        return KEY_UNKNOWN;
    *id = viche_row_integer(t, rows, 0);
    return viche_row_integer(t, rows, 1) ? KEY_GOOD : KEY_SPENT;
}

/* ---- the operator ----------------------------------------------------------------------------------------------------- */

static const char *query(const struct viche_http *http, const char *name)
{
    for (const struct viche_pair *pair = http->query; pair->name; pair++)
        if (strcmp(pair->name, name) == 0)
            return pair->value;
    return "";
}

static void say(struct viche_turn *t, uint32_t status, const char *words)
{
    const char *line = viche_print(t, "%s\n", words);
    viche_reply(t, status, "text/plain; charset=utf-8", line, strlen(line));
}

static const char *random_key(struct viche_turn *t)
{
    unsigned char bytes[KEY_BYTES];
    viche_random(t, bytes, sizeof bytes);
    const char *key = "";
    for (size_t i = 0; i < sizeof bytes; i++)
        key = viche_print(t, "%s%02x", key, bytes[i]);
    return key;
}

/* viche call TOWN cases/open311/key name=FixMyStreet per_hour=60 */
void open311_new_key(struct viche_turn *t, const struct viche_http *http)
{
    const char *name = query(http, "name");
    int64_t per_hour = *query(http, "per_hour") ? word_number(query(http, "per_hour")) : PER_HOUR;
    if (!*name || strlen(name) > 100 || per_hour < 1 || per_hour > PER_HOUR_MAX) {
        say(t, 400, viche_text(t, "open311-key-how"));
        return;
    }
    const char *key = random_key(t);
    viche_sql(t, "INSERT INTO cases_key(name, hash, made_at, per_hour) VALUES(?, ?, ?, ?)", VICHE_TEXT_VALUE(name),
              VICHE_TEXT_VALUE(viche_hash(t, key)), VICHE_INT_VALUE(viche_now(t)), VICHE_INT_VALUE(per_hour));
    viche_audit(t, 0, "open311-key", name);
    viche_let(t, "key", key);
    say(t, 200, viche_text(t, "open311-key-new"));
}

/* viche call TOWN cases/open311/keys */
void open311_keys(struct viche_turn *t, const struct viche_http *http)
{
    (void)http;
    struct viche_rows *rows = viche_sql(t, "SELECT id, name, per_hour, CASE ended_at WHEN 0 THEN '' ELSE 'x' END FROM cases_key ORDER BY id");
    const char *lines = "";
    while (viche_row(t, rows))
        lines = viche_print(t, "%s%lld\t%s\t%lld/h\t%s\n", lines, (long long)viche_row_integer(t, rows, 0), viche_row_text(t, rows, 1),
                            (long long)viche_row_integer(t, rows, 2), viche_row_text(t, rows, 3));
    viche_reply(t, 200, "text/plain; charset=utf-8", lines, strlen(lines));
}

/* viche call TOWN cases/open311/end-key id=3 */
void open311_end_key(struct viche_turn *t, const struct viche_http *http)
{
    struct viche_rows *rows = viche_sql(t, "UPDATE cases_key SET ended_at = ? WHERE id = ? AND ended_at = 0 RETURNING name",
                                        VICHE_INT_VALUE(viche_now(t)), VICHE_INT_VALUE(word_number(query(http, "id"))));
    bool ended = viche_row(t, rows);
    say(t, ended ? 200 : 404, viche_text(t, ended ? "open311-key-ended" : "open311-key-unknown"));
}
