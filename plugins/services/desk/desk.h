/* SPDX-License-Identifier: MPL-2.0
 * What the parts of the staff desk know of each other. docs/desk-api.md is what it speaks with its page. */
#ifndef DESK_H
#define DESK_H

#include <jansson.h>

#include <viche/services/staff.h>
#include <viche/viche.h>

VICHE_EXPORT extern const struct viche_plugin viche_plugin_v0;

/* ---- desk_role.c: what somebody may hold */
extern const char *const roles[]; /* ended by NULL; their words: role-… in texts/ */
#define ROLES_ALL "responsible decider executor pr operator auditor admin"
bool role_known(const char *role);
bool role_lonely(const char *role);                      /* auditor, admin: held by nobody beside another one */
bool role_writes(const char *held); /* anything at all: an auditor reads, whoever has no role does neither */
bool role_among(const char *held, const char *wanted);   /* do two lists, separated by spaces, have a word in common? */

/* ---- desk_staff.c: officials. Owns `desk_staff`. */
struct staff {
    uint64_t id; /* 0: nobody */
    const char *name, *post, *login, *organisation, *language;
    bool dismissed;
};
#define STAFF_COLUMNS "id, name, post, login, organisation, language, dismissed"
bool staff_row(struct viche_turn *t, struct viche_rows *rows, struct staff *out); /* the next of SELECT STAFF_COLUMNS … */
bool staff_find(struct viche_turn *t, uint64_t id, struct staff *out);
bool staff_named(struct viche_turn *t, const char *login, struct staff *out);
struct viche_rows *staff_all(struct viche_turn *t); /* for staff_row: by name, the dismissed last */
bool staff_next(struct viche_turn *t, uint64_t from, struct staff *out); /* not dismissed, by number */
const char *staff_login_fault(struct viche_turn *t, const char *login, uint64_t whose); /* words, or NULL */
uint64_t staff_add(struct viche_turn *t, const struct staff *staff);
void staff_change(struct viche_turn *t, const struct staff *staff); /* all but the number */
void staff_speak(struct viche_turn *t, uint64_t id, const char *language);
/* One who is dismissed keeps name and number; sessions and streams end at once. */
void staff_dismiss(struct viche_turn *t, uint64_t id, bool dismissed);

/* ---- desk_organisation.c: who may execute. Owns `desk_organisation`. */
struct organisation {
    const char *id, *name;
    bool closed;
};
bool organisation_find(struct viche_turn *t, const char *id, struct organisation *out);
bool organisation_next(struct viche_turn *t, const char *after, struct organisation *out); /* alphabetical; "" the first */
const char *organisation_name(struct viche_turn *t, const char *id); /* "": the town's own */
bool organisation_open(struct viche_turn *t, const char *id);        /* the town itself, or one that is not closed */
void organisation_put(struct viche_turn *t, const struct organisation *organisation);
bool organisation_id_valid(const char *id);

/* ---- desk_grant.c: who holds which role, for what. Owns `desk_grant`. */
#define GRANT_ALL "*" /* every type of card, every organisation */
const char *grant_roles(struct viche_turn *t, uint64_t staff); /* separated by spaces; "" of one who is dismissed */
bool grant_holds(struct viche_turn *t, uint64_t staff, const char *role, const char *type, const char *organisation);
/* Words of what is wrong, or NULL. What somebody holds has changed: their sessions end. */
const char *grant_give(struct viche_turn *t, uint64_t staff, const char *role, const char *type, const char *organisation);
struct grant {
    int64_t id;
    uint64_t staff;
    const char *role, *type, *organisation;
};
bool grant_next(struct viche_turn *t, int64_t from, struct grant *out); /* of everybody, by number */
bool grant_of(struct viche_turn *t, uint64_t staff, int64_t from, struct grant *out);
void grant_take(struct viche_turn *t, const struct grant *grant);
const char *grant_words(struct viche_turn *t, const struct grant *grant); /* «Виконавець · appeal · КП «Водоканал»» */
void grant_drop_all(struct viche_turn *t, uint64_t staff);

/* ---- desk_fold.c: letters without their case */
uint32_t fold_next(const char **text);                   /* the next character */
bool fold_has(const char *text, const char *wanted);     /* "": yes */

