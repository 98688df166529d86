/* SPDX-License-Identifier: MPL-2.0 */
#include "builtin/builtin.h"

#include <string.h>

#include "base/text.h"
#include "builtin/join.h"
#include "builtin/mydata.h"
#include "flow/history.h"
#include "flow/inbox.h"
#include "flow/outbox.h"
#include "flow/receipt.h"
#include "flow/ride.h"
#include "flow/turn.h"
#include "flow/value.h"
#include "store/audit.h"
#include "town/join.h"
#include "town/search.h"
#include "town/word.h"

static struct turn *of(struct viche_turn *t) { return (struct turn *)t; }

/* ---- /start ---- */

/* «English» under a Ukrainian welcome, «Українською» under an English one. */
static void offer_languages(struct viche_turn *t)
{
    const char *list = of(t)->town->config.languages;
    size_t length = 0;
    for (const char *at = text_word(&list, &length); at; at = text_word(&list, &length)) {
        const char *language = viche_print(t, "%.*s", (int)length, at);
        if (!text_is(language, viche_language(t)))
            viche_offer(t, viche_print(t, "language-%s", language), viche_print(t, "/language %s", language));
    }
}

static viche_next welcome(struct viche_turn *t)
{
    const char *payload = viche_args(t);
    struct town_command found;
    if (*payload && town_command(of(t)->town, viche_print(t, "/%.*s", (int)strcspn(payload, " "), payload), &found))
        return viche_open(t, viche_print(t, "/%s", payload));
    viche_say(t, of(t)->town->config.pilot ? "welcome-pilot" : "welcome");
    viche_offer(t, "begin", "/menu");
    offer_languages(t);
    return viche_done(t);
}

/* ---- /menu ---- */

static const char *block_label(struct viche_turn *t, const struct menu_block *block)
{
    const char *label = town_label(&of(t)->town->config, block, viche_language(t));
    return label ? label : viche_text(t, viche_print(t, "menu-%s", block->name));
}

static viche_next whole_menu(struct viche_turn *t)
{
    const struct town_config *config = &of(t)->town->config;
    viche_say(t, config->pilot ? "menu-ask-pilot" : "menu-ask");
    for (size_t i = 0; i < config->block_count; i++) {
        const struct menu_block *block = &config->blocks[i];
        viche_offer_text(t, block_label(t, block), viche_print(t, "/menu %s", block->name));
    }
    viche_offer(t, "help", "/help");
    return viche_done(t);
}

static viche_next one_block(struct viche_turn *t, const struct menu_block *block)
{
    viche_let(t, "block", block_label(t, block));
    viche_say(t, "menu-block");
    const char *items = block->items;
    size_t length = 0;
    for (const char *at = text_word(&items, &length); at; at = text_word(&items, &length)) {
        const char *command = viche_print(t, "%.*s", (int)length, at);
        struct town_command found;
        if (!town_command(of(t)->town, command, &found) || !found.dialog->title)
            continue;
        const char *title = turn_fill(of(t), found.plugin, found.dialog->title);
        viche_offer_text(t, title ? title : command, command);
    }
    viche_offer(t, "menu", "/menu");
    return viche_done(t);
}

static viche_next menu(struct viche_turn *t)
{
    const struct town_config *config = &of(t)->town->config;
    for (size_t i = 0; i < config->block_count; i++)
        if (text_is(config->blocks[i].name, viche_args(t)))
            return one_block(t, &config->blocks[i]);
    return whole_menu(t);
}

/* ---- /language ---- */

static viche_next language(struct viche_turn *t)
{
    const char *wanted = viche_args(t);
    if (!town_speaks(of(t)->town, wanted)) {
        viche_say(t, "language-ask");
        offer_languages(t);
        return viche_done(t);
    }
    citizen_speak(of(t)->town->db, viche_citizen(t), wanted);
    of(t)->language = arena_copy(of(t)->arena, wanted);
    viche_say(t, "language-set");
    return viche_open(t, "/menu");
}

/* ---- /help, /about ---- */

static viche_next help(struct viche_turn *t)
{
    viche_say(t, "help-text");
    if (*viche_town(t, "phone")) {
        viche_let(t, "phone", viche_town(t, "phone"));
        viche_say(t, "help-phone");
        viche_link(t, "call", viche_print(t, "tel:%s", viche_town(t, "phone")));
    }
    viche_offer(t, "menu", "/menu");
    struct town_command found;
    if (town_command(of(t)->town, "/feedback", &found))
        viche_offer(t, "feedback", "/feedback");
    return viche_done(t);
}

static viche_next about(struct viche_turn *t)
{
    viche_let(t, "intro", viche_town(t, "intro"));
    viche_say(t, "about-text");
    if (*viche_town(t, "site"))
        viche_link(t, "site", viche_town(t, "site"));
    return viche_done(t);
}

/* ---- /search: free text that is no answer ---- */

enum { HITS_MAX = 4 };

/* Nothing else comes near, or it is meant by its whole name. */
static bool sure(const struct search_hit *hits, size_t count)
{
    double first = hits[0].score, second = count > 1 ? hits[1].score : 0;
    return first >= 0.5 && (second < 0.6 * first || (first >= 0.85 && second < first - 0.15));
}

