/* SPDX-License-Identifier: MPL-2.0
 * Coming in and going out. Whoever is wrong reads one sentence, whatever was wrong, after the same time; ten tries in a quarter of an
 * hour for an account and for an address; and all log-ins of the town together leave the worker to citizens. */
#include "desk.h"

enum { TRIES = 10, TRIES_S = 15 * 60, HASHES = 60, HASHES_S = 60 };

static bool slow(struct viche_turn *t, const char *bucket)
{
    viche_reply_header(t, "retry-after", viche_print(t, "%lld", (long long)try_wait_s(t, bucket)));
    refuse(t, 429, "slow", NULL);
    return false;
}

/* The bucket of an account is made of what was typed: one that does not exist fills up just the same. */
bool login_may_try(struct viche_turn *t, const struct viche_http *http, const char *account, struct buckets *out)
{
    out->account = viche_hash(t, viche_print(t, "account %s", account));
    out->peer = viche_hash(t, viche_print(t, "peer %s", http->peer ? http->peer : ""));
    if (!try_allowed(t, out->account, TRIES))
        return slow(t, out->account);
    if (!try_allowed(t, out->peer, TRIES))
        return slow(t, out->peer);
    return true;
}

bool login_may_hash(struct viche_turn *t)
{
    if (!try_allowed(t, "hashes", HASHES))
        return slow(t, "hashes");
    try_count(t, "hashes", HASHES_S);
    return true;
}

void login_wrong(struct viche_turn *t, const struct buckets *buckets, const char *code)
{
    try_count(t, buckets->account, TRIES_S);
    try_count(t, buckets->peer, TRIES_S);
    refuse(t, 401, code, NULL);
}

static void try_password(struct viche_turn *t, const struct viche_http *http, const struct session *before, const json_t *body)
{
    struct buckets buckets;
    struct staff staff;
    if (!login_may_try(t, http, body_text(body, "login"), &buckets) || !login_may_hash(t))
        return;
    bool known = staff_named(t, body_text(body, "login"), &staff) && !staff.dismissed;
    if (!password_right(t, known ? staff.id : 0, body_text(body, "password"))) {
        login_wrong(t, &buckets, "wrong");
        return;
    }
    uint32_t state = totp_bound(t, staff.id) ? SESSION_CODE : SESSION_ENROL;
    struct session session = session_begin(t, http, before, staff.id, state);
    reply_json(t, 200, me_json(t, &session));
}

void login_serve(struct viche_turn *t, const struct viche_http *http)
{
    struct session before = gate_open(t, http);
    json_t *body = gate_same_site(t, http, &before) ? body_json(t, http) : NULL;
    if (body)
        try_password(t, http, &before, body);
    json_decref(body);
}

static void try_code(struct viche_turn *t, const struct viche_http *http, const struct session *before, const char *code)
{
    struct buckets buckets;
    if (!login_may_try(t, http, viche_print(t, "code %llu", (unsigned long long)before->staff.id), &buckets))
        return;
    if (!totp_right(t, before->staff.id, code)) {
        login_wrong(t, &buckets, "wrong-code");
        return;
    }
    try_forget(t, buckets.account);
    try_forget(t, viche_hash(t, viche_print(t, "account %s", before->staff.login)));
    struct session session = session_begin(t, http, before, before->staff.id, SESSION_IN);
    viche_audit(t, session.staff.id, "signed in", "");
    viche_speak(t, *session.staff.language ? session.staff.language : gate_header(http, "accept-language"));
    reply_json(t, 200, me_json(t, &session));
}

void login_code(struct viche_turn *t, const struct viche_http *http)
{
    struct session before = gate_open(t, http);
    json_t *body = gate_same_site(t, http, &before) ? body_json(t, http) : NULL;
    if (body && before.state == SESSION_CODE)
        try_code(t, http, &before, body_text(body, "code"));
    else if (body)
        refuse(t, 401, "signed-out", NULL);
    json_decref(body);
}

void login_out(struct viche_turn *t, const struct viche_http *http)
{
    struct session before = gate_open(t, http);
    if (!gate_same_site(t, http, &before))
        return;
    struct session session = session_begin(t, http, &before, 0, SESSION_OUT);
    reply_json(t, 200, me_json(t, &session));
}