/* ---- desk_secret.c, desk_common.c: passwords and codes. desk_password.c owns `desk_password`. */
const char *secret_random(struct viche_turn *t); /* 256 bits, base64url */
const char *secret_short(struct viche_turn *t);  /* 50 bits, "k7w4m-2fqxz": for people */
bool secret_same(const char *a, const char *b);
const char *common_fault(const char *password, const char *const *about); /* text key of what is wrong, or NULL; about: ended by NULL */
bool password_right(struct viche_turn *t, uint64_t staff, const char *password); /* staff 0: false, in the same time */
const char *password_fault(struct viche_turn *t, const struct staff *staff, const char *password); /* words, or NULL */
void password_put(struct viche_turn *t, uint64_t staff, const char *password);

/* ---- desk_totp.c: the code of the telephone, and recovery codes. Owns `desk_totp` and `desk_recovery`. */
bool totp_bound(struct viche_turn *t, uint64_t staff);
void totp_begin(struct viche_turn *t, uint64_t staff);          /* a new secret, unless one waits to be bound */
const char *totp_secret(struct viche_turn *t, uint64_t staff);  /* base32; "" when bound or never begun */
const char *totp_address(struct viche_turn *t, const struct staff *staff); /* otpauth://… */
bool totp_bind(struct viche_turn *t, uint64_t staff, const char *code);
bool totp_right(struct viche_turn *t, uint64_t staff, const char *code); /* of the telephone, or a recovery code; each once */
void totp_forget(struct viche_turn *t, uint64_t staff);
json_t *totp_recovery(struct viche_turn *t, uint64_t staff); /* ten new ones */
int64_t totp_recovery_left(struct viche_turn *t, uint64_t staff);
int64_t totp_step(const char *secret, int64_t now, int64_t after, const char *code); /* pure: the step that fits and is later; 0 none */

/* ---- desk_try.c: how often. Owns `desk_try`. */
bool try_allowed(struct viche_turn *t, const char *bucket, uint32_t most); /* without counting */
void try_count(struct viche_turn *t, const char *bucket, uint32_t seconds);
void try_forget(struct viche_turn *t, const char *bucket);
int64_t try_so_far(struct viche_turn *t, const char *bucket);
int64_t try_wait_s(struct viche_turn *t, const char *bucket);
void try_sweep(struct viche_turn *t);

/* ---- desk_invite.c: one-time codes that set a password. Owns `desk_invite`. */
const char *invite_link(struct viche_turn *t, uint64_t staff, int64_t seconds); /* a new one; older ones are void */
uint64_t invite_staff(struct viche_turn *t, const char *code);                  /* 0: no such, used, too old */
void invite_use(struct viche_turn *t, uint64_t staff);

/* ---- desk_session.c: who is signed in. Owns `desk_session`. */
enum { SESSION_OUT = 0, SESSION_CODE = 1, SESSION_ENROL = 2, SESSION_IN = 3 };
struct session {
    uint32_t state, reserved;
    const char *id;    /* the hash of the cookie: also the address of its streams; "" */
    const char *token; /* against forged requests; "" without a cookie */
    const char *roles; /* "" unless state is IN */
    struct staff staff;
    const char *agent; /* what the browser calls itself */
    int64_t began_at, seen_at;
};
struct session session_read(struct viche_turn *t, const struct viche_http *http); /* and notes that it lives */
/* A new cookie: nobody's (staff 0), or a session. The one before is gone. */
struct session session_begin(struct viche_turn *t, const struct viche_http *http, const struct session *before, uint64_t staff, uint32_t state);
void session_end(struct viche_turn *t, const char *id);
void session_end_all(struct viche_turn *t, uint64_t staff, const char *but); /* but: this one remains; "": none */
/* The session behind `after` ("": the first) of those that are in, of everybody (staff 0) or of one. */
bool session_next(struct viche_turn *t, uint64_t staff, const char *after, struct session *out);
void session_sweep(struct viche_turn *t, int64_t planned_at);

/* ---- desk_gate.c: what comes first in every request, and refusals */
struct session gate_open(struct viche_turn *t, const struct viche_http *http); /* anybody; sets the language */
bool gate_same_site(struct viche_turn *t, const struct viche_http *http, const struct session *session); /* false: refused */
bool gate_in(struct viche_turn *t, const struct viche_http *http, struct session *out);                  /* false: refused */
const char *gate_header(const struct viche_http *http, const char *name); /* "" when absent */
const char *gate_query(const struct viche_http *http, const char *name);  /* "" when absent */
void refuse(struct viche_turn *t, uint32_t status, const char *code, const char *where); /* words: refused-<code> */
void refuse_words(struct viche_turn *t, uint32_t status, const char *code, const char *where, const char *words);
void reply_json(struct viche_turn *t, uint32_t status, json_t *json); /* takes it */
json_t *body_json(struct viche_turn *t, const struct viche_http *http); /* an object, or NULL: refused */
const char *body_text(const json_t *body, const char *name);            /* "" when absent */
json_t *text_json(const char *text);                                    /* NULL and "" are null */

