/* SPDX-License-Identifier: MPL-2.0
 * What the parts of this plugin know of each other. Inwards: view, service → act → close, request, assign, due, … → card → regulation. */
#ifndef CASES_H
#define CASES_H

#include <string.h>

#include <viche/desk.h>
#include <viche/services/calendar.h>
#include <viche/services/cases.h>
#include <viche/services/staff.h>
#include <viche/viche.h>

#include "cases_card.h"
#include "cases_regulation.h"

VICHE_EXPORT extern const struct viche_plugin viche_plugin_v0;

/* ---- words, cases_word.c */
bool word_in(const char *list, const char *word); /* of a list separated by spaces */
/* Copies the first word of *list, moves *list behind it; false: no more. */
bool word_next(const char **list, char *out, size_t out_bytes);
const char *word_add(struct viche_turn *t, const char *list, const char *word); /* list, if the word is in it */
int64_t word_number(const char *word);                                          /* 0: none */
const char *word_id(struct viche_turn *t, int64_t id);
/* The next of what stands in lines; false: no more. */
bool word_line(struct viche_turn *t, const char **lines, const char **out);

/* ---- what the features declared, cases_type.c. Owns `cases_type`, `cases_field`, `cases_word`. */
struct type {
    const char *name, *title, *number, *opens;
    uint32_t flags; /* VICHE_CASE_SECRET … */
    struct regulation *regulation;
    const struct viche_field *fields; /* its own, labels as words */
    uint32_t field_count;
};
const char *type_declare(struct viche_turn *t, const struct viche_plugin *owner, const struct viche_case_type *type);
struct type *type_find(struct viche_turn *t, const char *name); /* NULL: none; lives as long as the turn */
/* Types by their names, each read once. */
struct types {
    struct viche_turn *t;
    const struct type *found[16];
    size_t count;
};
const struct type *type_known(struct types *types, const char *name); /* NULL: none */
/* Those that have these flags and are not secret, as a JSON list. */
const char *type_open(struct viche_turn *t, uint32_t flags);
const char *type_classifier(struct viche_turn *t, const char *name);
const char *type_organisations(struct viche_turn *t, const char *name);
/* Roles of the staff desk, by spaces, that see every card of it in their organisation; without reading the regulation. */
const char *type_seers(struct viche_turn *t, const char *name);
/* Name number `index` in alphabetical order; NULL: no more. */
const char *type_name(struct viche_turn *t, uint32_t index);

/* ---- what belongs to cards: cases_scope.c owns `cases_scope`, cases_number.c `cases_counter` */
struct scope {
    int64_t id;
    const char *type, *organisation;
};
int64_t scope_id(struct viche_turn *t, const char *type, const char *organisation); /* made when there is none yet */
bool scope_find(struct viche_turn *t, int64_t id, struct scope *out);
struct viche_rows *scope_of_type(struct viche_turn *t, const char *type);
bool scope_next(struct viche_turn *t, struct viche_rows *rows, struct scope *out); /* false after the last */
const char *scope_list(struct viche_turn *t, const char *types); /* of these types, a JSON list to a JSON list */
const char *number_next(struct viche_turn *t, const struct type *type, int64_t at); /* the next of its year */
const char *search_folded(struct viche_turn *t, const char *words); /* one for every spelling, cases_search.c */

/* ---- timeline, thread and files, cases_event.c, cases_thread.c, cases_file.c */
enum { SHOWN = 1 }; /* to the applicant, too */
void event_add(struct viche_turn *t, const struct card *card, uint64_t clerk, const char *what, const char *words, const char *files,
               uint32_t flags);
const char *event_title(struct viche_turn *t, const struct type *type, const char *what);
void event_show(struct viche_turn *t, const struct card *card, struct viche_sheet *sheet);
/* Who did `what` last on the card, and when; 0: nobody. */
uint64_t event_last(struct viche_turn *t, const struct card *card, const char *what, int64_t *at);
uint64_t event_entered(struct viche_turn *t, const struct card *card); /* who brought it into its state */
/* When `what` happened last, if this official has done nothing on the card since; 0: they have, or it never did. */
int64_t event_unanswered(struct viche_turn *t, const struct card *card, const char *what, int64_t clerk);
/* What a changed card is told with: «Олена Зразкова, 14:05: Прийняти в роботу». */
const char *event_since(struct viche_turn *t, const struct card *card);
bool event_line(struct viche_turn *t, const struct card *card, uint32_t index, int64_t *at, const char **who, const char **words,
                const char **files);

