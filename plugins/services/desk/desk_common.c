/* SPDX-License-Identifier: MPL-2.0
 * What is no password: too short, or what everybody tries first. Lists of leaked passwords hold few of twelve characters and more, and
 * nearly all of those are a common word with digits, a walk over the keyboard, or one thing repeated; so the words are listed and the rest
 * is recognised. Pure. */
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "desk.h"

enum { LENGTH_MIN = 12, LENGTH_MAX = 256, CORE_MIN = 5, WORD_MIN = 4, WORD_MAX = 40, CORE_BYTES = 1024 };

/* As they are after `fold`: small Latin letters and small Cyrillic ones, no digits. */
static const char *const words[] = {
    "password", "passwd", "passphrase", "passwort", "parol", "admin", "administrator", "administrador", "root", "toor", "user",
    "username", "guest", "test", "testing", "tester", "default", "changeme", "changeit", "change", "welcome", "welcometo",
    "letmein", "letme", "login", "logon", "signin", "secret", "topsecret", "master", "monkey", "dragon", "football", "baseball",
    "basketball", "superman", "batman", "spiderman", "sunshine", "princess", "iloveyou", "trustno", "whatever", "freedom",
    "shadow", "michael", "jennifer", "jordan", "hunter", "killer", "pepper", "computer", "internet", "samsung", "google",
    "facebook", "instagram", "telegram", "viber", "microsoft", "windows", "qwerty", "qwertz", "azerty", "asdf", "asdfgh",
    "asdfghjkl", "zxcvbn", "zxcvbnm", "qwertyuiop", "qwertyui", "qazwsxedc", "qweasd", "qweasdzxc", "wasd", "abc", "abcd",
    "abcdef", "abcdefg", "abcdefgh", "xyz", "lovely", "flower", "starwars", "pokemon", "naruto", "minecraft", "ukraine", "ukraina",
    "ukrayina", "slavaukraini", "slavaukraine", "heroyamslava", "kyiv", "kiev", "lviv", "odesa", "odessa", "kharkiv", "dnipro",
    "donetsk", "vinnytsia", "zelensky", "shevchenko", "bandera", "dynamo", "shakhtar", "marina", "natasha", "natalia", "svetlana",
    "tatiana", "oksana", "olena", "andriy", "andrey", "aleksandr", "oleksandr", "vladimir", "volodymyr", "sergey", "serhiy",
    "nikita", "maksim", "dima", "vika", "nastya", "anastasia", "privet", "lubov", "liubov", "solnce", "sonechko", "zaichik",
    "kotik", "correcthorsebatterystaple", "correcthorse", "thisismypassword", "mypassword", "mysecret", "nopassword",
    "newpassword", "temppassword", "temporary", "temp", "office", "company", "council", "rada", "silrada", "selrada", "miskrada",
    "hromada", "gromada", "viche", "desk", "staff", "clerk", "operator", "summer", "winter", "spring", "autumn", "january",
    "february", "march", "april", "june", "july", "august", "september", "october", "november", "december", "monday", "friday",
    "sunday", "пароль", "паролик", "мойпароль", "мійпароль", "парольпароль", "адмін", "админ", "адміністратор", "администратор",
    "йцукен", "йцукенгшщзхї", "йцукенгшщзхъ", "фівапр", "фывапр", "фівапролджє", "ячсмить", "славаукраїні", "героямслава",
    "україна", "україні", "слава", "киів", "київ", "киев", "одеса", "харків", "дніпро", "шевченко", "бандера", "привіт", "привет",
    "любов", "любовь", "сонечко", "солнце", "котик", "зайчик", "кохаю", "секрет", "вхід", "вход", "користувач", "пользователь",
    "громада", "рада", "віче", "літо", "зима", "весна", "осінь", "січень", "лютий", "березень", "квітень", "травень", "червень",
    "липень", "серпень", "вересень", "жовтень", "листопад", "грудень",
};

static const char *const walks[] = {
    "1234567890", "qwertyuiop", "asdfghjkl", "zxcvbnm", "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik9ol0p", "abcdefghijklmnopqrstuvwxyz",
    "йцукенгшщзхїъ", "фівапролджє", "фывапролджэ", "ячсмитьбю", "абвгґдеєжзиіїйклмнопрстуфхцчшщьюя", "qazwsxedcrfvtgbyhnujmikolp",
};

