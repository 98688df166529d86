/* SPDX-License-Identifier: MPL-2.0
 * conf/viche.ini: the host. One table in host.c declares every key with its default, range and help; docs and `viche
 * options host` are printed from it. */
#ifndef CONFIG_HOST_H
#define CONFIG_HOST_H

#include <stddef.h>
#include <stdint.h>

#include "config/ini.h"

struct host_limits {
    int64_t body_bytes;       /* of a request that is not an upload; 1 MiB */
    int64_t upload_bytes;     /* of one file; 20 MiB */
    int64_t connections;      /* open at once; 12,000 */
    int64_t connections_ip;   /* of one address; 64. Behind a proxy: X-Forwarded-For if `proxy` is on */
    int64_t requests_minute;  /* of one address; 600 */
    int64_t chats_hour;       /* new chats of one address; 60 */
    int64_t header_timeout_s; /* 10 */
    int64_t waiting;          /* requests held for a worker; beyond: 503 with Retry-After; 2,000 */
    int64_t turn_ms;          /* a handler that runs longer is killed; 2,000 */
    int64_t outbox_rows;      /* of one town; 100,000 */
    int64_t messages_minute;  /* of one chat; 20, soft */
    int64_t disk_free_mb;     /* below: new events are refused; 64 */
};

struct host_config {
    struct arena *arena;
    const char *path;       /* of the file, absolute */
    const char *base;       /* where its relative paths begin: its folder, or what the overrides say */
    const char *listen;     /* "127.0.0.1:8080", "[::1]:8080" or "unix:/run/viche/http" */
    const char *origin;     /* "https://chat.example.ua" as citizens reach us; "": as the request says */
    const char *data;       /* folder of the towns' folders, absolute */
    const char *towns;      /* folder of the towns' INI files, absolute */
    const char *towns_base; /* where relative paths in those begin: `towns`, or what the overrides say; for town_read */
    const char *plugins;    /* folders with plugins, separated by ':' */
    const char *share;      /* folder of texts and static files */
    int64_t workers;        /* at least 1; where the file says 0: as many as cores, at least 2 */
    int64_t proxy;          /* 1: trust X-Forwarded-For of the peer */
    int64_t coalesce_ms;      /* the longest that calls of messengers wait for company; 0: never */
    int64_t fetch_private;  /* 1: plugins may ask hosts of private and loopback networks */
    int64_t log_debug;      /* 1: debug lines too */
    struct host_limits limits;
    const char **town_files; /* sorted */
    size_t town_count;
};

/* What the command line says over the file; NULL: nothing. The roles run from a copy of the checked configuration: base and
 * towns_base tell them where it was copied from. */
struct host_overrides {
    const char *listen, *data, *plugins, *share, *towns;
    const char *base, *towns_base;
};

bool host_read(struct host_config *host, const char *path, const struct host_overrides *over, struct fail *fail);
void host_close(struct host_config *host);
/* The declared keys, for `viche options host`. */
const struct viche_option *host_options(const char *section, size_t *count);

#endif
