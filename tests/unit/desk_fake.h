/* SPDX-License-Identifier: MPL-2.0
 * A host of paper for the parts of the staff desk that only compute: memory, printing, variables, and texts that are their keys. */
#ifndef DESK_FAKE_H
#define DESK_FAKE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "services/desk/desk.h"

#include <cmocka.h>

#include "base/arena.h"

enum { FAKE_VARIABLES = 64 };

struct fake {
    struct viche_turn turn; /* first: what the desk gets is what we are */
    struct viche_host host;
    struct arena *arena;
    struct viche_pair set[FAKE_VARIABLES];
    size_t count;
};

static struct fake *fake_of(struct viche_turn *t) { return (struct fake *)(void *)t; }
static void *fake_memory(struct viche_turn *t, size_t size_bytes) { return arena_alloc(fake_of(t)->arena, size_bytes); }
static const char *fake_text(struct viche_turn *t, const char *key) { return arena_copy(fake_of(t)->arena, key); }

static __attribute__((format(printf, 2, 3))) const char *fake_print(struct viche_turn *t, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    const char *text = arena_vprint(fake_of(t)->arena, format, args);
    va_end(args);
    return text;
}

static void fake_set(struct viche_turn *t, const char *name, const char *value)
{
    struct fake *f = fake_of(t);
    f->set[f->count++] = (struct viche_pair){arena_copy(f->arena, name), arena_copy(f->arena, value)};
}

static const char *fake_get(struct viche_turn *t, const char *name)
{
    struct fake *f = fake_of(t);
    for (size_t i = f->count; i > 0; i--)
        if (strcmp(f->set[i - 1].name, name) == 0)
            return f->set[i - 1].value;
    return "";
}

static void fake_let(struct viche_turn *t, const char *name, const char *value) { (void)t, (void)name, (void)value; }

/* Every file is a photo, but for "paper". */
static uint32_t fake_file_about(struct viche_turn *t, const char *id, struct viche_file_about *out)
{
    (void)t;
    *out = (struct viche_file_about){.size = out->size, .name = id, .kind = strcmp(id, "paper") == 0 ? "document" : "photo"};
    return 1;
}

static int fake_open(void **state)
{
    struct fake *f = calloc(1, sizeof *f);
    f->arena = arena_new();
    f->host = (struct viche_host){.size = sizeof f->host, .memory = fake_memory, .print = fake_print, .text = fake_text, .set = fake_set,
                                  .get = fake_get, .let = fake_let, .file_about = fake_file_about};
    f->turn.host = &f->host;
    *state = f;
    return 0;
}

static int fake_close(void **state)
{
    arena_free(((struct fake *)*state)->arena);
    free(*state);
    return 0;
}

#endif
