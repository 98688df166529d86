/* SPDX-License-Identifier: MPL-2.0
 * A growing run of bytes with a hard cap. Zero is a valid empty one without a cap. There is always a NUL behind. */
#ifndef BASE_BUF_H
#define BASE_BUF_H

#include <stdbool.h>
#include <stddef.h>

struct buf {
    char *data; /* NULL while empty and never written */
    size_t size, room;
    size_t cap;    /* bytes at most; 0: none */
    bool overflow; /* something did not fit under the cap; what came before is kept */
};

bool buf_add(struct buf *buf, const void *data, size_t size_bytes); /* false: over the cap, nothing added */
bool buf_text(struct buf *buf, const char *text);
bool buf_byte(struct buf *buf, char byte);
bool buf_print(struct buf *buf, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* Drops the first bytes, keeps the rest. */
void buf_eat(struct buf *buf, size_t size_bytes);
void buf_cut(struct buf *buf, size_t size_bytes); /* keeps only the first bytes */
void buf_clear(struct buf *buf); /* size 0, memory kept */
void buf_free(struct buf *buf);
const char *buf_str(const struct buf *buf); /* never NULL */
bool buf_read_file(struct buf *buf, const char *path); /* false: errno; the cap holds (EFBIG) */

#endif