/* The applicant's words and papers go, what the town hall did stays. */
void event_blank(struct viche_turn *t, int64_t card);
void thread_blank(struct viche_turn *t, int64_t card);
void file_blank(struct viche_turn *t, int64_t card);
void close_blank(struct viche_turn *t, int64_t card);

void thread_add(struct viche_turn *t, const struct card *card, uint64_t clerk, const char *words, const char *files);
void thread_show(struct viche_turn *t, const struct card *card, struct viche_sheet *sheet);
int64_t thread_count(struct viche_turn *t, int64_t from, int64_t until); /* messages of these times */

#define FILE_RECEIVED "received"
#define FILE_MATERIAL "material"
#define FILE_CONSIDERED "considered"
#define FILE_EXECUTED "executed"
#define FILE_SURVEY "survey"
#define FILE_FIELD "field" /* of a field of the type's own */
#define FILE_KINDS "photo video audio document"
void file_add(struct viche_turn *t, const struct card *card, uint64_t clerk, const char *kind, const char *files, uint32_t flags);
const char *file_list(struct viche_turn *t, const struct card *card, const char *kind, uint32_t flags); /* '\n' between */
/* Words for the first of these files that is of none of the kinds, or is gone; NULL: they are fine. takes: "": any kind. */
const char *file_unfit(struct viche_turn *t, const char *label, const char *files, const char *takes);
const char *file_names(struct viche_turn *t, const struct card *card); /* of what the applicant brought: «яма.jpg, акт.pdf» */

/* ---- staff, cases_staff.c: who may, who is who. Everything is denied where the desk is missing. */
bool staff_holds(struct viche_turn *t, uint64_t clerk, const char *role, const char *type, const char *organisation);
const char *staff_name(struct viche_turn *t, uint64_t clerk);
const char *staff_full_name(struct viche_turn *t, uint64_t clerk); /* «Ірина Показова, КП «Водоканал»» */
const char *staff_organisation(struct viche_turn *t, uint64_t clerk); /* id of theirs */
bool staff_works(struct viche_turn *t, uint64_t clerk);               /* not dismissed, in an organisation that takes work */
void staff_tell(struct viche_turn *t, uint64_t clerk, const struct card *card, const char *key, const char *words);
/* Tells whoever has this role of the regulation on this card. */
void staff_tell_role(struct viche_turn *t, const struct card *card, const char *role, const char *key, const char *words);
void staff_changed(struct viche_turn *t, const char *view, int64_t id);
/* Has this official this role of the regulation on this card? */
bool staff_has(struct viche_turn *t, const struct card *card, const struct role *role, uint64_t clerk);
/* May they see the card at all? */
bool staff_sees(struct viche_turn *t, const struct card *card, uint64_t clerk);
/* The scopes of cards that they see by role, as a JSON list of numbers. */
const char *staff_scopes(struct viche_turn *t, uint64_t clerk);

/* What of it waits for their role, as a JSON list of "<scope> <role>". */
const char *staff_tasks(struct viche_turn *t, uint64_t clerk);

/* ---- deadlines, cases_due.c. Owns `cases_due` and `cases_pause`. */
void due_begin(struct viche_turn *t, struct card *card);
/* Why it cannot be due by this term, or on this date of the town's clock: words; NULL: it can. beyond: even after the longest. */
int64_t due_end_of_day(struct viche_turn *t, const char *date); /* the last second of a day of the town's clock; 0: no such date */
const char *due_unfit(struct viche_turn *t, const struct card *card, const char *term, const char *date, bool beyond);
void due_set(struct viche_turn *t, struct card *card, uint64_t clerk, const char *term, const char *date, const char *why);
void due_pause(struct viche_turn *t, struct card *card);
void due_resume(struct viche_turn *t, struct card *card);
const char *due_why(struct viche_turn *t, const struct card *card); /* the reckoning, in the language of the turn */
void due_alarm(struct viche_turn *t, struct card *card, const char *what);
/* Whom a missed deadline was told of, who has done nothing since; "": nobody. */
const char *due_escalated(struct viche_turn *t, const struct card *card);
void due_watch_state(struct viche_turn *t, struct card *card); /* sets the alarms of the state it is in */
int64_t due_after(struct viche_turn *t, int64_t from, const char *term); /* when this term ends */

