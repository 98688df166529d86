/* SPDX-License-Identifier: MPL-2.0
 * What a handler may do, and the table that hands it over. */
#include "flow/verb.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/log.h"
#include "base/text.h"
#include "flow/outbox.h"
#include "flow/pulse.h"
#include "flow/schedule.h"
#include "flow/vintage.h"
#include "flow/wait.h"
#include "store/file.h"
#include "town/official.h"
#include "town/search.h"

static struct turn *of(struct viche_turn *t) { return (struct turn *)t; }

/* ---- speaking ---- */

static const char *text(struct viche_turn *t, const char *key)
{
    struct turn *turn = of(t);
    const char *words = turn_fill(turn, turn->plugin, key);
    if (!words)
        turn_fail(turn, "no text %s; declare it in texts/*.json", key);
    return words ? words : "";
}

static void say(struct viche_turn *t, const char *key) { turn_say(of(t), text(t, key)); }

static void say_text(struct viche_turn *t, const char *words) { turn_say(of(t), arena_copy(of(t)->arena, words)); }

/* Buttons need a message above them: the step's question, when the handler has said nothing yet. */
static struct draft *message_for_buttons(struct turn *turn)
{
    if (turn->draft)
        return turn->draft;
    const char *ask = turn->dialog ? turn->dialog->step->ask : NULL;
    return turn_say(turn, ask ? text(&turn->base, ask) : "");
}

/* A way into a plugin that this town has not got. */
static bool leads_nowhere(struct turn *turn, const char *value)
{
    struct town_command found;
    return value && *value == '/' && !town_command(turn->town, arena_copy_bytes(turn->arena, value, strcspn(value, " ")), &found);
}

static void offer_text(struct viche_turn *t, const char *label, const char *value)
{
    if (leads_nowhere(of(t), value))
        return;
    draft_button(message_for_buttons(of(t)), of(t)->arena, VICHE_BUTTON_ANSWER, label, value, false);
}

static void offer(struct viche_turn *t, const char *label_key, const char *value) { offer_text(t, text(t, label_key), value); }

static void link_button(struct viche_turn *t, const char *label_key, const char *url)
{
    if (!text_starts(url, "https:") && !text_starts(url, "http:") && !text_starts(url, "tel:") && !text_starts(url, "mailto:")) {
        turn_fail(of(t), "viche_link takes https:, tel: or mailto:, not %s", url);
        return;
    }
    draft_button(message_for_buttons(of(t)), of(t)->arena, VICHE_BUTTON_LINK, text(t, label_key), url, false);
}

static void show_place(struct viche_turn *t, double latitude, double longitude, const char *label)
{
    struct draft *draft = message_for_buttons(of(t));
    draft->place_label = arena_copy(of(t)->arena, label);
    draft->latitude = latitude;
    draft->longitude = longitude;
}

static void show_file(struct viche_turn *t, const char *file_id, const char *caption_key)
{
    struct turn *turn = of(t);
    struct file_info info;
    if (!file_find(turn->town->db, turn->arena, file_id, &info)) {
        turn_fail(turn, "no such file");
        return;
    }
    bool beside = !caption_key && turn->draft && turn->draft->file_count;
    struct draft *draft = beside ? turn->draft : turn_say(turn, caption_key ? text(t, caption_key) : "");
    draft_file(draft, turn->arena, &(struct viche_file){info.id, info.name, info.type});
}

static struct turn_pair *put_pair(struct turn *turn, struct turn_pair *pairs, const char *name, const char *value)
{
    for (struct turn_pair *pair = pairs; pair; pair = pair->next) {
        if (strcmp(pair->name, name) == 0) {
            pair->value = arena_copy(turn->arena, value ? value : "");
            return pairs;
        }
    }
    struct turn_pair *pair = arena_alloc(turn->arena, sizeof *pair);
    *pair = (struct turn_pair){pairs, arena_copy(turn->arena, name), arena_copy(turn->arena, value ? value : "")};
    return pair;
}

static void let(struct viche_turn *t, const char *name, const char *value)
{
    of(t)->lets = put_pair(of(t), of(t)->lets, name, value);
}

