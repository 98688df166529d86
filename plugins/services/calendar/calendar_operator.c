/* SPDX-License-Identifier: MPL-2.0
 * `viche call TOWN calendar/term from=2026-11-25T18:20 term=5-working-days`: what a term comes to, and why. */
#include <stdio.h>
#include <string.h>

#include "calendar.h"

static const char *query(const struct viche_http *http, const char *name)
{
    for (const struct viche_pair *pair = http->query; pair->name; pair++)
        if (strcmp(pair->name, name) == 0)
            return pair->value;
    return "";
}

static const char *read_moment(struct viche_turn *t, const char *text, int64_t *at)
{
    struct viche_local local = {.size = sizeof local};
    int used = 0;
    *at = viche_now(t);
    if (!*text)
        return NULL;
    if (sscanf(text, "%4d-%2d-%2dT%2d:%2d%n", &local.year, &local.month, &local.day, &local.hour, &local.minute, &used) != 5 || text[used])
        return "bad-moment";
    *at = viche_moment(t, &local);
    return NULL;
}

/* "5-working-days" as "5 working days": a command line parts words at spaces. */
static const char *spaced(struct viche_turn *t, const char *text)
{
    char *out = viche_memory(t, strlen(text) + 1);
    for (size_t i = 0; text[i]; i++)
        out[i] = text[i] == '-' ? ' ' : text[i];
    return out;
}

void operator_term(struct viche_turn *t, const struct viche_http *http)
{
    for (const struct viche_pair *pair = http->headers; pair->name; pair++)
        if (strcmp(pair->name, "accept-language") == 0)
            viche_speak(t, pair->value);
    if (*query(http, "language"))
        viche_speak(t, query(http, "language"));
    struct term term = {0, 0};
    int64_t from = 0;
    const char *wrong = reckon_read(spaced(t, query(http, "term")), &term);
    if (!wrong)
        wrong = read_moment(t, query(http, "from"), &from);
    const char *words = wrong ? viche_text(t, wrong) : NULL;
    if (!words) {
        const struct calendar *calendar = day_calendar(t);
        struct reckoned reckoned = reckon_term(t, calendar, from, term, NULL, 0);
        words = words_of(t, calendar, term, &reckoned);
    }
    const char *line = viche_print(t, "%s\n", words);
    viche_reply(t, wrong ? 400 : 200, "text/plain; charset=utf-8", line, strlen(line));
}
