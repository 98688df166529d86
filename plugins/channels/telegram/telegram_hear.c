/* SPDX-License-Identifier: MPL-2.0
 * What follows from an update, whichever way it came. */
#include <string.h>

#include "telegram.h"

/* An answer that was changed afterwards has already been acted on, and the town may be asking something else by now: taken as a new
 * answer it would land in the wrong field. So the citizen is asked to send it anew. */
static void explain_edit(struct viche_turn *t, const struct viche_event *event)
{
    viche_hint(t, event->address, event->origin, viche_text(t, "edited"));
}

/* A town hall speaks with each citizen alone: in a group everybody would read along. */
static void explain_group(struct viche_turn *t, const struct viche_event *event)
{
    const char *name = telegram_name(t);
    if (!name)
        return;
    viche_let(t, "bot", name);
    viche_hint(t, event->address, event->origin, viche_text(t, "group"));
}

void telegram_hear(struct viche_turn *t, const struct telegram_update *update)
{
    viche_speak(t, update->event.language ? update->event.language : "");
    if (update->kind == TELEGRAM_EVENT)
        viche_event(t, &update->event);
    else if (update->kind == TELEGRAM_EDITED)
        explain_edit(t, &update->event);
    else if (update->kind == TELEGRAM_GROUP)
        explain_group(t, &update->event);
}

json_t *telegram_pressed(const struct telegram_update *update)
{
    return update->callback ? json_pack("{s:s}", "callback_query_id", update->callback) : NULL;
}

static void reply_pressed(struct viche_turn *t, json_t *pressed)
{
    json_object_set_new(pressed, "method", json_string("answerCallbackQuery"));
    const char *body = telegram_json(t, pressed);
    json_decref(pressed);
    viche_reply(t, 200, "application/json", body, strlen(body));
}

/* Refused, it would come again for a day, and hold up whatever its chat says behind it. */
static void pass_over(struct viche_turn *t)
{
    viche_log(t, "an update that cannot be read is passed over");
    viche_reply(t, 200, "application/json", "{}", 2);
}

/* One method rides in the answer to the webhook, which is one request less: the answer to a pressed button, or else the town's words,
 * which the host puts there. */
void telegram_hook(struct viche_turn *t, const struct viche_http *http)
{
    json_t *json = telegram_read(http->body, http->body_size);
    if (!json_is_object(json)) {
        pass_over(t);
        json_decref(json);
        return;
    }
    struct telegram_update update = telegram_update_read(t, json);
    json_t *pressed = telegram_pressed(&update);
    if (pressed)
        reply_pressed(t, pressed);
    telegram_hear(t, &update);
    if (!pressed)
        viche_reply(t, 200, "application/json", "{}", 2);
    json_decref(json);
}
