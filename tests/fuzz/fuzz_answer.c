/* SPDX-License-Identifier: MPL-2.0
 * Any words of a citizen as a phone number, a number, a date, a place: misfit, or normalised so that it fits again as it stands. */
#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/text.h"
#include "flow/answer.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool holds)
{
    if (!holds)
        abort();
}

static void try_phone(struct arena *arena, const char *text)
{
    const char *phone = NULL, *again = NULL;
    if (!answer_phone(arena, text, &phone))
        return;
    size_t digits = strspn(phone + 1, "0123456789");
    must(phone[0] == '+' && phone[1 + digits] == '\0' && digits >= 8 && digits <= 15);
    must(answer_phone(arena, phone, &again) && strcmp(phone, again) == 0);
}

static void try_date(struct arena *arena, const char *text, const char *language)
{
    const char *date = NULL, *again = NULL;
    if (!answer_date(arena, text, language, "Europe/Kyiv", &date))
        return;
    must(strlen(date) == 10 && date[4] == '-' && date[7] == '-');
    must(answer_date(arena, date, language, "Europe/Kyiv", &again) && strcmp(date, again) == 0);
}

static void try_place(struct arena *arena, const char *text)
{
    const char *place = NULL, *again = NULL;
    if (!answer_place(arena, text, &place))
        return;
    must(fabs(strtod(place, NULL)) <= 90 && strchr(place, ','));
    must(answer_place(arena, place, &again));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size > 2000 || !text_valid((const char *)data, size))
        return -1;
    clock_set(1795000000000); /* November 2026 */
    struct arena *arena = arena_new();
    const char *text = arena_copy_bytes(arena, data, size);
    int64_t number = 0;
    answer_number(text, &number);
    try_phone(arena, text);
    try_date(arena, text, "uk");
    try_date(arena, text, "en");
    try_place(arena, text);
    arena_free(arena);
    return 0;
}
