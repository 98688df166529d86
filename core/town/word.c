/* SPDX-License-Identifier: MPL-2.0 */
#include "town/word.h"

#include <ctype.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "base/text.h"
#include "town/search.h"

/* As search_fold leaves them; '*' stands for any ending. */
static const char intents[] =
    /* when, where, how to reach */
    "де где коли когда скилки сколко котра годин* час часи график* расписани* розклад* працю* роботи работи работае* видчинен* "
    "видкрит* открит* зачинен* закрит* зараз сеичас согодни сегодня завтра адрес* знаходит* находит* розташован* телефон* номер* "
    "подзвон* позвон* поруч рядом поблиз* близк* наиближч* ближаиш* "
    "where when open closed hours time now today tomorrow address phone number call near nearest nearby close "
    /* greetings */
    "привит* привет* витаю здравствуите здрастуи* добри* доброго ден дня ранку ранок вечир вечора дякую спасибо справи дела хто кто "
    "вмиеш умиеш hello hey hi thank thanks";
static const char noises[] =
    "а б би бо буд будласка в вам вас ви вид вони все всим вы г до для дуже е ест еи есть ж же з за и из ласка или к как який якии яка "
    "яке яки который ми мене меня мени мне мини мое мои мож* на наити не нужно но нам нас о пожалуиста покаж* по подска* пидкаж* "
    "потрибн* потрибен при про прошу с скаж* та так там то тут треба ти ты у хочу хотив* хотил* це цеи ця чи чому что шо щоб що шукаю "
    "ищу як я "
    "an and are at can could do does find for from help how i in is it me my need of on or please show tell that the this to want what "
    "which with you your";

static bool matches(const char *pattern, size_t length, const char *word)
{
    if (length && pattern[length - 1] == '*')
        return strncmp(word, pattern, length - 1) == 0;
    return strlen(word) == length && memcmp(word, pattern, length) == 0;
}

static bool listed(const char *list, const char *word)
{
    size_t length = 0;
    for (const char *pattern = text_word(&list, &length); pattern; pattern = text_word(&list, &length))
        if (matches(pattern, length, word))
            return true;
    return false;
}

enum word_kind word_kind(const char *word)
{
    bool one_letter = word[text_prefix(word, 1)] == '\0';
    if (listed(noises, word) || (one_letter && !isdigit((unsigned char)*word)))
        return WORD_NOISE;
    return listed(intents, word) ? WORD_INTENT : WORD_NAME;
}

static bool known(const char *const *words, size_t count, const char *text)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(words[i], text) == 0)
            return true;
    return false;
}

size_t word_split(struct arena *arena, const char *text, const char **words, size_t room)
{
    const char *rest = search_fold(arena, text);
    size_t count = 0, length = 0;
    for (const char *at = text_word(&rest, &length); at && count < room; at = text_word(&rest, &length)) {
        char *word = arena_copy_bytes(arena, at, length);
        word[text_prefix(word, WORD_LETTERS)] = '\0';
        if (!known(words, count, word))
            words[count++] = word;
    }
    return count;
}

/* ---- likeness ---------------------------------------------------------------------------------------------------- */

struct letters {
    uint32_t at[WORD_LETTERS];
    size_t count;
};

static struct letters letters_of(const char *word)
{
    struct letters out = {.count = 0};
    for (uint32_t point = text_next(&word); point && out.count < WORD_LETTERS; point = text_next(&word))
        out.at[out.count++] = point;
    return out;
}

static size_t least(size_t a, size_t b) { return a < b ? a : b; }
static double most(double a, double b) { return a > b ? a : b; }

static bool has_digit(const char *word) { return strpbrk(word, "0123456789") != NULL; }

/* The same stem with other endings: «аптека» and «аптеці». */
static double as_forms(const struct letters *longer, const struct letters *shorter)
{
    size_t stem = 0;
    while (stem < shorter->count && longer->at[stem] == shorter->at[stem])
        stem++;
    size_t ending = longer->count - stem;
    if (stem < 3 || ending > 3 || ending >= stem)
        return 0;
    return 1 - 0.5 * (double)ending / (double)longer->count;
}

/* One row of the table of edits (insert, delete, replace, swap neighbours), from the two rows above it. */
static void edit_row(const struct letters *a, const struct letters *b, size_t i, size_t rows[3][WORD_LETTERS + 1])
{
    size_t *row = rows[i % 3], *above = rows[(i + 2) % 3], *two_above = rows[(i + 1) % 3];
    row[0] = i;
    for (size_t j = 1; j <= b->count; j++) {
        bool same = a->at[i - 1] == b->at[j - 1];
        row[j] = least(above[j - 1] + !same, 1 + least(above[j], row[j - 1]));
        if (i > 1 && j > 1 && a->at[i - 1] == b->at[j - 2] && a->at[i - 2] == b->at[j - 1])
            row[j] = least(row[j], two_above[j - 2] + 1);
    }
}

/* A slip of the finger, in the word or, if it is long, before another ending: «асфвльтом». Short words must begin alike. */
static double as_typo(const struct letters *longer, const struct letters *shorter)
{
    size_t allowed = shorter->count < 4 ? 0 : shorter->count < 8 ? 1 : 2;
    size_t ending = shorter->count < 6 ? 0 : 3;
    if (allowed == 0 || longer->count - shorter->count > 3 || (shorter->count < 6 && longer->at[0] != shorter->at[0]))
        return 0;
    size_t rows[3][WORD_LETTERS + 1];
    for (size_t j = 0; j <= longer->count; j++)
        rows[0][j] = j;
    for (size_t i = 1; i <= shorter->count; i++)
        edit_row(shorter, longer, i, rows);
    const size_t *last = rows[shorter->count % 3];
    double best = 0;
    for (size_t j = shorter->count - 1; j <= longer->count; j++)
        if (last[j] <= allowed && longer->count - j <= ending)
            best = most(best, 1 - ((double)last[j] + 0.5 * (double)(longer->count - j)) / (double)longer->count);
    return best;
}

static double as_part(const struct letters *longer, const struct letters *shorter)
{
    if (shorter->count < 5)
        return 0;
    for (size_t skip = 1; skip + shorter->count <= longer->count; skip++)
        if (memcmp(longer->at + skip, shorter->at, shorter->count * sizeof *shorter->at) == 0)
            return 0.72;
    return 0;
}

double word_likeness(const char *a, const char *b)
{
    if (text_is(a, b))
        return 1;
    if (has_digit(a) || has_digit(b))
        return 0;
    struct letters one = letters_of(a), other = letters_of(b);
    const struct letters *longer = one.count < other.count ? &other : &one;
    const struct letters *shorter = longer == &one ? &other : &one;
    return most(as_forms(longer, shorter), most(as_typo(longer, shorter), as_part(longer, shorter)));
}
