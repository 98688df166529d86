/* SPDX-License-Identifier: MPL-2.0
 * Two steps, so that a town with 10,000 entries answers in milliseconds: each word of the question is looked up among the distinct
 * words of the index (a few thousand; trigrams propose, word_likeness decides), then the entries that have those words are scored.
 * The rarer a word, the more it counts, and a little more the earlier it is said. Words that nothing resembles count half: people
 * say more than they mean. */
#include "town/search.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/text.h"
#include "town/word.h"

enum { ENTRY_WORDS = 400, QUERY_WORDS = 12, QUERY_LETTERS = 300, PROPOSED_WORDS = 60 };

static const double likeness_least = 0.7, score_least = 0.2, text_factor = 0.9;

const char *const search_migrations[] = {
    "CREATE TABLE search(id INTEGER PRIMARY KEY, plugin TEXT NOT NULL, entry TEXT NOT NULL, language TEXT, title TEXT NOT NULL,"
    "  text TEXT NOT NULL, opens TEXT NOT NULL, weight INTEGER NOT NULL, title_words INTEGER NOT NULL, UNIQUE(plugin, entry));"
    "CREATE TABLE search_word(id INTEGER PRIMARY KEY, word TEXT NOT NULL UNIQUE);"
    "CREATE TABLE search_in(word INTEGER NOT NULL, entry INTEGER NOT NULL, in_title INTEGER NOT NULL, PRIMARY KEY(word, entry))"
    "  WITHOUT ROWID;"
    "CREATE INDEX search_in_entry ON search_in(entry);"
    "CREATE VIRTUAL TABLE search_text USING fts5(word, tokenize='trigram');",
};
const size_t search_migration_count = sizeof search_migrations / sizeof *search_migrations;

/* ---- writing ------------------------------------------------------------------------------------------------------ */

/* The word between two spaces, so that its beginning and its end have trigrams of their own. */
static int64_t add_word(struct db *db, struct arena *arena, const char *word)
{
    int64_t id = db_number(db, "SELECT id FROM search_word WHERE word = ?", "s", word);
    if (id)
        return id;
    db_run(db, "INSERT INTO search_word(word) VALUES(?)", "s", word);
    id = db_last_id(db);
    db_run(db, "INSERT INTO search_text(rowid, word) VALUES(?, ?)", "is", id, arena_print(arena, " %s ", word));
    return id;
}

static void add_to_entry(struct db *db, struct arena *arena, int64_t entry, const char *word, bool in_title)
{
    db_run(db, "INSERT INTO search_in(word, entry, in_title) VALUES(?, ?, ?) ON CONFLICT(word, entry) DO NOTHING", "iii",
           add_word(db, arena, word), entry, (int64_t)in_title);
}

/* Returns how many of the title's words say something. */
static int64_t add_words(struct db *db, struct arena *arena, int64_t entry, const char *title, const char *text)
{
    const char *words[ENTRY_WORDS];
    size_t count = word_split(arena, title, words, ENTRY_WORDS);
    int64_t telling = 0;
    for (size_t i = 0; i < count; i++) {
        if (word_kind(words[i]) == WORD_NOISE)
            continue;
        add_to_entry(db, arena, entry, words[i], true);
        telling++;
    }
    count = word_split(arena, text, words, ENTRY_WORDS);
    for (size_t i = 0; i < count; i++)
        add_to_entry(db, arena, entry, words[i], false);
    return telling;
}

static bool stands_already(struct db *db, const char *plugin, const struct viche_entry *entry, const char *text, int64_t weight)
{
    return db_number(db,
                     "SELECT count(*) FROM search WHERE plugin = ? AND entry = ? AND language IS ? AND title = ? AND text = ?"
                     " AND opens = ? AND weight = ?",
                     "ssssssi", plugin, entry->id, entry->language, entry->title, text, entry->opens, weight) > 0;
}

void search_put(struct db *db, const char *plugin, const struct viche_entry *entry)
{
    const char *text = entry->text ? entry->text : "";
    int64_t weight = entry->weight ? entry->weight : 50;
    if (stands_already(db, plugin, entry, text, weight))
        return;
    search_drop(db, plugin, entry->id);
    db_run(db, "INSERT INTO search(plugin, entry, language, title, text, opens, weight, title_words) VALUES(?, ?, ?, ?, ?, ?, ?, 0)",
           "ssssssi", plugin, entry->id, entry->language, entry->title, text, entry->opens, weight);
    int64_t id = db_last_id(db);
    struct arena *arena = arena_new();
    int64_t title_words = add_words(db, arena, id, entry->title, text);
    arena_free(arena);
    db_run(db, "UPDATE search SET title_words = ? WHERE id = ?", "ii", title_words, id);
}

