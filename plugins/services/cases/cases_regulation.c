/* SPDX-License-Identifier: MPL-2.0
 * Reads a regulation: inih splits the lines, a table says which entries a section may have, and each section becomes what it says.
 * What is wrong is said with its line, all of it at once. */
#include <ini.h>
#include <string.h>

#include "cases.h"

enum { LINE_BYTES = 198 /* inih would cut a longer one without a word */, PARTS_MAX = 1000 };

struct reading {
    struct viche_turn *t;
    struct regulation *regulation;
    struct part **last_part, *part; /* part: the one being read */
    const char *section;            /* its whole name */
    struct entry **last_entry, *entry;
    const char *at; /* what inih has not seen yet */
    const char *refusal;
    int line, empty_line; /* empty_line: of a section that has said nothing yet; 0: it has */
    const char *empty;
    bool indented, broken; /* broken: below a section that is not closed */
};

/* What a section may say; NAME is <name>.<language>. A '!' marks what it must say. */
#define NAME " name help citizen"
static const struct {
    const char *kind, *entries;
} kinds[] = {
    {"regulation", "law approved number date version coordinator controller name"},
    {"role", "article staff seat comments" NAME},
    {"card", "article require offer"},
    {"field", "article !takes"},
    {"intake", "article deliver tell"},
    {"state", "begin waits pauses end needs" NAME},
    {"action", "article !role from to does require offer tell bulk" NAME},
    {"request", "article !role !decides from to require offer grant-require grant-does tell" NAME},
    {"term", "article !term state default choose longest warn warns late escalate escalates" NAME},
    {"survey", "article !after !term repeat"},
    {"bar", "article !confirm longest" NAME},
    {"duty", "role !by"},
    {"right", "!role !by"},
};

static void refuse(struct reading *reading, int line, const char *words)
{
    const char *place = viche_print(reading->t, "%s:%d", reading->regulation->path, line);
    viche_bad(reading->t, place, words);
    if (!reading->refusal)
        reading->refusal = viche_print(reading->t, "%s: %s", place, words);
}

/* ---- lines ---- */

/* inih passes over a section without entries. */
static void end_section(struct reading *reading)
{
    if (reading->empty_line)
        refuse(reading, reading->empty_line,
               viche_print(reading->t, "%s says nothing. Write its entries below it, or take it out", reading->empty));
    reading->empty_line = 0;
}

/* inih would give the entries below a broken [section to the one before it. */
static void watch_section(struct reading *reading, const char *line, size_t size)
{
    if (*line != '[')
        return;
    end_section(reading);
    reading->broken = !memchr(line, ']', size);
    if (reading->broken)
        refuse(reading, reading->line, "the section is not closed. Write it as [action accept]");
    else
        reading->empty_line = reading->line,
        reading->empty = viche_print(reading->t, "%.*s", (int)strcspn(line, "]") + 1, line);
}

/* inih's reader; comments, which may be of any length, come as empty lines. */
static char *next_line(char *out, int out_bytes, void *context)
{
    struct reading *reading = context;
    if (!*reading->at || out_bytes <= LINE_BYTES + 1)
        return NULL;
    reading->line++;
    size_t size = strcspn(reading->at, "\n");
    const char *line = reading->at;
    reading->at += size + (line[size] == '\n');
    size_t indent = strspn(line, " \t");
    reading->indented = indent > 0;
    watch_section(reading, line, size);
    if (reading->broken)
        size = 0; /* belongs to no section: there is nothing to say of it */
    if (line[indent] == '#' || line[indent] == ';')
        size = 0;
    if (size > LINE_BYTES) {
        refuse(reading, reading->line, "the line is too long. Go on with the value in further lines that begin with a space");
        size = 0;
    }
    memcpy(out, line, size);
    memcpy(out + size, "\n", 2);
    return out;
}

static void part_open(struct reading *reading, const char *section)
{
    struct viche_turn *t = reading->t;
    size_t size = strcspn(section, " ");
    const char *kind = viche_print(t, "%.*s", (int)size, section);
    const char *id = viche_print(t, "%s", section + size + strspn(section + size, " "));
    if (regulation_part(reading->regulation, kind, id))
        refuse(reading, reading->line, viche_print(t, "[%s] is there already. Put its entries together under one of them", section));
    struct part *part = viche_memory(t, sizeof *part);
    *part = (struct part){kind, id, reading->line - 1, NULL, NULL};
    *reading->last_part = part;
    reading->last_part = &part->next;
    reading->last_entry = &part->entries;
    reading->part = part;
    reading->section = viche_print(t, "%s", section);
}

