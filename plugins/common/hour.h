/* SPDX-License-Identifier: MPL-2.0
 * Hours as they are written in tables and options: what is read is passed over. */
#ifndef COMMON_HOUR_H
#define COMMON_HOUR_H

#include <stdbool.h>
#include <stdint.h>

bool hour_read(const char **text, int32_t *minute); /* "08:00"; "24:00" is the end of the day */
bool hour_digits(const char **text, int count, int32_t *out);
bool hour_byte(const char **text, char byte);

#endif
