/* SPDX-License-Identifier: MPL-2.0
 * The page of the app, and the policy that lets it do nothing but talk with its own desk. */
#include <string.h>

#include "desk.h"

static const char policy[] =
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:%s; connect-src 'self'; form-action "
    "'self'; "
    "base-uri 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; report-uri /%s/desk/api/csp";

static const char page[] =
    "<!doctype html>\n<html lang=\"%s\">\n<head>\n<meta charset=\"utf-8\">\n"
    "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<meta name=\"color-scheme\" content=\"light dark\">\n"
    "<meta name=\"robots\" content=\"noindex\">\n<title>%s</title>\n<link rel=\"icon\" href=\"/static/icon.svg\" type=\"image/svg+xml\">\n"
    "<link rel=\"stylesheet\" href=\"/static/desk.css\">\n<script src=\"/static/desk.js\" type=\"module\"></script>\n</head>\n"
    "<body>\n<div id=\"desk\" data-town=\"%s\"><noscript><p>%s</p></noscript></div>\n</body>\n</html>\n";

/* " https://tile.example" of "https://tile.example/{z}/{x}/{y}.png"; what would end the directive is not taken. */
static const char *tile_host(struct viche_turn *t)
{
    const char *tiles = viche_option(t, "tiles");
    const char *name = strstr(tiles, "://");
    size_t length = name ? (size_t)(name + 3 - tiles) + strcspn(name + 3, "/ ;,'\"") : 0;
    return length ? viche_print(t, " %.*s", (int)length, tiles) : "";
}

/* Names of towns have no use for these. */
static const char *escaped(struct viche_turn *t, const char *text)
{
    char *out = viche_memory(t, strlen(text) + 1), *to = out;
    for (; *text; text++)
        if (!strchr("<>&\"", *text))
            *to++ = *text;
    return out;
}

/* The page names what it needs from where it is: with the slash at the end. */
static void move_to_page(struct viche_turn *t, const char *town)
{
    viche_reply_header(t, "location", viche_print(t, "/%s/desk/", town));
    viche_reply(t, 308, "text/plain", "", 0);
}

void page_serve(struct viche_turn *t, const struct viche_http *http)
{
    const char *town = viche_town(t, "id");
    if (!*http->path) {
        move_to_page(t, town);
        return;
    }
    gate_open(t, http);
    const char *title = escaped(t, viche_print(t, "%s – %s", viche_text(t, "page-title"), viche_town(t, "name")));
    const char *html = viche_print(t, page, viche_language(t), title, town, viche_text(t, "page-no-script"));
    viche_reply_header(t, "content-security-policy", viche_print(t, policy, tile_host(t), town));
    viche_reply_header(t, "cross-origin-opener-policy", "same-origin");
    viche_reply_header(t, "cross-origin-resource-policy", "same-origin");
    viche_reply_header(t, "x-content-type-options", "nosniff");
    viche_reply_header(t, "referrer-policy", "no-referrer");
    viche_reply_header(t, "permissions-policy", "camera=(), microphone=(), geolocation=(self)");
    viche_reply_header(t, "cache-control", "no-store");
    viche_reply_header(t, "vary", "Accept-Language, Cookie");
    viche_reply(t, 200, "text/html; charset=utf-8", html, strlen(html));
}

/* ---- what a browser says was against the policy: only how often, for whatever it says may be anybody's words -------------- */

static const char *const REPORTS = "csp";

void page_report(struct viche_turn *t, const struct viche_http *http)
{
    (void)http;
    if (try_allowed(t, REPORTS, 100000))
        try_count(t, REPORTS, 365 * 24 * 3600);
    viche_log(t, "a browser reports something against the policy of the page");
    viche_reply(t, 204, "text/plain", "", 0);
}

/* `viche call TOWN desk/csp` */
void page_reports(struct viche_turn *t, const struct viche_http *http)
{
    (void)http;
    const char *words = viche_print(t, "%lld\n", (long long)try_so_far(t, REPORTS));
    viche_reply(t, 200, "text/plain; charset=utf-8", words, strlen(words));
}
