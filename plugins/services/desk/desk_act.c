/* SPDX-License-Identifier: MPL-2.0
 * Doing something: only what the view itself has offered for this thing just now, with a form that fits, and written to the audit
 * chain. The third of the questions of docs/decisions/015. */
#include <string.h>

#include "desk.h"

struct doing {
    struct session session;
    struct view view;
    json_t *body;
    const char *action, *stamp;
};

/* How it ended: code NULL: done. */
struct outcome {
    uint32_t status;
    const char *code, *where, *words;
};

static struct outcome no(struct viche_turn *t, uint32_t status, const char *code)
{
    return (struct outcome){status, code, NULL, viche_text(t, viche_print(t, "refused-%s", code))};
}

/* As its page shows it; "": the thing has none. */
static const char *state_words(const struct sheet *sheet)
{
    const json_t *field = sheet_value(sheet, "state"), *choices = json_object_get(field, "choices");
    const char *state = body_text(field, "value");
    for (size_t i = 0; i < json_array_size(choices); i++)
        if (strcmp(body_text(json_array_get(choices, i), "value"), state) == 0)
            return body_text(json_array_get(choices, i), "label");
    return state;
}

/* What is not offered belongs to another state, where the thing has one. */
static struct outcome not_offered(struct viche_turn *t, const struct sheet *sheet)
{
    const char *state = state_words(sheet);
    if (!*state)
        return no(t, 403, "not-allowed");
    viche_let(t, "state", state);
    return (struct outcome){403, "not-allowed", NULL, viche_text(t, "refused-state")};
}

/* Somebody was faster: the plugin's own words say what changed, else the desk's. */
static struct outcome denied(struct viche_turn *t, const struct doing *doing, const struct sheet *sheet, const char *words)
{
    bool changed = *doing->stamp && strcmp(doing->stamp, sheet->stamp) != 0;
    if (changed)
        return (struct outcome){409, "changed", NULL, words ? words : viche_text(t, "refused-changed")};
    return words ? (struct outcome){422, "refused", NULL, words} : not_offered(t, sheet);
}

static struct outcome run(struct viche_turn *t, struct doing *doing, const struct sheet *sheet, const json_t *action, const char *id)
{
    const json_t *fields = json_object_get(action, "fields");
    const char *wait = json_string_value(json_object_get(action, "wait"));
    struct form_fault fault;
    if (!action || wait)
        return denied(t, doing, sheet, wait ? viche_print(t, "%s", wait) : NULL); /* the sheet is closed before it is said */
    if (!form_take(t, &doing->session, fields, json_object_get(doing->body, "values"), sheet, &fault))
        return (struct outcome){422, "form", viche_print(t, "%s", fault.field), fault.words};
    viche_set(t, "said", "");
    viche_set(t, "opens", "");
    view_enter(t, &doing->view);
    const char *words = doing->view.view->act(t, &doing->view.clerk, id, doing->action, doing->stamp);
    view_leave(t, &doing->view);
    if (words)
        return denied(t, doing, sheet, words);
    viche_audit(t, doing->session.staff.id, viche_print(t, "did: %s", doing->action), view_object(t, &doing->view, id));
    return (struct outcome){200, NULL, NULL, NULL};
}

static struct outcome run_on(struct viche_turn *t, struct doing *doing, const char *id)
{
    if (!view_sees(t, &doing->view, id))
        return no(t, 404, "not-here");
    struct sheet sheet = sheet_open(t, doing->view.view);
    sheet_show(t, &doing->view, id, &sheet);
    struct outcome outcome = run(t, doing, &sheet, sheet_action(&sheet, doing->action), id);
    if (!outcome.code)
        form_use_files(t, json_object_get(sheet_action(&sheet, doing->action), "fields"));
    sheet_close(&sheet);
    return outcome;
}

/* false: refused. */
static bool begin(struct viche_turn *t, const struct viche_http *http, struct doing *doing)
{
    *doing = (struct doing){0};
    if (!gate_in(t, http, &doing->session) || !view_open(t, &doing->session, &doing->view))
        return false;
    if (!doing->view.view->act || !role_writes(doing->session.roles) || !role_among(doing->session.roles, doing->view.view->see)) {
        refuse(t, 403, "not-allowed", NULL);
        return false;
    }
    doing->body = body_json(t, http);
    doing->action = body_text(doing->body, "action");
    doing->stamp = body_text(doing->body, "stamp");
    return doing->body != NULL;
}

static void reply(struct viche_turn *t, const struct outcome *outcome)
{
    if (outcome->code)
        refuse_words(t, outcome->status, outcome->code, outcome->where, outcome->words);
    else
        reply_json(t, 200, json_pack("{s:b, s:o, s:o}", "done", 1, "said", text_json(viche_get(t, "said")), "opens",
                                     text_json(viche_get(t, "opens"))));
}

void act_one(struct viche_turn *t, const struct viche_http *http)
{
    struct doing doing;
    if (!begin(t, http, &doing))
        return;
    struct outcome outcome = run_on(t, &doing, viche_get(t, "thing"));
    reply(t, &outcome);
    json_decref(doing.body);
}

/* ---- from a list -------------------------------------------------------------------------------------------------------- */

static void run_new(struct viche_turn *t, struct doing *doing, const struct sheet *sheet, const json_t *action)
{
    struct outcome outcome = run(t, doing, sheet, action, "");
    if (!outcome.code)
        form_use_files(t, json_object_get(action, "fields"));
    reply(t, &outcome);
}

/* Many things are many requests: each has a turn of its own, which fails alone. */
void act_above(struct viche_turn *t, const struct viche_http *http)
{
    static const struct viche_pair none = {NULL, NULL};
    struct doing doing;
    if (!begin(t, http, &doing))
        return;
    struct sheet sheet = sheet_open(t, doing.view.view);
    if (doing.view.view->list)
        list_run(t, &doing.view, &(struct viche_query){.size = sizeof(struct viche_query), .limit = 1, .clerk = &doing.view.clerk, .search = "",
                                                       .order = "", .after = "", .filter = &none}, &sheet);
    const json_t *action = sheet_action(&sheet, doing.action);
    if (action && json_is_true(json_object_get(action, "new")))
        run_new(t, &doing, &sheet, action);
    else
        refuse(t, 403, "not-allowed", NULL);
    sheet_close(&sheet);
    json_decref(doing.body);
}
