/* SPDX-License-Identifier: MPL-2.0
 * The Viber channel. A town's bot, its webhook and its price: docs/viber.md. */
#include "viber.h"

VICHE_PLUGIN = {
    VICHE_HEAD, .id = "ua.viche.viber", .name = "Viber", .version = "1.0", .author = "viche", .licence = "MPL-2.0",
    .options = VICHE_LIST(struct viche_option,
        { .name = "token", .flags = VICHE_SECRET,
          .help = "The bot's token, from partners.viber.com or the partner who made the bot" },
        { .name = "name", .fallback = "", .help = "Who speaks, at most 28 letters; empty: the town's name" },
        { .name = "avatar", .fallback = "",
          .help = "https address of a picture of 720x720, at most 100 KB, shown beside every message" },
        { .name = "uri", .fallback = "",
          .help = "The bot's address for links, as in viber://pa?chatURI=…; empty: as Viber tells" },
        { .name = "price", .kind = VICHE_OPTION_NUMBER, .min = 0, .max = 100000, .fallback = "0",
          .help = "Hundredths of a hryvnia for one message outside a session, as your contract says; "
                  "counted before a notice is sent" },
        { .name = "session", .kind = VICHE_OPTION_SECONDS, .min = 0, .max = 30 * VIBER_DAY_S, .fallback = "24h",
          .help = "How long after a citizen's message ours cost nothing" },
        { .name = "unanswered", .kind = VICHE_OPTION_NUMBER, .min = 2, .max = 100000, .fallback = "100",
          .help = "Messages to one citizen within an hour without a word from them; more are held back" },
        { .name = "per-second", .kind = VICHE_OPTION_NUMBER, .min = 1, .max = 1000, .fallback = "50",
          .help = "Messages a second, to all citizens together" },
        { .name = "broadcast", .kind = VICHE_OPTION_FLAG, .fallback = "no",
          .help = "yes: notices go by broadcast_message, up to 300 people a call; Viber has to allow it first" },
        { .name = "caption-max", .kind = VICHE_OPTION_NUMBER, .min = 0, .max = 7000, .fallback = "512",
          .help = "Letters under a picture; a longer text goes before it" },
        { .name = "media-hosts", .fallback = ".viber.com",
          .help = "Hosts where citizens' pictures and files lie, separated by spaces; .viber.com: all its hosts; "
                  "or whole origins" },
        { .name = "api", .kind = VICHE_OPTION_URL, .fallback = "https://chatapi.viber.com/pa",
          .help = "Where Viber takes requests" }),
    .channels = VICHE_LIST(struct viche_channel, {
        .id = "viber",
        .abilities = VICHE_CAN_PLACE | VICHE_CAN_PHONE | VICHE_CAN_FILE,
        .text_max = VIBER_TEXT_MAX, .buttons_max = VIBER_BUTTONS_MAX, .label_max = 60, .value_max = VIBER_VALUE_MAX,
        .per_row_max = 3, .together_max = VIBER_TOGETHER_MAX,
        .hooks = VICHE_LIST(struct viche_route,
            { .method = "POST", .path = "/webhook", .max_body = 262144, .serve = viber_hook,
              .proof = VICHE_PROOF_HMAC, .proof_header = "x-viber-content-signature", .proof_secret = "token" },
            { .method = "GET", .path = "/files/{file}/{proof}/{name}", .serve = viber_file, .proof = VICHE_PROOF_PATH }),
        .send = viber_send, .sent = viber_sent, .sent_id = viber_sent_id, .send_together = viber_send_together,
        .sent_together = viber_sent_together, .poll = viber_poll, .polled = viber_polled,
        .deep_link = viber_deep_link, .fetch_file = viber_fetch_file, .pace = viber_chat_pace,
    }),
    .schedules = VICHE_LIST(struct viche_schedule, { .name = "tidy", .at = "03:40", .run = viber_chat_tidy }),
    .migrations = VICHE_LIST(const char *,
        "CREATE TABLE viber_account(id INTEGER PRIMARY KEY, key TEXT NOT NULL, uri TEXT NOT NULL)",
        "CREATE TABLE viber_chat(address TEXT PRIMARY KEY, heard_at INTEGER NOT NULL, told INTEGER NOT NULL,"
        " told_at INTEGER NOT NULL)"),
    .start = viber_start,
    .export_citizen = viber_chat_export,
    .erase_citizen = viber_chat_erase,
};
