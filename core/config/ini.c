/* SPDX-License-Identifier: MPL-2.0
 * inih splits the lines; what it would cut or skip without a word is refused here first, as the lines pass by. */
#include "config/ini.h"

#include <errno.h>
#include <ini.h>
#include <libgen.h>
#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/text.h"

enum { FILE_BYTES = 1024 * 1024, NAME_BYTES = 49 /* inih keeps no more of a section or key */, KEYS_MAX = 2000 };

struct reading {
    struct ini *ini;
    struct fail *fail;
    const char *at, *end; /* what inih has not seen yet */
    int line;
    bool indented, refused;
    size_t section_room, key_room;
};

__attribute__((format(printf, 2, 3))) static bool refuse(struct reading *reading, const char *format, ...)
{
    char words[512];
    va_list args;
    va_start(args, format);
    vsnprintf(words, sizeof words, format, args);
    va_end(args);
    reading->refused = true;
    return fail_set(reading->fail, "%s:%d: %s", reading->ini->path, reading->line, words);
}

/* Room for one more; an arena gives nothing back, so the room doubles. */
static void *grown(struct arena *arena, void *items, size_t count, size_t *room, size_t size_bytes)
{
    if (count < *room)
        return items;
    *room = *room ? *room * 2 : 8;
    void *more = arena_alloc(arena, *room * size_bytes);
    if (count)
        memcpy(more, items, count * size_bytes);
    return more;
}

/* ---- lines ---- */

static bool is_space(char c) { return c == ' ' || c == '\t'; }

static size_t indent_of(const char *line, size_t size)
{
    size_t indent = 0;
    while (indent < size && is_space(line[indent]))
        indent++;
    return indent;
}

/* Empty or a comment. */
static bool says_nothing(const char *line, size_t size)
{
    size_t indent = indent_of(line, size);
    return indent == size || line[indent] == '#' || line[indent] == ';';
}

static bool has_control(const char *line, size_t size)
{
    for (size_t i = 0; i < size; i++)
        if ((unsigned char)line[i] < ' ' && line[i] != '\t')
            return true;
    return false;
}

/* What inih takes for the beginning of a comment behind a value: a blank and a semicolon. */
static bool has_hidden_comment(const char *line, size_t size)
{
    for (size_t i = 1; i < size; i++)
        if (line[i] == ';' && is_space(line[i - 1]))
            return true;
    return false;
}

static bool open_section(struct reading *reading, const char *line, size_t size)
{
    struct ini *ini = reading->ini;
    const char *close = memchr(line, ']', size);
    while (size && is_space(line[size - 1]))
        size--;
    if (!close || close != line + size - 1)
        return refuse(reading, "a section is written as [name], alone on its line");
    char *name = arena_copy_bytes(ini->arena, line + 1, (size_t)(close - line) - 1);
    if (*name == '\0' || strlen(name) > NAME_BYTES)
        return refuse(reading, "the name of a section has 1 to %d bytes", NAME_BYTES);
    const struct ini_section *before = ini_section(ini, name);
    if (before)
        return refuse(reading, "[%s] is there already, in line %d. Put its keys together under one of them", name, before->line);
    if (ini->section_count == KEYS_MAX)
        return refuse(reading, "more than %d sections", KEYS_MAX);
    ini->sections = grown(ini->arena, ini->sections, ini->section_count, &reading->section_room, sizeof *ini->sections);
    ini->sections[ini->section_count++] = (struct ini_section){.name = name, .line = reading->line};
    return true;
}

/* `room`: what inih's buffer takes of a line. */
static bool look_at_line(struct reading *reading, const char *line, size_t size, size_t room)
{
    if (memchr(line, '\r', size))
        return refuse(reading, "the line ends as on Windows (CR LF). Save the file with Unix line ends: dos2unix %s",
                      reading->ini->path);
    if (has_control(line, size))
        return refuse(reading, "an invisible control character. Write the line anew");
    if (size > room)
        return refuse(reading, "the line is %zu bytes long, at most %zu are read. Go on with a long value in further lines that "
                               "begin with a space", size, room);
    if (has_hidden_comment(line, size))
        return refuse(reading, "everything behind “ ;” would be lost as a comment. Put the comment into a line of its own, or "
                               "leave no space before the semicolon");
    size_t indent = indent_of(line, size);
    reading->indented = indent > 0;
    if (line[indent] != '[')
        return true;
    if (reading->indented)
        return refuse(reading, "a section begins in the first column, without spaces before it");
    return open_section(reading, line, size);
}

/* inih's reader: the next line, as fgets would give it; of a comment, which may be of any length, only the line end. */
static char *next_line(char *out, int out_bytes, void *context)
{
    struct reading *reading = context;
    if (reading->refused || reading->at == reading->end)
        return NULL;
    reading->line++;
    const char *line = reading->at;
    const char *newline = memchr(line, '\n', (size_t)(reading->end - line));
    size_t size = (size_t)((newline ? newline : reading->end) - line);
    reading->at = newline ? newline + 1 : reading->end;
    if (says_nothing(line, size))
        size = 0;
    else if (!look_at_line(reading, line, size, (size_t)out_bytes - 2)) /* for the line end and the NUL */
        return NULL;
    memcpy(out, line, size);
    memcpy(out + size, "\n", 2);
    return out;
}