static void to(struct viche_turn *t, uint64_t citizen)
{
    of(t)->to = citizen;
    of(t)->draft = NULL;
    of(t)->said = of(t)->drafts_end;
}

/* The first language of an Accept-Language header that the town offers. The header's own order is taken: browsers send it sorted. */
static void speak(struct viche_turn *t, const char *languages)
{
    struct turn *turn = of(t);
    turn->language = town_main_language(turn->town, turn->arena);
    for (const char *at = languages; at && *at; at += strcspn(at, ","), at += *at == ',') {
        at += strspn(at, " ");
        size_t whole = strcspn(at, ",; ");
        char *language = arena_copy_bytes(turn->arena, at, whole);
        if (!town_speaks(turn->town, language))
            language[strcspn(language, "-")] = '\0';
        if (town_speaks(turn->town, language)) {
            turn->language = language;
            return;
        }
    }
}

static void bulk(struct viche_turn *t, uint32_t on) { of(t)->bulk = on != 0; }

static void tag(struct viche_turn *t, const char *mark)
{
    struct draft *draft = message_for_buttons(of(t));
    draft->owner = of(t)->plugin->plugin->name;
    draft->tag = arena_copy(of(t)->arena, mark);
}

/* ---- remembering ---- */

static const char *get(struct viche_turn *t, const char *variable)
{
    const char *value = turn_get(of(t), variable);
    return value ? arena_copy(of(t)->arena, value) : "";
}

static void set(struct viche_turn *t, const char *variable, const char *value)
{
    if (of(t)->dialog)
        dialog_set(of(t)->dialog, variable, value);
    else
        of(t)->cells = put_pair(of(t), of(t)->cells, variable, value);
}

/* ---- moving ---- */

static viche_next stay(struct viche_turn *t)
{
    (void)t;
    return NEXT_STAY;
}

static viche_next go(struct viche_turn *t, const char *step)
{
    of(t)->next_step = arena_copy(of(t)->arena, step);
    return NEXT_GO;
}

static viche_next again(struct viche_turn *t, const char *key)
{
    say(t, key);
    return NEXT_AGAIN;
}

static viche_next open_dialog(struct viche_turn *t, const char *command)
{
    of(t)->next_command = arena_copy(of(t)->arena, command);
    return NEXT_OPEN;
}

static viche_next done(struct viche_turn *t)
{
    (void)t;
    return NEXT_DONE;
}

static viche_next fail_dialog(struct viche_turn *t, const char *key)
{
    say(t, key);
    return NEXT_DONE;
}

static viche_next fetch(struct viche_turn *t, const struct viche_request *request)
{
    struct turn *turn = of(t);
    if (!turn->dialog || !turn->dialog->step->result) {
        turn_fail(turn, "viche_fetch outside a step that has a result handler");
        return NEXT_DONE;
    }
    struct viche_request today;
    vintage_take(&today, sizeof today, request);
    if (today.parts.count)
        turn_fail(turn, "viche_fetch takes a body, no parts");
    turn->dialog->request = request_put(turn, &today);
    return NEXT_FETCH;
}

static viche_next wait_for(struct viche_turn *t, uint32_t seconds, const char *step)
{
    if (!of(t)->dialog) {
        turn_fail(of(t), "viche_wait outside a dialog");
        return NEXT_DONE;
    }
    wait_put(of(t), seconds, step);
    return NEXT_WAIT;
}

/* ---- knowing ---- */

static const char *option(struct viche_turn *t, const char *name)
{
    const char *value = town_option(of(t)->plugin, name);
    if (!value)
        turn_fail(of(t), "option %s is not declared", name);
    return value ? value : "";
}

static int64_t option_number(struct viche_turn *t, const char *name)
{
    int64_t number = 0;
    if (!text_number(option(t, name), &number))
        turn_fail(of(t), "option %s is not a number", name);
    return number;
}

