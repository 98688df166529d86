/* SPDX-License-Identifier: MPL-2.0 */
#include "flow/message.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/quote.h"
#include "base/text.h"

void draft_button(struct draft *draft, struct arena *arena, uint32_t kind, const char *label, const char *value, bool same_row)
{
    if (draft->button_count == draft->button_room) {
        uint32_t room = draft->button_room ? draft->button_room * 2 : 8;
        struct viche_button *more = arena_alloc(arena, room * sizeof *more);
        if (draft->button_count)
            memcpy(more, draft->buttons, draft->button_count * sizeof *more);
        draft->buttons = more;
        draft->button_room = room;
    }
    if (!same_row || draft->button_count == 0)
        draft->next_row++;
    draft->buttons[draft->button_count++] = (struct viche_button){
        .label = arena_copy(arena, label),
        .value = arena_copy(arena, value ? value : ""),
        .kind = kind,
        .row = draft->next_row,
    };
}

void draft_file(struct draft *draft, struct arena *arena, const struct viche_file *file)
{
    struct viche_file *files = arena_alloc(arena, (draft->file_count + 1) * sizeof *files);
    if (draft->file_count)
        memcpy(files, draft->files, draft->file_count * sizeof *files);
    files[draft->file_count++] = (struct viche_file){
        .id = arena_copy(arena, file->id),
        .name = arena_copy(arena, file->name),
        .type = arena_copy(arena, file->type),
    };
    draft->files = files;
}

/* ---- stored form ---- */

static void write_buttons(struct buf *out, const struct draft *draft)
{
    for (uint32_t i = 0; i < draft->button_count; i++) {
        const struct viche_button *button = &draft->buttons[i];
        buf_print(out, "%s[%u,%u,", i ? "," : "", button->kind, button->row);
        quote_json(out, button->label);
        buf_byte(out, ',');
        quote_json(out, button->value);
        buf_byte(out, ']');
    }
}

static void write_files(struct buf *out, const struct draft *draft)
{
    for (uint32_t i = 0; i < draft->file_count; i++) {
        buf_text(out, i ? ",[" : "[");
        quote_json(out, draft->files[i].id);
        buf_byte(out, ',');
        quote_json(out, draft->files[i].name);
        buf_byte(out, ',');
        quote_json(out, draft->files[i].type);
        buf_byte(out, ']');
    }
}

static void write_list(struct buf *out, const char *name, uint32_t count, const struct draft *draft,
                       void (*write)(struct buf *, const struct draft *))
{
    if (count == 0)
        return;
    buf_print(out, ",\"%s\":[", name);
    write(out, draft);
    buf_byte(out, ']');
}

static void write_place(struct buf *out, const struct draft *draft)
{
    buf_print(out, ",\"place\":[%.17g,%.17g,", draft->latitude, draft->longitude);
    quote_json(out, draft->place_label);
    buf_byte(out, ']');
}

char *message_write(const struct draft *draft, struct arena *arena)
{
    struct buf out = {0};
    buf_text(&out, "{\"text\":");
    quote_json(&out, draft->text);
    write_list(&out, "buttons", draft->button_count, draft, write_buttons);
    write_list(&out, "files", draft->file_count, draft, write_files);
    if (draft->place_label)
        write_place(&out, draft);
    if (draft->replaces) {
        buf_text(&out, ",\"replaces\":");
        quote_json(&out, draft->replaces);
    }
    buf_byte(&out, '}');
    char *text = arena_copy_bytes(arena, out.data, out.size);
    buf_free(&out);
    return text;
}

static void read_buttons(const json_t *list, struct arena *arena, struct viche_message *out)
{
    size_t count = json_array_size(list);
    struct viche_button *buttons = arena_alloc(arena, (count + 1) * sizeof *buttons);
    for (size_t i = 0; i < count; i++) {
        const json_t *item = json_array_get(list, i);
        buttons[i] = (struct viche_button){
            .kind = (uint32_t)json_integer_value(json_array_get(item, 0)),
            .row = (uint32_t)json_integer_value(json_array_get(item, 1)),
            .label = arena_copy(arena, json_string_value(json_array_get(item, 2))),
            .value = arena_copy(arena, json_string_value(json_array_get(item, 3))),
        };
    }
    out->buttons = (struct viche_list){sizeof *buttons, (uint32_t)count, buttons};
}

static void take_files(struct viche_message *out, const struct viche_file *files, uint32_t count)
{
    out->files = (struct viche_list){sizeof *files, count, files};
    out->file = count ? files->id : NULL;
    out->file_name = count ? files->name : NULL;
    out->file_type = count ? files->type : NULL;
}

static void read_files(const json_t *list, struct arena *arena, struct viche_message *out)
{
    size_t count = json_array_size(list);
    struct viche_file *files = arena_alloc(arena, (count + 1) * sizeof *files);
    for (size_t i = 0; i < count; i++) {
        const json_t *item = json_array_get(list, i);
        files[i] = (struct viche_file){
            .id = arena_copy(arena, json_string_value(json_array_get(item, 0))),
            .name = arena_copy(arena, json_string_value(json_array_get(item, 1))),
            .type = arena_copy(arena, json_string_value(json_array_get(item, 2))),
        };
    }
    take_files(out, files, (uint32_t)count);
}

