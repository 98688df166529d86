/* SPDX-License-Identifier: MPL-2.0
 * What the files of the Viber channel share. The wire is Viber's REST bot API; what its documents leave open is an option. */
#ifndef VIBER_VIBER_H
#define VIBER_VIBER_H

#include <viche/viche.h>

#include "viber_json.h"

enum {
    VIBER_TEXT_MAX = 6000,  /* characters; Viber takes 7000, and telephone numbers are written under them */
    VIBER_NAME_MAX = 28,    /* characters of the sender's name */
    VIBER_VALUE_MAX = 200,  /* bytes of a button's value */
    VIBER_BUTTONS_MAX = 24, /* 12 rows of two */
    VIBER_TOGETHER_MAX = 300, /* receivers of one broadcast */
    VIBER_HOUR_S = 3600,
    VIBER_DAY_S = 24 * VIBER_HOUR_S
};

/* ---- viber_hook.c: Viber calls ---- */
void viber_hook(struct viche_turn *t, const struct viche_http *http);

/* ---- viber_keyboard.c ---- */

/* Before the value of every button that is no command: nobody types it, so a pressed button is told from a typed word. */
#define VIBER_PRESSED "▸"
/* Keyboard of these buttons; NULL when none can be shown. *api: raised to the level of the API that it needs. */
json_t *viber_keyboard(struct viche_turn *t, const struct viche_list *buttons, int *api);
/* The text, and under it the telephone numbers and mail addresses that no button can open: Viber makes links of them. */
const char *viber_with_links(struct viche_turn *t, const char *text, const struct viche_list *buttons);
json_t *viber_button(struct viche_turn *t, const char *label, const char *value); /* an answer over the whole width */

/* ---- viber_say.c: messages leave ---- */
void viber_send(struct viche_turn *t, const struct viche_message *message);
uint32_t viber_sent(struct viche_turn *t, const struct viche_result *result);
/* The same to many, in one broadcast_message. */
uint32_t viber_send_together(struct viche_turn *t, const struct viche_message *message, const char *const *addresses, uint32_t count);
uint32_t viber_sent_together(struct viche_turn *t, const struct viche_result *result, const char *address);
const char *viber_sent_id(struct viche_turn *t, const struct viche_result *result);
/* A POST of this object to api/method with the token; takes the object. */
struct viche_request viber_request(struct viche_turn *t, const char *method, json_t *body);
json_t *viber_text_message(struct viche_turn *t, const char *text); /* sender, type and text */
/* What a code in an answer means: for the log, for a message (VICHE_SENT …), and how long to wait before asking again. */
struct viber_status {
    uint32_t verdict, later_s; /* 0: as the host thinks */
    bool shut; /* it is the town's account that is refused */
    const char *words;
};
void viber_wait(struct viche_turn *t, const struct viber_status *status); /* what the host has to know of a failure */
/* Of the answer's own code; NULL: it has none, it is no answer of Viber's. */
const struct viber_status *viber_status(const json_t *answer);

/* The tracking_data of a message that asks for the telephone number. */
#define VIBER_ASKED_PHONE "phone"

/* ---- viber_setup.c: the webhook is set, the account looked at. Owns the table viber_account. ---- */
uint32_t viber_poll(struct viche_turn *t, const char *state, struct viche_request *out);
const char *viber_polled(struct viche_turn *t, const char *state, const struct viche_result *result);
const char *viber_deep_link(struct viche_turn *t, const char *payload);
void viber_start(struct viche_turn *t);
const char *viber_key(struct viche_turn *t); /* a secret of this town's; "": none yet */
const char *viber_base(struct viche_turn *t); /* https://chat.example/kryzhopil/viber; NULL: the host has no public address */

/* ---- viber_media.c: files, both ways ---- */
uint32_t viber_fetch_file(struct viche_turn *t, const char *remote, const struct viche_result *last, struct viche_request *out);
/* Where Viber may read it; NULL: nowhere. name and type: for the address's ending, which Viber looks at. */
const char *viber_file_url(struct viche_turn *t, const char *file_id, const char *name, const char *type);
void viber_file(struct viche_turn *t, const struct viche_http *http);

/* ---- viber_chat.c: what each chat may still be told, and what it costs. Owns the table viber_chat. ---- */
void viber_chat_heard(struct viche_turn *t, const char *address, int64_t at);
void viber_chat_told(struct viche_turn *t, const char *address);
void viber_chat_left(struct viche_turn *t, const char *address);
void viber_chat_pace(struct viche_turn *t, const char *address, struct viche_pace *out);
void viber_chat_tidy(struct viche_turn *t, int64_t planned_at);
void viber_chat_export(struct viche_turn *t);
void viber_chat_erase(struct viche_turn *t);

#endif
