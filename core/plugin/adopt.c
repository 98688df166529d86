/* SPDX-License-Identifier: MPL-2.0
 * Takes a declaration of any vintage and rewrites it into today's structs. Size is the version: what an older plugin
 * did not know becomes zero, and zero means "as before"; what a newer one says beyond our struct must be zero, or we
 * would ignore its wish. */
#include <string.h>

#include "plugin/plugin.h"

enum { ITEMS_MAX = 4096, STRIDE_MAX = 4096, NESTED_MAX = 10 };

struct kind;

/* A struct viche_list at `offset` of the struct, holding `kind`. */
struct nested {
    size_t offset;
    const struct kind *kind;
};

struct kind {
    const char *name;
    size_t size;
    struct nested lists[NESTED_MAX]; /* ended by a NULL kind */
};

#define KIND(type) .name = #type, .size = sizeof(struct type)
#define LIST(type, field, of) .offset = offsetof(struct type, field), .kind = of

static const struct kind choice = {KIND(viche_choice)};
static const struct kind step = {KIND(viche_step), {{LIST(viche_step, choices, &choice)}}};
static const struct kind dialog = {KIND(viche_dialog), {{LIST(viche_dialog, steps, &step)}}};
static const struct kind option = {KIND(viche_option)};
static const struct kind route = {KIND(viche_route)};
static const struct kind channel = {KIND(viche_channel), {{LIST(viche_channel, hooks, &route)}}};
static const struct kind schedule = {KIND(viche_schedule)};
static const struct kind migration = {.name = "migration", .size = sizeof(const char *)};
static const struct kind offer = {KIND(viche_offer)};
static const struct kind column = {KIND(viche_column)};
static const struct kind dataset = {KIND(viche_dataset), {{LIST(viche_dataset, columns, &column)}}};
static const struct kind field = {KIND(viche_field), {{LIST(viche_field, choices, &choice)}}};
static const struct kind view = {KIND(viche_view), {{LIST(viche_view, fields, &field)}}};
static const struct kind plugin = {
    KIND(viche_plugin),
    {
        {LIST(viche_plugin, options, &option)},
        {LIST(viche_plugin, dialogs, &dialog)},
        {LIST(viche_plugin, channels, &channel)},
        {LIST(viche_plugin, routes, &route)},
        {LIST(viche_plugin, schedules, &schedule)},
        {LIST(viche_plugin, migrations, &migration)},
        {LIST(viche_plugin, offers, &offer)},
        {LIST(viche_plugin, datasets, &dataset)},
        {LIST(viche_plugin, views, &view)},
    },
};

struct adoption {
    struct arena *arena;
    struct fail *fail;
    const struct viche_plugin *foreign;
};

static bool too_new(const struct adoption *adoption, const char *what)
{
    return fail_set(adoption->fail,
                    "%s is built for viche ABI %d.%u and uses more of %s than this host knows, which speaks %d.%d; "
                    "upgrade the host, or rebuild the plugin with the host's headers",
                    adoption->foreign->id, VICHE_ABI_MAJOR, adoption->foreign->built, what, VICHE_ABI_MAJOR,
                    VICHE_ABI_MINOR);
}

static bool all_zero(const unsigned char *bytes, size_t size)
{
    for (size_t i = 0; i < size; i++)
        if (bytes[i] != 0)
            return false;
    return true;
}

/* Copies the part both sides know into `out`, which is zeroed. */
static bool take_struct(const struct adoption *adoption, const struct kind *kind, const void *from, size_t size,
                        void *out)
{
    size_t common = size < kind->size ? size : kind->size;
    if (!all_zero((const unsigned char *)from + common, size - common))
        return too_new(adoption, kind->name);
    memcpy(out, from, common);
    return true;
}

static bool take_list(const struct adoption *adoption, const struct kind *kind, struct viche_list *list)
{
    if (list->count == 0) {
        *list = (struct viche_list){.stride = (uint32_t)kind->size};
        return true;
    }
    if (!list->items || list->count > ITEMS_MAX || list->stride < sizeof(void *) || list->stride > STRIDE_MAX)
        return fail_set(adoption->fail,
                        "%s declares a list of %s with %u items of %u bytes; build lists with VICHE_LIST",
                        adoption->foreign->id, kind->name, list->count, list->stride);
    const unsigned char *from = list->items;
    unsigned char *to = arena_alloc(adoption->arena, list->count * kind->size);
    for (uint32_t i = 0; i < list->count; i++) {
        unsigned char *item = to + i * kind->size;
        if (!take_struct(adoption, kind, from + (size_t)i * list->stride, list->stride, item))
            return false;
        for (const struct nested *nested = kind->lists; nested->kind; nested++)
            if (!take_list(adoption, nested->kind, (struct viche_list *)(void *)(item + nested->offset)))
                return false;
    }
    *list = (struct viche_list){(uint32_t)kind->size, list->count, to};
    return true;
}

/* The first five members have stood there since the first plugin; nothing else is read before the size is known. */
static bool head_fits(const struct viche_plugin *foreign, struct fail *fail)
{
    size_t least = offsetof(struct viche_plugin, id) + sizeof foreign->id;
    if (foreign->size < least || foreign->size > STRIDE_MAX)
        return fail_set(fail, "its viche_plugin says it has %u bytes; begin it with VICHE_HEAD", foreign->size);
    if (!foreign->id)
        return fail_set(fail, "its .id is missing; give it one as \"ua.example.name\"");
    if (foreign->target > VICHE_ABI_MINOR)
        return fail_set(fail, "%s needs viche ABI %d.%u, this host speaks %d.%d; upgrade the host", foreign->id,
                        VICHE_ABI_MAJOR, foreign->target, VICHE_ABI_MAJOR, VICHE_ABI_MINOR);
    return true;
}

const struct viche_plugin *plugin_adopt(struct arena *arena, const struct viche_plugin *foreign, struct fail *fail)
{
    if (!head_fits(foreign, fail))
        return NULL;
    const struct adoption adoption = {arena, fail, foreign};
    struct viche_plugin *mine = arena_alloc(arena, sizeof *mine);
    if (!take_struct(&adoption, &plugin, foreign, foreign->size, mine))
        return NULL;
    mine->size = sizeof *mine;
    for (const struct nested *nested = plugin.lists; nested->kind; nested++)
        if (!take_list(&adoption, nested->kind, (struct viche_list *)(void *)((unsigned char *)mine + nested->offset)))
            return NULL;
    return mine;
}
