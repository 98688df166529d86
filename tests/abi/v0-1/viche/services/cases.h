/* SPDX-License-Identifier: MIT
 * Service ua.viche.cases/1: registration cards and the work on them, by a regulation that is configuration. A feature declares a type
 * of card, opens cards for citizens, and shows them their own; the rest (roles, deadlines, requests, closing, the staff desk) is here.
 * This revision never changes. Functions return NULL, or words of what is wrong in the language of the turn. */
#ifndef VICHE_SERVICES_CASES_H
#define VICHE_SERVICES_CASES_H

#include <viche/desk.h>
#include <viche/list.h>
#include <viche/turn.h>

#define VICHE_CASES "ua.viche.cases/1"

enum { VICHE_CASE_SECRET = 1,   /* nobody learns who wrote: no applicant is kept (a report of corruption) */
       VICHE_CASE_PUBLIC = 2 }; /* problems of the town, not people's affairs: shown, without personal data, by Open311 and in figures */

/* Declared in viche_plugin.start and in .check, again and again: the last one counts. */
struct viche_case_type {
    uint32_t size, flags;
    const char *name;       /* "appeal": stored */
    const char *title;      /* text key of the feature: «Звернення» */
    const char *number;     /* "Г-{year}-{n}": counted per year, without gaps */
    const char *opens;      /* command that shows a citizen a card of theirs: "/appeals card"; the card's id is appended */
    const char *regulation; /* the text of regulation.ini */
    const char *regulation_name; /* its path, for what is said about its lines */
    struct viche_list fields; /* struct viche_field: what a card of this type has beside the common ones, by name in `values` */
    const char *classifier;   /* the text of its classifier: «code;Українською;In English» a line, 12.3 stands below 12; "" none */
    const char *organisations; /* who works on what nobody was chosen for: «12 = kp-shliakh; 12.3 = vodokanal», the nearest code counts */
};

/* A card to be registered; NULL is "". */
struct viche_case {
    uint32_t size, flags;
    const char *type;
    uint64_t citizen;       /* who asked for it; 0: nobody (a caller, a visitor, an anonymous) */
    const char *channel;    /* "telegram", "phone", "visit", "post"; NULL: that of the turn */
    const char *kind;       /* remark proposal application complaint request demand */
    const char *surname, *first_name, *patronymic, *residence, *phone, *email;
    const char *essence;    /* the citizen's words */
    const char *category;   /* code of the classifier */
    const char *organisation; /* which the citizen chose; "": by the type's `organisations` */
    const char *about;      /* id of an official complained about: never theirs to decide or do */
    const char *place;      /* words */
    double latitude, longitude; /* 0, 0: none */
    const char *files;      /* ids separated by '\n' */
    const char *privilege;  /* of the statutory ones: first in line; "" none */
    const char *key;        /* the same key opens a card once: a form sent twice; NULL: none */
    const struct viche_pair *values; /* of the type's own fields; ended by a NULL name; NULL: none */
    uint64_t incident;      /* joins this one; 0: none */
};

/* A card as its applicant may know it. */
struct viche_case_view {
    uint32_t size, open;
    uint64_t id;
    const char *type, *number;
    const char *title;      /* the type's, in the turn's language */
    const char *state;      /* for code: "registered"; */
    const char *state_words; /* for people, in the turn's language */
    const char *essence, *answer; /* answer: what was done or decided, "" not yet */
    const char *answer_files;
    const char *why_due;    /* the reckoning of the deadline in words */
    int64_t at, due_at, closed_at; /* UTC seconds; 0: none */
    uint32_t asked;         /* 1: a question waits for the applicant's answer */
    uint32_t surveyed;      /* 1: the applicant is being asked whether it is fixed */
    uint64_t repeat_of, incident; /* 0: none */
    int64_t reaches_at;     /* UTC seconds: when it reached the officials, or will, if that is in working hours only */
};

/* A known problem near a place. */
struct viche_incident {
    uint32_t size, people; /* who reported it */
    uint64_t id;
    const char *title, *place, *category;
    int64_t since;
    uint32_t metres, reserved;
};

enum { VICHE_CASE_LEFT_OUT = 0, VICHE_CASE_OPTIONAL = 1, VICHE_CASE_MANDATORY = 2 };

enum { VICHE_FIXED = 1, VICHE_FIXED_PARTLY = 2, VICHE_NOT_FIXED = 3 };

struct viche_cases {
    uint32_t size, reserved;
    const char *(*declare)(struct viche_turn *, const struct viche_case_type *);
    /* Registers a card, at any hour; it reaches the responsible person in working hours. out: its view. */
    const char *(*open)(struct viche_turn *, const struct viche_case *, struct viche_case_view *out);
    /* A card of `citizen`'s (0 for one by number that belongs to nobody); the words when it is not theirs. */
    const char *(*find)(struct viche_turn *, uint64_t citizen, uint64_t id, struct viche_case_view *out);
    /* The first of theirs, of this type ("" any), opened before `before` (0: the newest); false: no more. */
    uint32_t (*next)(struct viche_turn *, uint64_t citizen, const char *type, uint64_t before, struct viche_case_view *out);
    /* The thread and the steps a citizen may know, oldest first, in the turn's language: line `index`; false: no more. */
    uint32_t (*line)(struct viche_turn *, uint64_t id, uint32_t index, int64_t *at, const char **who, const char **words, const char **files);
    /* The applicant writes on the card: an answer, more material, files. */
    const char *(*add)(struct viche_turn *, uint64_t citizen, uint64_t id, const char *words, const char *files);
    /* The applicant's answer to the survey. NOT_FIXED opens a repeat card: out is its view, else out->id is 0. */
    const char *(*rate)(struct viche_turn *, uint64_t citizen, uint64_t id, uint32_t verdict, const char *words, const char *files,
                        struct viche_case_view *out);
    /* The applicant takes the card back. */
    const char *(*withdraw)(struct viche_turn *, uint64_t citizen, uint64_t id, const char *why);
    /* Is this person barred from writing now? Words for them: the reason, until when, other ways, how to contest. NULL: no. */
    const char *(*barred)(struct viche_turn *, uint64_t citizen, const char *type);
    /* The barred person contests: a person decides. */
    const char *(*contest)(struct viche_turn *, uint64_t citizen, const char *words);
    /* Known incident number `index` of this type and category within `metres`, nearest first; false: no more. */
    uint32_t (*near)(struct viche_turn *, const char *type, const char *category, double latitude, double longitude, uint32_t metres,
                     uint32_t index, struct viche_incident *out);
    /* Is answered at its end like those who reported it. */
    const char *(*join)(struct viche_turn *, uint64_t citizen, uint64_t incident);
    /* Code and words of the classifier: number `index` below `under` ("": the top); false: no more. */
    uint32_t (*category)(struct viche_turn *, const char *type, const char *under, uint32_t index, const char **code, const char **words);
    /* Does the regulation want this of a card of the type? By the names in struct viche_case: "surname", "phone", "files", "place", … */
    uint32_t (*wants)(struct viche_turn *, const char *type, const char *field);
    /* Is one of these files (ids separated by '\n') of a kind that the field does not take? field: "files", or one of the type's own. Ask
     * when they come, so that the citizen can send another: open, add and rate refuse all of it. */
    const char *(*unfit)(struct viche_turn *, const char *type, const char *field, const char *files);
};

#endif
