/* SPDX-License-Identifier: MPL-2.0
 * Open311 GeoReport v2 for types of cards that are public (VICHE_CASE_PUBLIC): problems of the town, never people's affairs.
 * docs/open311.md. */
#ifndef CASES_OPEN311_H
#define CASES_OPEN311_H

#include <jansson.h>

#include "common/paper.h"
#include "cases_report.h"

/* Owner of `cases_key`: who may file by the API. A key is known only to its owner; here is its hash. */
#define SCHEMA_OPEN311                                                                                                          \
    "CREATE TABLE cases_key(id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL, hash TEXT NOT NULL UNIQUE,"               \
    " made_at INTEGER NOT NULL, ended_at INTEGER NOT NULL DEFAULT 0, per_hour INTEGER NOT NULL, hour INTEGER NOT NULL DEFAULT 0," \
    " used INTEGER NOT NULL DEFAULT 0)"

/* ---- what is asked, and the answer, cases_open311.c ---- */

struct asked {
    struct viche_turn *t;
    const struct viche_pair *pairs; /* query or form, ended by a NULL name */
    const char *id;                 /* the path's last part without its ending; "" */
    bool xml;
};

const char *asked_for(const struct asked *asked, const char *name); /* "" when it is not there or empty */
/* Takes `json`. wrapper: the element around it in XML; JSON leaves it out. */
void open311_reply(const struct asked *asked, uint32_t status, const char *wrapper, json_t *json);
void open311_refuse(const struct asked *asked, uint32_t status, const char *what);
json_t *open311_text(const char *words); /* null for what is no UTF-8 */
void open311_xml(struct paper *out, const char *name, const json_t *json);

/* ---- services, cases_open311_service.c: type and code of the classifier, "utility.roads.pit" ---- */

struct service {
    const struct type *type;
    const char *code, *name, *group; /* code: of the classifier */
};

/* false: there is no such public one. */
bool service_find(struct viche_turn *t, const char *service_code, struct service *out);
void service_list(const struct asked *asked);
void service_define(const struct asked *asked);

/* ---- requests, cases_open311_read.c, cases_open311_post.c ---- */

void open311_list(const struct asked *asked);
void open311_show(const struct asked *asked);
void open311_file(const struct asked *asked);
/* The words without what may be a telephone, an address of mail, or one of the names; cases_open311_hide.c. */
const char *hide_person(struct viche_turn *t, const char *words, const char *const *names, uint32_t count);

/* ---- keys, cases_open311_key.c ---- */

enum key_state { KEY_GOOD, KEY_UNKNOWN, KEY_SPENT };
/* Counts one use of it. */
enum key_state key_use(struct viche_turn *t, const char *key, int64_t *id);

/* ---- routes ---- */

void open311_get(struct viche_turn *t, const struct viche_http *http);     /* discovery, services, requests */
void open311_get_one(struct viche_turn *t, const struct viche_http *http); /* services/…, requests/…, tokens/… */
void open311_post(struct viche_turn *t, const struct viche_http *http);
void open311_media(struct viche_turn *t, const struct viche_http *http);
void open311_new_key(struct viche_turn *t, const struct viche_http *http); /* for the operator */
void open311_keys(struct viche_turn *t, const struct viche_http *http);
void open311_end_key(struct viche_turn *t, const struct viche_http *http);

#endif