/* ---- what happens by itself, cases_alarm.c. Owns `cases_alarm`. */
void alarm_set(struct viche_turn *t, int64_t card, const char *what, int64_t at); /* 0: never */
void alarm_clear(struct viche_turn *t, int64_t card, const char *prefix);         /* all that begin so */
void alarm_run(struct viche_turn *t, int64_t planned_at);                          /* the schedule "alarm" */
void alarm_plan(struct viche_turn *t);

/* ---- intake, cases_intake.c */
void intake_take(struct viche_turn *t, struct card *card);    /* it came: delivered now, or when the town works again */
void intake_deliver(struct viche_turn *t, struct card *card); /* to the responsible person */
int64_t intake_reaches(struct viche_turn *t, const struct card *card); /* when it was, or will be, delivered */

/* ---- who works on it, cases_assign.c. Owns `cases_executor`. */
/* Why this official, or one of these, cannot have this seat (decider, executor) on the card: words; NULL: can. */
const char *assign_unfit(struct viche_turn *t, const struct card *card, uint64_t clerk, const char *seat);
/* Has who sits there (decider, executor), or should, left, lost the role, or had their organisation closed? */
bool assign_gone(struct viche_turn *t, const struct card *card, const char *seat);
/* Of open cards, as a JSON list of "<scope> <clerk>"; "co-executor": only whose part is open. */
const char *assign_gone_list(struct viche_turn *t, const char *seat);
/* Of the others, the next one who is gone while their part is open; 0: no more. */
uint64_t assign_left(struct viche_turn *t, const struct card *card, uint64_t after);
/* Who is gone that an open card waits for, though its state does not say so. */
struct stuck {
    const char *seat; /* decider, executor, part (a co-executor); "": nobody */
    uint64_t who;
};
struct stuck assign_stuck(struct viche_turn *t, const struct card *card);
const char *assign_stuck_words(struct viche_turn *t, const struct card *card); /* and who finds another; "": nobody is gone */
void gone_tell(struct viche_turn *t); /* somebody left: tells those who must find another, cases_gone.c */
/* They work on it, but their organisation was closed. */
bool assign_in_vain(struct viche_turn *t, const struct card *card, uint64_t clerk);
const char *assign_unfit_of(struct viche_turn *t, const struct card *card, const char *executors);
/* On how many cards somebody works, or their organisation; at most `most`. */
int64_t assign_count(struct viche_turn *t, uint64_t clerk, const char *organisation, int64_t most);
void assign_executors(struct viche_turn *t, struct card *card, const char *clerks); /* instead of those before; the first leads */
void assign_more(struct viche_turn *t, struct card *card, const char *clerks);
void assign_relieve(struct viche_turn *t, struct card *card, const char *clerks); /* of assign_left; "": their parts fall away */
void assign_accepted(struct viche_turn *t, const struct card *card, uint64_t clerk);
void assign_done(struct viche_turn *t, const struct card *card, uint64_t clerk);
void assign_undone(struct viche_turn *t, const struct card *card);
bool assign_is(struct viche_turn *t, const struct card *card, uint64_t clerk, bool leading);
bool assign_in(struct viche_turn *t, const struct card *card, const char *organisation); /* does somebody of it work on the card? */
/* Who of the others has not done their part yet: names; NULL: all have. */
const char *assign_open_parts(struct viche_turn *t, const struct card *card);
uint64_t assign_next(struct viche_turn *t, const struct card *card, uint64_t after, bool leading); /* 0: no more */
const char *assign_list(struct viche_turn *t, const struct card *card); /* ids in lines, the leading one first */
const char *assign_words(struct viche_turn *t, const struct card *card); /* their names and organisations instead of ids */

/* ---- the engine, cases_act.c */
/* Why this official may not do this now: words; NULL: may. */
const char *act_denied(struct viche_turn *t, const struct card *card, const struct action *action, uint64_t clerk);
/* Has this official anything to do with the action at all? Those of others are not shown. */
bool act_concerns(struct viche_turn *t, const struct card *card, const struct action *action, uint64_t clerk);
bool act_is_staffs(const struct card *card, const struct action *action); /* not the applicant's */
/* Does it with the values of the form. The words of what is wrong, or NULL. */
const char *act_do(struct viche_turn *t, struct card *card, const struct action *action, uint64_t clerk);
/* Timeline, next state and telling, when everything else is done. */
void act_finish(struct viche_turn *t, struct card *card, const struct action *action, uint64_t clerk, const char *words, const char *files);
void act_finish_told(struct viche_turn *t, struct card *card, const struct action *action, uint64_t clerk, const char *words,
                     const char *files, bool told); /* told: the applicant knows already */
