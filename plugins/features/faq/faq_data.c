/* SPDX-License-Identifier: MPL-2.0
 * Questions come in and go out as CSV, and are put into the search. An import is the whole truth: a question that stays keeps its
 * id, one that is missing is gone. Owns the table `faq`. */
#include <string.h>

#include "common/search.h"
#include "faq.h"

/* ---- reading ---------------------------------------------------------------------------------------------------------- */

struct viche_rows *faq_topics(struct viche_turn *t)
{
    return viche_sql(t, "SELECT min(id), topic, min(topic_en), count(*) FROM faq GROUP BY topic ORDER BY min(place)");
}

struct viche_rows *faq_questions(struct viche_turn *t, int64_t like)
{
    return viche_sql(t, "SELECT id, question, question_en FROM faq WHERE topic = (SELECT topic FROM faq WHERE id = ?) ORDER BY place",
                     VICHE_INT_VALUE(like));
}

struct viche_rows *faq_answer(struct viche_turn *t, int64_t id)
{
    return viche_sql(t, "SELECT question, question_en, answer, answer_en, link FROM faq WHERE id = ?", VICHE_INT_VALUE(id));
}

/* ---- the index -------------------------------------------------------------------------------------------------------- */

/* The row that is being imported: found by its question in both languages and its synonyms. */
static void put_entry(struct viche_turn *t, int64_t id, const char *language)
{
    const char *question = viche_get(t, "question"), *english = viche_get(t, "question_en");
    struct viche_entry entry = {
        .size = sizeof entry,
        .language = language,
        .id = search_entry(t, id, language),
        .title = faq_word(t, question, english),
        .text = viche_print(t, "%s %s %s", question, english, viche_get(t, "synonyms")),
        .opens = viche_print(t, "/faq show %lld", (long long)id),
    };
    viche_index_put(t, &entry);
}

/* ---- import ----------------------------------------------------------------------------------------------------------- */

static bool stands_above(struct viche_turn *t, const char *question)
{
    return viche_row(t, viche_sql(t, "SELECT 1 FROM faq WHERE question = ? AND fresh = 1", VICHE_TEXT_VALUE(question)));
}

static void check(struct viche_turn *t)
{
    const char *link = viche_get(t, "link");
    if (*link && strncmp(link, "https://", 8) != 0 && strncmp(link, "http://", 7) != 0)
        viche_bad(t, "link", viche_text(t, "bad-link"));
    if (stands_above(t, viche_get(t, "question")))
        viche_bad(t, "question", viche_text(t, "bad-twice"));
}

#define CELL(name) VICHE_TEXT_VALUE(viche_get(t, name))

static int64_t keep_row(struct viche_turn *t)
{
    struct viche_rows *rows = viche_sql(
        t,
        "INSERT INTO faq(topic, topic_en, question, question_en, answer, answer_en, link, synonyms, place, fresh)"
        " VALUES(?, ?, ?, ?, ?, ?, ?, ?, (SELECT coalesce(max(place), 0) + 1 FROM faq), 1)"
        " ON CONFLICT(question) DO UPDATE SET topic = excluded.topic, topic_en = excluded.topic_en, question_en = excluded.question_en,"
        " answer = excluded.answer, answer_en = excluded.answer_en, link = excluded.link, synonyms = excluded.synonyms,"
        " place = excluded.place, fresh = 1 RETURNING id",
        CELL("topic"), CELL("topic_en"), CELL("question"), CELL("question_en"), CELL("answer"), CELL("answer_en"), CELL("link"),
        CELL("synonyms"));
    return viche_row(t, rows) ? viche_row_integer(t, rows, 0) : 0;
}

void faq_begin(struct viche_turn *t) { viche_sql(t, "UPDATE faq SET fresh = 0"); }

void faq_row(struct viche_turn *t)
{
    check(t);
    search_each_language(t, keep_row(t), put_entry);
}

void faq_finish(struct viche_turn *t)
{
    struct viche_rows *rows = viche_sql(t, "SELECT id FROM faq WHERE fresh = 0");
    while (viche_row(t, rows))
        search_each_language(t, viche_row_integer(t, rows, 0), search_drop);
    viche_sql(t, "DELETE FROM faq WHERE fresh = 0");
}

/* ---- export ----------------------------------------------------------------------------------------------------------- */

void faq_write(struct viche_turn *t)
{
    static const char *const columns[] = {"topic", "topic_en", "question", "question_en", "answer", "answer_en", "link", "synonyms"};
    struct viche_rows *rows =
        viche_sql(t, "SELECT topic, topic_en, question, question_en, answer, answer_en, link, synonyms FROM faq ORDER BY place");
    while (viche_row(t, rows)) {
        for (uint32_t i = 0; i < sizeof columns / sizeof *columns; i++)
            viche_set(t, columns[i], viche_row_text(t, rows, i));
        viche_emit(t, "faq");
    }
}
