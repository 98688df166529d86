/* SPDX-License-Identifier: MPL-2.0
 * A message while a handler is still writing it, its form as stored JSON, and its cutting to what a channel can show. */
#ifndef FLOW_MESSAGE_H
#define FLOW_MESSAGE_H

#include <jansson.h>
#include <stdbool.h>
#include <viche/channel.h>

#include "base/arena.h"

struct draft {
    struct draft *next;
    uint64_t citizen; /* to whom */
    const char *text;
    struct viche_button *buttons;
    uint32_t button_count, button_room;
    uint32_t next_row; /* row for the next button */
    struct viche_file *files;
    uint32_t file_count, reserved;
    const char *place_label;
    double latitude, longitude;
    const char *replaces; /* the messenger's id of the message this one may be written over */
    const char *owner, *tag; /* whose mark it bears (viche_tag); NULL: none */
    bool bulk;               /* replies go before it */
    int64_t kept;            /* its id in the chat's history, where it stands already; 0: it is new */
};

void draft_button(struct draft *draft, struct arena *arena, uint32_t kind, const char *label, const char *value, bool same_row);

void draft_file(struct draft *draft, struct arena *arena, const struct viche_file *file);

/* {"text", "buttons": [[kind, row, label, value]…], "files": [[id, name, type]…], "place": [latitude, longitude, label],
 *  "replaces"} */
char *message_write(const struct draft *draft, struct arena *arena);
/* Reads it back; address, id, at, flags and origin are the caller's. false: not a message. */
bool message_read(const char *json, struct arena *arena, struct viche_message *out);
/* The same without the detour; what it points to is the draft's. */
void message_of(const struct draft *draft, struct viche_message *out);
/* What was refused, the next simpler way: written over nothing; then its pictures as plain files; then without files. NULL: there is none. */
char *message_anew(const char *json, struct arena *arena);

/* Splits the text at paragraphs, lines or words so that each part has at most text_max characters, and the files so that each has
 * at most files_max; the last part keeps the buttons, the place and the last files. Labels over label_max are cut with …. Returns
 * the parts, linked by next. */
struct draft *message_fit(const struct draft *draft, struct arena *arena, const struct viche_channel *channel);

#endif
