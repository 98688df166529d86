/* SPDX-License-Identifier: MPL-2.0
 * Institutions: where they are kept, found and changed. Owns the table `directory`. */
#include <string.h>

#include "directory.h"

const char *institution_word(struct viche_turn *t, const char *word, const char *english)
{
    return *english && strcmp(viche_language(t), "en") == 0 ? english : word;
}

const char *institution_command(struct viche_turn *t, int64_t id) { return viche_print(t, "/directory show %lld", (long long)id); }

/* Rows that do not read were never let in. */
static struct hours hours_of(struct viche_turn *t, struct viche_rows *rows)
{
    struct hours hours;
    hours_read_exceptions(viche_row_text(t, rows, 14), &hours);
    for (uint32_t day = 0; day < 7; day++)
        hours_read_day(viche_row_text(t, rows, 15 + day), &hours.week[day]);
    return hours;
}

bool institution_next(struct viche_turn *t, struct viche_rows *rows, struct institution *out)
{
    if (!viche_row(t, rows))
        return false;
    *out = (struct institution){
        .id = viche_row_integer(t, rows, 0),
        .part_of = viche_row_integer(t, rows, 1),
        .name = institution_word(t, viche_row_text(t, rows, 2), viche_row_text(t, rows, 3)),
        .kind = viche_row_text(t, rows, 4),
        .address = institution_word(t, viche_row_text(t, rows, 5), viche_row_text(t, rows, 6)),
        .phones = viche_row_text(t, rows, 7),
        .site = viche_row_text(t, rows, 8),
        .note = institution_word(t, viche_row_text(t, rows, 9), viche_row_text(t, rows, 10)),
        .sample = viche_row_integer(t, rows, 11) != 0,
        .placed = *viche_row_text(t, rows, 12) != '\0',
        .place = {viche_row_real(t, rows, 12), viche_row_real(t, rows, 13)},
        .hours = hours_of(t, rows),
    };
    return true;
}

static int64_t moment(void *turn, int32_t date, int32_t minute)
{
    struct viche_local wall = {.size = sizeof wall, .hour = minute / 60, .minute = minute % 60};
    hours_civil(date, &wall.year, &wall.month, &wall.day);
    return viche_moment(turn, &wall);
}

struct hours_state institution_state(struct viche_turn *t, const struct institution *institution)
{
    struct hours_clock clock = {moment, t, viche_now(t), week_today(t)};
    return hours_state(&institution->hours, &clock);
}

/* ---- finding ---------------------------------------------------------------------------------------------------------- */

#define INSTITUTIONS                                                                                         \
    "SELECT id, part_of, name, name_en, kind, address, address_en, phones, site, note, note_en, sample, "    \
    "latitude, longitude, exceptions, mon, tue, wed, thu, fri, sat, sun FROM directory"

bool institution_find(struct viche_turn *t, int64_t id, struct institution *out)
{
    return institution_next(t, viche_sql(t, INSTITUTIONS " WHERE id = ?", VICHE_INT_VALUE(id)), out);
}

struct viche_rows *institution_list(struct viche_turn *t, const char *kind)
{
    return viche_sql(t, INSTITUTIONS " WHERE kind = ? OR (? = '' AND kind <> 'service') ORDER BY sort, name", VICHE_TEXT_VALUE(kind),
                     VICHE_TEXT_VALUE(kind));
}

bool institution_nth(struct viche_turn *t, const char *kind, uint32_t index, struct institution *out)
{
    struct viche_rows *rows = viche_sql(t, INSTITUTIONS " WHERE kind = ? ORDER BY sort, name LIMIT 1 OFFSET ?", VICHE_TEXT_VALUE(kind),
                                        VICHE_INT_VALUE(index));
    return institution_next(t, rows, out);
}

struct viche_rows *institution_heads(struct viche_turn *t, const char *kind)
{
    return viche_sql(t, INSTITUTIONS " WHERE kind = ? AND part_of = 0 ORDER BY sort, name", VICHE_TEXT_VALUE(kind));
}

struct viche_rows *institution_page(struct viche_turn *t, const char *search, const char *kind, int64_t after, uint32_t limit)
{
    return viche_sql(t,
                     INSTITUTIONS " WHERE (?1 = '' OR instr(name, ?1) OR instr(address, ?1) OR instr(synonyms, ?1)) AND (?2 = '' OR kind = ?2)"
                                  " AND (?3 = 0 OR (sort, id) > (SELECT sort, id FROM directory WHERE id = ?3)) ORDER BY sort, id LIMIT ?4",
                     VICHE_TEXT_VALUE(search), VICHE_TEXT_VALUE(kind), VICHE_INT_VALUE(after), VICHE_INT_VALUE(limit));
}

struct viche_rows *institution_relatives(struct viche_turn *t, const struct institution *institution)
{
    return viche_sql(t, "SELECT id, name, name_en FROM directory WHERE part_of = ? OR id = ? ORDER BY part_of = 0 DESC, sort, name",
                     VICHE_INT_VALUE(institution->id), VICHE_INT_VALUE(institution->part_of));
}

