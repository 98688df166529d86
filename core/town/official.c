/* SPDX-License-Identifier: MPL-2.0 */
#include "town/official.h"

#include <errno.h>
#include <fcntl.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/text.h"

enum { TEXT_BYTES_MAX = 64 * 1024, SIGNATURE_CHARS = 2 * crypto_sign_BYTES + 1, SEED_CHARS = 2 * crypto_sign_SEEDBYTES };

static const char purpose[] = "viche official list\n"; /* in front of what is signed, so that it can never mean anything else */
static const char last_line[] = "Signature: ";

/* ---- keys: a file with the seed in hexadecimal ---- */

static bool write_file(const char *path, int flags, const char *text, size_t size, struct fail *fail)
{
    int fd = open(path, O_WRONLY | O_CREAT | O_CLOEXEC | flags, 0600);
    bool ok = fd >= 0 && write(fd, text, size) == (ssize_t)size && fsync(fd) == 0;
    if (!ok)
        fail_set(fail, "%s: cannot be written: %s", path, strerrordesc_np(errno));
    if (fd >= 0)
        close(fd);
    return ok;
}

bool official_make_key(const char *path, struct fail *fail)
{
    unsigned char seed[crypto_sign_SEEDBYTES];
    char text[SEED_CHARS + 2];
    randombytes_buf(seed, sizeof seed);
    sodium_bin2hex(text, sizeof text, seed, sizeof seed);
    text[SEED_CHARS] = '\n';
    bool ok = write_file(path, O_EXCL, text, SEED_CHARS + 1, fail);
    sodium_memzero(seed, sizeof seed);
    sodium_memzero(text, sizeof text);
    return ok;
}

static bool read_key(const char *path, unsigned char public_key[crypto_sign_PUBLICKEYBYTES],
                     unsigned char key[crypto_sign_SECRETKEYBYTES], struct fail *fail)
{
    struct buf text = {.cap = SEED_CHARS + 2};
    unsigned char seed[crypto_sign_SEEDBYTES];
    size_t size = 0;
    if (!buf_read_file(&text, path)) {
        buf_free(&text);
        return fail_set(fail, "%s: cannot be read: %s. Make it: viche keys TOWN", path, strerrordesc_np(errno));
    }
    bool ok = sodium_hex2bin(seed, sizeof seed, buf_str(&text), text.size, "\r\n", &size, NULL) == 0 && size == sizeof seed;
    if (ok)
        crypto_sign_seed_keypair(public_key, key, seed);
    sodium_memzero(seed, sizeof seed);
    sodium_memzero(text.data, text.size);
    buf_free(&text);
    return ok || fail_set(fail, "%s: this is no key of viche keys; it holds 64 hexadecimal digits", path);
}

bool official_public_key(const char *path, char text[OFFICIAL_KEY_CHARS], struct fail *fail)
{
    unsigned char public_key[crypto_sign_PUBLICKEYBYTES], key[crypto_sign_SECRETKEYBYTES];
    if (!read_key(path, public_key, key, fail))
        return false;
    sodium_memzero(key, sizeof key);
    sodium_bin2hex(text, OFFICIAL_KEY_CHARS, public_key, sizeof public_key);
    return true;
}

/* ---- signing ---- */

static void sign(const char *text, size_t size, const unsigned char *key, char signature[SIGNATURE_CHARS])
{
    struct buf whole = {0};
    unsigned char bytes[crypto_sign_BYTES];
    buf_text(&whole, purpose);
    buf_add(&whole, text, size);
    crypto_sign_detached(bytes, NULL, (const unsigned char *)whole.data, whole.size, key);
    sodium_bin2hex(signature, SIGNATURE_CHARS, bytes, sizeof bytes);
    buf_free(&whole);
}

static bool is_signed(const char *text, size_t size, const char *key, const char *signature)
{
    unsigned char public_key[crypto_sign_PUBLICKEYBYTES], bytes[crypto_sign_BYTES];
    size_t key_bytes = 0, signature_bytes = 0;
    sodium_hex2bin(public_key, sizeof public_key, key, strlen(key), NULL, &key_bytes, NULL);
    sodium_hex2bin(bytes, sizeof bytes, signature, strlen(signature), NULL, &signature_bytes, NULL);
    if (key_bytes != sizeof public_key || signature_bytes != sizeof bytes)
        return false;
    struct buf whole = {0};
    buf_text(&whole, purpose);
    buf_add(&whole, text, size);
    bool good = crypto_sign_verify_detached(bytes, (const unsigned char *)whole.data, whole.size, public_key) == 0;
    buf_free(&whole);
    return good;
}

/* What is signed of the JSON: the list without blanks, its keys in order. */
static char *canonical(const json_t *list) { return json_dumps(list, JSON_COMPACT | JSON_SORT_KEYS); }

static char *as_json(const struct official_list *list, const char *key_text, const unsigned char *key)
{
    json_t *channels = json_array();
    for (size_t i = 0; i < list->count; i++)
        json_array_append_new(channels, json_pack("{s:s, s:s, s:s}", "channel", list->links[i].channel, "name", list->links[i].name,
                                                  "link", list->links[i].link));
    json_t *inner = json_pack("{s:s, s:s, s:s, s:o}", "town", list->town, "name", list->name, "signed_at", list->signed_at, "channels",
                              channels);
    char *text = canonical(inner), signature[SIGNATURE_CHARS];
    sign(text, strlen(text), key, signature);
    free(text);
    json_t *whole = json_pack("{s:o, s:s, s:s}", "list", inner, "key", key_text, "signature", signature);
    text = json_dumps(whole, JSON_INDENT(2));
    json_decref(whole);
    return text;
}

