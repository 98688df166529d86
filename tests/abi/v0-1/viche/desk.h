/* SPDX-License-Identifier: MIT
 * What a plugin shows to officials. It declares views; the staff desk draws them: a list, a page of one thing, forms, actions,
 * charts. So a plugin appears in the desk without a line of JavaScript, in the language of whoever looks.
 *
 * The desk calls the functions of a view in a turn without a chat, in which tables, options and texts are the view's plugin's.
 * They answer into a sheet. Words are text keys of the plugin where the field says so, else data; in a sheet, a label that begins
 * with '=' is words instead of a key (what a configuration or another plugin called it). Nobody sees or does anything
 * that a view did not allow: no role named means nobody. Since 0.1.
 *
 * struct viche_field and struct viche_action are handed over without their size, so they never grow: what they lack will come as
 * further functions of the sheet. */
#ifndef VICHE_DESK_H
#define VICHE_DESK_H

#include <viche/list.h>
#include <viche/turn.h>

/* An official who is signed in. */
struct viche_clerk {
    uint32_t size, reserved;
    uint64_t id;              /* never used again for somebody else; 0: nobody */
    const char *name;         /* «Олена Зразкова» */
    const char *post;         /* «головний спеціаліст загального відділу» */
    const char *organisation; /* id of theirs; "": of the town itself */
    const char *roles;        /* all they hold somewhere, separated by spaces; see viche/services/staff.h for where */
};

enum { /* viche_field.kind: how a value is written in a form and drawn elsewhere; values are text as said here */
    VICHE_FIELD_TEXT = 0,
    VICHE_FIELD_LONG = 1,         /* several lines */
    VICHE_FIELD_NUMBER = 2,       /* whole, min..max unless both are 0 */
    VICHE_FIELD_FLAG = 3,         /* "yes" or "no" */
    VICHE_FIELD_DATE = 4,         /* "2026-11-25", of the town's clock */
    VICHE_FIELD_MOMENT = 5,       /* UTC seconds */
    VICHE_FIELD_DUE = 6,          /* UTC seconds by which something must be done: near and overdue are shown as such */
    VICHE_FIELD_CHOICE = 7,       /* one of .choices; drawn by its label */
    VICHE_FIELD_CHOICES = 8,      /* several, separated by '\n' */
    VICHE_FIELD_STATE = 9,        /* as CHOICE, drawn as a badge; without choices the value is the words */
    VICHE_FIELD_STAFF = 10,       /* id of an official who holds a role of .choices (by value), or anybody */
    VICHE_FIELD_STAFFS = 11,      /* several, separated by '\n', the leading one first */
    VICHE_FIELD_ORGANISATION = 12,
    VICHE_FIELD_FILES = 13,       /* ids of files of the town, separated by '\n'; a form sends uploads. Choices, if any: the kinds
                                   * it takes, as viche_file_about says them: photo, video, audio, document */
    VICHE_FIELD_PLACE = 14,       /* "48.379400,28.864500" */
    VICHE_FIELD_PHONE = 15,
    VICHE_FIELD_LINK = 16         /* "<plugin>/<view>/<id> label": another thing of the desk */
};

enum { /* viche_field.flags */
    VICHE_FIELD_REQUIRED = 1,
    VICHE_FIELD_PRIVATE = 2, /* personal: masked until asked for, and each look is written to the audit chain */
    VICHE_FIELD_LISTED = 4,  /* a column of the list */
    VICHE_FIELD_SORTED = 8,  /* the list may be ordered by it */
    VICHE_FIELD_FILTER = 16, /* the list may be narrowed by it */
    VICHE_FIELD_KEPT = 32    /* of a form: begins with what the page shows under this name */
};

struct viche_field {
    const char *name;
    const char *label; /* text key */
    const char *help;  /* text key, below the field of a form; NULL: none */
    uint32_t kind, flags;
    int64_t min, max; /* characters of a text (0: 1..2000), or the number itself */
    struct viche_list choices; /* struct viche_choice: value and text key */
};

enum { VICHE_ACTION_BULK = 1,   /* may be done to many rows of a list at once */
       VICHE_ACTION_DANGER = 2, /* asks once more before it is done */
       VICHE_ACTION_NEW = 4 };  /* needs no row: the button above the list («Зареєструвати звернення») */

struct viche_action {
    const char *id;     /* "accept" */
    const char *label;  /* text key: what the button says */
    const char *help;   /* text key: what it means, above the form; NULL: none */
    const char *wait;   /* words, not a key: why it cannot be done now; NULL: it can */
    uint32_t flags, reserved;
    struct viche_list fields; /* struct viche_field: the form; empty: done at once */
};

/* What a list is asked for. */
struct viche_query {
    uint32_t size, limit;           /* rows, at most 200 */
    const struct viche_clerk *clerk;
    const char *search;             /* "" or words */
    const char *order;              /* a SORTED field; "-due" is from the last; "": the view's own */
    const char *after;              /* what sheet.more said; "": from the beginning */
    const struct viche_pair *filter; /* name of a FILTER field, value; dates as "2026-01-01..2026-11-21"; ended by a NULL name */
    uint32_t tasks, reserved;       /* 1: only what waits for this very official */
};

