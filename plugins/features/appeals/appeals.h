/* SPDX-License-Identifier: MPL-2.0
 * What the parts of this plugin know of each other. The cards are those of ua.viche.cases. */
#ifndef APPEALS_H
#define APPEALS_H

#include <viche/services/cases.h>
#include <viche/services/directory.h>
#include <viche/services/staff.h>
#include <viche/services/tracking.h>
#include <viche/viche.h>

#include "common/form.h"

#define APPEAL "appeal"

static inline const struct viche_cases *the_cases(struct viche_turn *t) { return viche_service(t, VICHE_CASES); }

/* ---- to whom, about whom, appeals_whom.c */
viche_next whom_enter(struct viche_turn *t);
viche_next whom_answer(struct viche_turn *t, const char *whom);
viche_next whom_institutions(struct viche_turn *t);
viche_next whom_institution(struct viche_turn *t, const char *which);
viche_next whom_officials(struct viche_turn *t);
viche_next whom_official(struct viche_turn *t, const char *id);
viche_next whom_named(struct viche_turn *t, const char *name);
/* Buttons of all that one may write to or rate; false: there are none. The words of a button's value. */
bool whom_offer_institutions(struct viche_turn *t);
const char *whom_institution_name(struct viche_turn *t, const char *value);
bool whom_offer_officials(struct viche_turn *t);
const char *whom_official_name(struct viche_turn *t, const char *id);

/* ---- who writes, appeals_person.c. Owns the table `appeals_person`. */
viche_next person_enter(struct viche_turn *t);
viche_next person_answer(struct viche_turn *t, const char *same);
viche_next person_name(struct viche_turn *t, const char *name);
viche_next person_ask_patronymic(struct viche_turn *t);
viche_next person_patronymic(struct viche_turn *t, const char *patronymic);
viche_next person_residence(struct viche_turn *t, const char *residence);
viche_next person_phone(struct viche_turn *t, const char *phone);
viche_next person_email(struct viche_turn *t, const char *email);
bool person_is_remembered(struct viche_turn *t); /* as it stands in the form */
void person_remember(struct viche_turn *t);
void person_export(struct viche_turn *t);
void person_erase(struct viche_turn *t);
void person_join(struct viche_turn *t, uint64_t from);

/* ---- the summary, appeals_sum.c; and sending it, appeals_send.c */
viche_next sum_enter(struct viche_turn *t);
viche_next sum_answer(struct viche_turn *t, const char *way);
viche_next sum_lines(struct viche_turn *t);
viche_next sum_privilege(struct viche_turn *t, const char *privilege);
viche_next send_enter(struct viche_turn *t);

/* ---- rating, appeals_rate.c. Owns the table `appeals_rating`. */
viche_next rate_start(struct viche_turn *t);
viche_next rate_what(struct viche_turn *t, const char *what);
viche_next rate_subjects(struct viche_turn *t);
viche_next rate_subject(struct viche_turn *t, const char *subject);
viche_next rate_keep(struct viche_turn *t);
struct viche_rows *rate_page(struct viche_turn *t, const struct viche_query *query, const char *what, const char *mark);
struct viche_rows *rate_find(struct viche_turn *t, const char *id); /* both: (id, at, what, name, mark, words, files) */
struct viche_rows *rate_means(struct viche_turn *t, const char *what, int64_t from, int64_t until); /* (name, mark), the best first */
void rate_write(struct viche_turn *t); /* the dataset */
void rate_export(struct viche_turn *t);
void rate_erase(struct viche_turn *t);
void rate_join(struct viche_turn *t, uint64_t from);

/* ---- ratings in the staff desk, appeals_view.c */
void view_list(struct viche_turn *t, const struct viche_query *query, struct viche_sheet *sheet);
uint32_t view_sees(struct viche_turn *t, const struct viche_clerk *clerk, const char *id);
void view_show(struct viche_turn *t, const struct viche_clerk *clerk, const char *id, struct viche_sheet *sheet);
void view_report(struct viche_turn *t, const struct viche_clerk *clerk, int64_t from, int64_t until, struct viche_sheet *sheet);

/* ---- what is declared and found, appeals_citizen.c */
void citizen_check(struct viche_turn *t); /* would the regulation do? */
void citizen_start(struct viche_turn *t);
void citizen_export(struct viche_turn *t);
void citizen_erase(struct viche_turn *t);
void citizen_join(struct viche_turn *t, uint64_t from);

#endif