static int on_entry(void *context, const char *section, const char *name, const char *value)
{
    struct reading *reading = context;
    if (!reading->section || strcmp(reading->section, section) != 0)
        part_open(reading, section);
    reading->empty_line = 0;
    if (reading->indented && reading->entry) {
        reading->entry->value = viche_print(reading->t, "%s %s", reading->entry->value, value);
        return 1;
    }
    if (*part_get(reading->part, name))
        refuse(reading, reading->line, viche_print(reading->t, "'%s' is set already in this section. Keep one of them", name));
    struct entry *entry = viche_memory(reading->t, sizeof *entry);
    *entry = (struct entry){viche_print(reading->t, "%s", name), viche_print(reading->t, "%s", value), reading->line, NULL};
    *reading->last_entry = reading->entry = entry;
    reading->last_entry = &entry->next;
    return 1;
}

/* ---- which sections and entries there are ---- */

static const char *entries_of(const char *kind)
{
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (strcmp(kinds[i].kind, kind) == 0)
            return kinds[i].entries;
    return NULL;
}

static void check_part(struct reading *reading, const struct part *part)
{
    struct viche_turn *t = reading->t;
    const char *entries = entries_of(part->kind);
    if (!entries) {
        refuse(reading, part->line, viche_print(t, "there are no sections [%s …]. docs/regulation.md lists those there are", part->kind));
        return;
    }
    for (const struct entry *e = part->entries; e; e = e->next) {
        const char *stem = viche_print(t, "%.*s", (int)strcspn(e->name, "."), e->name);
        if (!word_in(entries, stem) && !word_in(entries, viche_print(t, "!%s", stem)))
            refuse(reading, e->line, viche_print(t, "[%s] has no entry '%s'. Known: %s", part->kind, e->name, entries));
    }
    char name[64];
    while (word_next(&entries, name, sizeof name))
        if (*name == '!' && !*part_get(part, name + 1))
            refuse(reading, part->line, viche_print(t, "[%s %s] must say '%s = …'", part->kind, part->id, name + 1));
}

/* ---- sections become what they say ---- */

static bool says_yes(const struct part *part, const char *name) { return strcmp(part_get(part, name), "yes") == 0; }

static const char *or_else(const char *value, const char *other) { return *value ? value : other; }

static struct role role_of(const struct part *part)
{
    return (struct role){.part = part, .id = part->id, .staff = part_get(part, "staff"), .seat = or_else(part_get(part, "seat"), "any"),
                         .comments = says_yes(part, "comments")};
}

static struct state state_of(const struct part *part)
{
    return (struct state){.part = part, .id = part->id, .waits = part_get(part, "waits"), .end = part_get(part, "end"),
                          .needs = part_get(part, "needs"), .begins = says_yes(part, "begin"), .pauses = says_yes(part, "pauses")};
}

static struct action action_of(const struct part *part)
{
    return (struct action){.part = part, .id = part->id, .role = part_get(part, "role"), .from = part_get(part, "from"),
                           .to = part_get(part, "to"), .does = part_get(part, "does"), .require = part_get(part, "require"),
                           .offer = part_get(part, "offer"), .tell = part_get(part, "tell"), .request = "",
                           .bulk = says_yes(part, "bulk")};
}

static struct term term_of(const struct part *part)
{
    return (struct term){.part = part, .id = part->id, .term = part_get(part, "term"), .state = part_get(part, "state"),
                         .warn = part_get(part, "warn"), .warns = part_get(part, "warns"), .late = part_get(part, "late"),
                         .escalate = part_get(part, "escalate"), .escalates = part_get(part, "escalates"),
                         .is_default = says_yes(part, "default"), .choose = says_yes(part, "choose"), .longest = says_yes(part, "longest")};
}

/* A request is three actions: it is asked, and granted or rejected by who decides. */
static void request_of(struct viche_turn *t, const struct part *part, struct action *out)
{
    const char *asks = part_get(part, "role"), *decides = part_get(part, "decides"), *from = part_get(part, "from");
    struct action common = {.part = part, .request = part->id, .to = "", .offer = "", .from = from};
    out[0] = out[1] = out[2] = common;
    out[0].id = viche_print(t, "ask-%s", part->id);
    out[0].role = asks, out[0].step = STEP_ASK, out[0].does = "request";
    out[0].require = word_add(t, part_get(part, "require"), "comment"), out[0].offer = part_get(part, "offer"), out[0].tell = decides;
    out[1].id = viche_print(t, "grant-%s", part->id);
    out[1].role = decides, out[1].step = STEP_GRANT, out[1].to = part_get(part, "to");
    out[1].does = viche_print(t, "decide %s", part_get(part, "grant-does"));
    out[1].require = part_get(part, "grant-require"), out[1].offer = "comment", out[1].tell = part_get(part, "tell");
    out[2].id = viche_print(t, "reject-%s", part->id);
    out[2].role = decides, out[2].step = STEP_REJECT, out[2].does = "decide", out[2].require = "comment", out[2].tell = asks;
}

