/* SPDX-License-Identifier: MPL-2.0
 * What is kept about one citizen, over all plugins: handed out, or erased. */
#include <jansson.h>
#include <stdlib.h>

#include "admin/call.h"
#include "base/text.h"
#include "builtin/mydata.h"
#include "town/citizen.h"

static bool find(struct admin_call *call, struct citizen *out)
{
    int64_t id = 0;
    if (text_number(call_part(call, "id"), &id) && id > 0 && citizen_exists(call->town->db, (uint64_t)id)) {
        *out = (struct citizen){.id = (uint64_t)id, .language = town_main_language(call->town, call->arena), .channel = "", .address = ""};
        return true;
    }
    call_say(call, 404, "%s has no citizen %s; the number stands in the exports", call->town->id, call_part(call, "id"));
    return false;
}

static void add_row(void *context, const char *section, const struct turn_pair *cells)
{
    json_t *row = json_object();
    for (; cells; cells = cells->next)
        json_object_set_new(row, cells->name, json_string(cells->value ? cells->value : ""));
    json_t *rows = json_object_get(context, section);
    if (!rows) {
        rows = json_array();
        json_object_set_new(context, section, rows);
    }
    json_array_append_new(rows, row);
}

void person_export(struct admin_call *call)
{
    struct citizen citizen;
    if (!find(call, &citizen))
        return;
    json_t *all = json_object();
    mydata_export_host(call->flow, &citizen, add_row, all);
    mydata_export(call->flow, &citizen, add_row, all);
    char *text = json_dumps(all, JSON_INDENT(2) | JSON_PRESERVE_ORDER);
    reply_print(call->reply, 200, "application/json", "%s\n", text);
    free(text);
    json_decref(all);
}

void person_erase(struct admin_call *call)
{
    struct citizen citizen;
    if (!find(call, &citizen))
        return;
    struct flow_mark mark = flow_save(call->flow);
    size_t hooks = 0;
    for (size_t i = 0; i < call->town->plugin_count; i++)
        hooks += call->town->plugins[i].plugin->decl->erase_citizen != NULL;
    if (mydata_erase(call->flow, &citizen)) {
        flow_keep(call->flow);
        call_say(call, 200,
                 "citizen %llu is erased: addresses, dialog, history, messages under way, files, and what %zu plugins kept.\n"
                 "Backups made before still hold it: replace them.",
                 (unsigned long long)citizen.id, hooks);
    } else {
        flow_undo(call->flow, mark);
        call_say(call, 500, "nothing was erased: a plugin could not do it; the log names it");
    }
}