/* The applicant's action that has this effect ("": none, which ends the card) in the card's state; NULL: none. */
const struct action *act_of_applicant(const struct card *card, const char *effect);

/* ---- what actions do, cases_effect.c */
struct effect {
    const char *name;
    const char *needs; /* fields that the form must have for it, a|b: one of them */
    bool tells;        /* says itself what the applicant has to know */
    const char *(*check)(struct viche_turn *, const struct card *, const struct action *, uint64_t clerk); /* NULL or what is wrong */
    void (*apply)(struct viche_turn *, struct card *, const struct action *, uint64_t clerk);
    bool before; /* its check asks nothing of the form: it says already beside the button why not */
};
const struct effect *effect_find(const char *name);

/* ---- fields of forms, cases_field.c */
const struct viche_field *field_find(const char *name);
/* As the form of an action on this card shows it: choices filled in. */
struct viche_field field_for(struct viche_turn *t, const struct card *card, const char *name, bool required);
/* What was written into the form; "" when the action has no such field. */
const char *field_get(struct viche_turn *t, const struct action *action, const char *name);
const char *field_missing(struct viche_turn *t, const struct action *action); /* the words for a mandatory one left empty, or NULL */
/* Words for a file that the form brings and the regulation does not take there, or NULL. */
const char *field_unfit(struct viche_turn *t, const struct regulation *r, const struct action *action);
struct viche_list field_kinds(struct viche_turn *t, const struct regulation *r, const char *name); /* as choices of a field with files */
/* All that was written, for the timeline. */
const char *field_words(struct viche_turn *t, const struct card *card, const struct action *action);
const char *field_files(struct viche_turn *t, const struct action *action);

/* ---- requests, cases_request.c. Owns `cases_request`. */
void request_ask(struct viche_turn *t, const struct card *card, const struct action *action, uint64_t clerk);
void request_decide(struct viche_turn *t, const struct card *card, const struct action *action, uint64_t clerk);
/* Who asked for it and has no decision yet; 0: nobody. */
uint64_t request_asker(struct viche_turn *t, const struct card *card, const char *kind);
struct request {
    int64_t id, card, at, clerk;
    const char *kind, *justification, *wish, *files;
    const char *due; /* the wish as "2026-12-25"; "": it is no date */
};
bool request_next(struct viche_turn *t, int64_t after, struct request *out); /* the first open one with a larger id */
int64_t request_dates(struct viche_turn *t, const struct card *card); /* how many open ones ask for a date */
/* Does the form of its grant begin with what the page shows as this field? That is what was asked for, unless several ask for such; of
 * several dates, or none, it is the card's term. */
bool request_fills(struct viche_turn *t, const struct card *card, const char *kind, const char *field);
const char *request_wish_words(struct viche_turn *t, const char *wish); /* a date as people say it, else as it is */
const char *request_waiting(struct viche_turn *t, const struct card *card); /* «Довший термін: до 25.12.», "" none */


/* ---- closing, cases_close.c. Owns `cases_survey`. */
enum { VERDICT_SILENCE = 9 };
/* Why this card cannot end in this state yet, by this action: words; NULL: it can. */
const char *close_lacks(struct viche_turn *t, const struct card *card, const struct state *end, const struct action *action);
void close_survey(struct viche_turn *t, struct card *card); /* asks the applicant, if the state wants it */
void close_silence(struct viche_turn *t, struct card *card);
bool close_waits(struct viche_turn *t, const struct card *card); /* the applicant is being asked */
uint32_t close_last_verdict(struct viche_turn *t, const struct card *card); /* 0: none */
void close_verdict(struct viche_turn *t, const struct card *card, uint32_t verdict, const char *words);
/* A new card on the same, to the same executor. */
const char *close_repeat(struct viche_turn *t, struct card *card, const char *why, const char *files, struct card *out);

