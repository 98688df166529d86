/* SPDX-License-Identifier: MPL-2.0 */
#include "builtin/person.h"

#include "base/log.h"
#include "base/text.h"
#include "flow/outbox.h"
#include "flow/wait.h"
#include "store/file.h"
#include "town/join.h"

const char *person_channel(struct turn *turn, const char *channel)
{
    const char *title = turn_fill(turn, &turn->town->plugins[0], arena_print(turn->arena, "channel-%s", channel));
    const struct town_plugin *plugin = NULL;
    if (!title && town_channel(turn->town, channel, &plugin))
        title = plugin->plugin->decl->name;
    return title ? title : channel;
}

void person_tell(struct turn *turn, const char *channel, const char *address, const char *key, const char *way)
{
    struct citizen there = turn->citizen;
    there.channel = channel;
    there.address = address;
    struct turn *other = turn_of(turn->flow, &turn->town->plugins[0], &there);
    viche_let(&other->base, "channel", person_channel(turn, turn->citizen.channel));
    viche_say(&other->base, key);
    if (way)
        viche_offer(&other->base, way, viche_print(&other->base, "/%s", way));
    viche_offer(&other->base, "menu", "/menu");
    turn_send(other);
    turn_end(other);
}

/* ---- joining ---- */

static bool tell_plugins(struct turn *turn, const struct citizen *to, uint64_t from)
{
    for (size_t i = 0; i < turn->town->plugin_count; i++) {
        const struct town_plugin *plugin = &turn->town->plugins[i];
        if (!plugin->plugin->decl->join_citizen)
            continue;
        struct turn *hook = turn_of(turn->flow, plugin, to);
        flow_begin(turn->flow, turn->event, plugin->plugin->name);
        plugin->plugin->decl->join_citizen(&hook->base, from);
        const char *failed = hook->failed;
        if (!failed)
            turn_send(hook);
        turn_end(hook);
        if (failed) {
            turn_fail(turn, "plugin %s could not join two citizens: %s", plugin->plugin->name, failed);
            return false;
        }
    }
    flow_begin(turn->flow, turn->event, "town");
    return true;
}

bool person_join(struct turn *turn, const struct citizen *shown)
{
    struct db *db = turn->town->db;
    struct citizen to = turn->citizen;
    uint64_t from = shown->id;
    dialog_drop(db, turn->citizen.id); /* the one in which the code was typed */
    wait_drop(db, turn->citizen.id);
    if (shown->id < turn->citizen.id) {
        from = turn->citizen.id;
        to.id = shown->id;
    }
    if (!tell_plugins(turn, &to, from))
        return false;
    dialog_move(db, from, to.id);
    wait_move(db, from, to.id);
    request_move(db, from, to.id);
    file_move(db, (int64_t)from, (int64_t)to.id);
    join_drop(db, from);
    citizen_move(db, from, to.id);
    turn->citizen = citizen_at(db, turn->arena, to.channel, to.address, turn->language);
    log_line(LOG_NOTE, "person", "two addresses are one person's", "town=%s", turn->town->id);
    return true;
}

void person_agree(struct turn *turn, bool elsewhere)
{
    citizen_agree(turn->town->db, turn->citizen.id, elsewhere);
    if (elsewhere)
        outbox_relieve(turn->flow, turn->citizen.id);
}

/* Is there something that would be lost, or that goes on by itself? */
static bool worth_going_on(const struct dialog *dialog)
{
    return dialog && (dialog_begun(dialog) || dialog->request || dialog->step->kind == VICHE_NONE);
}

viche_next person_go_on(struct turn *turn)
{
    bool lost = false;
    uint32_t migrated_from = 0;
    struct dialog *other = dialog_load(turn->town, turn->arena, turn->citizen.id, &lost, &migrated_from);
    dialog_close(turn->dialog);
    turn->dialog = NULL;
    if (!worth_going_on(other) || migrated_from) {
        dialog_close(other);
        return viche_done(&turn->base);
    }
    turn->dialog = other;
    turn->plugin = other->plugin;
    if (other->request || other->step->kind == VICHE_NONE)
        return NEXT_WAIT; /* nothing to ask */
    turn->draft = NULL;
    return NEXT_AGAIN;
}

/* ---- parting ---- */

bool person_part(struct turn *turn, const struct citizen_address *address)
{
    struct db *db = turn->town->db;
    struct citizen_address mine[PERSON_ADDRESSES];
    size_t count = citizen_addresses(db, turn->arena, turn->citizen.id, mine, PERSON_ADDRESSES);
    bool found = false;
    for (size_t i = 0; i < count; i++)
        found = found || (text_is(mine[i].channel, address->channel) && text_is(mine[i].address, address->address));
    if (!found || count < 2)
        return false;
    bool here = text_is(address->channel, turn->citizen.channel) && text_is(address->address, turn->citizen.address);
    if (!here)
        person_tell(turn, address->channel, address->address, "part-told", NULL);
    dialog_drop(db, turn->citizen.id);
    wait_drop(db, turn->citizen.id);
    join_drop(db, turn->citizen.id); /* a code may still be read at the address that goes */
    citizen_part(db, address->channel, address->address);
    if (here)
        turn->citizen = citizen_at(db, turn->arena, turn->citizen.channel, turn->citizen.address, turn->language);
    log_line(LOG_NOTE, "person", "an address is parted", "town=%s", turn->town->id);
    return true;
}
