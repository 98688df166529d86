/* SPDX-License-Identifier: MPL-2.0
 * `viche call TOWN cases/act card=Г-2026-1 who=2 do=accept comment="Беремося"`: does what the official with this id would do, by the same
 * rules. For transcripts and rehearsals; a real town leaves the option `rehearsal` off, for there everybody acts in their own name. */
#include "cases.h"

enum { DAY_S = 86400 };

static void say(struct viche_turn *t, uint32_t status, const char *words)
{
    const char *line = viche_print(t, "%s\n", words);
    viche_reply(t, status, "text/plain; charset=utf-8", line, strlen(line));
}

/* The form: name=value, and the uploaded file under the field that `file` names. */
static void fill_form(struct viche_turn *t, const struct viche_http *http)
{
    for (const struct viche_pair *pair = http->query; pair->name; pair++)
        viche_set(t, pair->name, pair->value);
    const char *file = http->file ? viche_keep_file(t, http->file, "photo.jpg", "") : NULL;
    if (file)
        viche_set(t, viche_get(t, "file"), file);
}

/* A call whose answer was lost is made again: what this official did this very second is done. */
static bool done_already(struct viche_turn *t, const struct card *card, const char *what, uint64_t clerk)
{
    int64_t at = 0;
    return event_last(t, card, what, &at) == clerk && at == viche_now(t);
}

/* bar=1 do=confirm: the second pair of eyes. */
static const char *act_on_bar(struct viche_turn *t)
{
    const struct viche_clerk clerk = {.size = sizeof clerk, .id = (uint64_t)word_number(viche_get(t, "who"))};
    struct bar bar;
    bool done = bar_find(t, word_number(viche_get(t, "bar")), &bar) && (uint64_t)bar.second == clerk.id &&
                bar.until_at == viche_now(t) + bar.days * DAY_S;
    return done ? NULL : bar_view_act(t, &clerk, viche_get(t, "bar"), viche_get(t, "do"), "");
}

void operator_act(struct viche_turn *t, const struct viche_http *http)
{
    struct card card;
    if (!viche_option_number(t, "rehearsal")) {
        say(t, 403, viche_text(t, "op-no-rehearsal"));
        return;
    }
    fill_form(t, http);
    if (*viche_get(t, "bar")) {
        const char *refusal = act_on_bar(t);
        say(t, refusal ? 422 : 200, refusal ? refusal : viche_get(t, "do"));
        return;
    }
    if (!card_numbered(t, viche_get(t, "card"), &card)) {
        say(t, 404, viche_text(t, "op-no-card"));
        return;
    }
    const struct regulation *r = card.kept->regulation;
    const struct action *action = regulation_action(r, viche_get(t, "do"));
    if (!action) {
        say(t, 404, viche_text(t, "op-no-action"));
        return;
    }
    uint64_t clerk = (uint64_t)word_number(viche_get(t, "who"));
    const char *refusal = done_already(t, &card, action->id, clerk) ? NULL : act_do(t, &card, action, clerk);
    if (refusal) {
        say(t, 422, refusal);
        return;
    }
    viche_audit(t, 0, "rehearsed", viche_print(t, "cards/%lld", (long long)card.id));
    const struct state *state = regulation_state(r, card.state);
    say(t, 200, viche_print(t, "%s: %s", card.number, state ? part_words(t, state->part, "name") : card.state));
}
