/* SPDX-License-Identifier: MPL-2.0 */
#include "base/arena.h"

#include <stdalign.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct block {
    struct block *before;
    size_t room, used;
    alignas(max_align_t) unsigned char bytes[];
};

struct arena {
    struct block *last;
};

enum { BLOCK_BYTES = 16 * 1024 - sizeof(struct block) };

void *mem_alloc(size_t size_bytes)
{
    void *memory = calloc(1, size_bytes ? size_bytes : 1);
    if (!memory)
        abort();
    return memory;
}

void *mem_grow(void *old, size_t size_bytes)
{
    void *memory = realloc(old, size_bytes ? size_bytes : 1);
    if (!memory)
        abort();
    return memory;
}

char *mem_copy(const char *text)
{
    if (!text)
        return NULL;
    size_t size = strlen(text) + 1;
    return memcpy(mem_alloc(size), text, size);
}

static struct block *block_new(struct block *before, size_t room)
{
    struct block *block = malloc(sizeof *block + room);
    if (!block)
        abort();
    block->before = before;
    block->room = room;
    block->used = 0;
    return block;
}

struct arena *arena_new(void)
{
    struct arena *arena = mem_alloc(sizeof *arena);
    arena->last = block_new(NULL, BLOCK_BYTES);
    return arena;
}

static void free_blocks(struct block *block)
{
    while (block) {
        struct block *before = block->before;
        free(block);
        block = before;
    }
}

void arena_free(struct arena *arena)
{
    if (!arena)
        return;
    free_blocks(arena->last);
    free(arena);
}

void arena_reset(struct arena *arena)
{
    struct block *keep = arena->last;
    if (keep->room == BLOCK_BYTES) {
        free_blocks(keep->before);
        keep->before = NULL;
        keep->used = 0;
        return;
    }
    free_blocks(keep);
    arena->last = block_new(NULL, BLOCK_BYTES);
}

static void *take(struct arena *arena, size_t size_bytes)
{
    const size_t align = alignof(max_align_t);
    if (size_bytes > SIZE_MAX / 2)
        abort();
    size_t size = (size_bytes + align - 1) / align * align;
    struct block *block = arena->last;
    if (block->room - block->used < size) {
        block = block_new(block, size > BLOCK_BYTES ? size : BLOCK_BYTES);
        arena->last = block;
    }
    void *memory = block->bytes + block->used;
    block->used += size;
    return memory;
}

void *arena_alloc(struct arena *arena, size_t size_bytes)
{
    return memset(take(arena, size_bytes), 0, size_bytes);
}

char *arena_copy_bytes(struct arena *arena, const void *data, size_t size_bytes)
{
    char *copy = take(arena, size_bytes + 1);
    if (size_bytes)
        memcpy(copy, data, size_bytes);
    copy[size_bytes] = '\0';
    return copy;
}

char *arena_copy(struct arena *arena, const char *text)
{
    return text ? arena_copy_bytes(arena, text, strlen(text)) : NULL;
}

char *arena_vprint(struct arena *arena, const char *format, va_list args)
{
    struct block *block = arena->last;
    size_t room = block->room - block->used;
    va_list again;
    va_copy(again, args);
    int length = vsnprintf((char *)block->bytes + block->used, room, format, again); /* mostly it fits */
    va_end(again);
    if (length < 0)
        abort();
    char *text = take(arena, (size_t)length + 1);
    if ((size_t)length >= room)
        vsnprintf(text, (size_t)length + 1, format, args);
    return text;
}

char *arena_print(struct arena *arena, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    char *text = arena_vprint(arena, format, args);
    va_end(args);
    return text;
}
