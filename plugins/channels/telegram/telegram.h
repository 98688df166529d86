/* SPDX-License-Identifier: MPL-2.0
 * What the files of the Telegram channel share. All of it is a translation between the Bot API and the town: no socket, no token. */
#ifndef TELEGRAM_TELEGRAM_H
#define TELEGRAM_TELEGRAM_H

#include <jansson.h>
#include <viche/viche.h>

#include "common/paper.h"

/* https://core.telegram.org/bots/api: characters are code points after formatting was taken out. */
enum {
    TELEGRAM_TEXT_MAX = 4096,
    TELEGRAM_CAPTION_MAX = 1024,
    TELEGRAM_VALUE_MAX = 64, /* bytes of callback_data */
    TELEGRAM_ROW_MAX = 8,
    TELEGRAM_ALBUM_MAX = 10,
    TELEGRAM_FILE_MAX = 20 * 1024 * 1024 /* bytes that getFile gives */
};

/* ---- telegram_api.c: a call of the Bot API and its answer ---- */

/* POST …/bot<token>/<method> with these parameters, whose reference is taken; the same with what is JSON already. */
struct viche_request telegram_call(struct viche_turn *t, const char *method, json_t *parameters);
struct viche_request telegram_post(struct viche_turn *t, const char *method, const char *body);
/* Makes the call and never hears of it again. */
void telegram_tell(struct viche_turn *t, const char *method, json_t *parameters);
/* As text in the turn's memory. */
const char *telegram_json(struct viche_turn *t, const json_t *json);
/* Anybody's words for parse_mode HTML. */
const char *telegram_html(struct viche_turn *t, const char *text);
size_t telegram_length(const char *text); /* code points */
const char *telegram_url(struct viche_turn *t, const char *method);
extern const struct viche_pair telegram_is_json[]; /* the header */

/* What Telegram says. A character that is none costs nobody their message (common/mend.h). NULL: cannot be read even so. */
json_t *telegram_read(const char *body, size_t size_bytes);

struct telegram_answer {
    json_t *json;         /* to be given back with telegram_answer_end; NULL: nothing that could be read */
    const json_t *result; /* NULL: not ok */
    int64_t code;         /* of the error; 0: no answer */
    const char *why;      /* "Bad Request: chat not found"; never NULL */
    uint32_t retry_after; /* seconds; 0: not said */
    int64_t moved_to;     /* the chat's new id: a group became a supergroup; 0: no */
};
struct telegram_answer telegram_answer(const struct viche_result *result);
void telegram_answer_end(struct telegram_answer *answer);

const char *telegram_string(const json_t *object, const char *key); /* "" when absent */
int64_t telegram_number(const json_t *object, const char *key);     /* 0 when absent */

/* ---- telegram_text.c: words in JSON that is only written ---- */

void telegram_add_quoted(struct paper *out, const char *words);
void telegram_add_html(struct paper *out, const char *words); /* for parse_mode HTML */

/* ---- telegram_update.c: an update becomes an event ---- */

enum telegram_kind {
    TELEGRAM_NOTHING,  /* not for us, or of a kind that nobody knew when this was written */
    TELEGRAM_EVENT,    /* event */
    TELEGRAM_EDITED,   /* a message that was changed after it had been sent */
    TELEGRAM_GROUP     /* somebody speaks to the bot in a group, or has brought it there */
};

struct telegram_update {
    enum telegram_kind kind;
    struct viche_event event; /* its texts belong to the JSON or to the turn; of the last two, address and origin of a hint */
    int64_t chat;
    const char *callback; /* id of a pressed button that must be answered; NULL: none */
};

/* Pure but for the turn's memory. */
struct telegram_update telegram_update_read(struct viche_turn *t, const json_t *update);

/* ---- telegram_hear.c: what follows from an update ---- */

/* Says the event and what must be told to Telegram at once; leaves the answer to a pressed button to the caller. */
void telegram_hear(struct viche_turn *t, const struct telegram_update *update);
/* The answer to a pressed button: without it the citizen's phone shows a turning circle. NULL: there was none. */
json_t *telegram_pressed(const struct telegram_update *update);
void telegram_hook(struct viche_turn *t, const struct viche_http *http); /* the webhook */

