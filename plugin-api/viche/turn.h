/* SPDX-License-Identifier: MIT
 * What a handler may do. A turn is one event meeting one plugin: (state, event) → (state', effects). The host opened a
 * transaction before it calls the handler and commits everything the handler did together with "this event is done"; a
 * crash undoes exactly one turn.
 *
 * Rules for the whole file. Thread: the worker's one thread, one turn at a time. Nothing blocks. What is passed in is
 * copied before the call returns. What is given out (const char *, rows, memory) lives until the handler returns. Nothing
 * returns an error code: a call that cannot be done (an undeclared option, bad SQL) fails the turn, which is rolled back,
 * logged with the plugin's name, and answered to the citizen with an honest sentence. */
#ifndef VICHE_TURN_H
#define VICHE_TURN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <viche/list.h>

struct viche_plugin;
struct viche_turn;
struct viche_rows;
struct viche_view; /* viche/desk.h */

/* What a handler of a dialog says on return; made by viche_stay, viche_go, viche_done, … */
typedef uint32_t viche_next;

/* Frozen for ever: its arrays have no stride. */
struct viche_pair {
    const char *name, *value;
};

/* An HTTP request that arrived, for routes and channels. */
struct viche_http {
    uint32_t size;
    uint32_t body_size; /* bytes */
    const char *method, *path; /* path: behind /<town>/<plugin>, percent-decoded, valid UTF-8 */
    const char *body;          /* NUL-terminated beyond body_size; "" if it went to a file */
    const char *file;          /* upload id for viche_keep_file, NULL if the body is above */
    uint64_t file_size;
    const struct viche_pair *query; /* decoded, ended by a NULL name */
    const struct viche_pair *headers; /* names in lower case, ended by a NULL name */
    const char *origin;        /* scheme://host[:port] under which the town is reached, as configured or asked for */
    const char *peer;          /* since 0.1: the client's address, for a plugin's own limits: never log it. An IPv6 one is its /64 */
    const char *more;          /* since 0.1: what viche_more said with the part before; "": this is the first */
};

/* An HTTP request to be made. {secret:name} in url and headers is filled in by the gateway with the plugin's own
 * secret; in the body, too, except in viche_send_request: a citizen's words stand there. */
struct viche_request {
    uint32_t size;
    uint32_t timeout_s; /* 0: 30 */
    const char *method; /* NULL: GET, or POST with a body */
    const char *url;
    const char *body;
    uint32_t body_size, reserved;
    const struct viche_pair *headers; /* ended by a NULL name; NULL: none */
    struct viche_list parts;          /* since 0.1: struct viche_part, instead of a body; in viche_send_request only */
};

/* Since 0.1. A part of a multipart/form-data body; a field if file is NULL. */
struct viche_part {
    const char *name, *value;
    const char *file; /* id of a file of the town */
    const char *file_name, *file_type;
};

/* What it brought. */
struct viche_result {
    uint32_t size;
    int32_t status;    /* HTTP status; 0: no answer, see error */
    const char *error; /* English, for the log; NULL with an answer */
    const char *body;  /* NUL-terminated beyond body_size; cut at the host's limit (1 MiB) */
    uint32_t body_size, reserved;
    const struct viche_pair *headers; /* names in lower case, ended by a NULL name */
};

enum { VICHE_NULL = 0, VICHE_INTEGER = 1, VICHE_REAL = 2, VICHE_STRING = 3, VICHE_BLOB = 4 };

/* A value bound to a ? of an SQL statement; see viche_sql. Frozen for ever, as viche_pair. */
struct viche_value {
    uint32_t kind, size; /* size: bytes of a blob */
    int64_t integer;
    double real;
    const void *data; /* string or blob; a NULL string binds NULL */
};

/* A moment on the town's clock. */
struct viche_local {
    uint32_t size;
    int32_t year, month, day;   /* 2026, 1..12, 1..31 */
    int32_t hour, minute, second;
    int32_t weekday;            /* 1 Monday … 7 Sunday */
};

