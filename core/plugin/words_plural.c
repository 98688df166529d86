/* SPDX-License-Identifier: MPL-2.0
 * Plural forms by CLDR's rules: «1 запис», «2 записи», «5 записів». */
#include <stdlib.h>
#include <string.h>
#include <unicode/uenum.h>
#include <unicode/upluralrules.h>

#include "base/buf.h"
#include "base/text.h"
#include "plugin/words_catalogue.h"

static const char *const all_forms[] = {"zero", "one", "two", "few", "many", "other"};
enum { FORMS = sizeof all_forms / sizeof *all_forms };

static void *open_rules(const char *locale, const char *detail, UErrorCode *status)
{
    (void)detail;
    return uplrules_open(locale, status);
}

static void *open_forms(const char *locale, const char *detail, UErrorCode *status)
{
    (void)detail;
    UPluralRules *rules = uplrules_open(locale, status);
    UEnumeration *keywords = uplrules_getKeywords(rules, status);
    struct buf list = {0};
    for (const char *word = uenum_next(keywords, NULL, status); word; word = uenum_next(keywords, NULL, status))
        buf_print(&list, "%s%s", list.size ? " " : "", word);
    uenum_close(keywords);
    uplrules_close(rules);
    return list.data;
}

const char *words_plural_forms(const char *language)
{
    const char *forms = words_icu(open_forms, language, "");
    return forms ? forms : "other";
}

const char *words_plural(const char *language, const char *number)
{
    const UPluralRules *rules = words_icu(open_rules, language, "");
    char *end = NULL;
    double value = strtod(number, &end);
    if (!rules || *number == '\0' || *end != '\0')
        return "other";

    UErrorCode status = U_ZERO_ERROR;
    UChar word[16];
    uplrules_select(rules, value < 0 ? -value : value, word, 16, &status);
    for (size_t i = 0; U_SUCCESS(status) && i < FORMS; i++) {
        size_t length = strlen(all_forms[i]);
        size_t same = 0;
        while (same <= length && word[same] == (UChar)(unsigned char)all_forms[i][same])
            same++;
        if (same > length)
            return all_forms[i];
    }
    return "other";
}

size_t words_plural_stem(const char *key, const char **form)
{
    const char *suffix = strrchr(key, '_');
    if (!suffix || suffix == key)
        return 0;
    for (size_t i = 0; i < FORMS; i++) {
        if (text_is(suffix + 1, all_forms[i])) {
            *form = all_forms[i];
            return (size_t)(suffix - key);
        }
    }
    return 0;
}
