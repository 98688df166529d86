/* SPDX-License-Identifier: MPL-2.0 */
#include "flow/turn.h"

#include <stdarg.h>
#include <string.h>

#include "base/log.h"
#include "flow/outbox.h"
#include "flow/ride.h"
#include "flow/verb.h"

struct turn *turn_plain(struct flow *flow, const struct town_plugin *plugin)
{
    struct turn *turn = arena_alloc(flow->arena, sizeof *turn);
    *turn = (struct turn){
        .base = {.host = &turn_host},
        .flow = flow,
        .town = flow->town,
        .plugin = plugin,
        .arena = flow->arena,
        .language = town_main_language(flow->town, flow->arena),
    };
    turn->drafts_end = &turn->drafts;
    return turn;
}

struct turn *turn_of(struct flow *flow, const struct town_plugin *plugin, const struct citizen *citizen)
{
    struct turn *turn = turn_plain(flow, plugin);
    turn->citizen = *citizen;
    if (town_speaks(flow->town, citizen->language))
        turn->language = citizen->language;
    return turn;
}

void turn_end(struct turn *turn)
{
    verb_reset_rows(turn);
    dialog_close(turn->dialog);
    turn->dialog = NULL;
}

void turn_fail(struct turn *turn, const char *format, ...)
{
    if (turn->failed)
        return;
    va_list args;
    va_start(args, format);
    turn->failed = arena_vprint(turn->arena, format, args);
    va_end(args);
    log_line(LOG_WARN, "turn", "a handler failed", "town=%s plugin=%s why=\"%s\"", turn->town->id, turn->plugin->plugin->name,
             turn->failed);
}

struct draft *turn_say(struct turn *turn, const char *text)
{
    struct draft *draft = arena_alloc(turn->arena, sizeof *draft);
    draft->citizen = turn->to ? turn->to : turn->citizen.id;
    draft->text = text;
    draft->bulk = turn->bulk;
    *turn->drafts_end = draft;
    turn->drafts_end = &draft->next;
    turn->draft = draft;
    return draft;
}

static const char *find(const struct turn_pair *pairs, const char *name)
{
    for (; pairs; pairs = pairs->next)
        if (strcmp(pairs->name, name) == 0)
            return pairs->value;
    return NULL;
}

/* The name as it stands behind «чат-бот»: in the genitive where the town says it, else quoted. */
static const char *town_of(struct turn *turn)
{
    const char *genitive = town_word(&turn->town->config, "of", turn->language);
    return *genitive ? genitive : arena_print(turn->arena, "«%s»", town_word(&turn->town->config, "name", turn->language));
}

const char *turn_get(struct turn *turn, const char *name)
{
    const char *value = find(turn->lets, name);
    if (!value)
        value = find(turn->cells, name);
    if (!value && turn->dialog)
        value = json_string_value(json_object_get(turn->dialog->vars, name));
    if (!value && strcmp(name, "town") == 0)
        value = town_word(&turn->town->config, "name", turn->language);
    if (!value && strcmp(name, "town-of") == 0)
        value = town_of(turn);
    if (!value && strcmp(name, "town-phone") == 0)
        value = turn->town->config.phone;
    return value;
}

static const char *get_var(void *context, const char *name) { return turn_get(context, name); }

const char *turn_fill(struct turn *turn, const struct town_plugin *plugin, const char *key)
{
    struct words_style style = {turn->language, turn->town->config.zone, get_var, turn};
    return words_fill(plugin->plugin->words, turn->arena, key, &style);
}

const char *turn_word(struct turn *turn, const char *key)
{
    const char *text = turn_fill(turn, &turn->town->plugins[0], key);
    if (!text)
        turn_fail(turn, "the host's texts have no %s", key);
    return text ? text : "";
}

void turn_send(struct turn *turn)
{
    for (const struct draft *draft = turn->drafts; draft; draft = draft->next) {
        struct citizen other = turn->citizen;
        if (draft->citizen != turn->citizen.id)
            other = citizen_find(turn->town->db, turn->arena, draft->citizen);
        bool only = draft == turn->drafts && !draft->next; /* of several, the first could come last */
        if (other.id && !(only && ride_take(turn, &other, draft)))
            outbox_put(turn->flow, &other, draft);
    }
    turn->drafts = NULL;
    turn->drafts_end = &turn->drafts;
    turn->draft = NULL;
    turn->said = NULL;
}
