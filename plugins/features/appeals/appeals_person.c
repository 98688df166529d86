/* SPDX-License-Identifier: MPL-2.0
 * Who writes: what Art. 5 of the Law demands, asked once. Owns the table `appeals_person`: what is remembered for the next time, only by
 * consent, gone on demand. */
#include <string.h>

#include "appeals.h"

static const char *const lines[] = {"surname", "first_name", "patronymic", "residence", "phone", "email"};
enum { LINES = sizeof lines / sizeof *lines };

static struct viche_rows *remembered(struct viche_turn *t)
{
    return viche_sql(t, "SELECT surname, first_name, patronymic, residence, phone, email, at FROM appeals_person WHERE citizen = ?",
                     VICHE_INT_VALUE(viche_citizen(t)));
}

/* ---- from the last time ---------------------------------------------------------------------------------------------------------- */

/* «Коваль О.» */
static const char *briefly(struct viche_turn *t, const char *surname, const char *first_name)
{
    size_t letter = *first_name ? 1 : 0;
    while (letter && (first_name[letter] & 0xC0) == 0x80)
        letter++;
    return viche_print(t, letter ? "%s %.*s." : "%s%.*s", surname, (int)letter, first_name);
}

viche_next person_enter(struct viche_turn *t)
{
    struct viche_rows *rows = remembered(t);
    if (!viche_row(t, rows))
        return viche_go(t, "name");
    const char *phone = viche_row_text(t, rows, 4);
    size_t length = strlen(phone);
    viche_let(t, "name", briefly(t, viche_row_text(t, rows, 0), viche_row_text(t, rows, 1)));
    viche_let(t, "phone_end", phone + (length > 2 ? length - 2 : 0));
    viche_say(t, "ask-same");
    viche_offer(t, "same", "same");
    viche_offer(t, "not-same", "other");
    return viche_stay(t);
}

viche_next person_answer(struct viche_turn *t, const char *same)
{
    struct viche_rows *rows = remembered(t);
    if (strcmp(same, "same") != 0 || !viche_row(t, rows))
        return viche_go(t, "name");
    for (uint32_t i = 0; i < LINES; i++)
        viche_set(t, lines[i], viche_row_text(t, rows, i));
    return viche_go(t, "summary");
}

bool person_is_remembered(struct viche_turn *t)
{
    struct viche_rows *rows = remembered(t);
    bool same = viche_row(t, rows);
    for (uint32_t i = 0; same && i < LINES; i++)
        same = strcmp(viche_row_text(t, rows, i), viche_get(t, lines[i])) == 0;
    return same;
}

void person_remember(struct viche_turn *t)
{
    viche_sql(t,
              "INSERT INTO appeals_person(citizen, surname, first_name, patronymic, residence, phone, email, at)"
              " VALUES(?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT(citizen) DO UPDATE SET surname = excluded.surname,"
              " first_name = excluded.first_name, patronymic = excluded.patronymic, residence = excluded.residence,"
              " phone = excluded.phone, email = excluded.email, at = excluded.at",
              VICHE_INT_VALUE(viche_citizen(t)), VICHE_TEXT_VALUE(viche_get(t, lines[0])), VICHE_TEXT_VALUE(viche_get(t, lines[1])),
              VICHE_TEXT_VALUE(viche_get(t, lines[2])), VICHE_TEXT_VALUE(viche_get(t, lines[3])),
              VICHE_TEXT_VALUE(viche_get(t, lines[4])), VICHE_TEXT_VALUE(viche_get(t, lines[5])), VICHE_INT_VALUE(viche_now(t)));
}

/* ---- asked ----------------------------------------------------------------------------------------------------------------------- */

/* Copies the next word of *text; the rest stays there. */
static const char *take_word(struct viche_turn *t, const char **text)
{
    *text += strspn(*text, " \t\n");
    size_t length = strcspn(*text, " \t\n");
    const char *word = viche_print(t, "%.*s", (int)length, *text);
    *text += length;
    *text += strspn(*text, " \t\n");
    return word;
}

/* «Коваль Олена Петрівна» is all there is to ask; «Коваль Олена» and «Коваль» are asked for the rest. */
viche_next person_name(struct viche_turn *t, const char *name)
{
    viche_set(t, "surname", take_word(t, &name));
    viche_set(t, "first_name", take_word(t, &name));
    viche_set(t, "patronymic", name);
    if (!*viche_get(t, "first_name"))
        return viche_go(t, "first_name");
    return *name ? form_onward(t, "residence") : viche_go(t, "patronymic");
}

viche_next person_ask_patronymic(struct viche_turn *t)
{
    viche_say(t, "ask-patronymic");
    viche_offer(t, "no-patronymic", "-");
    return viche_stay(t);
}

/* «немає», «нема», «-», none: they have no patronymic, and that is said, for the field is mandatory. */
viche_next person_patronymic(struct viche_turn *t, const char *patronymic)
{
    static const char *const none[] = {"-", "–", "—", "нема", "Нема", "none", "None", "no ", "No "};
    bool has = strcmp(patronymic, viche_text(t, "no-patronymic")) != 0;
    for (size_t i = 0; i < sizeof none / sizeof *none; i++)
        has = has && strncmp(patronymic, none[i], strlen(none[i])) != 0;
    viche_set(t, "patronymic", has ? patronymic : "–");
    return form_onward(t, "residence");
}

viche_next person_residence(struct viche_turn *t, const char *residence)
{
    (void)residence;
    return form_onward(t, "phone");
}

viche_next person_phone(struct viche_turn *t, const char *phone)
{
    (void)phone;
    return form_onward(t, "summary");
}

/* One @ with something before it and a dot behind it: more is known only by writing there. */
static bool looks_like_email(const char *email)
{
    const char *at = strchr(email, '@');
    return at && at > email && !strchr(at + 1, '@') && strchr(at + 1, '.') && !strpbrk(email, " ,;\t\n") && email[strlen(email) - 1] != '.';
}

viche_next person_email(struct viche_turn *t, const char *email)
{
    if (*email && !looks_like_email(email)) {
        viche_set(t, "email", "");
        return viche_again(t, "retry-email");
    }
    return form_onward(t, "summary");
}

/* ---- hooks ----------------------------------------------------------------------------------------------------------------------- */

void person_export(struct viche_turn *t)
{
    struct viche_rows *rows = remembered(t);
    if (!viche_row(t, rows))
        return;
    for (uint32_t i = 0; i < LINES; i++)
        viche_set(t, lines[i], viche_row_text(t, rows, i));
    viche_emit(t, "remembered");
}

void person_erase(struct viche_turn *t)
{
    viche_sql(t, "DELETE FROM appeals_person WHERE citizen = ?", VICHE_INT_VALUE(viche_citizen(t)));
}

/* Two conversations of one person: what was written last counts. */
void person_join(struct viche_turn *t, uint64_t from)
{
    const struct viche_value mine = VICHE_INT_VALUE(viche_citizen(t)), other = VICHE_INT_VALUE(from);
    viche_sql(t,
              "DELETE FROM appeals_person WHERE citizen IN (?, ?) AND at < (SELECT max(at) FROM appeals_person WHERE citizen IN (?, ?))",
              mine, other, mine, other);
    viche_sql(t, "DELETE FROM appeals_person WHERE citizen = ? AND EXISTS (SELECT 1 FROM appeals_person WHERE citizen = ?)", other, mine);
    viche_sql(t, "UPDATE appeals_person SET citizen = ? WHERE citizen = ?", mine, other);
}
