/* SPDX-License-Identifier: MPL-2.0
 * `viche news TOWN …`: an item is looked at, published, watched, held and taken back from the command line. */
#include <string.h>

#include <viche/channel.h>

#include "news.h"

static const char *query(const struct viche_http *http, const char *name)
{
    for (const struct viche_pair *pair = http->query; pair->name; pair++)
        if (strcmp(pair->name, name) == 0)
            return pair->value;
    return "";
}

static void begin(struct viche_turn *t, const struct viche_http *http)
{
    for (const struct viche_pair *pair = http->headers; pair->name; pair++)
        if (strcmp(pair->name, "accept-language") == 0)
            viche_speak(t, pair->value);
    viche_let(t, "id", query(http, "id"));
}

static void say(struct viche_turn *t, uint32_t status, const char *words)
{
    const char *line = viche_print(t, "%s\n", words);
    viche_reply(t, status, "text/plain; charset=utf-8", line, strlen(line));
}

static const char *money(struct viche_turn *t, int64_t hundredths)
{
    viche_let_number(t, "sum", hundredths);
    return viche_text(t, "op-money");
}

/* Words for a count under its own key: they have plural forms. */
static const char *counted(struct viche_turn *t, const char *key, int64_t count)
{
    viche_let_number(t, "count", count);
    return viche_text(t, key);
}

/* ---- list ------------------------------------------------------------------------------------------------------------- */

static const char *state_words(struct viche_turn *t, uint32_t state) { return viche_text(t, viche_print(t, "op-state-%u", state)); }

void operator_list(struct viche_turn *t, const struct viche_http *http)
{
    begin(t, http);
    struct item item;
    const char *lines = "";
    for (struct viche_rows *rows = item_latest(t, 100); item_next(t, rows, &item);)
        lines = viche_print(t, "%s%s\t%s\t%s\t%s\n", lines, item.key, state_words(t, item.sending),
                            viche_text(t, item_valid(&item, viche_now(t)) ? "op-shown" : "op-hidden"), item.title);
    viche_reply(t, 200, "text/plain; charset=utf-8", lines, strlen(lines));
}

/* ---- preview ---------------------------------------------------------------------------------------------------------- */

static const char *duration(struct viche_turn *t, int64_t seconds)
{
    return seconds < 120 ? counted(t, "op-seconds", seconds) : counted(t, "op-minutes", (seconds + 59) / 60);
}

static const char *channel_lines(struct viche_turn *t, const struct viche_news_preview *preview)
{
    const char *lines = "";
    for (uint32_t i = 0; i < preview->channels.count; i++) {
        const struct viche_news_channel *channel = viche_item(&preview->channels, i);
        lines = viche_print(t, "%s\n- %s: %s, %s", lines, channel->channel, counted(t, "op-people", channel->people),
                            money(t, channel->cost));
    }
    return lines;
}

void operator_preview(struct viche_turn *t, const struct viche_http *http)
{
    struct viche_news_preview preview;
    begin(t, http);
    const char *refusal = service_preview(t, query(http, "id"), &preview);
    if (refusal) {
        say(t, 409, refusal);
        return;
    }
    const char *lines = viche_print(t, "%s%s", counted(t, "op-reaches", preview.people), channel_lines(t, &preview));
    if (preview.quiet)
        lines = viche_print(t, "%s\n%s", lines, counted(t, "op-quiet", preview.quiet));
    if (preview.unreachable)
        lines = viche_print(t, "%s\n%s", lines, counted(t, "op-unreachable", preview.unreachable));
    viche_let(t, "time", duration(t, preview.seconds));
    viche_let(t, "cost", money(t, preview.cost));
    viche_let(t, "token", preview.token);
    say(t, 200, viche_print(t, "%s\n%s\n%s", lines, viche_text(t, "op-takes"), viche_text(t, "op-confirm")));
}

/* ---- what is done ----------------------------------------------------------------------------------------------------- */

static void tell(struct viche_turn *t, const char *refusal, const char *done)
{
    say(t, refusal ? 409 : 200, refusal ? refusal : viche_text(t, done));
}

void operator_publish(struct viche_turn *t, const struct viche_http *http)
{
    begin(t, http);
    tell(t, service_publish(t, query(http, "id"), query(http, "token")), "op-published");
}

void operator_pause(struct viche_turn *t, const struct viche_http *http)
{
    begin(t, http);
    tell(t, service_act(t, query(http, "id"), VICHE_NEWS_PAUSE), "op-paused");
}

void operator_resume(struct viche_turn *t, const struct viche_http *http)
{
    begin(t, http);
    tell(t, service_act(t, query(http, "id"), VICHE_NEWS_RESUME), "op-resumed");
}

void operator_stop(struct viche_turn *t, const struct viche_http *http)
{
    begin(t, http);
    tell(t, service_act(t, query(http, "id"), VICHE_NEWS_STOP), "op-stopped");
}

void operator_withdraw(struct viche_turn *t, const struct viche_http *http)
{
    begin(t, http);
    tell(t, service_act(t, query(http, "id"), VICHE_NEWS_WITHDRAW), "op-withdrawn");
}

static bool is_picture(struct viche_turn *t, const char *file)
{
    struct viche_file_about about;
    return viche_file_about(t, file, &about) && strcmp(about.kind, "photo") == 0;
}

void operator_picture(struct viche_turn *t, const struct viche_http *http)
{
    struct item item;
    begin(t, http);
    bool known = item_named(t, query(http, "id"), &item);
    const char *file = known && http->file ? viche_keep_file(t, http->file, "news", NULL) : NULL;
    if (file && !is_picture(t, file)) {
        viche_drop_file(t, file);
        file = NULL;
    }
    if (file)
        item_picture(t, item.id, file);
    tell(t, !known ? viche_text(t, "op-unknown") : file ? NULL : viche_text(t, "op-no-picture"), "op-picture");
}

/* ---- status ----------------------------------------------------------------------------------------------------------- */

void operator_status(struct viche_turn *t, const struct viche_http *http)
{
    struct viche_news_progress is;
    begin(t, http);
    const char *refusal = service_progress(t, query(http, "id"), &is);
    if (refusal) {
        say(t, 409, refusal);
        return;
    }
    const struct {
        const char *key;
        int64_t count;
    } lines[] = {{"op-waiting", is.waiting}, {"op-under-way", is.under_way}, {"op-delivered", is.delivered + is.arrived + is.seen},
                 {"op-arrived", is.arrived + is.seen}, {"op-seen", is.seen}, {"op-failed", is.failed},
                 {"op-not-reached", is.unreachable}, {"op-unsent", is.unsent}};
    const char *words = viche_print(t, "%s: %s", state_words(t, is.state), counted(t, "op-people", is.people));
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++)
        if (lines[i].count)
            words = viche_print(t, "%s\n%s", words, counted(t, lines[i].key, lines[i].count));
    say(t, 200, words);
}