static void as_text(struct buf *out, const struct official_list *list, const char *key_text, const unsigned char *key)
{
    char signature[SIGNATURE_CHARS];
    buf_print(out, "%s (%s)\nSigned at: %s\n\n", list->name, list->town, list->signed_at);
    for (size_t i = 0; i < list->count; i++)
        buf_print(out, "%s: %s\n", list->links[i].name, list->links[i].link);
    buf_print(out, "\nKey: %s\n", key_text);
    sign(buf_str(out), out->size, key, signature);
    buf_print(out, "%s%s\n", last_line, signature);
}

static bool replace(const char *folder, const char *name, const char *text, struct fail *fail)
{
    char path[4096], part[4096];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    snprintf(part, sizeof part, "%s/.%s", folder, name);
    if (!write_file(part, O_TRUNC, text, strlen(text), fail))
        return false;
    return rename(part, path) == 0 || fail_set(fail, "%s: cannot be written: %s", path, strerrordesc_np(errno));
}

bool official_write(const char *folder, const char *key_path, const struct official_list *list, struct fail *fail)
{
    unsigned char public_key[crypto_sign_PUBLICKEYBYTES], key[crypto_sign_SECRETKEYBYTES];
    char key_text[OFFICIAL_KEY_CHARS];
    if (!read_key(key_path, public_key, key, fail))
        return false;
    sodium_bin2hex(key_text, sizeof key_text, public_key, sizeof public_key);
    struct buf text = {0};
    char *json = as_json(list, key_text, key);
    as_text(&text, list, key_text, key);
    sodium_memzero(key, sizeof key);
    bool ok = replace(folder, "official.json", json, fail) && replace(folder, "official.txt", buf_str(&text), fail);
    free(json);
    buf_free(&text);
    return ok;
}

/* ---- reading ---- */

static const char *word(struct arena *arena, const json_t *object, const char *key)
{
    const char *value = json_string_value(json_object_get(object, key));
    return arena_copy(arena, value ? value : "");
}

static void read_list(struct arena *arena, const json_t *json, struct official_list *out)
{
    const json_t *channels = json_object_get(json, "channels");
    struct official_link *links = arena_alloc(arena, (json_array_size(channels) + 1) * sizeof *links);
    *out = (struct official_list){word(arena, json, "town"), word(arena, json, "name"), word(arena, json, "signed_at"), links,
                                  json_array_size(channels)};
    for (size_t i = 0; i < out->count; i++) {
        const json_t *one = json_array_get(channels, i);
        links[i] = (struct official_link){word(arena, one, "channel"), word(arena, one, "name"), word(arena, one, "link")};
    }
}

static bool verify_json(struct arena *arena, const char *text, char key[OFFICIAL_KEY_CHARS], struct official_list *list)
{
    json_t *whole = json_loads(text, JSON_REJECT_DUPLICATES, NULL);
    const json_t *inner = json_object_get(whole, "list");
    char *signed_text = json_is_object(inner) ? canonical(inner) : NULL;
    snprintf(key, OFFICIAL_KEY_CHARS, "%s", word(arena, whole, "key"));
    bool good = signed_text && is_signed(signed_text, strlen(signed_text), key, word(arena, whole, "signature"));
    if (good && list)
        read_list(arena, inner, list);
    free(signed_text);
    json_decref(whole);
    return good;
}

static bool verify_text(struct arena *arena, const char *text, char key[OFFICIAL_KEY_CHARS])
{
    const char *line = strstr(text, last_line), *key_line = strstr(text, "\nKey: ");
    if (!line || !key_line || key_line > line || line[-1] != '\n')
        return false;
    const char *signature = line + strlen(last_line);
    size_t length = strspn(signature, "0123456789abcdef");
    snprintf(key, OFFICIAL_KEY_CHARS, "%s", key_line + strlen("\nKey: "));
    bool nothing_behind = signature[length + strspn(signature + length, "\r\n")] == '\0';
    return nothing_behind && is_signed(text, (size_t)(line - text), key, arena_copy_bytes(arena, signature, length));
}

bool official_verify(struct arena *arena, const char *text, char key[OFFICIAL_KEY_CHARS], struct official_list *list, struct fail *fail)
{
    key[0] = '\0';
    if (list)
        *list = (struct official_list){.town = ""};
    bool good = text[0] == '{' ? verify_json(arena, text, key, list) : verify_text(arena, text, key);
    return good || fail_set(fail, "the list is not as it was signed: do not trust it. Ask the council by telephone");
}

const char *official_read(struct arena *arena, const char *folder, const char *name)
{
    struct buf text = {.cap = TEXT_BYTES_MAX};
    bool known = text_is(name, "official.json") || text_is(name, "official.txt");
    bool there = known && buf_read_file(&text, arena_print(arena, "%s/%s", folder, name));
    const char *copy = arena_copy(arena, there ? buf_str(&text) : "");
    buf_free(&text);
    return copy;
}