/* ---- incidents, cases_incident.c. Owns `cases_incident` and `cases_joined`. */
void incident_make(struct viche_turn *t, struct card *card, uint64_t clerk, const char *title);
int64_t incident_lead(struct viche_turn *t, int64_t id); /* the card that is worked on */
bool incident_pass(struct viche_turn *t, const struct card *from, const struct card *to); /* it leads instead, if from did */
bool incident_leads(struct viche_turn *t, const struct card *card); /* others wait for this one */
void incident_classify(struct viche_turn *t, const struct card *lead); /* is found by the category its card has now */
void incident_end(struct viche_turn *t, const struct card *lead);
bool incident_near(struct viche_turn *t, const char *type, const char *category, double latitude, double longitude, uint32_t metres,
                   uint32_t index, struct viche_incident *out);
const char *incident_join(struct viche_turn *t, uint64_t citizen, uint64_t incident);
void incident_forget(struct viche_turn *t, uint64_t citizen);
void incident_join_citizen(struct viche_turn *t, uint64_t from);
bool incident_find(struct viche_turn *t, int64_t id, struct viche_incident *out); /* closed ones, too */
bool incident_open(struct viche_turn *t, int64_t id, struct viche_incident *out);

/* ---- duplicates, cases_double.c. Owns `cases_double`. */
/* The open card of this number that another of its type may repeat, as far as this official sees it. */
bool double_original(struct viche_turn *t, const struct card *card, const char *number, uint64_t clerk, struct card *out);
void double_add(struct viche_turn *t, const struct card *card, struct card *first, uint64_t clerk); /* and tells its applicant */
bool double_waits(struct viche_turn *t, const struct card *first); /* others are answered with this one */
void double_pass(struct viche_turn *t, const struct card *from, const struct card *to);
void double_end(struct viche_turn *t, const struct card *first);
void double_show(struct viche_turn *t, const struct card *card, uint64_t clerk, struct viche_sheet *sheet);

/* ---- quality, cases_quality.c. Owns `cases_quality`. */
void quality_add(struct viche_turn *t, const struct card *card, const struct action *action, uint64_t clerk, const char *measure);
bool quality_is_assessed(struct viche_turn *t, const struct card *card);
/* On cards of these scopes, the best first: (executor, timeliness, quality) on average; (executor, how many measures). */
struct viche_rows *quality_marks(struct viche_turn *t, int64_t from, int64_t until, const char *scopes);
struct viche_rows *quality_measures(struct viche_turn *t, int64_t from, int64_t until, const char *scopes);

/* ---- abuse, cases_bar.c and cases_abuse.c. Owns `cases_bar`. */
void abuse_check(struct viche_turn *t, const char *file, const char *path); /* viche_bad for each line that says nothing */
const char *abuse_folded(struct viche_turn *t, const char *words);
const char *abuse_found_in(struct viche_turn *t, const char *file, const char *words);
const char *abuse_found(struct viche_turn *t, const char *words); /* what the filter suggests, "" nothing; from the data file */
void bar_propose(struct viche_turn *t, const struct card *card, const struct action *action, uint64_t clerk);
const char *bar_words(struct viche_turn *t, uint64_t citizen); /* to the barred person; NULL: not barred */
const char *bar_contest(struct viche_turn *t, uint64_t citizen, const char *words);
void bar_expire(struct viche_turn *t, int64_t id);
void bar_blank(struct viche_turn *t, uint64_t citizen); /* but for a bar that goes on */
void bar_join_citizen(struct viche_turn *t, uint64_t from);
struct bar {
    int64_t id, citizen, card, at, clerk, second, days, until_at, contested_at;
    const char *reason, *quote, *state, *contest, *words;
};
bool bar_next(struct viche_turn *t, int64_t before, struct bar *out); /* newest first; before 0: the newest */
bool bar_find(struct viche_turn *t, int64_t id, struct bar *out);
void bar_confirm(struct viche_turn *t, struct bar *bar, uint64_t clerk, const char *words);
void bar_reject(struct viche_turn *t, struct bar *bar, uint64_t clerk, const char *words);
void bar_lift(struct viche_turn *t, struct bar *bar, uint64_t clerk, const char *words);
void bar_uphold(struct viche_turn *t, struct bar *bar, uint64_t clerk, const char *words);

/* ---- what the citizen reads, cases_say.c */
void say_card(struct viche_turn *t, const struct card *card, const char *key); /* {{number}}, {{words}}, {{due}} … in their language */
void say_words(struct viche_turn *t, const struct card *card, const char *key, const char *words, const char *files);
void say_due(struct viche_turn *t, const struct card *card); /* the new deadline, and why */
/* To somebody whose card it is not. */
void say_about(struct viche_turn *t, uint64_t citizen, const struct card *card, const char *key, const char *words);
void say_citizen(struct viche_turn *t, uint64_t citizen, const char *key); /* without a card */