/* What free text finds. Written again under the same id it replaces the old entry. */
struct viche_entry {
    uint32_t size, weight; /* weight 0..100 lifts an entry among equals; 0: 50 */
    const char *id;        /* unique in the plugin */
    const char *language;  /* "uk"; NULL: found in every language */
    const char *title;     /* shown as the button */
    const char *text;      /* searched beside the title, never shown */
    const char *opens;     /* "/directory show 12" */
};

/* Since 0.1. A citizen, to whoever writes to many: never an address. */
struct viche_person {
    uint32_t size;
    uint32_t price;       /* what a message would cost now, as viche_pace.price */
    uint64_t id;
    const char *channel;  /* where a message would go now; "": every chat of theirs was blocked or closed */
    const char *language; /* in which they are spoken to, for viche_speak */
    uint32_t per_second;  /* of that channel, as viche_pace.per_second */
    uint32_t down;        /* 1: that channel does not work now; what is said there waits */
    int64_t since;        /* UTC seconds: when they first wrote; never earlier than of a smaller id */
};

/* Since 0.1. A view of a plugin that is enabled in this town. */
struct viche_view_at {
    uint32_t size, reserved;
    const struct viche_plugin *plugin; /* for viche_act */
    const char *plugin_name;           /* "cases" */
    const struct viche_view *view;     /* its lists are walked with viche_item: their items are as long as the host's */
};

/* Since 0.1. A row of the town's audit chain. */
struct viche_audit_row {
    uint32_t size, reserved;
    uint64_t id, clerk;
    int64_t at; /* UTC seconds */
    const char *plugin, *what, *object;
};

/* Since 0.1. An event that brought a worker down twice: kept aside, and the citizen told so. What was written stays hidden. */
struct viche_parked {
    uint32_t size, reserved;
    uint64_t id;
    int64_t at; /* UTC seconds */
    const char *channel, *why;
};

/* Since 0.1. A file of the town. */
struct viche_file_about {
    uint32_t size, reserved;
    uint64_t bytes;
    int64_t at;       /* UTC seconds: when it came */
    const char *name; /* cleaned, for showing only */
    const char *type; /* "image/jpeg": by its bytes, never by its name or what the sender said */
    const char *kind; /* "photo", "video", "audio"; "document": everything else */
};

/* The host's functions. Filled by the host; a plugin calls them through the verbs below. A plugin compiled against a
 * later minor than its target asks viche_has(t, verb) first. */
