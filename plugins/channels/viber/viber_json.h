/* SPDX-License-Identifier: MPL-2.0
 * The JSON that Viber sends. Pure: no turn, no host. */
#ifndef VIBER_JSON_H
#define VIBER_JSON_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>

enum { VIBER_DEPTH_MAX = 16, VIBER_TOKEN_BYTES = 24 };

/* An object, or NULL. Refused: other values, duplicate keys, deep nesting, broken UTF-8. Mended: numbers beyond 63 bits become
 * texts, halves of surrogate pairs and \u0000 become U+FFFD, so that no message is lost over one character. */
json_t *viber_json_read(const char *body, size_t size_bytes);
const char *viber_json_text(const json_t *object, const char *name); /* "" when absent or no text */
/* A message_token: 64 bits, as text. "" when absent. */
const char *viber_json_token(const json_t *object, char out[VIBER_TOKEN_BYTES]);

#endif
