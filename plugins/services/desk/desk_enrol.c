/* SPDX-License-Identifier: MPL-2.0
 * Binding the telephone at the first log-in: the secret as text and as a square code, the proof that it has arrived, and ten recovery
 * codes that are shown once. */
#include <string.h>

#include "desk.h"

static bool is_enrolling(struct viche_turn *t, const struct viche_http *http, struct session *out)
{
    *out = gate_open(t, http);
    if (out->state == SESSION_ENROL) {
        totp_begin(t, out->staff.id);
        return true;
    }
    refuse(t, out->state == SESSION_IN ? 403 : 401, out->state == SESSION_IN ? "not-allowed" : "signed-out", NULL);
    return false;
}

/* "JBSW Y3DP …": to be typed where a camera is of no use. */
static const char *in_fours(struct viche_turn *t, const char *secret)
{
    char *out = viche_memory(t, strlen(secret) * 2 + 1), *to = out;
    for (size_t i = 0; secret[i] && secret[i] != '='; i++) {
        if (i > 0 && i % 4 == 0)
            *to++ = ' ';
        *to++ = secret[i];
    }
    return out;
}

void enrol_show(struct viche_turn *t, const struct viche_http *http)
{
    struct session session;
    if (is_enrolling(t, http, &session))
        reply_json(t, 200, json_pack("{s:s, s:s}", "secret", in_fours(t, totp_secret(t, session.staff.id)), "picture", "api/enrol.svg"));
}

void enrol_picture(struct viche_turn *t, const struct viche_http *http)
{
    struct session session;
    if (!is_enrolling(t, http, &session))
        return;
    const char *picture = qr_svg(t, totp_address(t, &session.staff));
    viche_reply_header(t, "cache-control", "no-store");
    viche_reply_header(t, "content-security-policy", "default-src 'none'");
    viche_reply_header(t, "cross-origin-resource-policy", "same-origin");
    viche_reply(t, 200, "image/svg+xml", picture, strlen(picture));
}

static void bind(struct viche_turn *t, const struct viche_http *http, const struct session *before, const char *code)
{
    struct buckets buckets;
    if (!login_may_try(t, http, viche_print(t, "enrol %llu", (unsigned long long)before->staff.id), &buckets))
        return;
    if (!totp_bind(t, before->staff.id, code)) {
        login_wrong(t, &buckets, "wrong-code");
        return;
    }
    struct session session = session_begin(t, http, before, before->staff.id, SESSION_IN);
    viche_audit(t, session.staff.id, "bound a telephone", "");
    json_t *recovery = totp_recovery(t, session.staff.id);
    json_t *me = me_json(t, &session);
    json_object_set_new(me, "recovery", recovery);
    reply_json(t, 200, me);
}

void enrol_bind(struct viche_turn *t, const struct viche_http *http)
{
    struct session session;
    json_t *body = is_enrolling(t, http, &session) && gate_same_site(t, http, &session) ? body_json(t, http) : NULL;
    if (body)
        bind(t, http, &session, body_text(body, "code"));
    json_decref(body);
}

void enrol_recovery(struct viche_turn *t, const struct viche_http *http)
{
    struct session session;
    struct buckets buckets;
    json_t *body = gate_in(t, http, &session) ? body_json(t, http) : NULL;
    if (!body)
        return;
    if (login_may_try(t, http, viche_print(t, "code %llu", (unsigned long long)session.staff.id), &buckets)) {
        if (totp_right(t, session.staff.id, body_text(body, "code")))
            reply_json(t, 200, json_pack("{s:o}", "recovery", totp_recovery(t, session.staff.id)));
        else
            login_wrong(t, &buckets, "wrong-code");
    }
    json_decref(body);
}