/* ---- keys ---- */

static bool continues(struct reading *reading, const char *section, const char *name, const char *value)
{
    struct ini *ini = reading->ini;
    struct ini_key *last = ini->key_count ? &ini->keys[ini->key_count - 1] : NULL;
    if (!last || strcmp(last->section, section) != 0 || strcmp(last->name, name) != 0)
        return refuse(reading, "a key begins in the first column; an indented line goes on with the value above it");
    last->value = *last->value ? arena_print(ini->arena, "%s\n%s", last->value, value) : arena_copy(ini->arena, value);
    return true;
}

static bool add_key(struct reading *reading, const char *section, const char *name, const char *value)
{
    struct ini *ini = reading->ini;
    if (*section == '\0')
        return refuse(reading, "'%s' stands before the first [section]", name);
    if (*name == '\0' || strlen(name) > NAME_BYTES)
        return refuse(reading, "the name of a key has 1 to %d bytes", NAME_BYTES);
    const struct ini_key *before = ini_find(ini, section, name);
    if (before)
        return refuse(reading, "'%s' is set already, in line %d. Keep one of them", name, before->line);
    if (ini->key_count == KEYS_MAX)
        return refuse(reading, "more than %d keys", KEYS_MAX);
    ini->keys = grown(ini->arena, ini->keys, ini->key_count, &reading->key_room, sizeof *ini->keys);
    ini->keys[ini->key_count++] = (struct ini_key){
        .section = ini->sections[ini->section_count - 1].name,
        .name = arena_copy(ini->arena, name),
        .value = arena_copy(ini->arena, value),
        .line = reading->line,
    };
    return true;
}

static int on_key(void *context, const char *section, const char *name, const char *value)
{
    struct reading *reading = context;
    return reading->indented ? continues(reading, section, name, value) : add_key(reading, section, name, value);
}

/* ---- the file ---- */

static bool whole_file_is_text(struct reading *reading)
{
    static const char mark[] = "\xEF\xBB\xBF";
    size_t size = (size_t)(reading->end - reading->at);
    reading->line = 1;
    if (size >= 3 && memcmp(reading->at, mark, 3) == 0)
        return refuse(reading, "the file begins with a byte order mark (BOM). Save it as plain UTF-8 without BOM");
    for (const char *at = reading->at; at < reading->end; reading->line++) {
        const char *newline = memchr(at, '\n', (size_t)(reading->end - at));
        const char *next = newline ? newline + 1 : reading->end;
        if (!text_valid(at, (size_t)(next - at)))
            return refuse(reading, "not UTF-8 text. Save the file as UTF-8");
        at = next;
    }
    reading->line = 0;
    return true;
}

static bool parse(struct ini *ini, const struct buf *text, struct fail *fail)
{
    struct reading reading = {.ini = ini, .fail = fail, .at = buf_str(text)};
    reading.end = reading.at + text->size;
    if (!whole_file_is_text(&reading))
        return false;
    int bad_line = ini_parse_stream(next_line, &reading, on_key, &reading);
    if (bad_line == 0 || reading.refused)
        return !reading.refused;
    return fail_set(fail, "%s:%d: neither a [section], nor key = value, nor a # comment", ini->path, bad_line);
}

static const char *folder_of(struct arena *arena, const char *path)
{
    char whole[PATH_MAX];
    if (!realpath(path, whole))
        return ".";
    return arena_copy(arena, dirname(whole));
}

bool ini_read(struct ini *ini, const char *path, const char *folder, struct fail *fail)
{
    struct buf text = {.cap = FILE_BYTES};
    if (!buf_read_file(&text, path)) {
        fail_set(fail, "%s: %s", path, errno == EFBIG ? "over 1 MiB, this is no configuration" : strerrordesc_np(errno));
        buf_free(&text);
        return false;
    }
    struct arena *arena = arena_new();
    *ini = (struct ini){.arena = arena, .path = arena_copy(arena, path)};
    ini->folder = folder ? arena_copy(arena, folder) : folder_of(arena, path);
    bool good = parse(ini, &text, fail);
    buf_free(&text);
    if (!good)
        ini_close(ini);
    return good;
}

void ini_close(struct ini *ini)
{
    arena_free(ini->arena);
    *ini = (struct ini){0};
}

const struct ini_section *ini_section(const struct ini *ini, const char *section)
{
    for (size_t i = 0; i < ini->section_count; i++)
        if (strcmp(ini->sections[i].name, section) == 0)
            return &ini->sections[i];
    return NULL;
}

const struct ini_key *ini_find(const struct ini *ini, const char *section, const char *name)
{
    for (size_t i = 0; i < ini->key_count; i++)
        if (strcmp(ini->keys[i].name, name) == 0 && strcmp(ini->keys[i].section, section) == 0)
            return &ini->keys[i];
    return NULL;
}

const char *ini_path(const struct ini *ini, const char *path)
{
    return *path == '/' ? path : arena_print(ini->arena, "%s/%s", ini->folder, path);
}
