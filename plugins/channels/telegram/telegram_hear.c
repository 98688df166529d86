/* SPDX-License-Identifier: MPL-2.0
 * What follows from an update, whichever way it came. */
#include <string.h>

#include "telegram.h"

static json_t *words_to(int64_t chat, const char *text)
{
    return json_pack("{s:I, s:s, s:{s:b}}", "chat_id", (json_int_t)chat, "text", text, "link_preview_options", "is_disabled", true);
}

/* An answer that was changed afterwards has already been acted on, and the town may be asking something else by now: taken as a new
 * answer it would land in the wrong field. So the citizen is asked to send it anew. */
static void explain_edit(struct viche_turn *t, int64_t chat) { telegram_tell(t, "sendMessage", words_to(chat, viche_text(t, "edited"))); }

/* A town hall speaks with each citizen alone: in a group everybody would read along. */
static void explain_group(struct viche_turn *t, int64_t chat)
{
    const char *name = telegram_name(t);
    if (!name)
        return;
    viche_let(t, "bot", name);
    telegram_tell(t, "sendMessage", words_to(chat, viche_text(t, "group")));
}

struct telegram_update telegram_hear(struct viche_turn *t, const json_t *update)
{
    struct telegram_update heard = telegram_update_read(t, update);
    viche_speak(t, heard.event.language ? heard.event.language : "");
    if (heard.kind == TELEGRAM_EVENT)
        viche_event(t, &heard.event);
    else if (heard.kind == TELEGRAM_EDITED)
        explain_edit(t, heard.chat);
    else if (heard.kind == TELEGRAM_GROUP)
        explain_group(t, heard.chat);
    return heard;
}

json_t *telegram_pressed(const struct telegram_update *update)
{
    return update->callback ? json_pack("{s:s}", "callback_query_id", update->callback) : NULL;
}

/* The answer to a pressed button rides in the answer to the webhook: one request less. */
void telegram_hook(struct viche_turn *t, const struct viche_http *http)
{
    json_t *update = json_loadb(http->body, http->body_size, JSON_REJECT_DUPLICATES, NULL);
    if (!json_is_object(update)) {
        viche_reply(t, 400, "text/plain", "", 0);
        json_decref(update);
        return;
    }
    struct telegram_update heard = telegram_hear(t, update);
    json_t *pressed = telegram_pressed(&heard);
    json_decref(update);
    if (pressed)
        json_object_set_new(pressed, "method", json_string("answerCallbackQuery"));
    const char *body = pressed ? telegram_json(t, pressed) : "{}";
    json_decref(pressed);
    viche_reply(t, 200, "application/json", body, strlen(body));
}