/* ---- desk_me.c, desk_login.c */
json_t *me_json(struct viche_turn *t, const struct session *session);
struct buckets {
    const char *account, *peer;
};
bool login_may_try(struct viche_turn *t, const struct viche_http *http, const char *account, struct buckets *out); /* false: refused */
bool login_may_hash(struct viche_turn *t); /* the town's bucket: citizens wait for no flood of passwords; false: refused */
void login_wrong(struct viche_turn *t, const struct buckets *buckets, const char *code); /* counted and refused */

/* ---- desk_view.c: a view that a plugin declares, and whether this official may open it */
struct view {
    struct viche_view_at at;
    const struct viche_view *view;
    struct viche_clerk clerk;
    const struct viche_plugin *before; /* who acted before view_enter */
};
struct viche_clerk clerk_of(struct viche_turn *t, const struct session *session);
bool view_may(const struct session *session, const struct viche_view *view);
bool view_find(struct viche_turn *t, const struct session *session, const char *plugin, const char *id, struct view *out);
bool view_open(struct viche_turn *t, const struct session *session, struct view *out); /* as the path says; false: refused */
void view_enter(struct viche_turn *t, struct view *view); /* from here on the turn is the plugin's */
void view_leave(struct viche_turn *t, struct view *view);
void view_tell_staffed(struct viche_turn *t); /* who works here has changed: whoever must act on it is told */
bool view_sees(struct viche_turn *t, struct view *view, const char *id);
bool view_thing(struct viche_turn *t, struct view *view, const char **id); /* {id} of the path, if seen; false: refused */
const char *view_name(struct viche_turn *t, const struct view *view);       /* "cases/cards" */
const char *view_object(struct viche_turn *t, const struct view *view, const char *id); /* "cases/cards/12", for the audit chain */
const struct viche_field *view_field(const struct viche_view *view, const char *name);

/* ---- desk_field.c, desk_mask.c: fields and their values as JSON */
const char *field_label(struct viche_turn *t, const char *label); /* a text key, or "=words" */
json_t *field_json(struct viche_turn *t, const struct viche_field *field, bool choosing); /* in its plugin's turn; choosing: in a form */
const char *field_words(struct viche_turn *t, const struct viche_field *field, const char *value); /* NULL: shown as it is */
const char *mask(struct viche_turn *t, const struct viche_field *field, const char *value);
bool line_among(const char *lines, const char *line);
const char *line_next(struct viche_turn *t, const char **lines); /* NULL after the last */

/* ---- desk_sheet.c: what a view answers */
struct sheet {
    struct viche_sheet base; /* first: a struct viche_sheet * is a struct sheet * */
    struct viche_turn *t;
    const struct viche_view *view;
    bool bare;                 /* nothing is masked: for a look that is written down, and for files */
    json_t *rows, *row;        /* list */
    json_t *more, *total;
    json_t *sections, *section;
    json_t *events, *messages, *actions, *charts, *files;
    const char *stamp;
    const char *named;         /* ids of all files it named, in lines */
    const char *private_files; /* of them, those of private fields */
};
struct sheet sheet_open(struct viche_turn *t, const struct viche_view *view);
void sheet_close(struct sheet *sheet);
void sheet_show(struct viche_turn *t, struct view *view, const char *id, struct sheet *out);
const json_t *sheet_action(const struct sheet *sheet, const char *id);   /* NULL: not offered */
json_t *sheet_value(const struct sheet *sheet, const char *field);       /* the field of a page; NULL: not shown; borrowed */

/* ---- desk_form.c: what was typed, checked as declared */
struct form_fault {
    const char *field, *words;
};
bool form_take(struct viche_turn *t, const struct session *session, const json_t *fields, const json_t *values, const struct sheet *page,
               struct form_fault *fault);

void form_use_files(struct viche_turn *t, const json_t *fields); /* what was taken is good for no other form */
void list_run(struct viche_turn *t, struct view *view, const struct viche_query *query, struct sheet *out); /* desk_list.c */

/* ---- desk_upload.c: files on their way into a form. Owns `desk_upload`. */
bool upload_own(struct viche_turn *t, const struct session *session, const char *file);
void upload_use(struct viche_turn *t, const char *file);
void upload_sweep(struct viche_turn *t, int64_t planned_at);