/* What a look-alike stands for: p@ssw0rd. */
static uint32_t plain(uint32_t point)
{
    static const char from[] = "@4831!0$57", to[] = "aabeiiosst";
    const char *found = point && point < 128 ? strchr(from, (int)point) : NULL;
    return found ? (unsigned char)to[found - from] : point;
}

static bool is_letter(uint32_t point) { return (point >= 'a' && point <= 'z') || (point >= 0x430 && point <= 0x45F) || point == 0x491; }

static size_t put(char *out, uint32_t point)
{
    if (point < 0x80) {
        out[0] = (char)point;
        return 1;
    }
    out[0] = (char)(0xC0 | point >> 6);
    out[1] = (char)(0x80 | (point & 0x3F));
    return 2;
}

/* Small letters only; with look-alikes undone or dropped. */
static void fold(const char *text, bool undo, char out[CORE_BYTES])
{
    size_t used = 0;
    while (*text && used < CORE_BYTES - 3) {
        uint32_t point = fold_next(&text);
        point = undo ? plain(point) : point;
        if (is_letter(point))
            used += put(out + used, point);
    }
    out[used] = '\0';
}

static size_t characters(const char *text)
{
    size_t count = 0;
    while (*text) {
        fold_next(&text);
        count++;
    }
    return count;
}

/* What is left of a text without this word, wherever it stands; the rest moves together. */
static void cut(char *text, const char *word)
{
    size_t length = strlen(word);
    for (char *at = length >= WORD_MIN ? strstr(text, word) : NULL; at; at = strstr(at, word))
        memmove(at, at + length, strlen(at + length) + 1);
}

static bool is_common(const char *password, bool undo, const char *const *about)
{
    char core[CORE_BYTES], word[CORE_BYTES];
    fold(password, undo, core);
    size_t before = characters(core);
    for (size_t i = 0; about[i]; i++) {
        const char *at = about[i];
        while (*at) { /* word by word: «Олена Зразкова», «o.zrazkova» */
            size_t length = strcspn(at, " .-_");
            char one[CORE_BYTES];
            snprintf(one, sizeof one, "%.*s", (int)(length < 200 ? length : 200), at);
            fold(one, false, word);
            cut(core, word);
            at += length;
            at += strspn(at, " .-_");
        }
    }
    for (size_t length = WORD_MAX; length >= WORD_MIN; length--) /* the longest first: «administrator» before «admin» */
        for (size_t i = 0; i < sizeof words / sizeof *words; i++)
            if (strlen(words[i]) == length)
                cut(core, words[i]);
    return characters(core) < CORE_MIN && characters(core) < before;
}

/* Few different characters: аааааааааааа, 121212121212. */
static bool is_poor(const char *password)
{
    uint32_t seen[CORE_MIN] = {0};
    size_t kinds = 0;
    while (*password && kinds < CORE_MIN) {
        uint32_t point = fold_next(&password);
        size_t i = 0;
        while (i < kinds && seen[i] != point)
            i++;
        if (i == kinds)
            seen[kinds++] = point;
    }
    return kinds < CORE_MIN;
}

/* How many characters of it follow the one before on a keyboard or in an alphabet, either way. */
static bool is_walk(const char *password)
{
    size_t steps = 0, length = characters(password);
    uint32_t before = fold_next(&password);
    while (*password) {
        char pair[9] = {0}, back[9] = {0};
        uint32_t point = fold_next(&password);
        if (before > 0x7FF || point > 0x7FF)
            return false;
        size_t used = put(pair, before);
        put(pair + used, point);
        used = put(back, point);
        put(back + used, before);
        bool step = before == point;
        for (size_t i = 0; !step && i < sizeof walks / sizeof *walks; i++)
            step = strstr(walks[i], pair) || strstr(walks[i], back);
        steps += step;
        before = point;
    }
    return steps * 4 >= (length - 1) * 3;
}

static bool is_digits(const char *password) { return password[strspn(password, "0123456789 .-/+()")] == '\0'; }

const char *common_fault(const char *password, const char *const *about)
{
    size_t length = characters(password);
    if (length < LENGTH_MIN || strlen(password) > LENGTH_MAX)
        return length < LENGTH_MIN ? "password-short" : "password-long";
    bool weak = is_poor(password) || is_walk(password) || is_digits(password) || is_common(password, true, about) ||
                is_common(password, false, about);
    return weak ? "password-common" : NULL;
}