struct viche_host {
    uint32_t size, minor;
    /* speaking */
    void (*say)(struct viche_turn *, const char *key);
    void (*say_text)(struct viche_turn *, const char *text);
    void (*offer)(struct viche_turn *, const char *label_key, const char *value);
    void (*offer_text)(struct viche_turn *, const char *label, const char *value);
    void (*link)(struct viche_turn *, const char *label_key, const char *url);
    void (*show_place)(struct viche_turn *, double latitude, double longitude, const char *label);
    void (*show_file)(struct viche_turn *, const char *file_id, const char *caption_key);
    void (*let)(struct viche_turn *, const char *name, const char *value);
    const char *(*text)(struct viche_turn *, const char *key);
    void (*to)(struct viche_turn *, uint64_t citizen);
    void (*speak)(struct viche_turn *, const char *language);
    /* remembering */
    const char *(*get)(struct viche_turn *, const char *variable);
    void (*set)(struct viche_turn *, const char *variable, const char *value);
    /* moving */
    viche_next (*stay)(struct viche_turn *);
    viche_next (*go)(struct viche_turn *, const char *step);
    viche_next (*again)(struct viche_turn *, const char *key);
    viche_next (*open)(struct viche_turn *, const char *command);
    viche_next (*done)(struct viche_turn *);
    viche_next (*fail)(struct viche_turn *, const char *key);
    viche_next (*fetch)(struct viche_turn *, const struct viche_request *);
    viche_next (*wait)(struct viche_turn *, uint32_t seconds, const char *step);
    /* knowing */
    const char *(*option)(struct viche_turn *, const char *name);
    int64_t (*option_number)(struct viche_turn *, const char *name);
    const void *(*service)(struct viche_turn *, const char *id);
    const char *(*args)(struct viche_turn *);
    const char *(*language)(struct viche_turn *);
    const char *(*town)(struct viche_turn *, const char *what);
    uint64_t (*citizen)(struct viche_turn *);
    int64_t (*now)(struct viche_turn *);
    void (*local)(struct viche_turn *, int64_t at, struct viche_local *out);
    int64_t (*moment)(struct viche_turn *, const struct viche_local *local);
    /* storing */
    struct viche_rows *(*query)(struct viche_turn *, const char *sql, const struct viche_value *values, uint32_t count);
    uint32_t (*next_row)(struct viche_rows *);
    const char *(*row_text)(struct viche_rows *, uint32_t column);
    int64_t (*row_integer)(struct viche_rows *, uint32_t column);
    double (*row_real)(struct viche_rows *, uint32_t column);
    void (*index_put)(struct viche_turn *, const struct viche_entry *);
    void (*index_drop)(struct viche_turn *, const char *id);
    const char *(*keep_file)(struct viche_turn *, const char *upload, const char *name, const char *type);
    const char *(*collation_key)(struct viche_turn *, const char *text);
    /* answering HTTP, writing exports and reports */
    void (*reply)(struct viche_turn *, uint32_t status, const char *type, const void *body, size_t size_bytes);
    void (*reply_header)(struct viche_turn *, const char *name, const char *value);
    void (*emit)(struct viche_turn *, const char *section);
    void (*bad)(struct viche_turn *, const char *column, const char *reason);
    /* the rest */
    void *(*memory)(struct viche_turn *, size_t size_bytes);
    const char *(*print)(struct viche_turn *, const char *format, ...) __attribute__((format(printf, 2, 3)));
    void (*random)(struct viche_turn *, void *out, size_t size_bytes);
    void (*log)(struct viche_turn *, const char *what);
    /* for channels, viche/channel.h */
    const struct viche_channel_host *channel;
    /* since 0.1 */
    void (*bulk)(struct viche_turn *, uint32_t on);
    void (*tag)(struct viche_turn *, const char *tag);
    uint32_t (*person)(struct viche_turn *, uint64_t from, struct viche_person *out);
    void (*plan)(struct viche_turn *, const char *schedule, int64_t at);
    const struct viche_plugin *(*act)(struct viche_turn *, const struct viche_plugin *who);
    const char *(*option_file)(struct viche_turn *, const char *name);
    uint32_t (*next_view)(struct viche_turn *, uint32_t index, struct viche_view_at *out);
    void (*audit)(struct viche_turn *, uint64_t clerk, const char *what, const char *object);
    uint32_t (*audit_row)(struct viche_turn *, uint64_t from, struct viche_audit_row *out);
    uint32_t (*parked)(struct viche_turn *, uint64_t from, struct viche_parked *out);
    uint32_t (*parked_end)(struct viche_turn *, uint64_t id, uint32_t retry);
    void (*trust)(struct viche_turn *);
    void (*more)(struct viche_turn *, const char *from);
    uint32_t (*file_about)(struct viche_turn *, const char *file_id, struct viche_file_about *out);
    uint32_t (*hold_file)(struct viche_turn *, const char *file_id);
    void (*drop_file)(struct viche_turn *, const char *file_id);
    uint32_t (*rehearse)(struct viche_turn *);
    int64_t (*conversations)(struct viche_turn *, int64_t from, int64_t until);
};

struct viche_turn {
    const struct viche_host *host; /* everything behind it is the host's */
};

#define viche_has(t, verb)                                                                         \
    ((t)->host->size >= offsetof(struct viche_host, verb) + sizeof((t)->host->verb))

/* ---- speaking: a message is text, then buttons, links, a place or files under it ---------------------------------- */

/* Begins a message with the words of `key` in the citizen's language; {{names}} are filled from viche_let and the dialog's
 * variables, escaped as the channel needs. */
