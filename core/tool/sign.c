/* SPDX-License-Identifier: MPL-2.0
 * `viche keys`, `viche sign-list`, `viche verify-list`: the signed list of a town's own bots. The private key is read here and nowhere
 * else. */
#include "tool/sign.h"

#include <curl/curl.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/clock.h"
#include "base/text.h"
#include "config/town.h"
#include "tool/ask.h"
#include "town/official.h"

enum { LINKS_MAX = 32, LIST_BYTES_MAX = 64 * 1024, TIMEOUT_S = 30 };

struct signer {
    struct host_config host;
    struct town_config town;
    const char *key; /* of [town] list-key; "": none */
    const char *folder;
};

static bool signer_open(struct signer *signer, const struct tool_args *args)
{
    struct fail fail;
    *signer = (struct signer){0};
    if (!tool_host(args, &signer->host))
        return false;
    char *path = arena_print(signer->host.arena, "%s/%s.ini", signer->host.towns, args->words[0]);
    bool ok = ask_knows(&signer->host, args->words[0]);
    if (ok && !town_read(&signer->town, path, signer->host.towns_base, &fail)) {
        tool_refuse("%s", fail.words);
        ok = false;
    }
    if (!ok) {
        host_close(&signer->host);
        return false;
    }
    signer->key = signer->town.list_key;
    signer->folder = arena_print(signer->host.arena, "%s/%s", signer->host.data, signer->town.id);
    return true;
}

static void signer_close(struct signer *signer)
{
    town_config_close(&signer->town);
    host_close(&signer->host);
}

/* ---- keys ---- */

static int make_key(struct signer *signer, const char *path)
{
    struct fail fail;
    char key[OFFICIAL_KEY_CHARS];
    if (!official_make_key(path, &fail) || !official_public_key(path, key, &fail))
        return tool_refuse("%s", fail.words);
    char *whole = realpath(path, NULL);
    printf("%s is made. Keep a copy in a safe place: a new one means a new public key.\nPut into [town] of %s:\n\nlist-key = %s\n\n"
           "Then: viche sign-list %s\nThe public key, for the council's site and its notice board:\n%s\n",
           path, signer->town.ini.path, whole ? whole : path, signer->town.id, key);
    free(whole);
    return TOOL_DONE;
}

static int show_key(const char *path)
{
    struct fail fail;
    char key[OFFICIAL_KEY_CHARS];
    if (!official_public_key(path, key, &fail))
        return tool_refuse("%s", fail.words);
    printf("%s\n", key);
    return TOOL_DONE;
}

static int run_keys(const struct tool_args *args)
{
    struct signer signer;
    if (!signer_open(&signer, args))
        return TOOL_REFUSED;
    const char *usual = arena_print(signer.host.arena, "%s/%s.list-key", signer.host.towns_base, signer.town.id);
    int code = *signer.key ? show_key(signer.key) : make_key(&signer, args->word_count > 1 ? args->words[1] : usual);
    signer_close(&signer);
    return code;
}

/* ---- sign-list ---- */

/* Lines of channel, tab, address, tab, name. */
static size_t read_links(char *lines, struct official_link *out)
{
    size_t count = 0;
    for (char *line = strsep(&lines, "\n"); line && *line && count < LINKS_MAX; line = strsep(&lines, "\n")) {
        const char *channel = strsep(&line, "\t"), *link = strsep(&line, "\t"), *name = strsep(&line, "\t");
        if (link)
            out[count++] = (struct official_link){channel, name ? name : channel, link};
    }
    return count;
}

static int sign_links(const struct signer *signer, char *lines)
{
    struct official_link links[LINKS_MAX];
    struct fail fail;
    char at[32];
    time_t now = (time_t)clock_now();
    struct tm when;
    strftime(at, sizeof at, "%Y-%m-%dT%H:%M:%SZ", gmtime_r(&now, &when));
    struct official_list list = {.town = signer->town.id, .name = town_word(&signer->town, "name", ""), .signed_at = at, .links = links};
    list.count = read_links(lines, links);
    if (list.count == 0)
        return tool_refuse("%s has no link to sign; a channel with links must have its section in the town's INI", list.town);
    if (!official_write(signer->folder, signer->key, &list, &fail))
        return tool_refuse("%s", fail.words);
    for (size_t i = 0; i < list.count; i++)
        printf("%-10s %s\n", links[i].channel, links[i].link);
    printf("signed; the town's page shows it at once, as /%s/web/official.json and .txt\n", list.town);
    return show_key(signer->key);
}

