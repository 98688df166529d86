/* SPDX-License-Identifier: MPL-2.0
 * A regulation: roles, states, actions, terms, requests, duties and rights, as regulation.ini says them (docs/regulation.md).
 * Everything in it lives as long as the turn. */
#ifndef CASES_REGULATION_H
#define CASES_REGULATION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <viche/turn.h>

struct entry {
    const char *name, *value; /* name.uk stays whole; continued lines are joined by one space */
    int line;
    struct entry *next;
};

/* [kind id] */
struct part {
    const char *kind, *id;
    int line;
    struct entry *entries;
    struct part *next;
};

struct role {
    const struct part *part;
    const char *id;
    const char *staff; /* the role of the desk that is needed for it; "": it is not an official's */
    const char *seat;  /* "any", the place on the card one must have (decider, executor, co-executor, applicant), or "none": no cards */
    bool comments;     /* every action of theirs demands a comment */
};

struct state {
    const struct part *part;
    const char *id;
    const char *waits;   /* role whose turn it is */
    const char *end;     /* how a card ends here: done, explained, …; "": it goes on */
    const char *needs;   /* what must be there before a card may end here: all of these words, a|b: one of them */
    bool begins, pauses; /* pauses: the term stands still */
};

enum action_step { STEP_PLAIN, STEP_ASK, STEP_GRANT, STEP_REJECT };

struct action {
    const struct part *part;
    const char *id;
    const char *role;    /* who may: one or several */
    const char *from;    /* states; "": wherever the card is not ended */
    const char *to;      /* state; "": stays; "back": where it came from; several: the one that was proposed */
    const char *does;    /* effects, in their order */
    const char *require, *offer; /* fields of the form */
    const char *tell;    /* roles; applicant */
    bool bulk;           /* may be done to many cards at once */
    enum action_step step;
    const char *request; /* kind of the request it is a step of; "" none */
};

struct term {
    const struct part *part;
    const char *id, *term;
    const char *state;             /* it watches how long a card stays in these; "": it is of the whole card */
    const char *warn, *warns;      /* "5 days, 1 day" before: who */
    const char *late;              /* who is told when it is over */
    const char *escalate, *escalates; /* so long after: who */
    bool is_default, choose, longest;
};

struct regulation {
    const char *path;
    struct part *parts; /* in the order of the file */
    struct role *roles;
    struct state *states;
    struct action *actions;
    struct term *terms;
    uint32_t role_count, state_count, action_count, term_count;
    const char *require, *offer; /* fields of a new card */
};

/* NULL if there is something wrong; each thing was given to viche_bad as "path:line", and the first is in *refusal. */
struct regulation *regulation_read(struct viche_turn *t, const char *text, const char *path, const char **refusal);
const struct role *regulation_role(const struct regulation *r, const char *id);
const struct state *regulation_state(const struct regulation *r, const char *id);
const struct state *regulation_begin(const struct regulation *r);
const struct action *regulation_action(const struct regulation *r, const char *id);
const struct term *regulation_term(const struct regulation *r, const char *id);
const struct part *regulation_part(const struct regulation *r, const char *kind, const char *id); /* id NULL: the first of its kind */
const char *part_get(const struct part *part, const char *name);                                  /* "" when it is not there */
int part_line(const struct part *part, const char *name);                                         /* of the entry, else of the section */
/* name.<language>, else in the other language there is, else the id. */
const char *part_words(struct viche_turn *t, const struct part *part, const char *name);
const char *regulation_takes(const struct regulation *r, const char *field); /* kinds of files; "": any */
/* The first state the action leads to; NULL: it stays, or goes back. */
const struct state *action_goal(const struct regulation *r, const struct action *action, const char *outcome);

/* What the prover finds, cases_prove.c: each given to viche_bad; the first one, NULL if there is none. secret: the type knows no applicant. */
const char *regulation_prove(struct viche_turn *t, const struct regulation *r, bool secret);

#endif
