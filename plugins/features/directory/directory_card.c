/* SPDX-License-Identifier: MPL-2.0
 * One institution as a message: what it is, whether it is open, how to reach it, and the ways on. */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include <viche/services/feedback.h>

#include "directory.h"

static const char *hours_lines(struct viche_turn *t, const struct institution *item)
{
    struct hours_state state = institution_state(t, item);
    if (state.status == HOURS_UNKNOWN && strcmp(item->kind, "service") == 0)
        return "";
    const char *now = week_state(t, &state);
    bool said_all = state.status == HOURS_UNKNOWN || state.status == HOURS_ALWAYS;
    return said_all ? now : viche_print(t, "%s\n%s", now, week_lines(t, &item->hours));
}

/* Adds a paragraph unless it is empty. */
static const char *and_then(struct viche_turn *t, const char *text, const char *paragraph)
{
    return *paragraph ? viche_print(t, "%s\n\n%s", text, paragraph) : text;
}

static const char *card_text(struct viche_turn *t, const struct institution *item)
{
    const char *head = viche_print(t, "%s\n%s", item->name, kind_name(t, item->kind));
    if (item->sample)
        head = viche_print(t, "%s · %s", head, viche_text(t, "sample"));
    const char *foot = *item->address && *item->note ? viche_print(t, "%s\n%s", item->address, item->note)
                       : *item->address             ? item->address
                                                    : item->note;
    return and_then(t, and_then(t, head, hours_lines(t, item)), foot);
}

/* ---- links ------------------------------------------------------------------------------------------------------------ */

/* "+380 (4340) 0-00-21" → "tel:+380434000021" */
static const char *phone_link(struct viche_turn *t, const char *phone)
{
    size_t length = 0;
    char *digits = viche_memory(t, strlen(phone) + 1);
    for (const char *at = phone; *at; at++)
        if (isdigit((unsigned char)*at) || *at == '+')
            digits[length++] = *at;
    return viche_print(t, "tel:%s", digits);
}

static void link_phones(struct viche_turn *t, const char *phones)
{
    while (*phones) {
        size_t length = strcspn(phones, ";");
        const char *phone = viche_print(t, "%.*s", (int)length, phones);
        viche_let(t, "phone", phone);
        viche_link(t, "call", phone_link(t, phone));
        phones += length;
        phones += strspn(phones, "; ");
    }
}

/* Puts the coordinates into the town's map address. */
static const char *map_link(struct viche_turn *t, struct place place)
{
    const char *link = "";
    for (const char *at = viche_option(t, "map_link"); *at;) {
        bool latitude = strncmp(at, "{lat}", 5) == 0, longitude = strncmp(at, "{lon}", 5) == 0;
        if (latitude || longitude) {
            link = viche_print(t, "%s%.5f", link, latitude ? place.latitude : place.longitude);
            at += 5;
            continue;
        }
        size_t plain = 1 + strcspn(at + 1, "{");
        link = viche_print(t, "%s%.*s", link, (int)plain, at);
        at += plain;
    }
    return link;
}

static void link_all(struct viche_turn *t, const struct institution *item)
{
    link_phones(t, item->phones);
    if (item->placed)
        viche_link(t, "map", map_link(t, item->place));
    if (*item->site)
        viche_link(t, "site", item->site);
    if (strcmp(item->kind, "cnap") == 0)
        viche_link(t, "order-online", viche_option(t, "order_online"));
}

/* ---- ways on ---------------------------------------------------------------------------------------------------------- */

/* Its branches and services, and what it is a part of. */
static void offer_relatives(struct viche_turn *t, const struct institution *item)
{
    struct viche_rows *rows = institution_relatives(t, item);
    while (viche_row(t, rows))
        viche_offer_text(t, institution_word(t, viche_row_text(t, rows, 1), viche_row_text(t, rows, 2)),
                         institution_command(t, viche_row_integer(t, rows, 0)));
}

static void offer_ways(struct viche_turn *t, const struct institution *item)
{
    offer_relatives(t, item);
    bool siblings = institution_count(t, item->kind, false) > 1;
    if (siblings && item->placed)
        viche_offer(t, "card-nearest", viche_print(t, "/nearest %s", item->kind));
    const struct viche_feedback *feedback = viche_service(t, VICHE_FEEDBACK);
    if (feedback)
        viche_offer(t, "mistake", feedback->command(t, viche_print(t, "directory %lld", (long long)item->id)));
    if (siblings)
        viche_offer_text(t, kind_plural(t, item->kind), viche_print(t, "/directory kind %s", item->kind));
    viche_offer(t, "title", "/directory");
}

static viche_next show(struct viche_turn *t, const struct institution *item)
{
    viche_say_text(t, card_text(t, item));
    if (item->placed)
        viche_show_place(t, item->place.latitude, item->place.longitude, item->name);
    link_all(t, item);
    offer_ways(t, item);
    return viche_done(t);
}

viche_next card_enter(struct viche_turn *t)
{
    struct institution item;
    if (institution_find(t, strtoll(viche_get(t, "id"), NULL, 10), &item))
        return show(t, &item);
    viche_say(t, "gone");
    viche_offer(t, "title", "/directory");
    return viche_done(t);
}

/* The ЦНАП itself; its branches are its relatives. Several of them: a list. */
viche_next cnap_enter(struct viche_turn *t)
{
    struct viche_rows *rows = institution_heads(t, "cnap");
    struct institution item, another;
    if (!institution_next(t, rows, &item)) {
        viche_say(t, "no-cnap");
        viche_link(t, "order-online", viche_option(t, "order_online"));
        viche_offer(t, "title", "/directory");
        return viche_done(t);
    }
    return institution_next(t, rows, &another) ? viche_open(t, "/directory kind cnap") : show(t, &item);
}