/* What a list is narrowed to by this field; "": by nothing. */
static inline const char *viche_filter(const struct viche_query *query, const char *field)
{
    for (const struct viche_pair *pair = query->filter; pair && pair->name; pair++) {
        size_t same = 0;
        while (field[same] && pair->name[same] == field[same])
            same++;
        if (pair->name[same] == field[same])
            return pair->value;
    }
    return "";
}

enum { VICHE_CHART_BARS = 0, VICHE_CHART_LINES = 1 };

/* Where answers go. Its functions are the desk's; call them as the inline verbs below. */
struct viche_sheet {
    uint32_t size, reserved;
    void (*row)(struct viche_sheet *, const char *id);
    void (*value)(struct viche_sheet *, const char *field, const char *value);
    void (*more)(struct viche_sheet *, const char *after, int64_t total);
    void (*field)(struct viche_sheet *, const struct viche_field *, const char *value);
    void (*section)(struct viche_sheet *, const char *title_key);
    void (*event)(struct viche_sheet *, int64_t at, const char *who, const char *title, const char *words, const char *files);
    void (*message)(struct viche_sheet *, int64_t at, const char *who, uint32_t from_citizen, const char *words, const char *files);
    void (*action)(struct viche_sheet *, const struct viche_action *);
    void (*chart)(struct viche_sheet *, const char *title_key, uint32_t kind, const char *unit_key);
    void (*point)(struct viche_sheet *, const char *series, const char *at, double value, const char *opens);
};

/* list: begins a row; `id` opens its page. */
static inline void viche_sheet_row(struct viche_sheet *s, const char *id) { s->row(s, id); }
/* list, show: the value of a field that the view declares. */
static inline void viche_sheet_value(struct viche_sheet *s, const char *field, const char *value) { s->value(s, field, value); }
/* list, at its end: there are more rows behind `after` ("": no more) and `total` in all (-1: not counted). */
static inline void viche_sheet_more(struct viche_sheet *s, const char *after, int64_t total) { s->more(s, after, total); }
/* show: a field that only this thing has; list, before its first row: a declared FILTER field with the choices that it has in this town. */
static inline void viche_sheet_field(struct viche_sheet *s, const struct viche_field *field, const char *value) { s->field(s, field, value); }
/* show: what follows stands under this heading. */
static inline void viche_sheet_section(struct viche_sheet *s, const char *title_key) { s->section(s, title_key); }
/* show: one line of the timeline. who, title, words: data; files: ids separated by '\n', "" none. */
static inline void viche_sheet_event(struct viche_sheet *s, int64_t at, const char *who, const char *title, const char *words,
                                     const char *files)
{
    s->event(s, at, who, title, words, files);
}
/* show: one message of the thread with the citizen. */
static inline void viche_sheet_message(struct viche_sheet *s, int64_t at, const char *who, uint32_t from_citizen, const char *words,
                                       const char *files)
{
    s->message(s, at, who, from_citizen, words, files);
}
/* list (NEW and BULK), show: what this official may do now, or why not. */
static inline void viche_sheet_action(struct viche_sheet *s, const struct viche_action *action) { s->action(s, action); }
/* report: a chart of points; a click on one opens a list: opens is "<plugin>/<view>?state=overdue", "" nothing. */
static inline void viche_sheet_chart(struct viche_sheet *s, const char *title_key, uint32_t kind, const char *unit_key)
{
    s->chart(s, title_key, kind, unit_key);
}
static inline void viche_sheet_point(struct viche_sheet *s, const char *series, const char *at, double value, const char *opens)
{
    s->point(s, series, at, value, opens);
}

/* A section of the desk. What a view has not got (no list, no show, …) the desk does not offer. */
struct viche_view {
    const char *id;    /* "cards"; its address in the desk is <plugin>/<id> */
    const char *title; /* text key */
    const char *help;  /* text key; NULL: none */
    const char *see;   /* roles that open it, separated by spaces */
    uint32_t reserved, reserved_too;
    struct viche_list fields; /* struct viche_field of its rows and pages */
    void (*list)(struct viche_turn *, const struct viche_query *, struct viche_sheet *);
    /* May this official see this row at all, now? Asked before show and act, and before they are told that it changed. */
    uint32_t (*sees)(struct viche_turn *, const struct viche_clerk *, const char *id);
    void (*show)(struct viche_turn *, const struct viche_clerk *, const char *id, struct viche_sheet *);
    /* Does it; values of the form by viche_get(t, field), `stamp` is what show said as the value "stamp" when the form was opened: when
     * it is another one now, say what changed. NULL, or the words of what is wrong, in the language of the turn. */
    const char *(*act)(struct viche_turn *, const struct viche_clerk *, const char *id, const char *action, const char *stamp);
    /* Charts of a period (UTC seconds), instead of or beside a list. */
    void (*report)(struct viche_turn *, const struct viche_clerk *, int64_t from, int64_t until, struct viche_sheet *);
    /* The report or list as a file: viche_reply(t, 200, type, …). format: "csv", "xlsx". The days of a report stand in the query as a
     * filter, "period": "2026-01-01..2026-12-31"; "private": "yes" when personal data was asked for, else the file shows none. A long one
     * says viche_more after so many rows as are quick to write, and finds what it said in query->after when it is called for those that
     * follow. */
    void (*file)(struct viche_turn *, const struct viche_query *, const char *format);
    /* Somebody was dismissed, lost a role or organisation, or an organisation closed: tell those for whom that is work now. */
    void (*staffed)(struct viche_turn *);
};

#endif
