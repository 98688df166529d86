/* SPDX-License-Identifier: MPL-2.0 */
#include "base/buf.h"

#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/arena.h"

static bool fits(struct buf *buf, size_t more)
{
    if (buf->cap && more > buf->cap - buf->size) {
        buf->overflow = true;
        return false;
    }
    size_t need = buf->size + more + 1;
    if (need > buf->room) {
        size_t room = buf->room ? buf->room * 2 : 256;
        while (room < need)
            room *= 2;
        buf->data = mem_grow(buf->data, room);
        buf->room = room;
    }
    return true;
}

bool buf_add(struct buf *buf, const void *data, size_t size_bytes)
{
    if (!fits(buf, size_bytes))
        return false;
    if (size_bytes)
        memcpy(buf->data + buf->size, data, size_bytes);
    buf->size += size_bytes;
    buf->data[buf->size] = '\0';
    return true;
}

bool buf_text(struct buf *buf, const char *text) { return buf_add(buf, text, strlen(text)); }

bool buf_byte(struct buf *buf, char byte) { return buf_add(buf, &byte, 1); }

bool buf_print(struct buf *buf, const char *format, ...)
{
    va_list args, again;
    va_start(args, format);
    va_copy(again, args);
    size_t room = buf->data ? buf->room - buf->size : 0;
    int length = vsnprintf(room ? buf->data + buf->size : NULL, room, format, again); /* mostly it fits */
    va_end(again);
    bool ok = length >= 0 && fits(buf, (size_t)length);
    if (ok && (size_t)length >= room)
        vsnprintf(buf->data + buf->size, (size_t)length + 1, format, args);
    if (ok)
        buf->size += (size_t)length;
    else if (room)
        buf->data[buf->size] = '\0';
    va_end(args);
    return ok;
}

void buf_eat(struct buf *buf, size_t size_bytes)
{
    if (size_bytes == 0)
        return;
    buf->size -= size_bytes;
    memmove(buf->data, buf->data + size_bytes, buf->size);
    buf->data[buf->size] = '\0';
}

void buf_cut(struct buf *buf, size_t size_bytes)
{
    if (size_bytes >= buf->size)
        return;
    buf->size = size_bytes;
    buf->data[size_bytes] = '\0';
}

void buf_clear(struct buf *buf)
{
    buf->size = 0;
    buf->overflow = false;
    if (buf->data)
        buf->data[0] = '\0';
}

void buf_free(struct buf *buf)
{
    free(buf->data);
    *buf = (struct buf){.cap = buf->cap};
}

const char *buf_str(const struct buf *buf) { return buf->data ? buf->data : ""; }

bool buf_read_file(struct buf *buf, const char *path)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return false;
    char part[16384];
    ssize_t got = 0;
    int error = 0;
    while ((got = read(fd, part, sizeof part)) > 0) {
        if (!buf_add(buf, part, (size_t)got)) {
            error = EFBIG;
            break;
        }
    }
    if (got < 0)
        error = errno;
    close(fd);
    errno = error;
    return error == 0;
}
