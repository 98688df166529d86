/* SPDX-License-Identifier: MPL-2.0
 * The classifier of a type of cards: a data file of its feature, one line each, «code;Українською;In English». A code with dots
 * stands below the one without its last part: 12.3 below 12. And who works on what, by code. */
#include "cases.h"

enum { CHOICES_MAX = 400 };

static const char *column(struct viche_turn *t, const char *line, int index)
{
    for (; index && *line; index--)
        line += strcspn(line, ";"), line += *line == ';';
    return viche_print(t, "%.*s", (int)strcspn(line, ";"), line);
}

static const char *name_of(struct viche_turn *t, const char *line)
{
    const char *english = column(t, line, 2);
    return strncmp(viche_language(t), "en", 2) == 0 && *english ? english : column(t, line, 1);
}

static bool is_below(const char *code, const char *under)
{
    size_t size = strlen(under);
    if (!size)
        return !strchr(code, '.');
    return strncmp(code, under, size) == 0 && code[size] == '.' && !strchr(code + size + 1, '.');
}

bool class_next(struct viche_turn *t, const char *type, const char *under, uint32_t index, const char **code, const char **words)
{
    const char *file = type_classifier(t, type), *line;
    while (word_line(t, &file, &line)) {
        *code = column(t, line, 0);
        if (*line == '#' || !is_below(*code, under) || index--)
            continue;
        *words = name_of(t, line);
        return true;
    }
    return false;
}

static uint32_t add_below(struct viche_turn *t, const char *type, const char *under, struct viche_choice *out, uint32_t count)
{
    const char *code, *words;
    for (uint32_t i = 0; count < CHOICES_MAX && class_next(t, type, under, i, &code, &words); i++) {
        out[count++] = (struct viche_choice){code, viche_print(t, "=%s", words)};
        count = add_below(t, type, code, out, count);
    }
    return count;
}

struct viche_list class_choices(struct viche_turn *t, const char *type)
{
    struct viche_choice *choices = viche_memory(t, CHOICES_MAX * sizeof *choices);
    return (struct viche_list){sizeof *choices, add_below(t, type, "", choices, 0), choices};
}

bool class_has(struct viche_turn *t, const char *type, const char *code)
{
    const char *file = type_classifier(t, type), *line;
    while (word_line(t, &file, &line))
        if (*line != '#' && strcmp(column(t, line, 0), code) == 0)
            return true;
    return false;
}

const char *class_words(struct viche_turn *t, const char *type, const char *code)
{
    const char *file = type_classifier(t, type), *line;
    while (*code && word_line(t, &file, &line))
        if (strcmp(column(t, line, 0), code) == 0)
            return name_of(t, line);
    return code;
}

bool class_each(struct viche_turn *t, const char **rest, const char **code, const char **words)
{
    const char *line;
    while (word_line(t, rest, &line)) {
        *code = column(t, line, 0);
        *words = name_of(t, line);
        if (*line != '#')
            return true;
    }
    return false;
}

/* ---- who works on it ---- */

static const char *trimmed(struct viche_turn *t, const char *from, size_t bytes)
{
    for (; bytes && *from == ' '; bytes--)
        from++;
    while (bytes && from[bytes - 1] == ' ')
        bytes--;
    return viche_print(t, "%.*s", (int)bytes, from);
}

const char *class_organisation(struct viche_turn *t, const char *type, const char *code)
{
    const char *list = type_organisations(t, type), *best = "";
    size_t most = 0;
    while (*list) {
        size_t length = strcspn(list, ";"), equals = strcspn(list, "=;");
        const char *name = trimmed(t, list, equals);
        size_t bytes = strlen(name);
        bool fits = bytes > most && strncmp(code, name, bytes) == 0 && (code[bytes] == '\0' || code[bytes] == '.');
        if (fits && equals < length) {
            most = bytes;
            best = trimmed(t, list + equals + 1, length - equals - 1);
        }
        list += length + (list[length] == ';');
    }
    return best;
}
