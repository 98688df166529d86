/* SPDX-License-Identifier: MPL-2.0
 * The Telegram channel: a town's bot. docs/telegram.md says how a town gets one. */
#include "telegram.h"

/* Of citizens nothing is kept here. */
static void no_citizen(struct viche_turn *t) { (void)t; }

VICHE_PLUGIN = {
    VICHE_HEAD, .id = "ua.viche.telegram", .name = "Telegram", .version = "1.0", .licence = "MPL-2.0",
    .options = VICHE_LIST(struct viche_option,
        { .name = "token", .flags = VICHE_SECRET, .help = "File with the token that @BotFather gave" },
        { .name = "mode", .kind = VICHE_OPTION_CHOICE, .choices = "polling webhook", .fallback = "polling",
          .help = "polling: we ask Telegram, no open port is needed; webhook: Telegram calls us at [host] origin" },
        { .name = "webhook-secret", .flags = VICHE_SECRET, .fallback = "",
          .help = "File with 1 to 256 of A-Z a-z 0-9 _ -: by it Telegram shows who it is; for mode = webhook" },
        { .name = "connections", .kind = VICHE_OPTION_NUMBER, .fallback = "40", .min = 1, .max = 100,
          .help = "Calls of the webhook that Telegram may make at once" },
        { .name = "poll", .kind = VICHE_OPTION_SECONDS, .fallback = "50s", .min = 0, .max = 50,
          .help = "How long Telegram may keep us waiting for news" },
        { .name = "api", .kind = VICHE_OPTION_URL, .fallback = "https://api.telegram.org", .help = "Where the Bot API is" },
        { .name = "per-second", .kind = VICHE_OPTION_NUMBER, .fallback = "30", .min = 0, .max = 1000,
          .help = "Messages a second of the whole bot; 0: as many as there are" },
        { .name = "gap-ms", .kind = VICHE_OPTION_NUMBER, .fallback = "1000", .min = 0, .max = 60000,
          .help = "Milliseconds between two messages of one chat, on average" },
        { .name = "burst", .kind = VICHE_OPTION_NUMBER, .fallback = "3", .min = 1, .max = 20,
          .help = "Messages of one chat that may go at once before gap-ms holds" },
        { .name = "group-minute", .kind = VICHE_OPTION_NUMBER, .fallback = "20", .min = 1, .max = 1000,
          .help = "Messages a minute into one group" },
        { .name = "answer-in-webhook", .kind = VICHE_OPTION_FLAG, .fallback = "yes",
          .help = "A reply rides in the answer to Telegram's call, which spares one of ours; whether it got through is not told" }),
    .migrations = VICHE_LIST(const char *, "CREATE TABLE telegram_bot(id INTEGER PRIMARY KEY, name TEXT NOT NULL);"),
    .channels = VICHE_LIST(struct viche_channel, {
        .id = "telegram",
        .abilities = VICHE_CAN_PLACE | VICHE_CAN_PHONE | VICHE_CAN_FILE | VICHE_CAN_TYPING,
        .text_max = TELEGRAM_TEXT_MAX, .buttons_max = 40, .label_max = 64, .value_max = TELEGRAM_VALUE_MAX,
        .per_row_max = TELEGRAM_ROW_MAX, .files_max = TELEGRAM_ALBUM_MAX,
        .hooks = VICHE_LIST(struct viche_route,
            { .method = "POST", .path = "/hook", .serve = telegram_hook, .proof = VICHE_PROOF_SECRET,
              .proof_header = "x-telegram-bot-api-secret-token", .proof_secret = "webhook-secret" }),
        .send = telegram_say, .answer = telegram_answer_hook, .sent = telegram_sent, .sent_id = telegram_sent_id, .pace = telegram_pace,
        .poll = telegram_poll, .polled = telegram_polled, .fetch_file = telegram_fetch_file, .deep_link = telegram_link,
    }),
    .export_citizen = no_citizen, .erase_citizen = no_citizen,
};
