/* SPDX-License-Identifier: MPL-2.0
 * What Viber asks to be counted. A chat is in session for a day after the citizen wrote; outside it a message of ours may cost
 * money. Who has been told a hundred things within an hour and said nothing gets no more until the hour is over. Owns the
 * table viber_chat: a row lives as long as its session. */
#include "viber.h"

static struct viche_rows *find(struct viche_turn *t, const char *address)
{
    struct viche_rows *rows =
        viche_sql(t, "SELECT heard_at, told, told_at FROM viber_chat WHERE address = ?", VICHE_TEXT_VALUE(address));
    return viche_row(t, rows) ? rows : NULL;
}

/* A replayed or late callback never makes a session younger than it is. */
void viber_chat_heard(struct viche_turn *t, const char *address, int64_t at)
{
    viche_sql(t,
              "INSERT INTO viber_chat(address, heard_at, told, told_at) VALUES(?, ?, 0, 0) ON CONFLICT(address) DO UPDATE"
              " SET heard_at = excluded.heard_at, told = 0 WHERE excluded.heard_at > viber_chat.heard_at",
              VICHE_TEXT_VALUE(address), VICHE_INT_VALUE(at < viche_now(t) ? at : viche_now(t)));
}

void viber_chat_told(struct viche_turn *t, const char *address)
{
    viche_sql(t,
              "INSERT INTO viber_chat(address, heard_at, told, told_at) VALUES(?1, 0, 1, ?2) ON CONFLICT(address) DO UPDATE SET"
              " told = CASE WHEN viber_chat.told = 0 OR viber_chat.told_at <= ?2 - ?3 THEN 1 ELSE viber_chat.told + 1 END,"
              " told_at = CASE WHEN viber_chat.told = 0 OR viber_chat.told_at <= ?2 - ?3 THEN ?2 ELSE viber_chat.told_at END",
              VICHE_TEXT_VALUE(address), VICHE_INT_VALUE(viche_now(t)), VICHE_INT_VALUE(VIBER_HOUR_S));
}

void viber_chat_left(struct viche_turn *t, const char *address)
{
    viche_sql(t, "DELETE FROM viber_chat WHERE address = ?", VICHE_TEXT_VALUE(address));
}

/* The message that uses up the allowance goes; the one behind it waits for the end of the hour, or for a word of the citizen. */
static uint32_t gap_ms(struct viche_turn *t, int64_t told, int64_t told_at)
{
    int64_t over_at = told_at + VIBER_HOUR_S;
    bool last = told + 1 >= viche_option_number(t, "unanswered");
    return last && over_at > viche_now(t) ? (uint32_t)(over_at - viche_now(t)) * 1000 : 0;
}

void viber_chat_pace(struct viche_turn *t, const char *address, struct viche_pace *out)
{
    struct viche_rows *chat = find(t, address);
    int64_t heard_at = chat ? viche_row_integer(t, chat, 0) : 0;
    bool session = heard_at > viche_now(t) - viche_option_number(t, "session");
    out->per_second = (uint32_t)viche_option_number(t, "per-second");
    out->gap_ms = chat ? gap_ms(t, viche_row_integer(t, chat, 1), viche_row_integer(t, chat, 2)) : 0;
    out->price = session ? 0 : (uint32_t)viche_option_number(t, "price");
}

void viber_chat_tidy(struct viche_turn *t, int64_t planned_at)
{
    viche_sql(t, "DELETE FROM viber_chat WHERE heard_at < ? AND told_at < ?",
              VICHE_INT_VALUE(planned_at - viche_option_number(t, "session")), VICHE_INT_VALUE(planned_at - VIBER_HOUR_S));
}

static const char *moment(struct viche_turn *t, int64_t at)
{
    struct viche_local local = viche_local(t, at);
    return viche_print(t, "%04d-%02d-%02d %02d:%02d", local.year, local.month, local.day, local.hour, local.minute);
}

void viber_chat_export(struct viche_turn *t)
{
    uint32_t i = 0;
    for (const char *address = viche_address(t, i); address; address = viche_address(t, ++i)) {
        struct viche_rows *chat = find(t, address);
        if (!chat)
            continue;
        viche_set(t, "wrote", moment(t, viche_row_integer(t, chat, 0)));
        viche_set(t, "unanswered", viche_print(t, "%lld", (long long)viche_row_integer(t, chat, 1)));
        viche_emit(t, "viber");
    }
}

void viber_chat_erase(struct viche_turn *t)
{
    uint32_t i = 0;
    for (const char *address = viche_address(t, i); address; address = viche_address(t, ++i))
        viber_chat_left(t, address);
}
