/* SPDX-License-Identifier: MPL-2.0
 * t.me/<bot>?start=…: the address of the bot, and what the town wrote into it. Telegram lets 64 of A-Z a-z 0-9 _ - through; anything
 * else ("directory show 12") travels as "_" and base64url. */
#include <sodium.h>
#include <string.h>

#include "telegram.h"

enum { PAYLOAD_MAX = 64, BASE64URL = sodium_base64_VARIANT_URLSAFE_NO_PADDING };

static const char plain[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-";

/* NULL: too long. */
static const char *packed(struct viche_turn *t, const char *payload)
{
    size_t size = strlen(payload);
    if (size <= PAYLOAD_MAX && *payload != '_' && strspn(payload, plain) == size)
        return payload;
    size_t room = sodium_base64_ENCODED_LEN(size, BASE64URL);
    if (room > PAYLOAD_MAX) /* the NUL in it stands for the mark */
        return NULL;
    char *text = viche_memory(t, room);
    return viche_print(t, "_%s", sodium_bin2base64(text, room, (const unsigned char *)payload, size, BASE64URL));
}

const char *telegram_unpacked(struct viche_turn *t, const char *payload)
{
    char text[PAYLOAD_MAX + 1];
    size_t size = 0;
    if (*payload != '_' || strlen(payload) > PAYLOAD_MAX ||
        sodium_base642bin((unsigned char *)text, PAYLOAD_MAX, payload + 1, strlen(payload + 1), NULL, &size, NULL, BASE64URL) != 0)
        return payload;
    json_t *valid = json_stringn(text, size);
    bool ours = valid && size > 0 && strlen(json_string_value(valid)) == size;
    const char *copy = ours ? viche_print(t, "%s", json_string_value(valid)) : payload;
    json_decref(valid);
    return copy;
}

/* Where the payload does not fit, the link still leads to the bot. */
const char *telegram_link(struct viche_turn *t, const char *payload)
{
    const char *name = telegram_name(t);
    if (!name)
        return NULL;
    const char *start = payload && *payload ? packed(t, payload) : NULL;
    return viche_print(t, "https://t.me/%s%s%s", name, start ? "?start=" : "", start ? start : "");
}
