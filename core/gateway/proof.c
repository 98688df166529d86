/* SPDX-License-Identifier: MPL-2.0 */
#include "gateway/proof.h"

#include <sodium.h>
#include <string.h>
#include <viche/plugin.h>

#include "base/text.h"

/* Both are hashed first, so that not even the length shows in the time. */
static bool same(const char *shown, const char *secret)
{
    unsigned char a[crypto_generichash_BYTES], b[crypto_generichash_BYTES];
    crypto_generichash(a, sizeof a, (const unsigned char *)shown, strlen(shown), NULL, 0);
    crypto_generichash(b, sizeof b, (const unsigned char *)secret, strlen(secret), NULL, 0);
    return sodium_memcmp(a, b, sizeof a) == 0;
}

static bool signs(const char *shown, const char *secret, const struct buf *body)
{
    crypto_auth_hmacsha256_state state;
    unsigned char mac[crypto_auth_hmacsha256_BYTES];
    char hex[2 * sizeof mac + 1];
    crypto_auth_hmacsha256_init(&state, (const unsigned char *)secret, strlen(secret));
    crypto_auth_hmacsha256_update(&state, (const unsigned char *)buf_str(body), body->size);
    crypto_auth_hmacsha256_final(&state, mac);
    return same(shown, sodium_bin2hex(hex, sizeof hex, mac, sizeof mac));
}

/* Without the header `name`; into the exchange's own memory, because the list may be shared. */
static void take_out(struct exchange *exchange, const char *name)
{
    size_t count = 0;
    while (exchange->headers[count].name)
        count++;
    struct pair *left = arena_alloc(exchange->arena, (count + 1) * sizeof *left);
    struct pair *to = left;
    for (size_t i = 0; i < count; i++)
        if (!text_is(exchange->headers[i].name, name))
            *to++ = exchange->headers[i];
    exchange->headers = left;
}

bool proof_shown(const struct secrets *secrets, const struct crew_route *route, const struct exchange *exchange)
{
    const char *secret = secret_get(secrets, exchange->target->town, route->proof_secret);
    const char *shown = exchange_header(exchange, route->proof_header);
    return route->proof == VICHE_PROOF_SECRET && secret && *secret && *shown && same(shown, secret);
}

bool proof_holds(const struct secrets *secrets, const struct crew_route *route, struct exchange *exchange)
{
    if (route->proof == VICHE_PROOF_OPERATOR)
        return exchange->admin;
    if (route->proof == VICHE_PROOF_PATH) /* the worker looks */
        return true;
    const char *secret = secret_get(secrets, exchange->target->town, route->proof_secret);
    const char *shown = exchange_header(exchange, route->proof_header);
    bool holds = proof_shown(secrets, route, exchange);
    if (secret && *secret && *shown && route->proof == VICHE_PROOF_HMAC && !exchange->upload)
        holds = signs(shown, secret, &exchange->body);
    take_out(exchange, route->proof_header);
    return holds;
}
