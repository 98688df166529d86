/* SPDX-License-Identifier: MPL-2.0
 * Proves the values of a regulation that are no words of its own: roles of the staff desk, places on a card, yes and no, times; and that
 * whatever people read has a name in every language of the town. */
#include "cases_prove.h"

/* ---- one of a few ---- */

static const struct {
    const char *kind, *entry, *known; /* separated by '|' */
} choices[] = {
    /* Of the desk's roles those that may work on cards: its auditor only reads, its admin sees no personal data. */
    {"role", "staff", "responsible|decider|executor|pr|operator"},
    {"role", "seat", "any|decider|executor|co-executor|applicant|none"},
    {"role", "comments", "yes|no"},
    {"intake", "deliver", "at once|working hours"},
    {"state", "begin", "yes|no"},
    {"state", "pauses", "yes|no"},
    {"action", "bulk", "yes|no"},
    {"term", "default", "yes|no"},
    {"term", "choose", "yes|no"},
    {"term", "longest", "yes|no"},
};

static bool is_one_of(const char *known, const char *value)
{
    for (const char *at = known; *at; at += strcspn(at, "|"), at += *at == '|') {
        size_t size = strcspn(at, "|");
        if (strlen(value) == size && strncmp(at, value, size) == 0)
            return true;
    }
    return false;
}

static void prove_choices(struct proof *p, const struct part *part)
{
    for (size_t i = 0; i < sizeof choices / sizeof *choices; i++) {
        const char *value = part_get(part, choices[i].entry);
        if (strcmp(choices[i].kind, part->kind) == 0 && *value && !is_one_of(choices[i].known, value))
            FOUND(p, part, choices[i].entry, "[%s %s] %s: nothing knows '%s'. Known: %s", part->kind, part->id, choices[i].entry, value,
                  choices[i].known);
    }
}

/* ---- times ---- */

enum { HOURS = 1 << VICHE_TERM_HOURS | 1 << VICHE_TERM_WORKING_HOURS, DAYS = 1 << VICHE_TERM_DAYS,
       WORKING_DAYS = 1 << VICHE_TERM_WORKING_DAYS, MONTHS = 1 << VICHE_TERM_MONTHS };

static const struct {
    const char *kind, *entry;
    unsigned units; /* those that are reckoned with there */
} times[] = {
    {"term", "term", HOURS | DAYS | WORKING_DAYS | MONTHS}, {"term", "escalate", HOURS | DAYS | WORKING_DAYS | MONTHS},
    {"survey", "term", HOURS | DAYS | WORKING_DAYS | MONTHS}, {"term", "warn", HOURS | DAYS | WORKING_DAYS},
    {"bar", "longest", DAYS},
};

static void prove_time(struct proof *p, const struct part *part, const char *entry, const char *value, unsigned units)
{
    const struct viche_calendar *calendar = viche_service(p->t, VICHE_CALENDAR);
    uint32_t amount = 0, unit = 0;
    const char *wrong = calendar ? calendar->read_term(p->t, value, &amount, &unit) : NULL;
    if (wrong)
        FOUND(p, part, entry, "[%s%s%s] %s: '%s' is no time: %s", part->kind, *part->id ? " " : "", part->id, entry, value, wrong);
    else if (calendar && !(units & 1U << unit))
        FOUND(p, part, entry, "[%s%s%s] %s: '%s' is not counted here. Say it in days", part->kind, *part->id ? " " : "", part->id, entry,
              value);
}

/* "5 days, 1 day" */
static void prove_times(struct proof *p, const struct part *part)
{
    for (size_t i = 0; i < sizeof times / sizeof *times; i++) {
        if (strcmp(times[i].kind, part->kind) != 0)
            continue;
        const char *at = part_get(part, times[i].entry);
        while (*at) {
            at += strspn(at, " ");
            prove_time(p, part, times[i].entry, viche_print(p->t, "%.*s", (int)strcspn(at, ","), at), times[i].units);
            at += strcspn(at, ",");
            at += *at == ',';
        }
    }
}

void prove_values(struct proof *p, const struct part *part)
{
    prove_choices(p, part);
    prove_times(p, part);
}

/* ---- names ---- */

static const struct {
    const char *kind, *entry;
} names[] = {
    {"role", "name"}, {"state", "name"}, {"state", "citizen"}, {"action", "name"}, {"request", "name"}, {"term", "name"},
};

void prove_names(struct proof *p, const struct part *part)
{
    char language[32];
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        const char *languages = viche_town(p->t, "languages");
        while (strcmp(names[i].kind, part->kind) == 0 && word_next(&languages, language, sizeof language)) {
            const char *entry = viche_print(p->t, "%s.%s", names[i].entry, language);
            if (!*part_get(part, entry))
                FOUND(p, part, entry, "[%s %s] has no %s, and the town speaks '%s': add %s = …", part->kind, part->id, entry, language, entry);
        }
    }
}