static const void *service(struct viche_turn *t, const char *id)
{
    const struct town *town = of(t)->town;
    for (size_t i = 0; i < town->plugin_count; i++) {
        const struct viche_plugin *decl = town->plugins[i].plugin->decl;
        const struct viche_offer *offers = PLUGIN_ITEMS(struct viche_offer, decl->offers);
        for (uint32_t o = 0; !town->plugins[i].off && o < decl->offers.count; o++)
            if (strcmp(offers[o].id, id) == 0)
                return offers[o].table;
    }
    return NULL;
}

static const char *args(struct viche_turn *t) { return of(t)->dialog ? of(t)->dialog->args : ""; }

static const char *language(struct viche_turn *t) { return of(t)->language; }

static const char *town_fact(struct viche_turn *t, const char *what)
{
    const struct turn *turn = of(t);
    const struct town_config *config = &turn->town->config;
    const struct viche_pair facts[] = {
        {"id", turn->town->id},       {"site", config->site},           {"phone", config->phone},
        {"zone", config->zone},       {"emblem", config->emblem},       {"languages", config->languages},
        {"origin", turn->request && *turn->request->origin ? turn->request->origin : turn->town->host->origin},
    };
    for (size_t i = 0; i < sizeof facts / sizeof *facts; i++)
        if (strcmp(facts[i].name, what) == 0)
            return facts[i].value ? facts[i].value : "";
    const char *signed_list = official_read(turn->arena, turn->town->folder, what);
    return *signed_list ? signed_list : town_word(config, what, turn->language);
}

static uint64_t citizen(struct viche_turn *t) { return of(t)->citizen.id; }

static int64_t now(struct viche_turn *t)
{
    (void)t;
    return clock_now();
}

static void local(struct viche_turn *t, int64_t at, struct viche_local *out) { words_local(of(t)->town->config.zone, at, out); }

static int64_t moment(struct viche_turn *t, const struct viche_local *when)
{
    return words_moment(of(t)->town->config.zone, when);
}

/* What the channel says of its pace and price where this citizen is. */
static struct viche_pace pace_of(struct turn *turn, const struct citizen *citizen)
{
    struct viche_pace pace = {.size = sizeof pace};
    const struct town_plugin *plugin = NULL;
    const struct viche_channel *channel = town_channel(turn->town, citizen->channel, &plugin);
    if (channel && channel->pace) {
        struct turn *other = turn_plain(turn->flow, plugin);
        other->channel = channel;
        channel->pace(&other->base, citizen->address, &pace);
        turn_end(other);
    }
    return pace;
}

static uint32_t person(struct viche_turn *t, uint64_t from, struct viche_person *out)
{
    struct turn *turn = of(t);
    struct citizen citizen = citizen_from(turn->town->db, turn->arena, from);
    if (!citizen.id)
        return 0;
    citizen = outbox_reaches(turn->flow, &citizen);
    struct viche_pace pace = pace_of(turn, &citizen);
    *out = (struct viche_person){.size = out->size, .price = pace.price, .id = citizen.id, .channel = citizen.channel,
                                 .language = citizen.language, .per_second = pace.per_second,
                                 .down = pulse_down(turn->flow, citizen.channel), .since = citizen.since};
    return 1;
}

/* Any other pointer is no plugin of this town: the turn fails rather than act in a wrong name. */
static const struct viche_plugin *act(struct viche_turn *t, const struct viche_plugin *who)
{
    struct turn *turn = of(t);
    const struct viche_plugin *before = turn->plugin->plugin->given;
    const struct town *town = turn->town;
    for (size_t i = 0; i < town->plugin_count; i++) {
        if (town->plugins[i].plugin->given != who)
            continue;
        turn->plugin = &town->plugins[i];
        return before;
    }
    turn_fail(turn, "viche_act takes &viche_plugin_v0");
    return before;
}

static void plan(struct viche_turn *t, const char *schedule, int64_t at)
{
    if (!schedule_plan(of(t)->flow, of(t)->plugin, schedule, at))
        turn_fail(of(t), "schedule %s is not declared, or has a time of its own", schedule);
}

/* ---- storing ---- */

static void index_put(struct viche_turn *t, const struct viche_entry *entry)
{
    struct viche_entry today;
    vintage_take(&today, sizeof today, entry);
    search_put(of(t)->town->db, of(t)->plugin->plugin->name, &today);
}

