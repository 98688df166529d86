/* SPDX-License-Identifier: MPL-2.0 */
#include "config/host.h"

#include <arpa/inet.h>
#include <dirent.h>
#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/un.h>
#include <unistd.h>

#include "base/text.h"
#include "config/value.h"

enum { LISTEN, ORIGIN, DATA, TOWNS, PLUGINS, SHARE, WORKERS, PROXY, COALESCE, FETCH_PRIVATE, LOG_DEBUG, HOST_KEYS };

static const struct viche_option host_keys[HOST_KEYS] = {
    [LISTEN] = {.name = "listen", .fallback = "127.0.0.1:8080",
                .help = "where the gateway listens: 127.0.0.1:8080, [::1]:8080 or unix:/run/viche/http"},
    [ORIGIN] = {.name = "origin", .fallback = "", .kind = VICHE_OPTION_URL,
                .help = "how citizens reach it: https://chat.example.ua, without a path; empty: as each request says"},
    [DATA] = {.name = "data", .fallback = "/var/lib/viche", .help = "folder with one folder a town; belongs to viched alone"},
    [TOWNS] = {.name = "towns", .fallback = "towns", .help = "folder with one INI file a town"},
    [PLUGINS] = {.name = "plugins", .fallback = VICHE_PLUGIN_DIR, .help = "folders with plugins, separated by ':'"},
    [SHARE] = {.name = "share", .fallback = VICHE_SHARE_DIR, .help = "folder with the host's texts and static files"},
    [WORKERS] = {.name = "workers", .fallback = "0", .kind = VICHE_OPTION_NUMBER, .max = 64,
                 .help = "processes that share the towns; 0: as many as cores, at least 2"},
    [PROXY] = {.name = "proxy", .fallback = "no", .kind = VICHE_OPTION_FLAG,
               .help = "yes: a proxy stands in front, X-Forwarded-For and X-Forwarded-Proto are believed"},
    [COALESCE] = {.name = "coalesce-ms", .fallback = "30", .kind = VICHE_OPTION_NUMBER, .max = 100,
                .help = "milliseconds that calls of messengers may wait for each other while many come; saves work; 0: never"},
    [FETCH_PRIVATE] = {.name = "fetch-private", .fallback = "no", .kind = VICHE_OPTION_FLAG,
                       .help = "yes: plugins may ask hosts of private and loopback networks"},
    [LOG_DEBUG] = {.name = "log-debug", .fallback = "no", .kind = VICHE_OPTION_FLAG, .help = "yes: debug lines in the log"},
};

enum {
    BODY_BYTES, UPLOAD_BYTES, CONNECTIONS, CONNECTIONS_IP, REQUESTS_MINUTE, CHATS_HOUR, HEADER_TIMEOUT, WAITING,
    TURN_MS, OUTBOX_ROWS, MESSAGES_MINUTE, DISK_FREE_MB, LIMIT_KEYS
};

#define LIMIT(key, default_value, least, most, text)                                                                          \
    {.name = key, .fallback = default_value, .kind = VICHE_OPTION_NUMBER, .min = least, .max = most, .help = text}

static const struct viche_option limit_keys[LIMIT_KEYS] = {
    [BODY_BYTES] = LIMIT("body-bytes", "1048576", 4096, 4000000, "of a request that is not an upload"),
    [UPLOAD_BYTES] = LIMIT("upload-bytes", "20971520", 1, 1073741824, "of one file"),
    [CONNECTIONS] = LIMIT("connections", "12000", 16, 200000, "open at once"),
    [CONNECTIONS_IP] = LIMIT("connections-ip", "64", 1, 200000, "open at once from one address"),
    [REQUESTS_MINUTE] = LIMIT("requests-minute", "600", 1, 1000000, "from one address"),
    [CHATS_HOUR] = LIMIT("chats-hour", "60", 1, 1000000, "new chats from one address"),
    [HEADER_TIMEOUT] = LIMIT("header-timeout", "10", 1, 300, "seconds a client may take for the head of a request"),
    [WAITING] = LIMIT("waiting", "2000", 1, 100000, "requests held for a worker; beyond: 503 and Retry-After"),
    [TURN_MS] = LIMIT("turn-ms", "2000", 50, 60000, "milliseconds a handler may run before its worker is killed"),
    [OUTBOX_ROWS] = LIMIT("outbox-rows", "100000", 100, 10000000, "messages of one town that wait for a messenger"),
    [MESSAGES_MINUTE] = LIMIT("messages-minute", "20", 1, 10000, "from one chat"),
    [DISK_FREE_MB] = LIMIT("disk-free-mb", "64", 0, 1048576, "below it new events are refused, so that staff can still work"),
};