/* Words that only this entry has go with it: what a citizen had erased must not live on here. */
static void drop_words(struct db *db, int64_t entry)
{
    sqlite3_stmt *rows = db_query(db,
                                  "SELECT mine.word FROM search_in mine WHERE mine.entry = ? AND NOT EXISTS"
                                  " (SELECT 1 FROM search_in other WHERE other.word = mine.word AND other.entry <> mine.entry)",
                                  "i", entry);
    while (db_row(db, rows)) {
        db_run(db, "DELETE FROM search_text WHERE rowid = ?", "i", db_int(rows, 0));
        db_run(db, "DELETE FROM search_word WHERE id = ?", "i", db_int(rows, 0));
    }
    db_run(db, "DELETE FROM search_in WHERE entry = ?", "i", entry);
}

static void drop_entry(struct db *db, int64_t entry)
{
    drop_words(db, entry);
    db_run(db, "DELETE FROM search WHERE id = ?", "i", entry);
}

void search_drop(struct db *db, const char *plugin, const char *id)
{
    sqlite3_stmt *rows = db_query(db, "SELECT id FROM search WHERE plugin = ? AND (? IS NULL OR entry = ?)", "sss", plugin, id, id);
    while (db_row(db, rows))
        drop_entry(db, db_int(rows, 0));
}

void search_keep(struct db *db, const char *plugin, const char *const *ids, size_t count)
{
    sqlite3_stmt *rows = db_query(db, "SELECT id, entry FROM search WHERE plugin = ?", "s", plugin);
    while (db_row(db, rows)) {
        size_t i = 0;
        while (i < count && !text_is(ids[i], db_text(rows, 1)))
            i++;
        if (i == count)
            drop_entry(db, db_int(rows, 0));
    }
}

/* ---- finding: words ----------------------------------------------------------------------------------------------- */

/* This entry has a word like the asked one. */
struct match {
    int64_t entry;
    size_t asked; /* which word of the question */
    double value; /* 0..1 */
    bool in_title;
    double title_words, weight; /* of the entry */
};

struct asked {
    enum word_kind kind;
    double rarity; /* of the most alike word of the index */
};

struct question {
    struct db *db;
    struct arena *arena;
    const char *language;
    struct asked asked[QUERY_WORDS];
    size_t asked_count;
    double entries; /* in the index */
    struct match *matches;
    size_t match_count, match_room;
};

/* "«асф» OR «сфа» OR …" as FTS5 writes it. */
static const char *trigrams(struct arena *arena, const char *word)
{
    struct buf out = {0};
    const char *padded = arena_print(arena, " %s ", word);
    for (const char *at = padded; text_length(at) >= 3; text_next(&at))
        buf_print(&out, "%s\"%.*s\"", out.size ? " OR " : "", (int)text_prefix(at, 3), at);
    const char *copy = arena_copy(arena, buf_str(&out));
    buf_free(&out);
    return copy;
}

static void add_match(struct question *q, struct match match)
{
    if (q->match_count == q->match_room) {
        q->match_room = q->match_room ? q->match_room * 2 : 256;
        q->matches = mem_grow(q->matches, q->match_room * sizeof *q->matches);
    }
    q->matches[q->match_count++] = match;
}

/* Every entry with this word of the index. Returns how many there are. */
static double add_entries(struct question *q, size_t asked, int64_t word, double likeness)
{
    double entries = 0;
    sqlite3_stmt *rows = db_query(q->db,
                                  "SELECT i.entry, i.in_title, s.title_words, s.weight FROM search_in i JOIN search s ON s.id = i.entry"
                                  " WHERE i.word = ? AND (s.language IS NULL OR s.language = ?)",
                                  "is", word, q->language);
    for (; db_row(q->db, rows); entries++) {
        bool in_title = db_int(rows, 1);
        add_match(q, (struct match){.entry = db_int(rows, 0),
                                    .asked = asked,
                                    .value = in_title ? likeness : likeness * text_factor,
                                    .in_title = in_title,
                                    .title_words = db_real(rows, 2),
                                    .weight = db_real(rows, 3)});
    }
    return entries;
}

static void ask_word(struct question *q, const char *word, enum word_kind kind)
{
    struct asked *asked = &q->asked[q->asked_count++];
    double best = 0, rarity = 0.5 * log1p(q->entries);
    sqlite3_stmt *rows = db_query(q->db, "SELECT rowid, trim(word) FROM search_text WHERE search_text MATCH ? ORDER BY rank LIMIT ?",
                                  "si", trigrams(q->arena, word), (int64_t)PROPOSED_WORDS);
    while (db_row(q->db, rows)) {
        double likeness = word_likeness(word, db_text(rows, 1));
        if (likeness < likeness_least)
            continue;
        double entries = add_entries(q, (size_t)(asked - q->asked), db_int(rows, 0), likeness);
        if (entries > 0 && likeness > best) {
            best = likeness;
            rarity = log1p(q->entries / entries);
        }
    }
    *asked = (struct asked){kind, rarity * (1 - 0.03 * (double)(asked - q->asked))};
}

