/* SPDX-License-Identifier: MPL-2.0
 * Any bytes as an update, and as what Telegram answers to a poll or a message: what is said of it is whole. */
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/text.h"
#include "channels/telegram/telegram_api.c"
#include "channels/telegram/telegram_link.c"
#include "channels/telegram/telegram_update.c"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

struct bench { /* only memory is asked for */
    struct viche_turn turn;
    struct arena *arena;
};

static void *memory(struct viche_turn *t, size_t size_bytes) { return arena_alloc(((struct bench *)(void *)t)->arena, size_bytes); }

static __attribute__((format(printf, 2, 3))) const char *print(struct viche_turn *t, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    const char *text = arena_vprint(((struct bench *)(void *)t)->arena, format, args);
    va_end(args);
    return text;
}

const char *telegram_name(struct viche_turn *t) { return (void)t, "kryzhopil_bot"; } /* of a file that needs a database */

static void check(const struct telegram_update *update)
{
    const struct viche_event *event = &update->event;
    if (update->kind == TELEGRAM_NOTHING)
        return;
    if (update->chat == 0)
        abort();
    if (update->kind != TELEGRAM_EVENT)
        return;
    if (event->kind == 0 || !event->address || !*event->address || !event->origin || !*event->origin)
        abort();
    if (event->text && !text_valid(event->text, strlen(event->text)))
        abort();
    if (event->kind == VICHE_EVENT_FILE && !event->remote)
        abort();
    if (event->latitude < -90 || event->latitude > 90 || event->longitude < -180 || event->longitude > 180)
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const struct viche_host host = {.size = sizeof host, .memory = memory, .print = print};
    struct bench bench = {{&host}, arena_new()};
    char *text = strndup((const char *)data, size);
    struct viche_result result = {.size = sizeof result, .status = 200, .body = text, .body_size = (uint32_t)strlen(text)};
    struct telegram_answer answer = telegram_answer(&result);
    const struct telegram_update update = telegram_update_read(&bench.turn, answer.json);
    check(&update);
    if (text_valid(text, strlen(text)) && strpbrk(telegram_html(&bench.turn, text), "<>"))
        abort();
    telegram_answer_end(&answer);
    free(text);
    arena_free(bench.arena);
    return 0;
}
