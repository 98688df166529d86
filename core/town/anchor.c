/* SPDX-License-Identifier: MPL-2.0 */
#include "town/anchor.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"

static const char purpose[] = "viche audit anchor\n"; /* in front of what is signed, so that it can never mean anything else */

static void write_head(const struct anchor *anchor, struct buf *out)
{
    char head[AUDIT_HASH_CHARS];
    sodium_bin2hex(head, sizeof head, anchor->head.head, AUDIT_HASH_BYTES);
    buf_print(out, "town=%s rows=%" PRId64 " at=%" PRId64 " head=%s", anchor->town, anchor->head.rows, anchor->head.at, head);
}

void anchor_sign(struct anchor *anchor, const char *seed_text)
{
    unsigned char seed[crypto_sign_SEEDBYTES], public_key[crypto_sign_PUBLICKEYBYTES], key[crypto_sign_SECRETKEYBYTES];
    unsigned char signature[crypto_sign_BYTES];
    size_t size = 0;
    anchor->signature[0] = '\0';
    if (!seed_text || sodium_hex2bin(seed, sizeof seed, seed_text, strlen(seed_text), NULL, &size, NULL) != 0 || size != sizeof seed)
        return;
    struct buf text = {0};
    buf_text(&text, purpose);
    write_head(anchor, &text);
    crypto_sign_seed_keypair(public_key, key, seed);
    crypto_sign_detached(signature, NULL, (const unsigned char *)text.data, text.size, key);
    sodium_bin2hex(anchor->signature, sizeof anchor->signature, signature, sizeof signature);
    sodium_memzero(seed, sizeof seed);
    sodium_memzero(key, sizeof key);
    buf_free(&text);
}

void anchor_write(const struct anchor *anchor, struct buf *out)
{
    write_head(anchor, out);
    if (*anchor->signature)
        buf_print(out, " signature=%s", anchor->signature);
}

/* ---- reading ---- */

/* What follows " name=" up to the next blank; false: it is not there, or longer than `room`. */
static bool word_of(const char *line, const char *name, char *out, size_t room)
{
    char wanted[16];
    int length = snprintf(wanted, sizeof wanted, "%s=", name);
    for (const char *at = strstr(line, wanted); at; at = strstr(at + 1, wanted)) {
        if (at != line && at[-1] != ' ')
            continue;
        at += length;
        size_t size = strcspn(at, " \r\n");
        if (size >= room)
            return false;
        memcpy(out, at, size);
        out[size] = '\0';
        return true;
    }
    return false;
}

bool anchor_read(const char *line, struct anchor *anchor)
{
    char rows[24], at[24], head[AUDIT_HASH_CHARS];
    size_t size = 0;
    *anchor = (struct anchor){0};
    if (!word_of(line, "town", anchor->town, sizeof anchor->town) || !word_of(line, "rows", rows, sizeof rows) ||
        !word_of(line, "at", at, sizeof at) || !word_of(line, "head", head, sizeof head))
        return false;
    word_of(line, "signature", anchor->signature, sizeof anchor->signature);
    return text_number(rows, &anchor->head.rows) && text_number(at, &anchor->head.at) &&
           sodium_hex2bin(anchor->head.head, AUDIT_HASH_BYTES, head, strlen(head), NULL, &size, NULL) == 0 && size == AUDIT_HASH_BYTES;
}

bool anchor_is_signed(const struct anchor *anchor, const char *key_text)
{
    unsigned char key[crypto_sign_PUBLICKEYBYTES], signature[crypto_sign_BYTES];
    size_t key_size = 0, size = 0;
    sodium_hex2bin(key, sizeof key, key_text, strlen(key_text), NULL, &key_size, NULL);
    sodium_hex2bin(signature, sizeof signature, anchor->signature, strlen(anchor->signature), NULL, &size, NULL);
    if (key_size != sizeof key || size != sizeof signature)
        return false;
    struct buf text = {0};
    buf_text(&text, purpose);
    write_head(anchor, &text);
    bool good = crypto_sign_verify_detached(signature, (const unsigned char *)text.data, text.size, key) == 0;
    buf_free(&text);
    return good;
}
