/* SPDX-License-Identifier: MPL-2.0
 * An answer that a worker gives in parts (viche_more): the next one is asked for when the client has taken the last, so that a long
 * answer is never whole in memory, waits for a slow client, and ends where the client leaves. */
#ifndef GATEWAY_PARTS_H
#define GATEWAY_PARTS_H

#include "gateway/serve.h"

struct parts;

/* Asks the worker for the next part; false: nobody can be asked now. */
typedef bool parts_ask(void *context, struct exchange *exchange);

void parts_begin(struct exchange *exchange, unsigned status, const struct pair *headers, const void *body, size_t size_bytes,
                 const char *more, parts_ask *ask, void *context);
/* The part that was asked for; another status than 200 breaks the answer off. more: where it goes on, "" at its end. */
void parts_add(struct exchange *exchange, unsigned status, const void *body, size_t size_bytes, const char *more);
void parts_break(struct exchange *exchange); /* the client sees that there should have been more */
const char *parts_more(const struct parts *parts); /* of the part that is wanted; "" for NULL */
void parts_free(struct exchange *exchange);        /* if there are any */

#endif