/* «Аптека поруч» finds pharmacies by its name; that the nearest is wanted, only the other word says. */
static void offer_nearest(struct viche_turn *t)
{
    struct turn *turn = of(t);
    const char *asked = "";
    const char *words = search_fold(turn->arena, viche_args(t));
    size_t length = 0;
    for (const char *at = text_word(&words, &length); at; at = text_word(&words, &length)) {
        const char *word = viche_print(t, "%.*s", (int)length, at);
        if (word_kind(word) == WORD_INTENT)
            asked = viche_print(t, "%s %s", asked, word);
    }
    struct search_hit hit;
    if (*asked && search_find(turn->town->db, turn->arena, turn->language, asked, &hit, 1) && text_is(hit.opens, "/nearest"))
        viche_offer_text(t, hit.title, hit.opens);
}

/* A form would take the next words for an answer: it begins by a tap. */
static bool begins_form(const struct turn *turn, const char *command)
{
    struct town_command found;
    const char *name = arena_copy_bytes(turn->arena, command, strcspn(command, " "));
    return town_command(turn->town, name, &found) && dialog_keeps_answers(found.dialog);
}

static viche_next search(struct viche_turn *t)
{
    struct turn *turn = of(t);
    struct search_hit hits[HITS_MAX];
    size_t count = search_find(turn->town->db, turn->arena, turn->language, viche_args(t), hits, HITS_MAX);
    if (count == 0) {
        viche_say(t, "search-nothing");
        viche_offer(t, "menu", "/menu");
        viche_offer(t, "help", "/help");
        return viche_done(t);
    }
    if (sure(hits, count) && !begins_form(turn, hits[0].opens))
        return viche_open(t, hits[0].opens);
    viche_say(t, "search-perhaps");
    offer_nearest(t);
    for (size_t i = 0; i < count; i++)
        viche_offer_text(t, hits[i].title, hits[i].opens);
    return viche_done(t);
}

/* ---- every night; half an hour after an answer ---- */

enum { INBOX_DAYS = 60, HISTORY_DAYS = 365, DAY_S = 24 * 3600 };

static void tidy(struct viche_turn *t, int64_t planned_at)
{
    struct turn *turn = of(t);
    inbox_trim(turn->town->db, planned_at - (int64_t)INBOX_DAYS * DAY_S);
    history_trim(turn->town->db, planned_at - (int64_t)HISTORY_DAYS * DAY_S);
    value_trim(turn->town->db, planned_at - (int64_t)HISTORY_DAYS * DAY_S);
    receipt_trim(turn->town->db, planned_at - (int64_t)INBOX_DAYS * DAY_S);
    join_trim(turn->town->db);
    outbox_trim(turn->flow, planned_at);
    turn->flow->sweep = true;
}

static void trim_answers(struct viche_turn *t, int64_t planned_at)
{
    struct inbox_span *age = &of(t)->flow->answers;
    inbox_trim_answers(of(t)->town->db, age);
    age->planned = age->until > age->after;
    if (age->planned)
        viche_plan(t, "answers", planned_at + RIDE_KEPT_S);
}

/* ---- at the end of an hour in which the audit chain grew: planned by viche_audit ---- */

/* The head of the audit chain goes to the log, signed on its way: from there nobody takes it back. */
static void anchor(struct viche_turn *t, int64_t planned_at)
{
    (void)planned_at;
    struct turn *turn = of(t);
    struct audit_row last;
    if (!audit_read(turn->town->db, turn->arena, INT64_MAX, &last))
        return;
    struct buf *out = &turn->flow->frames;
    size_t mark = frame_begin(out, FRAME_ANCHOR);
    frame_text(out, turn->town->id);
    frame_u64(out, (uint64_t)last.id);
    frame_u64(out, (uint64_t)viche_now(t));
    frame_bytes(out, last.hash, sizeof last.hash);
    frame_end(out, mark);
}

#define STEPS(...) VICHE_LIST(struct viche_step, __VA_ARGS__)

const struct viche_plugin builtin_plugin = {
    VICHE_HEAD, .id = "viche.town", .name = "Town", .version = "1", .author = "viche", .licence = "MPL-2.0",
    .schedules = VICHE_LIST(struct viche_schedule, { .name = "tidy", .at = "03:10", .run = tidy },
                                                     { .name = "answers", .run = trim_answers },
                                                     { .name = "anchor", .run = anchor }),
    .dialogs = VICHE_LIST(struct viche_dialog,
        { .id = "start", .opens = "/start", .version = 1, .steps = STEPS({ .name = "welcome", .enter = welcome }) },
        { .id = "menu", .opens = "/menu", .title = "menu", .version = 1, .steps = STEPS({ .name = "menu", .enter = menu }) },
        { .id = "language", .opens = "/language", .title = "language", .version = 1,
          .steps = STEPS({ .name = "language", .enter = language }) },
        { .id = "help", .opens = "/help", .title = "help", .version = 1, .steps = STEPS({ .name = "help", .enter = help }) },
        { .id = "about", .opens = "/about", .title = "about", .version = 1, .steps = STEPS({ .name = "about", .enter = about }) },
        { .id = "search", .opens = "/search", .version = 1, .steps = STEPS({ .name = "search", .enter = search }) },
        { .id = "mydata", .opens = "/mydata", .title = "mydata", .version = 1,
          .steps = STEPS({ .name = "ask", .kind = VICHE_CHOICE, .ask = "mydata-ask", .enter = mydata_ask, .answer = mydata_answer },
                         { .name = "sure", .kind = VICHE_YES_NO, .ask = "mydata-sure", .answer = mydata_sure }) },
        { .id = "join", .opens = "/join", .title = "join", .help = "join-help", .version = 1,
          .steps = { sizeof(struct viche_step), JOIN_STEPS, join_steps } },
        { .id = "part", .opens = "/part", .title = "part", .help = "join-help", .version = 1,
          .steps = { sizeof(struct viche_step), PART_STEPS, part_steps } }),
};