/* When nothing but «коли ви працюєте» is said, those words are what is meant. */
static void ask(struct question *q, const char *text)
{
    char *cut = arena_copy(q->arena, text);
    cut[text_prefix(cut, QUERY_LETTERS)] = '\0';
    const char *words[QUERY_WORDS];
    size_t count = word_split(q->arena, cut, words, QUERY_WORDS);
    bool named = false;
    for (size_t i = 0; i < count; i++)
        named = named || word_kind(words[i]) == WORD_NAME;
    for (size_t i = 0; i < count; i++)
        if (word_kind(words[i]) != WORD_NOISE)
            ask_word(q, words[i], named ? word_kind(words[i]) : WORD_NAME);
}

/* ---- finding: entries --------------------------------------------------------------------------------------------- */

struct scored {
    int64_t entry;
    double score;
};

static int by_entry(const void *a, const void *b)
{
    const struct match *one = a, *other = b;
    if (one->entry != other->entry)
        return one->entry < other->entry ? -1 : 1;
    if (one->asked != other->asked)
        return one->asked < other->asked ? -1 : 1;
    return one->value > other->value ? -1 : one->value < other->value;
}

static int by_score(const void *a, const void *b)
{
    const struct scored *one = a, *other = b;
    if (one->score != other->score)
        return one->score > other->score ? -1 : 1;
    return one->entry < other->entry ? -1 : one->entry > other->entry;
}

/* The matches of one entry, the best of each asked word first. How much of what was asked it has, and then how much of its title was
 * asked: «ЦНАП» stands far before «ЦНАП у Жабокричі». Words of intent and the weight its plugin gave it decide among equals. */
static double score(const struct question *q, const struct match *matches, size_t count)
{
    double asked = 0, found = 0, titled = 0, intents = 0;
    for (size_t i = 0; i < q->asked_count; i++)
        asked += q->asked[i].kind == WORD_NAME ? q->asked[i].rarity : 0;
    for (size_t i = 0; i < count; i++) {
        if (i > 0 && matches[i].asked == matches[i - 1].asked)
            continue;
        const struct asked *word = &q->asked[matches[i].asked];
        if (word->kind == WORD_NAME)
            found += word->rarity * matches[i].value;
        else
            intents += 0.02;
        titled += matches[i].in_title ? matches[i].value * matches[i].value : 0;
    }
    if (found <= 0)
        return 0;
    double of_title = matches->title_words > 0 ? fmin(1, titled / matches->title_words) : 0;
    return found / asked * (0.62 + 0.3 * of_title) + fmin(0.05, intents) + 0.0003 * matches->weight;
}

static size_t rank(struct question *q, struct scored *out)
{
    if (q->match_count)
        qsort(q->matches, q->match_count, sizeof *q->matches, by_entry);
    size_t count = 0;
    for (size_t i = 0, next = 0; i < q->match_count; i = next) {
        while (next < q->match_count && q->matches[next].entry == q->matches[i].entry)
            next++;
        out[count++] = (struct scored){q->matches[i].entry, score(q, q->matches + i, next - i)};
    }
    if (count)
        qsort(out, count, sizeof *out, by_score);
    return count;
}

static struct search_hit hit_of(struct question *q, const struct scored *scored)
{
    struct search_hit hit = {.score = scored->score};
    sqlite3_stmt *rows = db_query(q->db, "SELECT plugin, entry, title, opens FROM search WHERE id = ?", "i", scored->entry);
    if (!db_row(q->db, rows))
        return hit;
    hit.plugin = arena_copy(q->arena, db_text(rows, 0));
    hit.id = arena_copy(q->arena, db_text(rows, 1));
    hit.title = arena_copy(q->arena, db_text(rows, 2));
    hit.opens = arena_copy(q->arena, db_text(rows, 3));
    db_done(rows);
    return hit;
}

size_t search_find(struct db *db, struct arena *arena, const char *language, const char *text, struct search_hit *hits,
                   size_t room)
{
    struct question q = {.db = db, .arena = arena, .language = language};
    q.entries = (double)db_number(db, "SELECT count(*) FROM search WHERE language IS NULL OR language = ?", "s", language);
    ask(&q, text);
    struct scored *scored = mem_alloc(q.match_count * sizeof *scored);
    size_t count = rank(&q, scored);
    size_t kept = 0;
    for (; kept < count && kept < room && scored[kept].score >= score_least; kept++)
        hits[kept] = hit_of(&q, &scored[kept]);
    free(scored);
    free(q.matches);
    return kept;
}
