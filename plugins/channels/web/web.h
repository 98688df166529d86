/* SPDX-License-Identifier: MPL-2.0
 * What the files of the web channel share: docs/web-channel.md is the protocol they speak. */
#ifndef WEB_WEB_H
#define WEB_WEB_H

#include <viche/viche.h>

#include "common/paper.h"

enum {
    WEB_TEXT_MAX = 4000, /* characters */
    WEB_FILES_MAX = 10,
    WEB_VALUE_MAX = 256, /* bytes */
    WEB_ORIGIN_MAX = 64,
    WEB_BODY_MAX = 65536,
    WEB_HISTORY_PAGE = 200 /* as viche_history gives */
};

/* ---- web_gate.c: who may come in ---- */

/* Why a request is turned away: the words are the text refused.<code>. */
struct web_refusal {
    uint32_t status, reserved;
    const char *code;
};
extern const struct web_refusal web_bad_json, web_bad_message, web_bad_after, web_no_file, web_no_token, web_bad_token,
    web_not_yours, web_bad_site, web_not_here, web_bad_file;

/* First in every hook: the citizen's language, and whether the page that asks may. false: already refused. */
bool web_open(struct viche_turn *t, const struct viche_http *http);
/* The chat in the path, if the bearer's token is its own. NULL: already refused. */
const char *web_chat(struct viche_turn *t, const struct viche_http *http);
/* where: the part of the request that is meant, or NULL. */
void web_refuse(struct viche_turn *t, const struct web_refusal *why, const char *where);
void web_reply_json(struct viche_turn *t, uint32_t status, const char *json);
const char *web_header(const struct viche_http *http, const char *name); /* "" when absent */
const char *web_query(const struct viche_http *http, const char *name);  /* "" when absent */

/* ---- web_chat.c and web_files.c: the hooks of one chat ---- */
void web_preflight(struct viche_turn *t, const struct viche_http *http);
void web_start(struct viche_turn *t, const struct viche_http *http);
void web_leave(struct viche_turn *t, const struct viche_http *http);
void web_messages(struct viche_turn *t, const struct viche_http *http);
void web_events(struct viche_turn *t, const struct viche_http *http);
void web_upload(struct viche_turn *t, const struct viche_http *http);
void web_download(struct viche_turn *t, const struct viche_http *http);
/* The client's id of an event, made unique among all chats: the host handles each once. */
const char *web_origin(struct viche_turn *t, const char *chat, const char *origin);
/* Tells every tab what the citizen just did, and the asking one with this status. */
void web_answer(struct viche_turn *t, const char *chat, const char *origin, uint32_t status);
/* One server-sent event. */
void web_event_out(struct paper *out, const char *chat, const struct viche_message *message);

/* ---- web_official.c: which bots are the town's own ---- */
void web_official_json(struct viche_turn *t, const struct viche_http *http);
void web_official_text(struct viche_turn *t, const struct viche_http *http);
const char *web_official_key(struct viche_turn *t); /* who signed the list; "" while nobody did */

/* ---- web_page.c and web_qr.c: what the town shows ---- */
void web_about(struct viche_turn *t, const struct viche_http *http);
void web_page(struct viche_turn *t, const struct viche_http *http);
void web_qr(struct viche_turn *t, const struct viche_http *http);
/* The square code as SVG; false: the text is too long for one. */
bool web_qr_draw(struct paper *out, const char *text);
/* The deep link of one channel of the town, or NULL. */
const char *web_link(struct viche_turn *t, const struct viche_http *http, const char *channel);

#endif
