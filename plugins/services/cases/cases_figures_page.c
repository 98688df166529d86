/* SPDX-License-Identifier: MPL-2.0
 * The public figures as a page for everybody: tables that a screen reader reads, with bars drawn beside the numbers. No script. */
#include "cases_figures.h"
#include "common/paper.h"

enum { BAR = 240 };

static void heading(struct paper *out, struct viche_turn *t, const char *tag, const char *key)
{
    paper_element(out, tag, viche_text(t, key));
    paper_put(out, "\n");
}

static void head(struct paper *out, struct viche_turn *t, const struct figures *figures)
{
    paper_put(out, viche_print(t, "<!doctype html>\n<html lang=\"%s\">\n<head>\n<meta charset=\"utf-8\">\n", viche_language(t)));
    paper_put(out, "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
                   "<meta name=\"color-scheme\" content=\"light dark\">\n<title>");
    paper_escaped(out, viche_print(t, "%s – %s", viche_text(t, "figures-title"), viche_town(t, "name")));
    paper_put(out, "</title>\n<link rel=\"icon\" href=\"/static/icon.svg\" type=\"image/svg+xml\">\n"
                   "<link rel=\"stylesheet\" href=\"/static/page.css\">\n<link rel=\"stylesheet\" href=\"/static/figures.css\">\n"
                   "</head>\n<body>\n<header>\n<div class=\"who\">");
    heading(out, t, "h1", "figures-title");
    viche_let(t, "from", viche_print(t, "%.10s", figures->span.dates));
    viche_let(t, "until", figures->span.dates + 12);
    viche_let(t, "town", viche_town(t, "name"));
    paper_element(out, "p", viche_text(t, "figures-period"));
    paper_put(out, "</div>\n</header>\n<main class=\"figures\">\n");
}

static const char *percent(struct viche_turn *t, int64_t part, int64_t whole)
{
    return whole ? viche_print(t, "%lld %%", (long long)figures_percent(part, whole)) : "–";
}

static const char *days(struct viche_turn *t, int64_t seconds, int64_t closed)
{
    return closed ? viche_print(t, "%.1f", figures_days(seconds, closed)) : "–";
}

static void total(struct paper *out, const char *name, const char *value)
{
    paper_put(out, "<div>");
    paper_element(out, "dt", name);
    paper_element(out, "dd", value);
    paper_put(out, "</div>\n");
}

static void totals(struct paper *out, struct viche_turn *t, const struct sum *all)
{
    paper_put(out, "<section class=\"card\">\n<dl class=\"totals\">\n");
    total(out, viche_text(t, "report-received"), viche_print(t, "%lld", (long long)all->received));
    total(out, viche_text(t, "report-closed"), viche_print(t, "%lld", (long long)all->closed));
    total(out, viche_text(t, "report-on-time"), percent(t, all->on_time, all->closed));
    total(out, viche_text(t, "report-days"), days(t, all->seconds, all->closed));
    paper_put(out, "</dl>\n</section>\n");
}

static void bar(struct paper *out, struct viche_turn *t, int64_t value, int64_t most)
{
    paper_put(out, viche_print(t,
                               "<td><svg width=\"%d\" height=\"14\" viewBox=\"0 0 %d 14\" aria-hidden=\"true\" focusable=\"false\">"
                               "<rect width=\"%lld\" height=\"14\" rx=\"3\"/></svg></td>",
                               BAR, BAR, (long long)(most ? value * BAR / most : 0)));
}

static void row(struct paper *out, struct viche_turn *t, const struct cell *cell, int64_t most)
{
    paper_put(out, "<tr><th scope=\"row\">");
    paper_escaped(out, cell->name);
    paper_put(out, viche_print(t, "</th><td>%lld</td><td>%lld</td><td>%s</td><td>%s</td>", (long long)cell->received, (long long)cell->closed,
                               percent(t, cell->on_time, cell->closed), days(t, cell->seconds, cell->closed)));
    bar(out, t, cell->received, most);
    paper_put(out, "</tr>\n");
}

static void columns(struct paper *out, struct viche_turn *t, const char *title)
{
    static const char *const keys[] = {"report-received", "report-closed", "report-on-time", "report-days"};
    paper_put(out, "<thead><tr><th scope=\"col\">");
    paper_escaped(out, viche_text(t, title));
    paper_put(out, "</th>");
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        paper_put(out, "<th scope=\"col\">");
        paper_escaped(out, viche_text(t, keys[i]));
        paper_put(out, "</th>");
    }
    paper_put(out, "<td></td></tr></thead>\n<tbody>\n");
}

static void table(struct paper *out, struct viche_turn *t, const struct group *group)
{
    int64_t most = 0;
    for (uint32_t i = 0; i < group->count; i++)
        most = group->cells[i].received > most ? group->cells[i].received : most;
    if (!group->count)
        return;
    const char *title = viche_print(t, "figures-by-%s", group->title);
    paper_put(out, "<section class=\"card\">\n<table>\n<caption>");
    paper_escaped(out, viche_text(t, title));
    paper_put(out, "</caption>\n");
    columns(out, t, viche_print(t, "figures-%s", group->title));
    for (uint32_t i = 0; i < group->count; i++)
        row(out, t, &group->cells[i], most);
    paper_put(out, "</tbody>\n</table>\n</section>\n");
}

void figures_page(struct viche_turn *t, const struct viche_http *http)
{
    figures_speak(t, http);
    struct figures figures = figures_reckon(t, http);
    struct paper out = {.t = t};
    head(&out, t, &figures);
    totals(&out, t, &figures.all);
    table(&out, t, &figures.months);
    for (size_t i = 0; i < FIGURES_GROUPS; i++)
        table(&out, t, &figures.groups[i]);
    paper_element(&out, "p", viche_text(t, "figures-note"));
    paper_put(&out, "\n<p><a href=\"figures.json\">");
    paper_escaped(&out, viche_text(t, "figures-data"));
    paper_put(&out, "</a></p>\n</main>\n</body>\n</html>\n");
    viche_reply_header(t, "content-security-policy",
                       "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'");
    viche_reply_header(t, "x-content-type-options", "nosniff");
    viche_reply_header(t, "referrer-policy", "no-referrer");
    viche_reply_header(t, "cache-control", "public, max-age=300");
    viche_reply(t, 200, "text/html; charset=utf-8", out.text, out.size);
}
