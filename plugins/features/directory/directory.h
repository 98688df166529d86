/* SPDX-License-Identifier: MPL-2.0
 * What the parts of this plugin know of each other. */
#ifndef DIRECTORY_H
#define DIRECTORY_H

#include <viche/viche.h>

#include "directory_hours.h"
#include "directory_place.h"

/* ---- kinds, directory_kind.c. The order of the menu. Their words: kind-…, kinds-…, words-… (for the search) in texts/. */
extern const char *const kinds[];
extern const size_t kind_count;
bool kind_known(const char *kind);
const char *kind_name(struct viche_turn *t, const char *kind);  /* «Аптека» */
const char *kind_plural(struct viche_turn *t, const char *kind); /* «💊 Аптеки» */

/* ---- institutions, directory_institution.c. Owns the table `directory`. */
struct institution {
    int64_t id, part_of; /* part_of 0: of none */
    const char *name, *kind, *address, *phones, *site, *note; /* in the citizen's language */
    bool sample, placed;
    struct place place;
    struct hours hours;
};

/* The next one of the rows below; false after the last. */
bool institution_next(struct viche_turn *t, struct viche_rows *rows, struct institution *out);
/* Of one kind; "": all but services, which have no door to come to and are shown only when asked for. */
struct viche_rows *institution_list(struct viche_turn *t, const char *kind);
struct viche_rows *institution_heads(struct viche_turn *t, const char *kind); /* those that are part of none */
/* Behind `after` (0: from the first), of this kind and with these letters ("": any). */
struct viche_rows *institution_page(struct viche_turn *t, const char *search, const char *kind, int64_t after, uint32_t limit);
bool institution_nth(struct viche_turn *t, const char *kind, uint32_t index, struct institution *out);
bool institution_find(struct viche_turn *t, int64_t id, struct institution *out);
/* In the language of the turn, else in the main one. */
const char *institution_word(struct viche_turn *t, const char *word, const char *english);
const char *institution_command(struct viche_turn *t, int64_t id); /* "/directory show 12" */
struct hours_state institution_state(struct viche_turn *t, const struct institution *institution);
struct viche_rows *institution_relatives(struct viche_turn *t, const struct institution *institution); /* (id, name, name_en) */
int64_t institution_count(struct viche_turn *t, const char *kind, bool placed); /* kind "": all; placed: only those with a place */
struct viche_rows *institution_counts(struct viche_turn *t); /* (kind, how many) */
int64_t institution_named(struct viche_turn *t, const char *name); /* of an import only from a line above; 0: none */

/* As it is kept: the columns of the table that is imported and exported, and of the form of the desk. */
enum { INSTITUTION_CELLS = 22 };
extern const char *const institution_cells[INSTITUTION_CELLS];
struct viche_rows *institution_table(struct viche_turn *t); /* all, in the order of an import */
struct viche_rows *institution_row(struct viche_turn *t, int64_t id);
int64_t institution_keep(struct viche_turn *t, int64_t part_of); /* from variables of these names, by its name; returns its id */
void institution_rename(struct viche_turn *t, int64_t id, const char *name);
void institution_remove(struct viche_turn *t, int64_t id);
/* An import keeps again what it names; what is doubted at its end has gone. */
void institution_doubt_all(struct viche_turn *t);
struct viche_rows *institution_doubted(struct viche_turn *t); /* (id) */
void institution_remove_doubted(struct viche_turn *t);

/* ---- hours in words, directory_week.c */
int32_t week_today(struct viche_turn *t);
const char *week_state(struct viche_turn *t, const struct hours_state *state); /* «Зараз відчинено, до 17:15.» */
const char *week_brief(struct viche_turn *t, const struct hours_state *state); /* «до 17:15» */
const char *week_lines(struct viche_turn *t, const struct hours *hours);       /* «Пн–Пт: 08:00–17:15\nСб, Нд: зачинено» */

/* ---- dialogs */
viche_next card_enter(struct viche_turn *t); /* directory_card.c: of the institution in variable "id" */
viche_next cnap_enter(struct viche_turn *t);

viche_next list_start(struct viche_turn *t); /* directory_list.c */
viche_next list_kinds(struct viche_turn *t);
viche_next list_items(struct viche_turn *t);
viche_next list_open_start(struct viche_turn *t);
viche_next list_open_kinds(struct viche_turn *t);
viche_next list_open_items(struct viche_turn *t);
viche_next list_nearest_start(struct viche_turn *t);
viche_next list_nearest(struct viche_turn *t);

extern const struct viche_directory directory_service; /* directory_service.c */

/* ---- import, export and the index, directory_data.c */
void data_begin(struct viche_turn *t);
void data_row(struct viche_turn *t);
void data_finish(struct viche_turn *t);
void data_write(struct viche_turn *t);
/* One row, as variables of the turn named like the columns: of an import, or of a form of the staff desk. */
typedef void data_bad(struct viche_turn *t, const char *column, const char *reason_key); /* reason_key NULL: nothing is wrong */
void data_check(struct viche_turn *t, data_bad *bad);
void data_put_entry(struct viche_turn *t, int64_t id, const char *language);

/* ---- the staff desk, directory_view.c */
void view_list(struct viche_turn *t, const struct viche_query *query, struct viche_sheet *sheet);
uint32_t view_sees(struct viche_turn *t, const struct viche_clerk *clerk, const char *id);
void view_show(struct viche_turn *t, const struct viche_clerk *clerk, const char *id, struct viche_sheet *sheet);
const char *view_act(struct viche_turn *t, const struct viche_clerk *clerk, const char *id, const char *action, const char *stamp);

#endif