static void index_drop(struct viche_turn *t, const char *id)
{
    search_drop(of(t)->town->db, of(t)->plugin->plugin->name, id);
}

static const char *collation_key(struct viche_turn *t, const char *words)
{
    return words_sort_key(of(t)->arena, town_main_language(of(t)->town, of(t)->arena), words);
}

/* ---- answering HTTP, exports, imports ---- */

static void reply(struct viche_turn *t, uint32_t status, const char *type, const void *body, size_t size_bytes)
{
    if (of(t)->reply)
        reply_set(of(t)->reply, status, type, body, size_bytes);
    else
        turn_fail(of(t), "viche_reply outside a route");
}

static void header(struct viche_turn *t, const char *name, const char *value)
{
    if (of(t)->reply)
        reply_header(of(t)->reply, name, value);
}

static void emit(struct viche_turn *t, const char *section)
{
    struct turn *turn = of(t);
    if (turn->emitted)
        turn->emitted(turn->emitted_context, section, turn->cells);
    turn->cells = NULL;
}

static void bad(struct viche_turn *t, const char *column, const char *reason)
{
    struct turn *turn = of(t);
    struct turn_bad *report = arena_alloc(turn->arena, sizeof *report);
    *report = (struct turn_bad){turn->bad, arena_copy(turn->arena, column), arena_copy(turn->arena, reason)};
    turn->bad = report;
}

/* ---- the rest ---- */

static void *memory(struct viche_turn *t, size_t size_bytes) { return arena_alloc(of(t)->arena, size_bytes); }

__attribute__((format(printf, 2, 3))) static const char *print(struct viche_turn *t, const char *format, ...)
{
    va_list values;
    va_start(values, format);
    const char *printed = arena_vprint(of(t)->arena, format, values);
    va_end(values);
    return printed;
}

static void random_bytes(struct viche_turn *t, void *out, size_t size_bytes)
{
    (void)t;
    randombytes_buf(out, size_bytes);
}

static void log_words(struct viche_turn *t, const char *what)
{
    log_line(LOG_NOTE, of(t)->plugin->plugin->name, what, "town=%s", of(t)->town->id);
}

const struct viche_host turn_host = {
    .size = sizeof turn_host,
    .minor = VICHE_ABI_MINOR,
    .say = say,
    .say_text = say_text,
    .offer = offer,
    .offer_text = offer_text,
    .link = link_button,
    .show_place = show_place,
    .show_file = show_file,
    .let = let,
    .text = text,
    .to = to,
    .speak = speak,
    .get = get,
    .set = set,
    .stay = stay,
    .go = go,
    .again = again,
    .open = open_dialog,
    .done = done,
    .fail = fail_dialog,
    .fetch = fetch,
    .wait = wait_for,
    .option = option,
    .option_number = option_number,
    .service = service,
    .args = args,
    .language = language,
    .town = town_fact,
    .citizen = citizen,
    .now = now,
    .local = local,
    .moment = moment,
    .query = verb_query,
    .next_row = verb_next_row,
    .row_text = verb_row_text,
    .row_integer = verb_row_integer,
    .row_real = verb_row_real,
    .index_put = index_put,
    .index_drop = index_drop,
    .keep_file = verb_keep_file,
    .collation_key = collation_key,
    .reply = reply,
    .reply_header = header,
    .emit = emit,
    .bad = bad,
    .memory = memory,
    .print = print,
    .random = random_bytes,
    .log = log_words,
    .channel = &turn_channel_host,
    .bulk = bulk,
    .tag = tag,
    .person = person,
    .plan = plan,
    .act = act,
    .option_file = verb_option_file,
    .next_view = verb_next_view,
    .audit = verb_audit,
    .audit_row = verb_audit_row,
    .parked = verb_parked,
    .parked_end = verb_parked_end,
    .trust = verb_trust,
    .more = verb_more,
    .file_about = verb_file_about,
    .hold_file = verb_hold_file,
    .drop_file = verb_drop_file,
    .rehearse = verb_rehearse,
    .conversations = verb_conversations,
};