const struct viche_option *host_options(const char *section, size_t *count)
{
    bool is_host = text_is(section, "host");
    bool is_limits = text_is(section, "limits");
    *count = is_host ? HOST_KEYS : is_limits ? LIMIT_KEYS : 0;
    return is_host ? host_keys : is_limits ? limit_keys : NULL;
}

/* ---- what a table cannot say ---- */

static bool is_port(const char *text)
{
    int64_t port = 0;
    return text_number(text, &port) && port >= 0 && port <= 65535; /* 0: any free one, for tests */
}

static bool is_address(const char *listen)
{
    static const char socket[] = "unix:/";
    if (text_starts(listen, socket))
        return strlen(listen) - strlen("unix:") < sizeof(((struct sockaddr_un *)0)->sun_path);
    char host[INET6_ADDRSTRLEN + 2] = "";
    const char *colon = strrchr(listen, ':');
    size_t size = colon ? (size_t)(colon - listen) : 0;
    if (size == 0 || size >= sizeof host || !is_port(colon + 1))
        return false;
    memcpy(host, listen, size);
    unsigned char address[sizeof(struct in6_addr)];
    if (host[0] != '[')
        return inet_pton(AF_INET, host, address) == 1;
    bool closed = host[size - 1] == ']';
    host[size - 1] = '\0';
    return closed && inet_pton(AF_INET6, host + 1, address) == 1;
}

static bool check_listen(const struct host_config *host, const char *where, struct fail *fail)
{
    if (is_address(host->listen))
        return true;
    return fail_set(fail, "%s: '%s' is no address to listen on. Write 127.0.0.1:8080, [::1]:8080 or unix:/run/viche/http", where,
                    host->listen);
}

static bool check_origin(const struct host_config *host, struct fail *fail)
{
    const char *name = strstr(host->origin, "://");
    if (!name || !strpbrk(name + strlen("://"), "/?#"))
        return true;
    return fail_set(fail, "%s: [host] origin: '%s' has a path. Write only https://name, without a slash at the end", host->path,
                    host->origin);
}

static int64_t cores_at_least_two(void)
{
    long cores = sysconf(_SC_NPROCESSORS_ONLN);
    return cores < 2 ? 2 : cores > host_keys[WORKERS].max ? host_keys[WORKERS].max : cores;
}

/* ---- folders ---- */

static const char *absolute(struct arena *arena, const char *base, const char *path)
{
    return *path == '/' ? arena_copy(arena, path) : arena_print(arena, "%s/%s", base, path);
}

static const char *all_absolute(struct arena *arena, const char *base, const char *paths)
{
    const char *out = "";
    while (*paths) {
        size_t size = strcspn(paths, ":");
        const char *one = absolute(arena, base, arena_copy_bytes(arena, paths, size));
        if (size)
            out = *out ? arena_print(arena, "%s:%s", out, one) : one;
        paths += size + (paths[size] == ':');
    }
    return out;
}

static int is_ini(const struct dirent *entry)
{
    const char *dot = strrchr(entry->d_name, '.');
    return dot && dot != entry->d_name && strcmp(dot, ".ini") == 0;
}

static int by_bytes(const struct dirent **a, const struct dirent **b) { return strcmp((*a)->d_name, (*b)->d_name); }

static bool find_towns(struct host_config *host, struct fail *fail)
{
    struct dirent **entries = NULL;
    int count = scandir(host->towns, &entries, is_ini, by_bytes);
    if (count < 0)
        return fail_set(fail, "%s: %s. Make the folder and put an INI file for each town into it, or set [host] towns in %s",
                        host->towns, strerrordesc_np(errno), host->path);
    host->town_files = arena_alloc(host->arena, (size_t)count * sizeof *host->town_files);
    host->town_count = (size_t)count;
    for (int i = 0; i < count; i++) {
        host->town_files[i] = arena_print(host->arena, "%s/%s", host->towns, entries[i]->d_name);
        free(entries[i]);
    }
    free(entries);
    return count > 0 || fail_set(fail, "%s: no town here. Put <town>.ini into the folder", host->towns);
}

