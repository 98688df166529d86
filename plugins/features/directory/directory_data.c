/* SPDX-License-Identifier: MPL-2.0
 * The table comes in and goes out as CSV, and is put into the search. An import is the whole truth: a name that stays keeps its id
 * (old buttons still open it), a name that is missing is gone. */
#include <string.h>

#include "common/search.h"
#include "directory.h"
#include "directory_cell.h"

static const char *const days[] = {"mon", "tue", "wed", "thu", "fri", "sat", "sun"};

/* ---- a row ------------------------------------------------------------------------------------------------------------ */

static void refuse(struct viche_turn *t, const char *column, const char *reason_key)
{
    if (reason_key)
        viche_bad(t, column, viche_text(t, reason_key));
}

static void check_hours(struct viche_turn *t, data_bad *bad)
{
    struct hours hours;
    for (size_t i = 0; i < sizeof days / sizeof *days; i++)
        bad(t, days[i], hours_read_day(viche_get(t, days[i]), &hours.week[i]));
    bad(t, "exceptions", hours_read_exceptions(viche_get(t, "exceptions"), &hours));
}

void data_check(struct viche_turn *t, data_bad *bad)
{
    static const struct {
        const char *column;
        const char *(*check)(const char *text);
    } checks[] = {{"name", cell_name},   {"phones", cell_phones},     {"site", cell_site},
                  {"sample", cell_flag}, {"latitude", cell_latitude}, {"longitude", cell_longitude}};
    for (size_t i = 0; i < sizeof checks / sizeof *checks; i++)
        bad(t, checks[i].column, checks[i].check(viche_get(t, checks[i].column)));
    if (!kind_known(viche_get(t, "kind")))
        bad(t, "kind", "bad-kind");
    if ((*viche_get(t, "latitude") == '\0') != (*viche_get(t, "longitude") == '\0'))
        bad(t, "longitude", "bad-half-place");
    check_hours(t, bad);
}

static int64_t read_parent(struct viche_turn *t)
{
    const char *parent = viche_get(t, "part_of");
    int64_t id = *parent ? institution_named(t, parent) : 0;
    if (*parent && !id)
        refuse(t, "part_of", "bad-part-of");
    return id;
}

/* ---- the index -------------------------------------------------------------------------------------------------------- */

/* The row that is being imported: found by both its names, its street, its synonyms and the words of its kind. */
void data_put_entry(struct viche_turn *t, int64_t id, const char *language)
{
    const char *name = viche_get(t, "name"), *english = viche_get(t, "name_en"), *kind = viche_get(t, "kind");
    struct viche_entry entry = {
        .size = sizeof entry,
        .weight = *viche_get(t, "part_of") ? 30 : 60,
        .language = language,
        .id = search_entry(t, id, language),
        .title = institution_word(t, name, english),
        .text = viche_print(t, "%s %s %s %s %s %s", name, english, kind_name(t, kind), viche_text(t, viche_print(t, "words-%s", kind)),
                            viche_get(t, "address"), viche_get(t, "synonyms")),
        .opens = institution_command(t, id),
    };
    viche_index_put(t, &entry);
}

/* ---- import ----------------------------------------------------------------------------------------------------------- */

void data_begin(struct viche_turn *t) { institution_doubt_all(t); }

void data_row(struct viche_turn *t)
{
    data_check(t, refuse);
    int64_t part_of = read_parent(t);
    if (institution_named(t, viche_get(t, "name")))
        refuse(t, "name", "bad-name-twice");
    int64_t id = institution_keep(t, part_of); /* a bad one, too: lines below may name it */
    if (kind_known(viche_get(t, "kind")))
        search_each_language(t, id, data_put_entry);
}

void data_finish(struct viche_turn *t)
{
    struct viche_rows *rows = institution_doubted(t);
    while (viche_row(t, rows))
        search_each_language(t, viche_row_integer(t, rows, 0), search_drop);
    institution_remove_doubted(t);
}

/* ---- export ----------------------------------------------------------------------------------------------------------- */

void data_write(struct viche_turn *t)
{
    struct viche_rows *rows = institution_table(t);
    while (viche_row(t, rows)) {
        for (uint32_t i = 0; i < INSTITUTION_CELLS; i++)
            viche_set(t, institution_cells[i], viche_row_text(t, rows, i));
        viche_emit(t, "directory");
    }
}
