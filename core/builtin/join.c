/* SPDX-License-Identifier: MPL-2.0 */
#include "builtin/join.h"

#include <string.h>

#include "base/text.h"
#include "builtin/person.h"
#include "town/join.h"

static struct turn *of(struct viche_turn *t) { return (struct turn *)t; }

/* ---- /join: show a code, or type one ---- */

static viche_next show_code(struct viche_turn *t, bool later)
{
    struct turn *turn = of(t);
    viche_let(t, "code", join_make(turn->town->db, turn->arena, &turn->citizen, later));
    viche_say(t, later ? "join-later" : "join-code");
    return viche_done(t);
}

static viche_next ask(struct viche_turn *t)
{
    if (text_is(viche_args(t), "code") || text_is(viche_args(t), "later"))
        return show_code(t, text_is(viche_args(t), "later"));
    struct citizen_address addresses[PERSON_ADDRESSES];
    viche_say(t, "join-ask");
    viche_offer(t, "join-show", "/join code");
    viche_offer(t, "join-type", "type");
    viche_offer(t, "join-keep", "/join later");
    if (citizen_addresses(of(t)->town->db, of(t)->arena, viche_citizen(t), addresses, PERSON_ADDRESSES) > 1) {
        viche_offer(t, "join-elsewhere", "elsewhere");
        viche_offer(t, "part", "/part");
    }
    return viche_stay(t);
}

static viche_next asked(struct viche_turn *t, const char *choice) { return viche_go(t, choice); }

/* true: this address has tried too often and has been told so. */
static bool pauses(struct viche_turn *t)
{
    struct turn *turn = of(t);
    int64_t until = join_pause(turn->town->db, turn->citizen.channel, turn->citizen.address);
    if (until == 0)
        return false;
    viche_let_number(t, "until", until + 59); /* the minute after, not the minute in which it is still too early */
    viche_say(t, "join-pause");
    return true;
}

static viche_next type(struct viche_turn *t)
{
    if (pauses(t))
        return viche_done(t);
    viche_say(t, "join-enter");
    return viche_stay(t);
}

static viche_next typed(struct viche_turn *t, const char *code)
{
    struct turn *turn = of(t);
    if (pauses(t))
        return viche_done(t);
    struct citizen shown = join_find(turn->town->db, turn->arena, code);
    if (shown.id == 0) {
        join_wrong(turn->town->db, turn->citizen.channel, turn->citizen.address);
        return pauses(t) ? viche_done(t) : viche_again(t, "join-wrong");
    }
    if (shown.id == turn->citizen.id) {
        viche_say(t, "join-same");
        return viche_done(t);
    }
    viche_set(t, "code", code);
    return viche_go(t, "elsewhere");
}

static viche_next elsewhere(struct viche_turn *t, const char *answer)
{
    if (*viche_get(t, "code")) {
        viche_set(t, "elsewhere", answer);
        return viche_go(t, "sure");
    }
    person_agree(of(t), text_is(answer, "yes"));
    viche_say(t, text_is(answer, "yes") ? "join-elsewhere-yes" : "join-elsewhere-no");
    return viche_done(t);
}

static viche_next ask_sure(struct viche_turn *t)
{
    struct citizen shown = join_find(of(t)->town->db, of(t)->arena, viche_get(t, "code"));
    viche_let(t, "channel", shown.id ? person_channel(of(t), shown.channel) : "");
    viche_say(t, "join-sure");
    return viche_stay(t);
}

static viche_next sure(struct viche_turn *t, const char *answer)
{
    struct turn *turn = of(t);
    const char *code = viche_get(t, "code");
    struct citizen shown = join_find(turn->town->db, turn->arena, code);
    if (!text_is(answer, "yes"))
        return viche_open(t, "/menu");
    if (shown.id == 0 || shown.id == turn->citizen.id)
        return viche_fail(t, "join-late");
    bool agreed = text_is(viche_get(t, "elsewhere"), "yes");
    join_use(turn->town->db, turn->arena, code);
    if (!person_join(turn, &shown))
        return viche_done(t); /* the turn has failed: all of it is undone */
    person_agree(turn, agreed);
    viche_let(t, "channel", person_channel(turn, shown.channel));
    viche_say(t, "join-done");
    person_tell(turn, shown.channel, shown.address, "join-told", "part");
    return person_go_on(turn);
}

/* ---- /part ---- */

static viche_next part_ask(struct viche_turn *t)
{
    struct turn *turn = of(t);
    struct citizen_address addresses[PERSON_ADDRESSES];
    size_t count = citizen_addresses(turn->town->db, turn->arena, turn->citizen.id, addresses, PERSON_ADDRESSES);
    if (count < 2) {
        viche_say(t, "part-one");
        viche_offer(t, "join", "/join");
        return viche_done(t);
    }
    viche_say(t, "part-ask");
    for (size_t i = 0; i < count; i++) {
        const struct citizen_address *one = &addresses[i];
        bool here = text_is(one->channel, turn->citizen.channel) && text_is(one->address, turn->citizen.address);
        const char *number = viche_print(t, "%zu", i + 1);
        viche_set(t, viche_print(t, "address-%s", number), viche_print(t, "%s %s", one->channel, one->address));
        viche_let(t, "channel", person_channel(turn, one->channel));
        viche_let_number(t, "at", one->seen_at);
        viche_offer_text(t, viche_text(t, here ? "part-here" : "part-there"), number);
    }
    return viche_stay(t);
}

static viche_next part_chosen(struct viche_turn *t, const char *number)
{
    viche_set(t, "chosen", viche_get(t, viche_print(t, "address-%s", number)));
    return viche_go(t, "sure");
}

/* "telegram 12345" */
static struct citizen_address chosen(struct viche_turn *t)
{
    const char *pair = viche_get(t, "chosen");
    size_t length = strcspn(pair, " ");
    return (struct citizen_address){.channel = viche_print(t, "%.*s", (int)length, pair), .address = pair + length + (pair[length] == ' ')};
}

static viche_next part_sure(struct viche_turn *t)
{
    viche_let(t, "channel", person_channel(of(t), chosen(t).channel));
    viche_say(t, "part-sure");
    return viche_stay(t);
}

static viche_next part_done(struct viche_turn *t, const char *answer)
{
    struct citizen_address address = chosen(t);
    if (!text_is(answer, "yes"))
        return viche_open(t, "/menu");
    viche_let(t, "channel", person_channel(of(t), address.channel));
    if (!person_part(of(t), &address)) {
        viche_say(t, "part-gone");
        return viche_done(t);
    }
    viche_say(t, "part-done");
    return viche_done(t);
}

const struct viche_step join_steps[JOIN_STEPS] = {
    { .name = "ask", .kind = VICHE_CHOICE, .ask = "join-ask", .enter = ask, .answer = asked },
    { .name = "type", .kind = VICHE_TEXT, .ask = "join-enter", .max = 60, .enter = type, .answer = typed },
    { .name = "elsewhere", .kind = VICHE_YES_NO, .ask = "join-elsewhere-ask", .answer = elsewhere },
    { .name = "sure", .kind = VICHE_YES_NO, .ask = "join-sure", .enter = ask_sure, .answer = sure },
};

const struct viche_step part_steps[PART_STEPS] = {
    { .name = "ask", .kind = VICHE_CHOICE, .ask = "part-ask", .enter = part_ask, .answer = part_chosen },
    { .name = "sure", .kind = VICHE_YES_NO, .ask = "part-sure", .enter = part_sure, .answer = part_done },
};