/* ---- reading ---- */

static bool only_our_sections(const struct ini *ini, struct fail *fail)
{
    for (size_t i = 0; i < ini->section_count; i++) {
        size_t count = 0;
        if (!host_options(ini->sections[i].name, &count))
            return fail_set(fail, "%s:%d: there is no section [%s] here. The host has [host] and [limits]; plugins belong into "
                                  "the INI file of a town", ini->path, ini->sections[i].line, ini->sections[i].name);
    }
    return true;
}

static int64_t number(const char *text) { return strtoll(text, NULL, 10); }

static void fill_limits(struct host_limits *limits, const char *const *values)
{
    *limits = (struct host_limits){
        .body_bytes = number(values[BODY_BYTES]),
        .upload_bytes = number(values[UPLOAD_BYTES]),
        .connections = number(values[CONNECTIONS]),
        .connections_ip = number(values[CONNECTIONS_IP]),
        .requests_minute = number(values[REQUESTS_MINUTE]),
        .chats_hour = number(values[CHATS_HOUR]),
        .header_timeout_s = number(values[HEADER_TIMEOUT]),
        .waiting = number(values[WAITING]),
        .turn_ms = number(values[TURN_MS]),
        .outbox_rows = number(values[OUTBOX_ROWS]),
        .messages_minute = number(values[MESSAGES_MINUTE]),
        .disk_free_mb = number(values[DISK_FREE_MB]),
    };
}

/* Paths of the file begin at its folder, paths of the command line where the command was given. */
static void fill_folders(struct host_config *host, const char *const *values, const struct host_overrides *over)
{
    struct arena *arena = host->arena;
    char here[PATH_MAX];
    if (!getcwd(here, sizeof here))
        memcpy(here, ".", 2);
    const char *towns = absolute(arena, host->base, values[TOWNS]);
    host->towns = over->towns ? absolute(arena, here, over->towns) : towns;
    host->towns_base = over->towns_base ? absolute(arena, here, over->towns_base) : host->towns;
    host->data = over->data ? absolute(arena, here, over->data) : absolute(arena, host->base, values[DATA]);
    host->share = over->share ? absolute(arena, here, over->share) : absolute(arena, host->base, values[SHARE]);
    host->plugins = over->plugins ? all_absolute(arena, here, over->plugins) : all_absolute(arena, host->base, values[PLUGINS]);
}

static void fill(struct host_config *host, const char *const *values, const struct host_overrides *over)
{
    host->listen = over->listen ? arena_copy(host->arena, over->listen) : values[LISTEN];
    host->origin = values[ORIGIN];
    host->workers = number(values[WORKERS]);
    if (host->workers == 0)
        host->workers = cores_at_least_two();
    host->proxy = number(values[PROXY]);
    host->coalesce_ms = number(values[COALESCE]);
    host->fetch_private = number(values[FETCH_PRIVATE]);
    host->log_debug = number(values[LOG_DEBUG]);
    fill_folders(host, values, over);
}

static bool read_all(struct host_config *host, const struct ini *ini, const struct host_overrides *over, struct fail *fail)
{
    const char *values[HOST_KEYS], *limits[LIMIT_KEYS];
    if (!only_our_sections(ini, fail) || !value_section(ini, "host", host_keys, HOST_KEYS, values, fail) ||
        !value_section(ini, "limits", limit_keys, LIMIT_KEYS, limits, fail))
        return false;
    fill(host, values, over);
    fill_limits(&host->limits, limits);
    const char *where = over->listen ? "--listen" : arena_print(host->arena, "%s: [host] listen", host->path);
    return check_listen(host, where, fail) && check_origin(host, fail) && find_towns(host, fail);
}

bool host_read(struct host_config *host, const char *path, const struct host_overrides *over, struct fail *fail)
{
    static const struct host_overrides none;
    struct ini ini;
    char whole[PATH_MAX];
    over = over ? over : &none;
    if (!ini_read(&ini, path, over->base, fail))
        return false;
    *host = (struct host_config){.arena = ini.arena, .base = ini.folder};
    host->path = arena_copy(host->arena, realpath(path, whole) ? whole : path);
    bool good = read_all(host, &ini, over, fail);
    if (!good)
        host_close(host);
    return good;
}

void host_close(struct host_config *host)
{
    arena_free(host->arena);
    *host = (struct host_config){0};
}