static uint32_t count(const struct regulation *r, const char *kind)
{
    uint32_t found = 0;
    for (const struct part *part = r->parts; part; part = part->next)
        found += strcmp(part->kind, kind) == 0;
    return found;
}

static void fill(struct viche_turn *t, struct regulation *r)
{
    r->roles = viche_memory(t, (count(r, "role") + 1) * sizeof *r->roles);
    r->states = viche_memory(t, (count(r, "state") + 1) * sizeof *r->states);
    r->terms = viche_memory(t, (count(r, "term") + 1) * sizeof *r->terms);
    r->actions = viche_memory(t, (count(r, "action") + 3 * count(r, "request") + 1) * sizeof *r->actions);
    for (const struct part *part = r->parts; part; part = part->next) {
        if (strcmp(part->kind, "role") == 0)
            r->roles[r->role_count++] = role_of(part);
        else if (strcmp(part->kind, "state") == 0)
            r->states[r->state_count++] = state_of(part);
        else if (strcmp(part->kind, "term") == 0)
            r->terms[r->term_count++] = term_of(part);
        else if (strcmp(part->kind, "action") == 0)
            r->actions[r->action_count++] = action_of(part);
        else if (strcmp(part->kind, "request") == 0)
            request_of(t, part, &r->actions[r->action_count]), r->action_count += 3;
    }
    const struct part *card = regulation_part(r, "card", NULL);
    r->require = card ? part_get(card, "require") : "";
    r->offer = card ? part_get(card, "offer") : "";
}

struct regulation *regulation_read(struct viche_turn *t, const char *text, const char *path, const char **refusal)
{
    struct regulation *r = viche_memory(t, sizeof *r);
    r->path = viche_print(t, "%s", path && *path ? path : "regulation.ini");
    struct reading reading = {.t = t, .regulation = r, .last_part = &r->parts, .at = text};
    int bad_line = ini_parse_stream(next_line, &reading, on_entry, &reading);
    if (bad_line > 0)
        refuse(&reading, bad_line, "neither a [section], nor name = value, nor a # comment");
    end_section(&reading);
    for (const struct part *part = r->parts; part; part = part->next)
        check_part(&reading, part);
    fill(t, r);
    if (!reading.refusal && !regulation_begin(r))
        refuse(&reading, 1, "no [state …] has begin = yes: where does a card begin?");
    *refusal = reading.refusal;
    return reading.refusal ? NULL : r;
}

/* ---- finding ---- */

const struct part *regulation_part(const struct regulation *r, const char *kind, const char *id)
{
    for (const struct part *part = r->parts; part; part = part->next)
        if (strcmp(part->kind, kind) == 0 && (!id || strcmp(part->id, id) == 0))
            return part;
    return NULL;
}

static const struct entry *entry_find(const struct part *part, const char *name)
{
    for (const struct entry *e = part->entries; e; e = e->next)
        if (strcmp(e->name, name) == 0)
            return e;
    return NULL;
}

const char *part_get(const struct part *part, const char *name)
{
    const struct entry *e = entry_find(part, name);
    return e ? e->value : "";
}

int part_line(const struct part *part, const char *name)
{
    const struct entry *e = entry_find(part, name);
    return e ? e->line : part->line;
}

const char *part_words(struct viche_turn *t, const struct part *part, const char *name)
{
    const char *languages[] = {viche_language(t), "uk", "en"};
    for (size_t i = 0; i < sizeof languages / sizeof *languages; i++) {
        const char *words = part_get(part, viche_print(t, "%s.%s", name, languages[i]));
        if (*words)
            return words;
    }
    return part->id;
}

/* The four kinds of things are found in the same way. */
#define FIND(kind, list)                                                             \
    const struct kind *regulation_##kind(const struct regulation *r, const char *id) \
    {                                                                                \
        for (uint32_t i = 0; i < r->kind##_count; i++)                               \
            if (strcmp(r->list[i].id, id) == 0)                                      \
                return &r->list[i];                                                  \
        return NULL;                                                                 \
    }
FIND(role, roles)
FIND(state, states)
FIND(action, actions)
FIND(term, terms)

const struct state *regulation_begin(const struct regulation *r)
{
    for (uint32_t i = 0; i < r->state_count; i++)
        if (r->states[i].begins)
            return &r->states[i];
    return NULL;
}

const char *regulation_takes(const struct regulation *r, const char *field)
{
    const struct part *part = regulation_part(r, "field", field);
    return part ? part_get(part, "takes") : "";
}

const struct state *action_goal(const struct regulation *r, const struct action *action, const char *outcome)
{
    if (!*action->to || strcmp(action->to, "back") == 0)
        return NULL;
    if (!strchr(action->to, ' '))
        return regulation_state(r, action->to);
    return word_in(action->to, outcome) ? regulation_state(r, outcome) : NULL;
}