bool message_read(const char *json, struct arena *arena, struct viche_message *out)
{
    json_t *message = json_loads(json, JSON_REJECT_DUPLICATES, NULL);
    if (!json_is_object(message)) {
        json_decref(message);
        return false;
    }
    const char *text = json_string_value(json_object_get(message, "text"));
    out->size = sizeof *out;
    out->text = arena_copy(arena, text ? text : "");
    read_buttons(json_object_get(message, "buttons"), arena, out);
    read_files(json_object_get(message, "files"), arena, out);
    const json_t *place = json_object_get(message, "place");
    if (place) {
        out->latitude = json_number_value(json_array_get(place, 0));
        out->longitude = json_number_value(json_array_get(place, 1));
        out->place_label = arena_copy(arena, json_string_value(json_array_get(place, 2)));
    }
    out->replaces = arena_copy(arena, json_string_value(json_object_get(message, "replaces")));
    json_decref(message);
    return true;
}

/* A picture may be too large or too narrow to be shown, and yet be a file like any other. */
static bool without_pictures(json_t *message)
{
    bool any = false;
    size_t i = 0;
    json_t *file = NULL;
    json_array_foreach(json_object_get(message, "files"), i, file) {
        const char *type = json_string_value(json_array_get(file, 2));
        if (!type || !text_starts(type, "image/"))
            continue;
        json_array_set_new(file, 2, json_string("application/octet-stream"));
        any = true;
    }
    return any;
}

static bool without_files(json_t *message)
{
    const char *text = json_string_value(json_object_get(message, "text"));
    bool says = (text && *text) || json_object_get(message, "place");
    return says && json_object_del(message, "files") == 0;
}

char *message_anew(const char *json, struct arena *arena)
{
    json_t *message = json_loads(json, JSON_REJECT_DUPLICATES, NULL);
    bool simpler = json_object_del(message, "replaces") == 0 || without_pictures(message) || without_files(message);
    char *text = simpler ? json_dumps(message, JSON_COMPACT) : NULL;
    char *copy = text ? arena_copy(arena, text) : NULL;
    free(text);
    json_decref(message);
    return copy;
}

void message_of(const struct draft *draft, struct viche_message *out)
{
    out->size = sizeof *out;
    out->text = draft->text ? draft->text : "";
    out->buttons = (struct viche_list){sizeof *draft->buttons, draft->button_count, draft->buttons};
    take_files(out, draft->files, draft->file_count);
    out->place_label = draft->place_label;
    out->latitude = draft->latitude;
    out->longitude = draft->longitude;
    out->replaces = draft->replaces;
}

/* ---- fitting ---- */

/* Bytes of `text` that make a part of at most `most` characters, cut where it hurts least. */
static size_t cut(const char *text, size_t most)
{
    size_t room = text_prefix(text, most);
    if (text[room] == '\0')
        return room;
    static const char *const marks[] = {"\n\n", "\n", ". ", " "};
    for (size_t m = 0; m < sizeof marks / sizeof *marks; m++) {
        size_t length = strlen(marks[m]);
        for (size_t at = room; at > room / 2; at--)
            if (strncmp(text + at - 1, marks[m], length) == 0)
                return at - 1 + length;
    }
    return room;
}

static void cut_labels(struct draft *draft, struct arena *arena, uint32_t most)
{
    for (uint32_t i = 0; most && i < draft->button_count; i++) {
        const char *label = draft->buttons[i].label;
        if (text_length(label) > most)
            draft->buttons[i].label = arena_print(arena, "%.*s…", (int)text_prefix(label, most - 1), label);
    }
}

/* A part of the message that has more behind it. */
static struct draft *begin_part(const struct draft *draft, struct arena *arena, struct draft ***tail)
{
    struct draft *part = arena_alloc(arena, sizeof *part);
    part->citizen = draft->citizen;
    part->bulk = draft->bulk;
    part->text = "";
    **tail = part;
    *tail = &part->next;
    return part;
}

struct draft *message_fit(const struct draft *draft, struct arena *arena, const struct viche_channel *channel)
{
    struct draft *first = NULL;
    struct draft **tail = &first;
    uint32_t files_max = channel->files_max ? channel->files_max : 1;
    struct draft rest = *draft;
    rest.text = draft->text ? draft->text : "";
    for (; rest.file_count > files_max; rest.files += files_max, rest.file_count -= files_max) {
        struct draft *part = begin_part(draft, arena, &tail);
        part->files = rest.files;
        part->file_count = files_max;
    }
    while (channel->text_max && text_length(rest.text) > channel->text_max) {
        size_t size = cut(rest.text, channel->text_max);
        begin_part(draft, arena, &tail)->text = arena_copy_bytes(arena, rest.text, size);
        rest.text += size;
    }
    struct draft *last = begin_part(draft, arena, &tail);
    *last = rest;
    last->next = NULL;
    cut_labels(last, arena, channel->label_max);
    return first;
}
