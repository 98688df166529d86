/* SPDX-License-Identifier: MPL-2.0 */
#include "builtin/mydata.h"

#include <string.h>

#include "base/text.h"
#include "flow/history.h"
#include "flow/inbox.h"
#include "flow/incoming.h"
#include "flow/outbox.h"
#include "flow/wait.h"
#include "store/file.h"
#include "town/join.h"

/* Runs one hook of every plugin that has it, each in a turn of this citizen. */
static bool each_plugin(struct flow *flow, const struct citizen *citizen, bool erase, turn_emitted *emitted, void *context)
{
    bool fine = true;
    for (size_t i = 0; i < flow->town->plugin_count; i++) {
        const struct town_plugin *plugin = &flow->town->plugins[i];
        const struct viche_plugin *decl = plugin->plugin->decl;
        void (*hook)(struct viche_turn *) = erase ? decl->erase_citizen : decl->export_citizen;
        if (!hook)
            continue;
        struct turn *turn = turn_of(flow, plugin, citizen);
        turn->emitted = emitted;
        turn->emitted_context = context;
        hook(&turn->base);
        fine = fine && !turn->failed;
        turn_end(turn);
    }
    return fine;
}

void mydata_export(struct flow *flow, const struct citizen *citizen, turn_emitted *emitted, void *context)
{
    each_plugin(flow, citizen, false, emitted, context);
}

/* However many they are: none may be left out. Ended by a NULL channel. */
static const struct citizen_address *every_address(struct flow *flow, uint64_t citizen)
{
    size_t room = 8;
    for (;;) {
        struct citizen_address *all = arena_alloc(flow->arena, room * sizeof *all);
        if (citizen_addresses(flow->town->db, flow->arena, citizen, all, room) < room)
            return all;
        room *= 2;
    }
}

static void emit(turn_emitted *emitted, void *context, const char *section, const struct turn_pair *cells, size_t count)
{
    struct turn_pair chain[4];
    for (size_t i = 0; i < count; i++)
        chain[i] = (struct turn_pair){i + 1 < count ? &chain[i + 1] : NULL, cells[i].name, cells[i].value};
    emitted(context, section, chain);
}

static const char *file_names(struct flow *flow, const struct viche_list *files)
{
    const char *names = NULL;
    for (uint32_t i = 0; i < files->count; i++) {
        const struct viche_file *file = viche_item(files, i);
        names = names ? arena_print(flow->arena, "%s, %s", names, file->name) : file->name;
    }
    return names;
}

/* What was said in one chat, page by page. */
static void export_chat(struct flow *flow, const char *channel, const char *address, turn_emitted *emitted, void *context)
{
    uint64_t last = 0;
    uint32_t count = 1;
    while (count) {
        const struct viche_message *messages = history_read(flow->town->db, flow->arena, channel, address, last, &count);
        for (uint32_t i = 0; i < count; i++) {
            const struct turn_pair cells[] = {
                {NULL, "at", arena_print(flow->arena, "%lld", (long long)messages[i].at)},
                {NULL, "from", messages[i].flags & VICHE_MESSAGE_INCOMING ? "citizen" : "town"},
                {NULL, "text", messages[i].text},
                {NULL, "file", file_names(flow, &messages[i].files)},
            };
            emit(emitted, context, "message", cells, 4);
            last = messages[i].id;
        }
    }
}

void mydata_export_host(struct flow *flow, const struct citizen *citizen, turn_emitted *emitted, void *context)
{
    const struct citizen_address *at = every_address(flow, citizen->id);
    for (; at->channel; at++) {
        const struct turn_pair cells[] = {{NULL, "channel", at->channel}, {NULL, "address", at->address}};
        emit(emitted, context, "address", cells, 2);
        export_chat(flow, at->channel, at->address, emitted, context);
    }
}

bool mydata_erase(struct flow *flow, const struct citizen *citizen)
{
    struct db *db = flow->town->db;
    if (!each_plugin(flow, citizen, true, NULL, NULL))
        return false;
    dialog_drop(db, citizen->id);
    wait_drop(db, citizen->id);
    request_erase(db, citizen->id);
    join_drop(db, citizen->id);
    file_erase(db, (int64_t)citizen->id);
    flow->sweep = true;
    const struct citizen_address *at = every_address(flow, citizen->id);
    for (; at->channel; at++) {
        history_erase(db, at->channel, at->address);
        outbox_erase(flow, at->channel, at->address);
        inbox_erase(db, flow->arena, at->channel, at->address);
        incoming_erase(db, at->channel, at->address);
    }
    citizen_erase(db, citizen->id);
    return !db_failed(db);
}

/* ---- the dialog ---- */

struct listing {
    struct turn *turn;
    const char *text;
    size_t rows;
};

static void list_row(void *context, const char *section, const struct turn_pair *cells)
{
    struct listing *listing = context;
    const char *line = "";
    for (; cells; cells = cells->next)
        if (*cells->value)
            line = arena_print(listing->turn->arena, "%s%s%s", cells->value, *line ? " · " : "", line);
    listing->text = arena_print(listing->turn->arena, "%s\n• %s: %s", listing->text, section, line);
    listing->rows++;
}

viche_next mydata_ask(struct viche_turn *t)
{
    viche_say(t, "mydata-ask");
    viche_offer(t, "mydata-show", "show");
    viche_offer(t, "join", "/join");
    viche_offer(t, "mydata-erase", "erase");
    return viche_stay(t);
}

viche_next mydata_answer(struct viche_turn *t, const char *choice)
{
    struct turn *turn = (struct turn *)t;
    if (strcmp(choice, "erase") == 0)
        return viche_go(t, "sure");
    struct listing listing = {turn, "", 0};
    mydata_export(turn->flow, &turn->citizen, list_row, &listing);
    viche_let_number(t, "count", (int64_t)listing.rows);
    viche_let(t, "list", listing.text);
    viche_say(t, listing.rows ? "mydata-list" : "mydata-none");
    return viche_done(t);
}

viche_next mydata_sure(struct viche_turn *t, const char *answer)
{
    struct turn *turn = (struct turn *)t;
    if (strcmp(answer, "yes") != 0)
        return viche_open(t, "/menu");
    struct citizen citizen = turn->citizen;
    if (!mydata_erase(turn->flow, &citizen)) {
        turn_fail(turn, "a plugin could not erase");
        return viche_done(t);
    }
    /* The chat itself lives on under a new number: whoever stays in it is a stranger from here on. */
    turn->citizen = citizen_at(turn->town->db, turn->arena, citizen.channel, citizen.address, turn->language);
    viche_say(t, "mydata-erased");
    return viche_done(t);
}