static inline void viche_say(struct viche_turn *t, const char *key) { t->host->say(t, key); }
/* The same with words that are data (a name from a table). Never for sentences. */
static inline void viche_say_text(struct viche_turn *t, const char *text) { t->host->say_text(t, text); }
/* Puts a button under the current message. Pressing it answers with `value`; a value beginning with '/' opens that dialog;
 * since 0.1 there is no such button where the town has no such dialog. */
static inline void viche_offer(struct viche_turn *t, const char *label_key, const char *value)
{
    t->host->offer(t, label_key, value);
}
static inline void viche_offer_text(struct viche_turn *t, const char *label, const char *value)
{
    t->host->offer_text(t, label, value);
}
/* A button that opens an address: https:, tel: or mailto:. */
static inline void viche_link(struct viche_turn *t, const char *label_key, const char *url) { t->host->link(t, label_key, url); }
static inline void viche_show_place(struct viche_turn *t, double latitude, double longitude, const char *label)
{
    t->host->show_place(t, latitude, longitude, label);
}
/* A message with a file. Since 0.1 without a caption_key the file stands beside that of the current message, if it has one: an album
 * where the messenger has such, one message after the other where not. */
static inline void viche_show_file(struct viche_turn *t, const char *file_id, const char *caption_key)
{
    t->host->show_file(t, file_id, caption_key);
}
/* Sets {{name}} for the texts of this turn. "count" chooses the plural form. Formats: {{at, date}}, {{at, day}}, {{at, time}},
 * {{at, datetime}} take UTC seconds or 2026-11-25; {{sum, money}} takes hundredths; {{n, number}}. */
static inline void viche_let(struct viche_turn *t, const char *name, const char *value) { t->host->let(t, name, value); }
static inline void viche_let_number(struct viche_turn *t, const char *name, int64_t value)
{
    t->host->let(t, name, t->host->print(t, "%lld", (long long)value));
}
/* The words of `key`, filled in. */
static inline const char *viche_text(struct viche_turn *t, const char *key) { return t->host->text(t, key); }
/* From here on, messages go to this citizen (a notice); 0: back to the one whose turn it is. */
static inline void viche_to(struct viche_turn *t, uint64_t citizen) { t->host->to(t, citizen); }
/* In routes and hooks: texts, names and formats of this turn are in the first of these languages that the town offers, as an
 * Accept-Language header lists them ("en-GB, uk;q=0.7"); none of them: the town's main one. */
static inline void viche_speak(struct viche_turn *t, const char *languages) { t->host->speak(t, languages); }

/* Since 0.1. The messages that follow are a broadcast: replies go before them. on: 1 or 0. */
static inline void viche_bulk(struct viche_turn *t, uint32_t on) { t->host->bulk(t, on); }
/* Since 0.1. Marks the current message: what becomes of it comes to viche_plugin.delivered. At most 64 bytes. */
static inline void viche_tag(struct viche_turn *t, const char *tag) { t->host->tag(t, tag); }

/* Since 0.1. Takes back what was said since the last viche_to, and returns in how many messages of their messenger it would have come to
 * that citizen, each of which counts in its pace and price; 0: no channel takes it now. */
static inline uint32_t viche_rehearse(struct viche_turn *t) { return t->host->rehearse(t); }

/* ---- remembering: the dialog's variables, kept until it ends --------------------------------------------------------- */

/* "" when it was never set. In routes and imports: path parts and cells. */
static inline const char *viche_get(struct viche_turn *t, const char *variable) { return t->host->get(t, variable); }
static inline void viche_set(struct viche_turn *t, const char *variable, const char *value) { t->host->set(t, variable, value); }

/* ---- moving: `return viche_go(t, "next");` ----------------------------------------------------------------------------- */

