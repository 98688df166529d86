/* SPDX-License-Identifier: MPL-2.0
 * The endless conversation with Viber: set the webhook once and again when the public address changes, look at the account,
 * rest for a day, look again. Where the account names another webhook than ours, it is set anew. The state is "" or
 * "set <webhook>" or "rest <webhook>". Owns the table viber_account: one row. */
#include <string.h>

#include "viber.h"

enum { AGAIN_S = VIBER_HOUR_S };

static const char *const event_types[] = {"delivered", "seen", "failed", "subscribed", "unsubscribed", "conversation_started"};

const char *viber_base(struct viche_turn *t)
{
    const char *origin = viche_town(t, "origin");
    return *origin ? viche_print(t, "%s/%s/viber", origin, viche_town(t, "id")) : NULL;
}

static const char *webhook(struct viche_turn *t)
{
    const char *base = viber_base(t);
    return base ? viche_print(t, "%s/webhook", base) : NULL;
}

static bool is_set(const char *state, const char *url)
{
    const char *space = strchr(state, ' ');
    return space && strcmp(space + 1, url) == 0;
}

uint32_t viber_poll(struct viche_turn *t, const char *state, struct viche_request *out)
{
    const char *url = webhook(t);
    if (!url) {
        viche_log(t, "has no webhook: say in viche.ini how citizens reach the host, as origin = https://…");
        viche_later(t, AGAIN_S);
        return 0;
    }
    if (is_set(state, url)) {
        *out = viber_request(t, "get_account_info", json_object());
        return 1;
    }
    json_t *types = json_array();
    for (size_t i = 0; i < sizeof event_types / sizeof *event_types; i++)
        json_array_append_new(types, json_string(event_types[i]));
    *out = viber_request(t, "set_webhook", json_pack("{s:s, s:o, s:b, s:b}", "url", url, "event_types", types, "send_name", 1,
                                                     "send_photo", 0));
    return 1;
}

void viber_start(struct viche_turn *t)
{
    unsigned char random[32];
    viche_random(t, random, sizeof random);
    const char *key = "";
    for (size_t i = 0; i < sizeof random; i++)
        key = viche_print(t, "%s%02x", key, random[i]);
    viche_sql(t, "INSERT INTO viber_account(id, key, uri) VALUES(1, ?, '') ON CONFLICT DO NOTHING", VICHE_TEXT_VALUE(key));
}

const char *viber_key(struct viche_turn *t)
{
    struct viche_rows *rows = viche_sql(t, "SELECT key FROM viber_account WHERE id = 1");
    return viche_row(t, rows) ? viche_row_text(t, rows, 0) : "";
}

static const char *set(struct viche_turn *t, const char *url)
{
    viche_log(t, "the webhook is set");
    return viche_print(t, "set %s", url);
}

/* All that we want to be told; what we did not know to ask for in an earlier version is missing. */
static bool tells_all(const json_t *account)
{
    const json_t *told = json_object_get(account, "event_types"), *type = NULL;
    for (size_t i = 0; json_is_array(told) && i < sizeof event_types / sizeof *event_types; i++) {
        bool found = false;
        size_t at = 0;
        json_array_foreach(told, at, type)
            found = found || (json_is_string(type) && strcmp(json_string_value(type), event_types[i]) == 0);
        if (!found)
            return false;
    }
    return true;
}

/* What Viber does not tell is asked for once a day, lest we ask for ever for what it never will. */
static const char *look(struct viche_turn *t, const char *state, const json_t *account, const char *url)
{
    viche_sql(t, "UPDATE viber_account SET uri = ? WHERE id = 1", VICHE_TEXT_VALUE(viber_json_text(account, "uri")));
    bool ours = strcmp(viber_json_text(account, "webhook"), url) == 0;
    bool rested = strncmp(state, "rest", 4) == 0;
    if (!ours || (rested && !tells_all(account))) {
        viche_log(t, ours ? "Viber does not tell all; the webhook is set anew" : "the account had lost our webhook; it is set anew");
        viche_later(t, 1);
        return "";
    }
    viche_later(t, VIBER_DAY_S);
    return viche_print(t, "rest %s", url);
}

static void complain(struct viche_turn *t, const struct viber_status *status)
{
    viche_log(t, viche_print(t, "set-up: %s", status->words));
    viber_wait(t, status);
}

const char *viber_polled(struct viche_turn *t, const char *state, const struct viche_result *result)
{
    const char *url = webhook(t), *next = NULL;
    json_t *answer = viber_json_read(result->body, result->body_size);
    const struct viber_status *status = viber_status(answer);
    if (status && status->verdict != VICHE_SENT)
        complain(t, status);
    else if (status && url)
        next = is_set(state, url) ? look(t, state, answer, url) : set(t, url);
    json_decref(answer);
    return next;
}

static const char *uri(struct viche_turn *t)
{
    const char *chosen = viche_option(t, "uri");
    if (*chosen)
        return chosen;
    struct viche_rows *rows = viche_sql(t, "SELECT uri FROM viber_account WHERE id = 1");
    return viche_row(t, rows) ? viche_row_text(t, rows, 0) : "";
}

/* Everything but letters, digits and -_.~ as %XX. */
static const char *encoded(struct viche_turn *t, const char *text)
{
    static const char plain[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.~";
    const char *out = "";
    for (; *text; text++)
        out = strchr(plain, *text) ? viche_print(t, "%s%c", out, *text) : viche_print(t, "%s%%%02X", out, (unsigned char)*text);
    return out;
}

const char *viber_deep_link(struct viche_turn *t, const char *payload)
{
    const char *account = uri(t);
    if (!*account)
        return NULL;
    const char *link = viche_print(t, "viber://pa?chatURI=%s", encoded(t, account));
    return payload && *payload ? viche_print(t, "%s&context=%s", link, encoded(t, payload)) : link;
}