/* ---- the classifier, cases_class.c: a data file */
/* All of a classifier in its order; rest: begins as type_classifier. */
bool class_each(struct viche_turn *t, const char **rest, const char **code, const char **words);
bool class_next(struct viche_turn *t, const char *type, const char *under, uint32_t index, const char **code, const char **words);
const char *class_words(struct viche_turn *t, const char *type, const char *code);
bool class_has(struct viche_turn *t, const char *type, const char *code);
struct viche_list class_choices(struct viche_turn *t, const char *type); /* all of it, each below what it stands under */
/* Who works on such, by the type's `organisations`: what is said of the longest code that this one is, or stands below; "" nobody. */
const char *class_organisation(struct viche_turn *t, const char *type, const char *code);

/* ---- what the desk shows: cases_desk.c, cases_list.c, cases_view.c, cases_register.c, cases_view_<other>.c */
/* The cards of one page, one after the other. */
struct list_walk {
    const struct viche_query *query;
    struct card_filter filter;
    struct viche_rows *rows;
    uint32_t count;
    struct card last;
    bool more; /* than were walked */
};
struct list_walk list_open(struct viche_turn *t, const struct viche_query *query);
bool list_next(struct viche_turn *t, struct list_walk *walk, struct card *out); /* kept is not filled in */
const char *list_after(struct viche_turn *t, const struct list_walk *walk); /* where the page behind them begins; "": there is none */
void list_cards(struct viche_turn *t, const struct viche_query *query, struct viche_sheet *sheet);
void filter_offer(struct viche_turn *t, struct types *types, struct viche_sheet *sheet); /* cases_filter.c */
void list_row(struct viche_turn *t, const struct card *card, struct viche_sheet *sheet);
uint32_t view_sees(struct viche_turn *t, const struct viche_clerk *clerk, const char *id);
void view_show(struct viche_turn *t, const struct viche_clerk *clerk, const char *id, struct viche_sheet *sheet);
const char *view_act(struct viche_turn *t, const struct viche_clerk *clerk, const char *id, const char *action, const char *stamp);
/* An action of the regulation as a button with its form. wait: why not now, or NULL. */
void view_button(struct viche_turn *t, const struct card *card, const struct action *action, const char *wait, struct viche_sheet *sheet);
void register_offer(struct viche_turn *t, const struct viche_clerk *clerk, struct viche_sheet *sheet);
const char *register_type(const char *action); /* the type that this action registers; NULL: it does not */
const char *register_act(struct viche_turn *t, const struct viche_clerk *clerk, const char *type);
const char *view_link(struct viche_turn *t, const char *view, int64_t id, const char *label); /* the value of a field LINK */
void request_view_fields(struct viche_turn *t, const struct card *card, struct viche_sheet *sheet); /* a section for each open one */
void request_view_list(struct viche_turn *t, const struct viche_query *query, struct viche_sheet *sheet);
void request_view_show(struct viche_turn *t, const struct viche_clerk *clerk, const char *id, struct viche_sheet *sheet);
void incident_view_list(struct viche_turn *t, const struct viche_query *query, struct viche_sheet *sheet);
uint32_t incident_view_sees(struct viche_turn *t, const struct viche_clerk *clerk, const char *id);
void incident_view_show(struct viche_turn *t, const struct viche_clerk *clerk, const char *id, struct viche_sheet *sheet);
void bar_view_list(struct viche_turn *t, const struct viche_query *query, struct viche_sheet *sheet);
uint32_t bar_view_sees(struct viche_turn *t, const struct viche_clerk *clerk, const char *id);
void bar_view_show(struct viche_turn *t, const struct viche_clerk *clerk, const char *id, struct viche_sheet *sheet);
const char *bar_view_act(struct viche_turn *t, const struct viche_clerk *clerk, const char *id, const char *name, const char *stamp);

void data_card_row(struct viche_turn *t); /* cases_data.c: a line of `viche import TOWN cards` */

/* ---- rehearsals, cases_operator.c */
void operator_act(struct viche_turn *t, const struct viche_http *http);

/* ---- what others may do, cases_service.c */
extern const struct viche_cases cases_service;

#endif