/* Waits in this step for the next answer. */
static inline viche_next viche_stay(struct viche_turn *t) { return t->host->stay(t); }
static inline viche_next viche_go(struct viche_turn *t, const char *step) { return t->host->go(t, step); }
/* Says `key` and waits for another answer to the same question. */
static inline viche_next viche_again(struct viche_turn *t, const char *key) { return t->host->again(t, key); }
/* Ends this dialog and opens another: "/directory show 12". */
static inline viche_next viche_open(struct viche_turn *t, const char *command) { return t->host->open(t, command); }
static inline viche_next viche_done(struct viche_turn *t) { return t->host->done(t); }
/* Says `key` with the way back to the menu, ends the dialog, undoes nothing. */
static inline viche_next viche_fail(struct viche_turn *t, const char *key) { return t->host->fail(t, key); }
/* Asks the network; this step's `result` runs with what came, even after a restart. At least once: make POSTs idempotent. */
static inline viche_next viche_fetch(struct viche_turn *t, const struct viche_request *request)
{
    return t->host->fetch(t, request);
}
/* Enters `step` after so many seconds, even after a restart; an answer before that is heard as usual. */
static inline viche_next viche_wait(struct viche_turn *t, uint32_t seconds, const char *step)
{
    return t->host->wait(t, seconds, step);
}

/* ---- knowing --------------------------------------------------------------------------------------------------------- */

static inline const char *viche_option(struct viche_turn *t, const char *name) { return t->host->option(t, name); }
/* Since 0.1. The contents of a VICHE_OPTION_FILE, as they were when the configuration was taken over; "" where the option is empty.
 * Of a VICHE_SECRET one: a mark that is another whenever the file was written anew. What stands in it only the gateway knows. */
static inline const char *viche_option_file(struct viche_turn *t, const char *name) { return t->host->option_file(t, name); }
/* Numbers, durations in seconds, flags as 0 or 1. */
static inline int64_t viche_option_number(struct viche_turn *t, const char *name) { return t->host->option_number(t, name); }
/* The table another plugin offers under this id, or NULL. Every function of such a table takes the turn first. */
static inline const void *viche_service(struct viche_turn *t, const char *id) { return t->host->service(t, id); }
/* Since 0.1. A function that serves other plugins runs in the turn of its caller. From here on tables, options, texts and schedules
 * are those of `who`, which is &viche_plugin_v0; returns whose they were, to be given back before the function returns. */
static inline const struct viche_plugin *viche_act(struct viche_turn *t, const struct viche_plugin *who) { return t->host->act(t, who); }
/* What followed the command that opened this dialog: "show 12". */
static inline const char *viche_args(struct viche_turn *t) { return t->host->args(t); }
static inline const char *viche_language(struct viche_turn *t) { return t->host->language(t); } /* "uk", "sr-Latn" */
/* Of the town: "id", "name", "site", "phone", "zone", "emblem" (a letter or two), "intro" (a sentence for its page), "languages"
 * ("uk en", the main one first), "origin" (scheme://host[:port] under which citizens reach the host), "official.json" and
 * "official.txt" (the signed list of its own bots). "" when it has none. */
static inline const char *viche_town(struct viche_turn *t, const char *what) { return t->host->town(t, what); }
/* The person whose turn it is, 0 in a turn without a chat. */
static inline uint64_t viche_citizen(struct viche_turn *t) { return t->host->citizen(t); }
/* UTC seconds. The only clock a plugin may read. */
static inline int64_t viche_now(struct viche_turn *t) { return t->host->now(t); }
static inline struct viche_local viche_local(struct viche_turn *t, int64_t at)
{
    struct viche_local out = {sizeof(struct viche_local), 0, 0, 0, 0, 0, 0, 0};
    t->host->local(t, at, &out);
    return out;
}
/* The UTC seconds of a wall time in the town: a time skipped by the clock change moves forward, one that comes twice is the first.
 * Too much carries over: 31 June is 1 July, day 0 is the last of the month before. */
static inline int64_t viche_moment(struct viche_turn *t, const struct viche_local *local) { return t->host->moment(t, local); }

/* Since 0.1. The first citizen whose number is `from` or larger; false: there is none. Walk all with from = out.id + 1. */
static inline bool viche_person(struct viche_turn *t, uint64_t from, struct viche_person *out)
{
    out->size = sizeof *out;
    return t->host->person(t, from, out) != 0;
}
/* Since 0.1. How many conversations began from `from` on and before `until` (UTC seconds, at the full hour), in all channels: somebody
 * wrote for the first time, or after an hour of silence. */
