/* SPDX-License-Identifier: MPL-2.0
 * /subscriptions: what is sent, about which place, and when not; /subscribe and /unsubscribe: one topic with one tap. */
#include <string.h>

#include "news.h"

static const char *const hours[] = {"21:00-08:00", "22:00-07:00", "20:00-09:00", "23:00-06:00"};

viche_next subscribe_start(struct viche_turn *t)
{
    static const char *const steps[] = {"topics", "areas", "hours"};
    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++)
        if (strcmp(viche_args(t), steps[i]) == 0)
            return viche_go(t, steps[i]);
    return viche_go(t, "show");
}

static const char *hours_words(struct viche_turn *t, const char *text)
{
    return *text ? viche_print(t, "%.5s–%s", text, text + strcspn(text, "-") + 1) : viche_text(t, "hours-none");
}

/* «Дороги, Вода»; "" if nothing. */
static const char *wanted(struct viche_turn *t)
{
    const char *words = "";
    for (size_t i = 0; i < topic_count; i++)
        if (reader_wants(t, viche_citizen(t), topics[i]))
            words = viche_print(t, "%s%s%s", words, *words ? ", " : "", topic_name(t, topics[i]));
    return words;
}

viche_next subscribe_show(struct viche_turn *t)
{
    struct reader reader = reader_get(t, viche_citizen(t));
    const char *words = wanted(t);
    viche_let(t, "topics", words);
    viche_let(t, "area", *reader.area ? reader.area : viche_text(t, "area-any"));
    viche_let(t, "hours", hours_words(t, reader.hours));
    const char *text = viche_text(t, *words ? "shown" : "shown-none");
    viche_say_text(t, viche_print(t, "%s\n%s", text, viche_text(t, reader.emergency ? "shown-emergency" : "shown-no-emergency")));
    viche_offer(t, "choose-topics", "topics");
    if (*viche_option(t, "areas"))
        viche_offer(t, "choose-area", "areas");
    viche_offer(t, "choose-hours", "hours");
    if (*words || reader.emergency)
        viche_offer(t, "want-nothing", "nothing");
    viche_offer(t, "title", "/news");
    return viche_stay(t);
}

viche_next subscribe_choose(struct viche_turn *t, const char *value)
{
    if (strcmp(value, "nothing") != 0)
        return viche_go(t, value);
    reader_want_nothing(t, viche_citizen(t));
    viche_say(t, "nothing-wanted");
    viche_offer(t, "subscriptions", "/subscriptions");
    return viche_done(t);
}

/* ---- topics ----------------------------------------------------------------------------------------------------------- */

static void offer_topic(struct viche_turn *t, const char *topic)
{
    bool wants = reader_wants(t, viche_citizen(t), topic);
    viche_offer_text(t, wants ? viche_print(t, "✓ %s", topic_name(t, topic)) : topic_label(t, topic), topic);
}

viche_next subscribe_topics(struct viche_turn *t)
{
    viche_say(t, "ask-topics");
    offer_topic(t, EMERGENCY);
    for (size_t i = 0; i < topic_count; i++)
        offer_topic(t, topics[i]);
    viche_offer(t, "ready", "/subscriptions");
    return viche_stay(t);
}

/* Opened anew, so that «Назад» does not walk through every tick. */
viche_next subscribe_choose_topic(struct viche_turn *t, const char *topic)
{
    reader_want(t, viche_citizen(t), topic, !reader_wants(t, viche_citizen(t), topic));
    return viche_open(t, "/subscriptions topics");
}

/* ---- area and hours --------------------------------------------------------------------------------------------------- */

viche_next subscribe_areas(struct viche_turn *t)
{
    const char *areas = viche_option(t, "areas");
    size_t length = 0;
    viche_say(t, "ask-area");
    viche_offer(t, "area-all", "*");
    const char *at = word_at(areas, 0, &length);
    for (size_t i = 1; length > 0; i++) {
        const char *area = viche_print(t, "%.*s", (int)length, at);
        viche_offer_text(t, area, area);
        at = word_at(areas, i, &length);
    }
    return viche_stay(t);
}

viche_next subscribe_choose_area(struct viche_turn *t, const char *area)
{
    struct reader reader = reader_get(t, viche_citizen(t));
    reader.area = word_among(viche_option(t, "areas"), area) ? area : "";
    reader_set(t, viche_citizen(t), &reader);
    return viche_open(t, "/subscriptions");
}

viche_next subscribe_hours(struct viche_turn *t)
{
    viche_say(t, "ask-hours");
    for (size_t i = 0; i < sizeof hours / sizeof *hours; i++)
        viche_offer_text(t, hours_words(t, hours[i]), hours[i]);
    viche_offer(t, "hours-any", "*");
    return viche_stay(t);
}

viche_next subscribe_choose_hours(struct viche_turn *t, const char *text)
{
    struct quiet quiet;
    struct reader reader = reader_get(t, viche_citizen(t));
    reader.hours = strcmp(text, "*") != 0 && quiet_read(text, &quiet) ? text : "";
    reader_set(t, viche_citizen(t), &reader);
    return viche_open(t, "/subscriptions");
}

/* ---- one tap ---------------------------------------------------------------------------------------------------------- */

static viche_next change(struct viche_turn *t, bool wants)
{
    const char *topic = viche_args(t);
    if (strcmp(topic, EMERGENCY) != 0 && !topic_known(topic))
        return viche_open(t, "/subscriptions");
    reader_want(t, viche_citizen(t), topic, wants);
    viche_let(t, "name", topic_name(t, topic));
    viche_say(t, wants ? "on" : strcmp(topic, EMERGENCY) == 0 ? "off-emergency" : "off-done");
    if (!wants)
        viche_offer(t, "back-on", viche_print(t, "/subscribe %s", topic));
    viche_offer(t, "subscriptions", "/subscriptions");
    return viche_done(t);
}

viche_next subscribe_on(struct viche_turn *t) { return change(t, true); }

viche_next subscribe_off(struct viche_turn *t) { return change(t, false); }
