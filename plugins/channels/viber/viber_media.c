/* SPDX-License-Identifier: MPL-2.0
 * Files. A citizen's lies on Viber's servers under a plain address; ours must lie where Viber's servers can read it: under an
 * address of the host that nobody can guess. */
#include <string.h>

#include "viber.h"

/* ---- in ---- */

static bool ends_with(const char *host, size_t length, const char *tail, size_t tail_length)
{
    return length > tail_length && strncmp(host + length - tail_length, tail, tail_length) == 0;
}

/* Of the option: "dl-media.viber.com", ".viber.com" (all its hosts), or a whole origin "http://10.0.0.7:8081". */
static bool is_of(const char *url, const char *allowed, size_t length)
{
    static const char https[] = "https://";
    if (strncmp(allowed, "http", 4) == 0)
        return strncmp(url, allowed, length) == 0 && url[length] == '/';
    if (strncmp(url, https, sizeof https - 1) != 0)
        return false;
    const char *host = url + sizeof https - 1;
    size_t host_length = strcspn(host, "/?#");
    if (*allowed == '.')
        return ends_with(host, host_length, allowed, length);
    return host_length == length && strncmp(host, allowed, length) == 0;
}

/* Braces would be filled in by the gateway; '@' and '\' make hosts look like others. */
static bool may_fetch(struct viche_turn *t, const char *url)
{
    size_t authority = strcspn(url, "?#");
    if (strpbrk(url, "{}\\ ") || memchr(url, '@', authority))
        return false;
    const char *list = viche_option(t, "media-hosts");
    for (list += strspn(list, " "); *list; list += strspn(list, " ")) {
        size_t length = strcspn(list, " ");
        if (is_of(url, list, length))
            return true;
        list += length;
    }
    return false;
}

uint32_t viber_fetch_file(struct viche_turn *t, const char *remote, const struct viche_result *last, struct viche_request *out)
{
    if (last) /* it was no file: the address counts for an hour only */
        return 0;
    if (!may_fetch(t, remote)) {
        viche_log(t, "a file is not on one of the hosts of media-hosts");
        return 0;
    }
    out->url = remote;
    return VICHE_FETCH_TAKE;
}

/* ---- out ---- */

/* Shows that we made the address: without the key, a file's id is not enough. */
static const char *proof(struct viche_turn *t, const char *file_id)
{
    const char *key = viber_key(t);
    return *key ? viche_hash(t, viche_print(t, "%s %s", key, file_id)) : "";
}

/* ".jpg" of a picture or a name; ".bin" where there is none that is fit for an address. */
static const char *ending(const char *name, const char *type)
{
    if (strcmp(type, "image/jpeg") == 0 || strcmp(type, "image/png") == 0)
        return type[6] == 'j' ? ".jpg" : ".png";
    static const char plain[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
    const char *dot = strrchr(name, '.');
    size_t length = dot ? strspn(dot + 1, plain) : 0;
    return length > 0 && length <= 5 && dot[1 + length] == '\0' ? dot : ".bin";
}

const char *viber_file_url(struct viche_turn *t, const char *file_id, const char *name, const char *type)
{
    const char *base = viber_base(t);
    const char *shown = proof(t, file_id);
    return base && *shown ? viche_print(t, "%s/files/%s/%s/file%s", base, file_id, shown, ending(name, type)) : NULL;
}

void viber_file(struct viche_turn *t, const struct viche_http *http)
{
    (void)http;
    struct viche_file_about about; /* the name in the path is for Viber only */
    const char *file = viche_get(t, "file"), *due = proof(t, file);
    bool proven = *due && strcmp(viche_hash(t, viche_get(t, "proof")), viche_hash(t, due)) == 0; /* hashed: time tells nothing */
    if (proven && viche_file_about(t, file, &about))
        viche_reply_file(t, file);
    else
        viche_reply(t, 404, "text/plain", "", 0);
}
