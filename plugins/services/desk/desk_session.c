/* SPDX-License-Identifier: MPL-2.0
 * Who is signed in. Owns the table `desk_session`, which knows only hashes of cookies. A session that ends takes its streams with it. */
#include <string.h>

#include "desk.h"

enum { NOTED_MAX_S = 60, HALF_WAY_S = 600, AGENT_BYTES = 160 };

#define SESSION_COLUMNS "id, staff, state, began_at, seen_at, agent"

static bool is_https(const struct viche_http *http) { return strncmp(http->origin, "https://", 8) == 0; }

static const char *cookie_name(struct viche_turn *t, const struct viche_http *http)
{
    return viche_print(t, "%sviche-desk-%s", is_https(http) ? "__Host-" : "", viche_town(t, "id"));
}

/* "" when the browser sent none. */
static const char *cookie_of(struct viche_turn *t, const struct viche_http *http)
{
    const char *name = cookie_name(t, http);
    size_t length = strlen(name);
    for (const char *at = gate_header(http, "cookie"); *at; at += strspn(at, "; ")) {
        size_t here = strcspn(at, ";");
        if (here > length && strncmp(at, name, length) == 0 && at[length] == '=')
            return viche_print(t, "%.*s", (int)(here - length - 1), at + length + 1);
        at += here;
    }
    return "";
}

static const char *token_of(struct viche_turn *t, const char *cookie)
{
    return *cookie ? viche_hash(t, viche_print(t, "token %s", cookie)) : "";
}

/* That somebody is at work is noted once in a while: a look should not cost a write. */
static int64_t noted_s(struct viche_turn *t)
{
    int64_t quarter = viche_option_number(t, "idle") / 4;
    return quarter < NOTED_MAX_S ? quarter : NOTED_MAX_S;
}

/* ---- reading ---------------------------------------------------------------------------------------------------------- */

/* Half-way (the password, not yet the code) nobody stays long. */
static bool is_over(struct viche_turn *t, const struct session *session)
{
    int64_t now = viche_now(t);
    if (session->state != SESSION_IN)
        return now >= session->began_at + HALF_WAY_S;
    return now >= session->began_at + viche_option_number(t, "absolute") || now >= session->seen_at + viche_option_number(t, "idle");
}

static bool read_row(struct viche_turn *t, struct viche_rows *rows, struct session *out)
{
    *out = (struct session){.id = "", .token = "", .roles = "", .agent = ""};
    if (!viche_row(t, rows))
        return false;
    out->id = viche_row_text(t, rows, 0);
    uint64_t staff = (uint64_t)viche_row_integer(t, rows, 1);
    out->state = (uint32_t)viche_row_integer(t, rows, 2);
    out->began_at = viche_row_integer(t, rows, 3);
    out->seen_at = viche_row_integer(t, rows, 4);
    out->agent = viche_row_text(t, rows, 5);
    return staff_find(t, staff, &out->staff);
}

struct session session_read(struct viche_turn *t, const struct viche_http *http)
{
    const char *cookie = cookie_of(t, http);
    struct session out = {.id = "", .token = token_of(t, cookie), .roles = "", .agent = ""};
    struct session found;
    if (!*cookie || !read_row(t,
                              viche_sql(t, "SELECT " SESSION_COLUMNS " FROM desk_session WHERE id = ?",
                                        VICHE_TEXT_VALUE(viche_hash(t, cookie))),
                              &found))
        return out;
    if (found.staff.dismissed || is_over(t, &found)) {
        session_end(t, found.id);
        return out;
    }
    found.token = out.token;
    if (found.state == SESSION_IN)
        found.roles = grant_roles(t, found.staff.id);
    if (viche_now(t) >= found.seen_at + noted_s(t))
        viche_sql(t, "UPDATE desk_session SET seen_at = ? WHERE id = ?", VICHE_INT_VALUE(viche_now(t)), VICHE_TEXT_VALUE(found.id));
    return found;
}

