/* SPDX-License-Identifier: MPL-2.0
 * The page at "/": with one town, a way straight to it; with several, their names as a plain list that works without script. */
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "config/town.h"
#include "gateway/gateway_inner.h"

struct front {
    struct buf page[2]; /* Ukrainian, English */
    char *only;         /* "/kryzhopil/" when there is just this town */
};

static const struct {
    const char *language, *title, *intro;
} words[2] = {
    {"uk", "Чат-боти громад", "Оберіть свою громаду:"},
    {"en", "Chat with your town hall", "Choose your town:"},
};

static void escape(struct buf *out, const char *text)
{
    for (; *text; text++) {
        if (*text == '<')
            buf_text(out, "&lt;");
        else if (*text == '&')
            buf_text(out, "&amp;");
        else
            buf_byte(out, *text);
    }
}

static void begin(struct buf *out, size_t language)
{
    buf_print(out,
              "<!doctype html>\n<html lang=\"%s\">\n<meta charset=\"utf-8\">\n"
              "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>%s</title>\n"
              "<style>:root{color-scheme:light dark}body{font:1.125rem/1.6 system-ui,sans-serif;max-width:38rem;"
              "margin:2rem auto;padding:0 1rem}li{margin:.5rem 0}a{display:inline-block;min-height:2.75rem}</style>\n"
              "<main>\n<h1>%s</h1>\n<p>%s</p>\n<ul>\n",
              words[language].language, words[language].title, words[language].title, words[language].intro);
}

static void list_town(struct buf *out, const struct town_config *town, const char *language)
{
    const char *name = town_word(town, "name", language);
    buf_print(out, "<li><a href=\"/%s/\">", town->id);
    escape(out, *name ? name : town->id);
    buf_text(out, "</a></li>\n");
}

struct front *front_open(const struct host_config *host)
{
    struct front *front = mem_alloc(sizeof *front);
    for (size_t i = 0; i < 2; i++)
        begin(&front->page[i], i);
    for (size_t i = 0; i < host->town_count; i++) {
        struct town_config town;
        if (!town_read(&town, host->town_files[i], host->towns_base, NULL))
            continue;
        list_town(&front->page[0], &town, words[0].language);
        list_town(&front->page[1], &town, words[1].language);
        if (host->town_count == 1) {
            struct buf path = {0};
            buf_print(&path, "/%s/", town.id);
            front->only = path.data;
        }
        town_config_close(&town);
    }
    for (size_t i = 0; i < 2; i++)
        buf_text(&front->page[i], "</ul>\n</main>\n</html>\n");
    return front;
}

void front_close(struct front *front)
{
    buf_free(&front->page[0]);
    buf_free(&front->page[1]);
    free(front->only);
    free(front);
}

void front_answer(const struct front *front, struct exchange *exchange)
{
    if (front->only) {
        const struct pair headers[] = {{"Location", front->only}, {"Cache-Control", "no-store"}, {NULL, NULL}};
        exchange_answer(exchange, 302, headers, NULL, 0);
        return;
    }
    static const struct pair headers[] = {
        {"Content-Type", "text/html; charset=utf-8"},
        {"Content-Security-Policy",
         "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'; form-action 'none'"},
        {"Vary", "Accept-Language"},
        {"Cache-Control", "max-age=60"},
        {NULL, NULL},
    };
    bool english = strncmp(exchange_header(exchange, "accept-language"), "en", 2) == 0;
    const struct buf *page = &front->page[english];
    exchange_answer(exchange, 200, headers, page->data, page->size);
}
