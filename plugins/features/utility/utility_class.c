/* SPDX-License-Identifier: MPL-2.0
 * Kinds of problems. A code with a dot stands below the one before the dot. */
#include <string.h>

#include "utility.h"

enum { COLUMN_CODE, COLUMN_WORDS, COLUMN_ENGLISH, COLUMN_SAID };

/* The next line that is no remark; NULL: no more. */
static const char *next_line(struct viche_turn *t, const char **file)
{
    while (**file) {
        size_t length = strcspn(*file, "\n");
        const char *line = viche_print(t, "%.*s", (int)length, *file);
        *file += length + ((*file)[length] == '\n');
        if (*line && *line != '#')
            return line;
    }
    return NULL;
}

static const char *column(struct viche_turn *t, const char *line, int index)
{
    for (; index && *line; index--) {
        line += strcspn(line, ";");
        line += *line == ';';
    }
    return viche_print(t, "%.*s", (int)strcspn(line, ";"), line);
}

static const char *words_of(struct viche_turn *t, const char *line)
{
    const char *english = column(t, line, COLUMN_ENGLISH);
    return strcmp(viche_language(t), "en") == 0 && *english ? english : column(t, line, COLUMN_WORDS);
}

const char *class_name(struct viche_turn *t, const char *code)
{
    const char *file = viche_option_file(t, "classifier");
    for (const char *line = next_line(t, &file); line && *code; line = next_line(t, &file))
        if (strcmp(column(t, line, COLUMN_CODE), code) == 0)
            return words_of(t, line);
    return "";
}

void class_offer(struct viche_turn *t)
{
    const char *file = viche_option_file(t, "classifier");
    for (const char *line = next_line(t, &file); line; line = next_line(t, &file))
        if (!strchr(column(t, line, COLUMN_CODE), '.'))
            viche_offer_text(t, words_of(t, line), column(t, line, COLUMN_CODE));
}

/* ---- which is it? ---------------------------------------------------------------------------------------------------------------- */

static bool has(const char *words, const char *said, size_t bytes)
{
    for (size_t length = letter_word(&words); length; words += length, length = letter_word(&words))
        if (letter_same_root(words, length, said, bytes))
            return true;
    return false;
}

/* How many words of the story are among these: said once, «світла» counts once, however often the classifier has it. */
static int score(const char *story, const char *words)
{
    int found = 0;
    for (size_t length = letter_word(&story); length; story += length, length = letter_word(&story))
        found += has(words, story, length);
    return found;
}

const char *class_guess(struct viche_turn *t, const char *story)
{
    const char *file = viche_option_file(t, "classifier"), *best = "";
    int most = 0;
    for (const char *line = next_line(t, &file); line; line = next_line(t, &file)) {
        const char *code = column(t, line, COLUMN_CODE);
        int found = score(story, viche_print(t, "%s %s %s", column(t, line, COLUMN_WORDS), column(t, line, COLUMN_ENGLISH),
                                             column(t, line, COLUMN_SAID)));
        found = found ? 2 * found + (strchr(code, '.') != NULL) : 0; /* as near as can be told */
        if (found <= most)
            continue;
        most = found;
        best = code;
    }
    return best;
}

/* ---- found by free text ---------------------------------------------------------------------------------------------------------- */

/* Behind answers that need no form: «коли вивозять сміття» is a question first. */
enum { LEAF_WEIGHT = 20, TOP_WEIGHT = 1 };

static void index_line(struct viche_turn *t, const char *line, const char *language)
{
    const char *code = column(t, line, COLUMN_CODE);
    const char *said = viche_print(t, "%s %s", column(t, line, COLUMN_SAID), viche_text(t, "index-words"));
    viche_let(t, "category_words", words_of(t, line));
    viche_index_put(t, &(struct viche_entry){
        .size = sizeof(struct viche_entry), .weight = strchr(code, '.') ? LEAF_WEIGHT : TOP_WEIGHT, .language = language,
        .id = viche_print(t, "%s-%s", code, language), .title = viche_text(t, "index-title"), .text = said,
        .opens = viche_print(t, "/utility about %s", code)});
}

void class_index(struct viche_turn *t)
{
    const char *languages = viche_town(t, "languages");
    while (*languages) {
        size_t length = strcspn(languages, " ");
        const char *language = viche_print(t, "%.*s", (int)length, languages), *file = viche_option_file(t, "classifier");
        viche_speak(t, language);
        for (const char *line = next_line(t, &file); line; line = next_line(t, &file))
            index_line(t, line, language);
        languages += length + strspn(languages + length, " ");
    }
}