bool session_next(struct viche_turn *t, uint64_t staff, const char *after, struct session *out)
{
    struct viche_rows *rows = viche_sql(t, "SELECT " SESSION_COLUMNS " FROM desk_session WHERE state = 3 AND (?1 = 0 OR staff = ?1) AND id > ?2"
                                           " ORDER BY id LIMIT 1",
                                        VICHE_INT_VALUE(staff), VICHE_TEXT_VALUE(after));
    return read_row(t, rows, out);
}

/* ---- beginning and ending --------------------------------------------------------------------------------------------- */

static void set_cookie(struct viche_turn *t, const struct viche_http *http, const char *cookie)
{
    viche_reply_header(t, "set-cookie", viche_print(t, "%s=%s; Path=/; HttpOnly; SameSite=Strict%s", cookie_name(t, http), cookie,
                                                    is_https(http) ? "; Secure" : ""));
}

/* Plain characters only: it is shown in a list, and is whatever the other side wrote. */
static const char *agent_of(struct viche_turn *t, const struct viche_http *http)
{
    const char *from = gate_header(http, "user-agent");
    char *out = viche_memory(t, AGENT_BYTES + 1), *to = out;
    for (; *from && to < out + AGENT_BYTES; from++)
        if (*from >= ' ' && *from <= '~')
            *to++ = *from;
    return out;
}

/* The same moment for all sessions of a minute: none puts it off. An empty desk plans nothing. */
static void plan_sweep(struct viche_turn *t) { viche_plan(t, "sweep", (viche_now(t) / 60 + 1) * 60); }

struct session session_begin(struct viche_turn *t, const struct viche_http *http, const struct session *before, uint64_t staff, uint32_t state)
{
    const char *cookie = secret_random(t);
    int64_t now = viche_now(t);
    struct session out = {.id = "", .token = token_of(t, cookie), .roles = "", .agent = "", .state = state, .began_at = now, .seen_at = now};
    if (before && *before->id)
        session_end(t, before->id);
    set_cookie(t, http, cookie);
    if (!staff || !staff_find(t, staff, &out.staff)) {
        out.state = SESSION_OUT;
        return out;
    }
    out.id = viche_hash(t, cookie);
    out.roles = state == SESSION_IN ? grant_roles(t, staff) : "";
    out.agent = agent_of(t, http);
    viche_sql(t, "INSERT INTO desk_session(id, staff, state, began_at, seen_at, agent) VALUES(?, ?, ?, ?, ?, ?)", VICHE_TEXT_VALUE(out.id),
              VICHE_INT_VALUE(staff), VICHE_INT_VALUE(state), VICHE_INT_VALUE(now), VICHE_INT_VALUE(now), VICHE_TEXT_VALUE(out.agent));
    plan_sweep(t);
    return out;
}

void session_end(struct viche_turn *t, const char *id)
{
    viche_sql(t, "DELETE FROM desk_session WHERE id = ?", VICHE_TEXT_VALUE(id));
    live_end(t, id);
}

void session_end_all(struct viche_turn *t, uint64_t staff, const char *but)
{
    struct viche_rows *rows = viche_sql(t, "DELETE FROM desk_session WHERE staff = ? AND id <> ? RETURNING id", VICHE_INT_VALUE(staff),
                                        VICHE_TEXT_VALUE(but));
    while (viche_row(t, rows))
        live_end(t, viche_row_text(t, rows, 0));
}

/* The schedule "sweep": a page that is only looked at ends by itself. */
void session_sweep(struct viche_turn *t, int64_t planned_at)
{
    (void)planned_at;
    struct viche_rows *rows = viche_sql(
        t, "DELETE FROM desk_session WHERE (state < 3 AND began_at <= ?) OR (state = 3 AND (began_at <= ? OR seen_at <= ?)) RETURNING id",
        VICHE_INT_VALUE(viche_now(t) - HALF_WAY_S), VICHE_INT_VALUE(viche_now(t) - viche_option_number(t, "absolute")),
        VICHE_INT_VALUE(viche_now(t) - viche_option_number(t, "idle")));
    while (viche_row(t, rows))
        live_end(t, viche_row_text(t, rows, 0));
    try_sweep(t);
    if (viche_row(t, viche_sql(t, "SELECT 1 FROM desk_session LIMIT 1")))
        plan_sweep(t);
}