int64_t institution_count(struct viche_turn *t, const char *kind, bool placed)
{
    struct viche_rows *rows = viche_sql(t, "SELECT count(*) FROM directory WHERE (kind = ? OR ? = '') AND (latitude <> '' OR ? = 0)",
                                        VICHE_TEXT_VALUE(kind), VICHE_TEXT_VALUE(kind), VICHE_INT_VALUE(placed));
    return viche_row(t, rows) ? viche_row_integer(t, rows, 0) : 0;
}

struct viche_rows *institution_counts(struct viche_turn *t)
{
    return viche_sql(t, "SELECT kind, count(*) FROM directory GROUP BY kind");
}

int64_t institution_named(struct viche_turn *t, const char *name)
{
    struct viche_rows *rows = viche_sql(t, "SELECT id FROM directory WHERE name = ? AND fresh = 1", VICHE_TEXT_VALUE(name));
    return viche_row(t, rows) ? viche_row_integer(t, rows, 0) : 0;
}

/* What stands alone first, so that part_of names a line above. */
#define CELLS                                                                                                                    \
    "SELECT d.name, d.name_en, d.kind, coalesce(p.name, ''), d.address, d.address_en, d.phones, d.site, d.mon, d.tue, d.wed,"    \
    " d.thu, d.fri, d.sat, d.sun, d.exceptions, d.latitude, d.longitude, d.synonyms, d.note, d.note_en,"                         \
    " CASE WHEN d.sample THEN 'yes' ELSE '' END FROM directory d LEFT JOIN directory p ON p.id = d.part_of"
const char *const institution_cells[INSTITUTION_CELLS] = {
    "name", "name_en", "kind", "part_of", "address", "address_en", "phones", "site", "mon", "tue", "wed",
    "thu", "fri", "sat", "sun", "exceptions", "latitude", "longitude", "synonyms", "note", "note_en", "sample"};

struct viche_rows *institution_table(struct viche_turn *t)
{
    return viche_sql(t, CELLS " ORDER BY d.part_of <> 0, d.kind, d.sort, d.name");
}

struct viche_rows *institution_row(struct viche_turn *t, int64_t id) { return viche_sql(t, CELLS " WHERE d.id = ?", VICHE_INT_VALUE(id)); }

/* ---- changing --------------------------------------------------------------------------------------------------------- */

#define CELL(name) VICHE_TEXT_VALUE(viche_get(t, name))

/* A place is kept as the text that came, so that it goes out the same. */
int64_t institution_keep(struct viche_turn *t, int64_t part_of)
{
    struct viche_rows *rows = viche_sql(
        t,
        "INSERT INTO directory(name, name_en, kind, part_of, address, address_en, phones, site, mon, tue, wed, thu, fri, sat, sun,"
        " exceptions, latitude, longitude, synonyms, note, note_en, sample, sort, fresh)"
        " VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1)"
        " ON CONFLICT(name) DO UPDATE SET name_en = excluded.name_en, kind = excluded.kind, part_of = excluded.part_of,"
        " address = excluded.address, address_en = excluded.address_en, phones = excluded.phones, site = excluded.site,"
        " mon = excluded.mon, tue = excluded.tue, wed = excluded.wed, thu = excluded.thu, fri = excluded.fri, sat = excluded.sat,"
        " sun = excluded.sun, exceptions = excluded.exceptions, latitude = excluded.latitude, longitude = excluded.longitude,"
        " synonyms = excluded.synonyms, note = excluded.note, note_en = excluded.note_en, sample = excluded.sample,"
        " sort = excluded.sort, fresh = 1 RETURNING id",
        CELL("name"), CELL("name_en"), CELL("kind"), VICHE_INT_VALUE(part_of), CELL("address"), CELL("address_en"), CELL("phones"),
        CELL("site"), CELL("mon"), CELL("tue"), CELL("wed"), CELL("thu"), CELL("fri"), CELL("sat"), CELL("sun"), CELL("exceptions"),
        CELL("latitude"), CELL("longitude"), CELL("synonyms"), CELL("note"), CELL("note_en"),
        VICHE_INT_VALUE(*viche_get(t, "sample") != '\0'), VICHE_TEXT_VALUE(viche_collation_key(t, viche_get(t, "name"))));
    return viche_row(t, rows) ? viche_row_integer(t, rows, 0) : 0;
}

void institution_rename(struct viche_turn *t, int64_t id, const char *name)
{
    viche_sql(t, "UPDATE directory SET name = ? WHERE id = ?", VICHE_TEXT_VALUE(name), VICHE_INT_VALUE(id));
}

void institution_remove(struct viche_turn *t, int64_t id)
{
    viche_sql(t, "UPDATE directory SET part_of = 0 WHERE part_of = ?", VICHE_INT_VALUE(id));
    viche_sql(t, "DELETE FROM directory WHERE id = ?", VICHE_INT_VALUE(id));
}

void institution_doubt_all(struct viche_turn *t) { viche_sql(t, "UPDATE directory SET fresh = 0"); }

struct viche_rows *institution_doubted(struct viche_turn *t) { return viche_sql(t, "SELECT id FROM directory WHERE fresh = 0"); }

void institution_remove_doubted(struct viche_turn *t) { viche_sql(t, "DELETE FROM directory WHERE fresh = 0"); }
