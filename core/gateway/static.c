/* SPDX-License-Identifier: MPL-2.0 */
#include "gateway/static.h"

#include <dirent.h>
#include <limits.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/log.h"
#include "base/text.h"
#include "gateway/map.h"
#include "gateway/refuse.h"

enum { FILE_BYTES_MAX = 4 * 1024 * 1024, PATH_BYTES = 4096 };

struct file {
    struct buf bytes;
    const char *type;
    char etag[16]; /* with its quotes */
};

struct statics {
    struct map files;
};

static const struct {
    const char *suffix, *type;
} types[] = {
    {".js", "text/javascript; charset=utf-8"}, {".css", "text/css; charset=utf-8"}, {".svg", "image/svg+xml"},
    {".json", "application/json"},             {".html", "text/html; charset=utf-8"}, {".txt", "text/plain; charset=utf-8"},
    {".png", "image/png"},                     {".jpg", "image/jpeg"},               {".ico", "image/x-icon"},
    {".woff2", "font/woff2"},                  {".webmanifest", "application/manifest+json"},
};

static const char *type_of(const char *name)
{
    for (size_t i = 0; i < sizeof types / sizeof *types; i++) {
        size_t name_length = strlen(name), length = strlen(types[i].suffix);
        if (name_length > length && strcmp(name + name_length - length, types[i].suffix) == 0)
            return types[i].type;
    }
    return "application/octet-stream";
}

static void load(struct statics *statics, const char *folder, const char *name)
{
    char path[PATH_BYTES + NAME_MAX + 2];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    struct file *file = mem_alloc(sizeof *file);
    file->bytes.cap = FILE_BYTES_MAX;
    if (!buf_read_file(&file->bytes, path)) {
        log_line(LOG_WARN, "static", "file left out", "name=%s", name);
        buf_free(&file->bytes);
        free(file);
        return;
    }
    unsigned char hash[crypto_generichash_BYTES_MIN];
    char text[12];
    crypto_generichash(hash, sizeof hash, (const unsigned char *)buf_str(&file->bytes), file->bytes.size, NULL, 0);
    sodium_bin2base64(text, sizeof text, hash, 8, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
    snprintf(file->etag, sizeof file->etag, "\"%s\"", text);
    file->type = type_of(name);
    map_put(&statics->files, name, file);
}

struct statics *static_open(const char *share)
{
    struct statics *statics = mem_alloc(sizeof *statics);
    char folder[PATH_BYTES];
    snprintf(folder, sizeof folder, "%s/static", share);
    DIR *dir = opendir(folder);
    if (!dir)
        return statics;
    for (struct dirent *entry = readdir(dir); entry; entry = readdir(dir))
        if (entry->d_type != DT_DIR && entry->d_name[0] != '.')
            load(statics, folder, entry->d_name);
    closedir(dir);
    return statics;
}

static bool free_file(void *context, const char *name, void *value)
{
    (void)context, (void)name;
    struct file *file = value;
    buf_free(&file->bytes);
    free(file);
    return false;
}

void static_close(struct statics *statics)
{
    map_each(&statics->files, free_file, NULL);
    map_free(&statics->files);
    free(statics);
}

/* A name that carries a version (?v=…) may be kept for ever; another is asked about again after a while, by its ETag. */
static const char *cache_control(const struct exchange *exchange)
{
    const struct pair *first = &exchange->target->query[0];
    return first->name && text_is(first->name, "v") ? "public, max-age=31536000, immutable" : "public, max-age=600";
}

static const struct file *find(const struct statics *statics, const struct exchange *exchange, bool *zipped)
{
    char zipped_name[PATH_BYTES];
    const char *name = exchange->target->rest + 1; /* behind "/static/" */
    snprintf(zipped_name, sizeof zipped_name, "%s.gz", name);
    const struct file *small = map_get(&statics->files, zipped_name);
    *zipped = small && strstr(exchange_header(exchange, "accept-encoding"), "gzip");
    return *zipped ? small : map_get(&statics->files, name);
}

void static_answer(const struct statics *statics, struct exchange *exchange)
{
    bool zipped = false;
    const struct file *file = *exchange->target->rest ? find(statics, exchange, &zipped) : NULL;
    if (!file) {
        refuse(exchange, REFUSE_UNKNOWN, 0);
        return;
    }
    const struct pair headers[] = {
        {"ETag", file->etag},
        {"Cache-Control", cache_control(exchange)},
        {"Vary", "Accept-Encoding"},
        {"Access-Control-Allow-Origin", "*"}, /* public by nature: the widget on other sites reads them */
        {"Cross-Origin-Resource-Policy", "cross-origin"},
        {"Content-Type", zipped ? type_of(exchange->target->rest) : file->type},
        {zipped ? "Content-Encoding" : NULL, "gzip"},
        {NULL, NULL},
    };
    if (strstr(exchange_header(exchange, "if-none-match"), file->etag))
        exchange_answer(exchange, 304, headers, NULL, 0);
    else
        exchange_answer(exchange, 200, headers, file->bytes.data, file->bytes.size);
}