/* ---- desk_notice.c owns `desk_notice`; desk_live.c: streams */
void notice_tell(struct viche_turn *t, uint64_t staff, const char *view, const char *thing, const char *key, const char *words);
int64_t notice_unread(struct viche_turn *t, uint64_t staff);
void live_changed(struct viche_turn *t, const char *view, const char *id);
void live_notice(struct viche_turn *t, uint64_t staff, json_t *notice); /* takes it */
void live_end(struct viche_turn *t, const char *session);

/* ---- desk_service.c */
extern const struct viche_staff staff_service;
void clerk_fill(struct viche_turn *t, const struct staff *staff, struct viche_clerk *out);

/* ---- desk_qr.c */
const char *qr_svg(struct viche_turn *t, const char *text); /* NULL: too long */

/* ---- routes */
void day_serve(struct viche_turn *t, const struct viche_http *http); /* desk_day.c */
void page_serve(struct viche_turn *t, const struct viche_http *http); /* desk_page.c */
void page_report(struct viche_turn *t, const struct viche_http *http);
void page_reports(struct viche_turn *t, const struct viche_http *http);
void me_serve(struct viche_turn *t, const struct viche_http *http); /* desk_me.c */
void me_language(struct viche_turn *t, const struct viche_http *http);
void login_serve(struct viche_turn *t, const struct viche_http *http); /* desk_login.c */
void login_code(struct viche_turn *t, const struct viche_http *http);
void login_out(struct viche_turn *t, const struct viche_http *http);
void enrol_show(struct viche_turn *t, const struct viche_http *http); /* desk_enrol.c */
void enrol_picture(struct viche_turn *t, const struct viche_http *http);
void enrol_bind(struct viche_turn *t, const struct viche_http *http);
void enrol_recovery(struct viche_turn *t, const struct viche_http *http);
void welcome_serve(struct viche_turn *t, const struct viche_http *http); /* desk_welcome.c */
void welcome_first(struct viche_turn *t, const struct viche_http *http);
void welcome_invite(struct viche_turn *t, const struct viche_http *http);
void welcome_password(struct viche_turn *t, const struct viche_http *http);
void menu_serve(struct viche_turn *t, const struct viche_http *http); /* desk_menu.c */
void list_serve(struct viche_turn *t, const struct viche_http *http); /* desk_list.c */
void list_tasks(struct viche_turn *t, const struct viche_http *http);
void list_file(struct viche_turn *t, const struct viche_http *http);
void show_serve(struct viche_turn *t, const struct viche_http *http); /* desk_show.c */
void show_reveal(struct viche_turn *t, const struct viche_http *http);
void show_report(struct viche_turn *t, const struct viche_http *http);
void show_file(struct viche_turn *t, const struct viche_http *http);
void act_one(struct viche_turn *t, const struct viche_http *http); /* desk_act.c */
void act_above(struct viche_turn *t, const struct viche_http *http);
void upload_serve(struct viche_turn *t, const struct viche_http *http);
void notice_list(struct viche_turn *t, const struct viche_http *http);
void notice_read(struct viche_turn *t, const struct viche_http *http);
void live_serve(struct viche_turn *t, const struct viche_http *http);
void saved_list(struct viche_turn *t, const struct viche_http *http); /* desk_saved.c; owns `desk_saved` */
void saved_keep(struct viche_turn *t, const struct viche_http *http);
void saved_drop(struct viche_turn *t, const struct viche_http *http);
void template_serve(struct viche_turn *t, const struct viche_http *http); /* desk_template.c; owns `desk_template` */

/* ---- tables as CSV, desk_data.c */
void data_staff_row(struct viche_turn *t);
void data_staff_write(struct viche_turn *t);
void data_organisation_row(struct viche_turn *t);
void data_organisation_write(struct viche_turn *t);

/* ---- the desk's own views: each file has its list, sees, show and act, declared in desk.c */
#define OWN_VIEW(name)                                                                              \
    void name##_view_list(struct viche_turn *, const struct viche_query *, struct viche_sheet *);   \
    uint32_t name##_view_sees(struct viche_turn *, const struct viche_clerk *, const char *id);     \
    void name##_view_show(struct viche_turn *, const struct viche_clerk *, const char *id, struct viche_sheet *); \
    const char *name##_view_act(struct viche_turn *, const struct viche_clerk *, const char *id, const char *action, const char *stamp)
OWN_VIEW(staff);
OWN_VIEW(grant);
OWN_VIEW(organisation);
OWN_VIEW(audit);
OWN_VIEW(session);
OWN_VIEW(template);
OWN_VIEW(parked);

#endif