static inline int64_t viche_conversations(struct viche_turn *t, int64_t from, int64_t until)
{
    return t->host->conversations(t, from, until);
}
/* Since 0.1. View number `index` of all the plugins of this town; false: no more. Before one of its functions is called:
 * before = viche_act(t, out.plugin), and viche_act(t, before) after it. */
static inline bool viche_next_view(struct viche_turn *t, uint32_t index, struct viche_view_at *out)
{
    out->size = sizeof *out;
    return t->host->next_view(t, index, out) != 0;
}
/* Since 0.1. Writes a row to the town's audit chain, which only grows: who (0: nobody), what was done («looked»), to which object
 * ("cards/12"). By reference only: never a name, a number or words of a person. */
static inline void viche_audit(struct viche_turn *t, uint64_t clerk, const char *what, const char *object)
{
    t->host->audit(t, clerk, what, object);
}
/* Since 0.1. The first row of the chain whose id is `from` or larger, whichever plugin wrote it; false: there is none. With
 * UINT64_MAX: the newest. For those whom the plugin knows as auditors. */
static inline bool viche_audit_row(struct viche_turn *t, uint64_t from, struct viche_audit_row *out)
{
    out->size = sizeof *out;
    return t->host->audit_row(t, from, out) != 0;
}
/* Since 0.1. The first parked event whose id is `from` or larger; false: there is none. */
static inline bool viche_parked(struct viche_turn *t, uint64_t from, struct viche_parked *out)
{
    out->size = sizeof *out;
    return t->host->parked(t, from, out) != 0;
}
/* Since 0.1. Ends it: retry 1 handles the event as if it came now, 0 forgets it. false: it is not there any more. */
static inline bool viche_parked_end(struct viche_turn *t, uint64_t id, uint32_t retry) { return t->host->parked_end(t, id, retry) != 0; }
/* Since 0.1. Runs a schedule that has neither `at` nor `every_s` once, at this moment (UTC seconds); the last call counts, 0 is
 * never. Whoever has work for more than one turn plans the next from within `run`. */
static inline void viche_plan(struct viche_turn *t, const char *schedule, int64_t at) { t->host->plan(t, schedule, at); }

/* ---- storing: the plugin's own tables, named <plugin> or <plugin>_something --------------------------------------------- */

#define VICHE_TEXT_VALUE(s) {.kind = VICHE_STRING, .data = (s)}
#define VICHE_INT_VALUE(n) {.kind = VICHE_INTEGER, .integer = (int64_t)(n)}
#define VICHE_REAL_VALUE(x) {.kind = VICHE_REAL, .real = (x)}
/* viche_sql(t, "INSERT INTO visit(who, at) VALUES(?, ?)", VICHE_TEXT_VALUE(who), VICHE_INT_VALUE(now)) runs a statement
 * (at once, also when nothing is read from it); C only. */
#define viche_sql(t, sql, ...)                                                                     \
    ((t)->host->query((t), (sql), (const struct viche_value[]){{.kind = 0}, __VA_ARGS__} + 1,      \
                      (uint32_t)(sizeof((const struct viche_value[]){{.kind = 0}, __VA_ARGS__}) /  \
                                 sizeof(struct viche_value)) - 1))
