/* SPDX-License-Identifier: MPL-2.0
 * Marks and words for institutions, officials and communal services. Not an appeal: nobody owes an answer, and who gave a mark is told to
 * nobody. Owns the table `appeals_rating`: one mark of a citizen for each thing, the last one counts. */
#include <stdlib.h>
#include <string.h>

#include "appeals.h"

static const char *const services[] = {"water", "heating", "waste", "roads", "lighting", "transport", "housing", "parks"};
enum { SERVICES = sizeof services / sizeof *services, LOW_MARK = 2 };

viche_next rate_start(struct viche_turn *t)
{
    static const char *const whats[] = {"institution", "official", "service"};
    for (size_t i = 0; i < sizeof whats / sizeof *whats; i++) {
        if (strcmp(viche_args(t), whats[i]) != 0)
            continue;
        viche_set(t, "what", whats[i]);
        return viche_go(t, "subject");
    }
    return viche_go(t, "what");
}

viche_next rate_what(struct viche_turn *t, const char *what)
{
    (void)what;
    return viche_go(t, "subject");
}

static bool offer_services(struct viche_turn *t)
{
    for (size_t i = 0; i < SERVICES; i++)
        viche_offer(t, viche_print(t, "service-%s", services[i]), services[i]);
    return true;
}

viche_next rate_subjects(struct viche_turn *t)
{
    const char *what = viche_get(t, "what");
    viche_say(t, viche_print(t, "ask-which-%s", what));
    bool any = *what == 'i' ? whom_offer_institutions(t) : *what == 'o' ? whom_offer_officials(t) : offer_services(t);
    if (any)
        return viche_stay(t);
    viche_say(t, "nothing-to-rate");
    viche_offer(t, "title", "/appeals");
    return viche_done(t);
}

viche_next rate_subject(struct viche_turn *t, const char *subject)
{
    const char *what = viche_get(t, "what");
    viche_set(t, "subject", subject);
    viche_set(t, "name", *what == 'i'   ? whom_institution_name(t, subject)
                         : *what == 'o' ? whom_official_name(t, subject)
                                        : viche_text(t, viche_print(t, "service-%s", subject)));
    return viche_go(t, "mark");
}

viche_next rate_keep(struct viche_turn *t)
{
    const char *what = viche_get(t, "what"), *mark = viche_get(t, "mark");
    viche_sql(t,
              "INSERT INTO appeals_rating(citizen, at, what, subject, name, mark, words, files) VALUES(?, ?, ?, ?, ?, ?, ?, ?)"
              " ON CONFLICT(citizen, what, subject) DO UPDATE SET at = excluded.at, name = excluded.name, mark = excluded.mark,"
              " words = excluded.words, files = excluded.files",
              VICHE_INT_VALUE(viche_citizen(t)), VICHE_INT_VALUE(viche_now(t)), VICHE_TEXT_VALUE(what),
              VICHE_TEXT_VALUE(viche_get(t, "subject")), VICHE_TEXT_VALUE(viche_get(t, "name")), VICHE_INT_VALUE(*mark - '0'),
              VICHE_TEXT_VALUE(viche_get(t, "opinion")), VICHE_TEXT_VALUE(viche_get(t, "opinion_files")));
    bool low = *mark - '0' <= LOW_MARK;
    viche_say(t, low ? "rated-low" : "rated");
    if (low && *what == 's')
        viche_offer(t, "to-problem", "/utility");
    if (low)
        viche_offer(t, "to-complaint", "/appeals kind complaint");
    return viche_done(t);
}

/* ---- reading it ------------------------------------------------------------------------------------------------------------- */

static void emit(struct viche_turn *t, struct viche_rows *rows)
{
    static const char *const columns[] = {"time", "what", "name", "mark", "words", "files"};
    while (viche_row(t, rows)) {
        struct viche_local at = viche_local(t, viche_row_integer(t, rows, 0));
        viche_set(t, columns[0], viche_print(t, "%04d-%02d-%02d %02d:%02d", at.year, at.month, at.day, at.hour, at.minute));
        for (uint32_t i = 1; i < sizeof columns / sizeof *columns; i++)
            viche_set(t, columns[i], viche_row_text(t, rows, i));
        viche_emit(t, "ratings");
    }
}

#define COLUMNS "at, what, name, mark, words, length(files) > 0 AND length(files) - length(replace(files, char(10), '')) + 1"

void rate_write(struct viche_turn *t) { emit(t, viche_sql(t, "SELECT " COLUMNS " FROM appeals_rating ORDER BY id")); }

void rate_export(struct viche_turn *t)
{
    emit(t, viche_sql(t, "SELECT " COLUMNS " FROM appeals_rating WHERE citizen = ? ORDER BY id", VICHE_INT_VALUE(viche_citizen(t))));
}

void rate_erase(struct viche_turn *t)
{
    viche_sql(t, "DELETE FROM appeals_rating WHERE citizen = ?", VICHE_INT_VALUE(viche_citizen(t)));
}

#define SHOWN "SELECT id, at, what, name, mark, words, files FROM appeals_rating"

struct viche_rows *rate_page(struct viche_turn *t, const struct viche_query *query, const char *what, const char *mark)
{
    return viche_sql(t,
                     SHOWN " WHERE (?1 = 0 OR id < ?1) AND (?2 = '' OR what = ?2) AND (?3 = '' OR mark = ?3)"
                           " AND (?4 = '' OR instr(name, ?4) OR instr(words, ?4)) ORDER BY id DESC LIMIT ?5",
                     VICHE_INT_VALUE(strtoll(query->after, NULL, 10)), VICHE_TEXT_VALUE(what), VICHE_TEXT_VALUE(mark),
                     VICHE_TEXT_VALUE(query->search), VICHE_INT_VALUE(query->limit));
}

struct viche_rows *rate_find(struct viche_turn *t, const char *id)
{
    return viche_sql(t, SHOWN " WHERE id = ?", VICHE_INT_VALUE(strtoll(id, NULL, 10)));
}

struct viche_rows *rate_means(struct viche_turn *t, const char *what, int64_t from, int64_t until)
{
    return viche_sql(t,
                     "SELECT name, avg(mark) FROM appeals_rating WHERE what = ? AND at >= ? AND at < ?"
                     " GROUP BY subject ORDER BY 2 DESC, 1 LIMIT 50",
                     VICHE_TEXT_VALUE(what), VICHE_INT_VALUE(from), VICHE_INT_VALUE(until));
}

/* ---- whose it is --------------------------------------------------------------------------------------------------------------- */

/* One person has one mark for each thing: where both gave one, that of the person who stays. */
void rate_join(struct viche_turn *t, uint64_t from)
{
    const struct viche_value mine = VICHE_INT_VALUE(viche_citizen(t)), other = VICHE_INT_VALUE(from);
    viche_sql(t,
              "DELETE FROM appeals_rating WHERE citizen = ? AND EXISTS (SELECT 1 FROM appeals_rating kept WHERE kept.citizen = ?"
              " AND kept.what = appeals_rating.what AND kept.subject = appeals_rating.subject)",
              other, mine);
    viche_sql(t, "UPDATE appeals_rating SET citizen = ? WHERE citizen = ?", mine, other);
}
