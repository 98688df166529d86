/* SPDX-License-Identifier: MPL-2.0
 * Uploads on their way: streamed into a file of random name, claimed by a worker (which renames it into the town's files) or
 * removed. */
#ifndef GATEWAY_SPOOL_H
#define GATEWAY_SPOOL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/fail.h"

struct upload {
    char *path;
    int fd; /* -1 once it is whole */
    uint64_t size_bytes;
};

bool spool_open(const char *folder, struct fail *fail); /* makes it, removes what a former run left */
struct upload *spool_begin(const char *folder);         /* NULL: errno */
bool spool_write(struct upload *upload, const void *data, size_t size_bytes);
void spool_whole(struct upload *upload); /* the worker may have it now */
void spool_hand_over(struct upload *upload); /* forgets it: whoever has its path removes it */
void spool_end(struct upload *upload);   /* removes the file if nobody claimed it; NULL is fine */

#endif