/* for (struct viche_rows *r = viche_sql(…); viche_row(t, r);) … — false after the last row. */
static inline bool viche_row(struct viche_turn *t, struct viche_rows *rows) { return t->host->next_row(rows) != 0; }
static inline const char *viche_row_text(struct viche_turn *t, struct viche_rows *rows, uint32_t column)
{
    return t->host->row_text(rows, column); /* "" for NULL */
}
static inline int64_t viche_row_integer(struct viche_turn *t, struct viche_rows *rows, uint32_t column)
{
    return t->host->row_integer(rows, column);
}
static inline double viche_row_real(struct viche_turn *t, struct viche_rows *rows, uint32_t column)
{
    return t->host->row_real(rows, column);
}
static inline void viche_index_put(struct viche_turn *t, const struct viche_entry *entry) { t->host->index_put(t, entry); }
static inline void viche_index_drop(struct viche_turn *t, const char *id) { t->host->index_drop(t, id); }
/* Moves an upload into the town's files, type sniffed; returns the file's id, or NULL when it is not allowed. */
static inline const char *viche_keep_file(struct viche_turn *t, const char *upload, const char *name, const char *type)
{
    return t->host->keep_file(t, upload, name, type);
}
/* Since 0.1. What a file of the town is; false: there is none of this id. */
static inline bool viche_file_about(struct viche_turn *t, const char *file_id, struct viche_file_about *out)
{
    out->size = sizeof *out;
    return t->host->file_about(t, file_id, out) != 0;
}
/* Since 0.1. This plugin has to keep the file, as an archive does: from now on it is the town's own, and the host forgets who sent it.
 * Without that it goes when they have their data erased. Several plugins may hold the same file, each once however often it says so. The
 * hold commits with the turn and lasts until viche_drop_file, in any turn. false: there is no such file (any more). */
static inline bool viche_hold_file(struct viche_turn *t, const char *file_id) { return t->host->hold_file(t, file_id) != 0; }
/* Since 0.1. This plugin needs the file no more, whether it held it or not. Unless another plugin holds it, the file goes for good when the
 * turn commits, even if whoever sent it is still there: drop it in the turn that forgets its id. An id without a file is no fault. */
static inline void viche_drop_file(struct viche_turn *t, const char *file_id) { t->host->drop_file(t, file_id); }
/* A key that sorts by bytes as the town's main language sorts words (Ґ after Г, Є after Е, І and Ї after И): store it, ORDER BY it. */
static inline const char *viche_collation_key(struct viche_turn *t, const char *text) { return t->host->collation_key(t, text); }

/* ---- answering HTTP, exports, imports -------------------------------------------------------------------------------------- */

static inline void viche_reply(struct viche_turn *t, uint32_t status, const char *type, const void *body, size_t size_bytes)
{
    t->host->reply(t, status, type, body, size_bytes);
}
/* One of the same name is replaced, a Set-Cookie is added. */
static inline void viche_reply_header(struct viche_turn *t, const char *name, const char *value)
{
    t->host->reply_header(t, name, value);
}
/* Since 0.1. In a route: whoever asks has shown who they are (a session), so this request does not count against the limits of their
 * address, behind which a whole town hall may sit. */
static inline void viche_trust(struct viche_turn *t) { t->host->trust(t); }
/* Since 0.1. In a route, after viche_reply: what was said is a part of the answer. When the client has taken it, the same request comes
 * again, in a turn of its own behind those of citizens, with `from` as viche_http.more, and what it replies with is appended. The answer
 * ends with the part that says no more; it breaks off, and the client sees that, with one whose status is not 200. Nobody asks for more
 * when the client has gone. What comes between the parts comes from `from` and from tables: so a long answer outlives a restart. */
static inline void viche_more(struct viche_turn *t, const char *from) { t->host->more(t, from); }
/* Ends one row of an export: what was viche_set since the last, under this section. */
static inline void viche_emit(struct viche_turn *t, const char *section) { t->host->emit(t, section); }
/* In an import: this cell is wrong; reason in the operator's words. In viche_plugin.check: `column` is where, "roads.ini:12". */
static inline void viche_bad(struct viche_turn *t, const char *column, const char *reason) { t->host->bad(t, column, reason); }

/* ---- the rest ------------------------------------------------------------------------------------------------------------------ */

static inline void *viche_memory(struct viche_turn *t, size_t size_bytes) { return t->host->memory(t, size_bytes); } /* zeroed */
#define viche_print(t, ...) ((t)->host->print((t), __VA_ARGS__))
static inline void viche_random(struct viche_turn *t, void *out, size_t size_bytes) { t->host->random(t, out, size_bytes); }
/* One line for the operator, in English; never a citizen's words or data. */
static inline void viche_log(struct viche_turn *t, const char *what) { t->host->log(t, what); }

#endif
