/* SPDX-License-Identifier: MPL-2.0
 * What is remembered between two requests of the conversation with Telegram, and the bot's name. */
#include <string.h>

#include "telegram.h"

static const char *const names[] = {[TELEGRAM_ME] = "me",       [TELEGRAM_UNHOOK] = "unhook",   [TELEGRAM_HOOK] = "hook",
                                    [TELEGRAM_TEXTS] = "texts", [TELEGRAM_UPDATES] = "updates", [TELEGRAM_CHECK] = "check"};

static enum telegram_step step_of(const char *name)
{
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strcmp(names[i], name) == 0)
            return (enum telegram_step)i;
    return TELEGRAM_ME;
}

struct telegram_state telegram_state_read(struct viche_turn *t, const char *text)
{
    json_t *json = json_loads(text, JSON_REJECT_DUPLICATES, NULL);
    struct telegram_state state = {
        .step = step_of(telegram_string(json, "step")),
        .bot = telegram_number(json, "bot"),
        .me_at = telegram_number(json, "me_at"),
        .offset = telegram_number(json, "offset"),
        .quiet_at = telegram_number(json, "quiet_at"),
        .text = telegram_number(json, "text"),
        .missed = json_is_true(json_object_get(json, "missed")),
        .few = json_is_true(json_object_get(json, "few")),
        .warned = json_is_true(json_object_get(json, "warned")),
        .told = viche_print(t, "%s", telegram_string(json, "told")),
        .hooked = viche_print(t, "%s", telegram_string(json, "hooked")),
    };
    json_decref(json);
    return state;
}

const char *telegram_state_write(struct viche_turn *t, const struct telegram_state *state)
{
    json_t *json = json_pack("{s:s, s:I, s:I, s:I, s:I, s:I, s:b, s:b, s:b, s:s, s:s}", "step", names[state->step], "bot",
                             (json_int_t)state->bot, "me_at", (json_int_t)state->me_at, "offset", (json_int_t)state->offset,
                             "quiet_at", (json_int_t)state->quiet_at, "text", (json_int_t)state->text, "missed", state->missed,
                             "few", state->few, "warned", state->warned, "told", state->told, "hooked", state->hooked);
    const char *text = telegram_json(t, json);
    json_decref(json);
    return text;
}

/* The name has a table of its own, because links are drawn by whoever shows them, far from the conversation. */
const char *telegram_name(struct viche_turn *t)
{
    struct viche_rows *rows = viche_sql(t, "SELECT name FROM telegram_bot WHERE id = 1");
    return viche_row(t, rows) ? viche_print(t, "%s", viche_row_text(t, rows, 0)) : NULL;
}

void telegram_name_keep(struct viche_turn *t, const char *name)
{
    viche_sql(t, "INSERT INTO telegram_bot(id, name) VALUES(1, ?) ON CONFLICT(id) DO UPDATE SET name = excluded.name",
              VICHE_TEXT_VALUE(name));
}
