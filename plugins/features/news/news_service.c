/* SPDX-License-Identifier: MPL-2.0
 * What an operator or another plugin may do with an item. To be sent, it must have been previewed: who publishes shows the token
 * that the preview gave, within a quarter of an hour, and nothing has been written on the item since. */
#include <string.h>

#include "news.h"

enum { TOKEN_S = 15 * 60 };

static const char *unknown(struct viche_turn *t, const char *key)
{
    viche_let(t, "id", key);
    return viche_text(t, "op-unknown");
}

static bool is_over(struct viche_turn *t, const struct item *item) { return item->until_at && item->until_at <= viche_now(t); }

static bool is_being_sent(const struct item *item) { return item->sending == VICHE_NEWS_SENDING || item->sending == VICHE_NEWS_PAUSED; }

const char *service_preview(struct viche_turn *t, const char *key, struct viche_news_preview *out)
{
    struct item item;
    if (!item_named(t, key, &item))
        return unknown(t, key);
    if (is_over(t, &item))
        return viche_text(t, "op-over");
    if (is_being_sent(&item))
        return viche_text(t, "op-being-sent");
    *out = count_preview(t, &item);
    out->token = viche_print(t, "%04u", word_digits(viche_print(t, "%s %s %s %lld", item.key, item.title, item.text, (long long)viche_now(t))));
    item_token(t, item.id, out->token);
    return NULL;
}

/* The code that it was published with is kept behind '='. Asked again with it, because the answer was lost: all is well. */
static bool is_published_with(const struct item *item, const char *token)
{
    return item->token[0] == '=' && strcmp(item->token + 1, token) == 0;
}

static bool may_publish(struct viche_turn *t, const struct item *item, const char *token)
{
    return *item->token && strcmp(item->token, token) == 0 && item->token_at + TOKEN_S >= viche_now(t);
}

const char *service_publish(struct viche_turn *t, const char *key, const char *token)
{
    struct item item;
    if (!item_named(t, key, &item))
        return unknown(t, key);
    if (is_published_with(&item, token))
        return NULL;
    if (is_being_sent(&item))
        return viche_text(t, "op-being-sent");
    if (is_over(t, &item))
        return viche_text(t, "op-over");
    if (!may_publish(t, &item, token))
        return viche_text(t, "op-token");
    send_begin(t, &item);
    return NULL;
}

static void resume(struct viche_turn *t, const struct item *item)
{
    item_move(t, item->id, VICHE_NEWS_SENDING);
    send_finish(t, item->id); /* the last ones may have been delivered meanwhile */
    send_now(t);
}

static void stop(struct viche_turn *t, const struct item *item)
{
    if (!is_being_sent(item))
        return;
    recipient_stop(t, item->id);
    item_move(t, item->id, VICHE_NEWS_STOPPED);
}

static void withdraw(struct viche_turn *t, const struct item *item)
{
    stop(t, item);
    item_hide(t, item->id);
    item_index(t, item->id);
}

const char *service_act(struct viche_turn *t, const char *key, uint32_t what)
{
    struct item item;
    if (!item_named(t, key, &item))
        return unknown(t, key);
    if (what == VICHE_NEWS_WITHDRAW)
        withdraw(t, &item);
    else if (what == VICHE_NEWS_STOP)
        stop(t, &item);
    else if (what == VICHE_NEWS_PAUSE && item.sending == VICHE_NEWS_SENDING)
        item_move(t, item.id, VICHE_NEWS_PAUSED);
    else if (what == VICHE_NEWS_RESUME && item.sending == VICHE_NEWS_PAUSED)
        resume(t, &item);
    return NULL;
}

const char *service_progress(struct viche_turn *t, const char *key, struct viche_news_progress *out)
{
    struct item item;
    if (!item_named(t, key, &item))
        return unknown(t, key);
    *out = count_progress(t, &item);
    return NULL;
}

/* ---- the same for others, in whose turn it runs ----------------------------------------------------------------------- */

static const char *keep_for(struct viche_turn *t, const struct viche_news_item *item)
{
    const struct viche_plugin *caller = viche_act(t, &viche_plugin_v0);
    const char *refusal = data_keep(t, item);
    viche_act(t, caller);
    return refusal;
}

static const char *preview_for(struct viche_turn *t, const char *key, struct viche_news_preview *out)
{
    const struct viche_plugin *caller = viche_act(t, &viche_plugin_v0);
    const char *refusal = service_preview(t, key, out);
    viche_act(t, caller);
    return refusal;
}

static const char *publish_for(struct viche_turn *t, const char *key, const char *token)
{
    const struct viche_plugin *caller = viche_act(t, &viche_plugin_v0);
    const char *refusal = service_publish(t, key, token);
    viche_act(t, caller);
    return refusal;
}

static const char *act_for(struct viche_turn *t, const char *key, uint32_t what)
{
    const struct viche_plugin *caller = viche_act(t, &viche_plugin_v0);
    const char *refusal = service_act(t, key, what);
    viche_act(t, caller);
    return refusal;
}

static const char *progress_for(struct viche_turn *t, const char *key, struct viche_news_progress *out)
{
    const struct viche_plugin *caller = viche_act(t, &viche_plugin_v0);
    const char *refusal = service_progress(t, key, out);
    viche_act(t, caller);
    return refusal;
}

const struct viche_news news_service = {sizeof news_service, 0, keep_for, preview_for, publish_for, act_for, progress_for};
