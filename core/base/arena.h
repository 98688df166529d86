/* SPDX-License-Identifier: MPL-2.0
 * Memory for everything one turn (or one configuration) makes, freed at once. Out of memory ends the process: a restart is
 * the recovery, and everything is in the database. */
#ifndef BASE_ARENA_H
#define BASE_ARENA_H

#include <stdarg.h>
#include <stddef.h>

struct arena;

struct arena *arena_new(void);
void arena_free(struct arena *arena); /* NULL is fine */
void arena_reset(struct arena *arena); /* everything given out so far is gone; one block is kept for reuse */

void *arena_alloc(struct arena *arena, size_t size_bytes); /* zeroed, aligned for anything */
char *arena_copy(struct arena *arena, const char *text);   /* NULL stays NULL */
char *arena_copy_bytes(struct arena *arena, const void *data, size_t size_bytes); /* with a NUL behind */
char *arena_print(struct arena *arena, const char *format, ...) __attribute__((format(printf, 2, 3)));
char *arena_vprint(struct arena *arena, const char *format, va_list args) __attribute__((format(printf, 2, 0)));

/* malloc, realloc, strdup that end the process instead of failing; for what outlives a turn. */
void *mem_alloc(size_t size_bytes); /* zeroed */
void *mem_grow(void *old, size_t size_bytes);
char *mem_copy(const char *text); /* NULL stays NULL */

#endif