/* ---- telegram_say.c, telegram_keys.c: a message becomes requests ---- */

void telegram_say(struct viche_turn *t, const struct viche_message *message);
/* The same in the answer to the webhook, if it is one call and the town allows it. */
const char *telegram_answer_hook(struct viche_turn *t, const struct viche_message *message);
uint32_t telegram_sent(struct viche_turn *t, const struct viche_result *result);
const char *telegram_sent_id(struct viche_turn *t, const struct viche_result *result);
void telegram_pace(struct viche_turn *t, const char *address, struct viche_pace *out);

/* ---- telegram_album.c ---- */

/* The files of the message, with the text and the keys if they fit under one of them: then true. */
bool telegram_say_files(struct viche_turn *t, const struct viche_message *message, const char *text, const char *keys);

/* The reply_markup of these buttons, as JSON. NULL: none is needed. */
const char *telegram_keys(struct viche_turn *t, const struct viche_list *buttons);
/* Must the keyboard stand in place of the phone's own, because it asks for a place or a number? */
bool telegram_keys_ask(const struct viche_list *buttons);
/* What no button can hold (a telephone number, a letter's address): written under the text. */
const char *telegram_keys_as_text(struct viche_turn *t, const char *text, const struct viche_list *buttons);

/* ---- telegram_link.c ---- */

const char *telegram_link(struct viche_turn *t, const char *payload);     /* NULL: the bot's name is not known yet */
const char *telegram_unpacked(struct viche_turn *t, const char *payload); /* as telegram_link was given it */

/* ---- telegram_file.c ---- */

uint32_t telegram_fetch_file(struct viche_turn *t, const char *remote, const struct viche_result *last, struct viche_request *out);

/* ---- telegram_poll.c, telegram_setup.c, telegram_state.c: the conversation that never ends ---- */

uint32_t telegram_poll(struct viche_turn *t, const char *state, struct viche_request *out);
const char *telegram_polled(struct viche_turn *t, const char *state, const struct viche_result *result);

enum telegram_step {
    TELEGRAM_ME,      /* getMe: who are we */
    TELEGRAM_UNHOOK,  /* deleteWebhook: polling needs it gone */
    TELEGRAM_HOOK,    /* setWebhook */
    TELEGRAM_TEXTS,   /* commands, name and descriptions in every language, when they changed */
    TELEGRAM_UPDATES, /* getUpdates, for ever */
    TELEGRAM_CHECK    /* getWebhookInfo, now and then */
};

/* Kept by the host between two requests, as JSON. */
struct telegram_state {
    enum telegram_step step;
    int64_t bot;      /* id; another one means another bot */
    int64_t me_at;    /* when getMe was last answered, UTC seconds */
    int64_t offset;   /* of getUpdates; 0: from the oldest that is unconfirmed */
    int64_t quiet_at; /* when the last answer without updates came, UTC seconds */
    int64_t text;     /* which of the texts is being set */
    bool missed;      /* one of the texts did not get through: all are told again */
    bool few;         /* ask for one update: the last answer could not be read */
    bool warned;      /* of a second poller, or of a token that does not count */
    const char *told;   /* hash of the texts as Telegram knows them */
    const char *hooked; /* hash of the webhook as Telegram knows it; "": none */
};
struct telegram_state telegram_state_read(struct viche_turn *t, const char *text);
const char *telegram_state_write(struct viche_turn *t, const struct telegram_state *state);

/* The n-th call that tells Telegram the town's words. false: that was all. */
bool telegram_setup_call(struct viche_turn *t, int64_t n, const char **method, json_t **parameters);
const char *telegram_setup_hash(struct viche_turn *t); /* changes whenever one of them does */

/* The bot's name for t.me, as getMe told it. NULL: not known yet. */
const char *telegram_name(struct viche_turn *t);
void telegram_name_keep(struct viche_turn *t, const char *name);

#endif