static int run_sign(const struct tool_args *args)
{
    struct signer signer;
    struct ask_answer answer = {0};
    struct fail fail;
    const struct ask ask = {.method = "GET", .path = "/admin/links"};
    int code = TOOL_REFUSED;
    if (!signer_open(&signer, args))
        return code;
    if (!*signer.key)
        tool_refuse("%s: [town] has no list-key. Make one: viche keys %s", signer.town.ini.path, signer.town.id);
    else if (!ask_town(&signer.host, signer.town.id, &ask, &answer, &fail))
        tool_refuse("%s", fail.words);
    else if (answer.status != 200)
        tool_refuse("%s", buf_str(&answer.body));
    else
        code = answer.body.size ? sign_links(&signer, answer.body.data) : sign_links(&signer, (char[]){""});
    buf_free(&answer.body);
    signer_close(&signer);
    return code;
}

static bool same_links(const struct official_list *list, char *lines)
{
    struct official_link now[LINKS_MAX];
    size_t count = read_links(lines, now);
    bool same = count == list->count;
    for (size_t i = 0; same && i < count; i++)
        same = text_is(now[i].channel, list->links[i].channel) && text_is(now[i].link, list->links[i].link);
    return same;
}

void sign_tell(const struct host_config *host, const char *town, const char *lines)
{
    struct arena *arena = arena_new();
    struct official_list list;
    struct fail fail;
    char key[OFFICIAL_KEY_CHARS];
    const char *text = official_read(arena, arena_print(arena, "%s/%s", host->data, town), "official.json");
    if (*text && !official_verify(arena, text, key, &list, &fail))
        printf("# the signed list is damaged; viche sign-list %s\n", town);
    else if (*text && !same_links(&list, arena_copy(arena, lines)))
        printf("# the signed list says something else; viche sign-list %s\n", town);
    else if (*text)
        printf("# signed at %s by the key %s\n", list.signed_at, key);
    arena_free(arena);
}

/* ---- verify-list ---- */

static size_t take(char *data, size_t size, size_t count, void *context)
{
    return buf_add(context, data, size * count) ? size * count : 0;
}

static bool load_url(const char *url, struct buf *out)
{
    CURL *curl = curl_easy_init();
    curl_easy_setopt(curl, CURLOPT_URL, url);
    curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(curl, CURLOPT_FAILONERROR, 1L);
    curl_easy_setopt(curl, CURLOPT_TIMEOUT, (long)TIMEOUT_S);
    curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, take);
    curl_easy_setopt(curl, CURLOPT_WRITEDATA, out);
    CURLcode code = curl_easy_perform(curl);
    curl_easy_cleanup(curl);
    if (code != CURLE_OK)
        tool_refuse("%s: %s", url, curl_easy_strerror(code));
    return code == CURLE_OK;
}

static bool load(const char *where, struct buf *out)
{
    if (text_starts(where, "https://") || text_starts(where, "http://"))
        return load_url(where, out);
    if (buf_read_file(out, where))
        return true;
    tool_refuse("%s: cannot be read: %s", where, strerrordesc_np(errno));
    return false;
}

static int verify(const char *where, const char *text, const char *expected)
{
    struct arena *arena = arena_new();
    struct official_list list;
    struct fail fail;
    char key[OFFICIAL_KEY_CHARS];
    int code = TOOL_REFUSED;
    if (!official_verify(arena, text, key, &list, &fail))
        tool_refuse("%s: %s", where, fail.words);
    else if (expected && !text_is(expected, key))
        tool_refuse("%s: signed, but by another key, %s: do not trust it", where, key);
    else
        code = TOOL_DONE;
    if (code == TOOL_DONE) {
        for (size_t i = 0; i < list.count; i++)
            printf("%-10s %s\n", list.links[i].channel, list.links[i].link);
        printf("%s: as it was signed, by the key\n%s\n%s", where, key,
               expected ? "" : "Is it the key that stands on the council's site or notice board? A look-alike can sign, too.\n");
    }
    arena_free(arena);
    return code;
}

static int run_verify(const struct tool_args *args)
{
    struct buf text = {.cap = LIST_BYTES_MAX};
    int code = TOOL_REFUSED;
    if (load(args->words[0], &text))
        code = verify(args->words[0], buf_str(&text), args->word_count > 1 ? args->words[1] : NULL);
    buf_free(&text);
    return code;
}

const struct tool_command keys_command = {
    .name = "keys", .usage = "TOWN [FILE]", .summary = "make the key that signs the list of a town's bots; show its public half",
    .words_min = 1, .words_max = 2, .run = run_keys,
    .help = "Once [town] list-key names the key's file, the public key is shown. FILE: default <towns>/<TOWN>.list-key, mode 0600."};

const struct tool_command sign_list_command = {
    .name = "sign-list", .usage = "TOWN", .summary = "sign the list of a town's own bots and pages", .words_min = 1, .words_max = 1,
    .run = run_sign, .help = "After every change of channels. docs/official-list.md tells how citizens check it."};

const struct tool_command verify_list_command = {
    .name = "verify-list", .usage = "FILE|URL [KEY]", .summary = "is this list as a town signed it?", .words_min = 1, .words_max = 2,
    .run = run_verify, .help = "official.json or official.txt of a town. KEY: the public key that the council has published."};
