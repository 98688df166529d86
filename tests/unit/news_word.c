/* SPDX-License-Identifier: MPL-2.0 */
#include "features/news/news_word.c"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static void areas_stand_between_semicolons(void **state)
{
    (void)state;
    size_t length = 0;
    const char *at = word_at(" Крижопіль ; Городківка;", 1, &length);
    assert_memory_equal(at, "Городківка", strlen("Городківка"));
    assert_int_equal(length, strlen("Городківка"));
    word_at("Крижопіль; Городківка;", 2, &length);
    assert_int_equal(length, 0);
    assert_true(word_among("Крижопіль; Городківка", "Крижопіль"));
    assert_false(word_among("Крижопіль; Городківка", "Город"));
    assert_false(word_among("", "Крижопіль"));
}

static void a_day_begins_and_ends(void **state)
{
    (void)state;
    struct viche_local local;
    assert_true(word_moment("2026-11-25", false, &local));
    assert_int_equal(local.hour, 0);
    assert_true(word_moment("2026-11-25", true, &local));
    assert_int_equal(local.hour, 24);
    assert_true(word_moment("2026-11-25 18:05", true, &local));
    assert_int_equal(local.hour, 18);
    assert_int_equal(local.minute, 5);
}

static void what_is_no_moment_is_refused(void **state)
{
    (void)state;
    struct viche_local local;
    static const char *const wrong[] = {"",           "25.11.2026",       "2026-13-01",       "2026-11-31",       "2026-11-25 ",
                                        "2026-11-25x", "2026-11-25 24:00", "2026-11-25 18:60", "2026-11-25 18",    "26-11-25",
                                        "2026-11-00",  "2026-11-25 -1:00", "2026-1-5",         "2026-11-25 18:00x"};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        assert_false(word_moment(wrong[i], false, &local));
}

static void keys_are_short_and_plain(void **state)
{
    (void)state;
    assert_true(word_key("bridge-2026"));
    assert_false(word_key(""));
    assert_false(word_key("міст"));
    assert_false(word_key("a b"));
    assert_false(word_key("12345678901234567890123456789012345678901"));
}

static void digits_change_with_the_text(void **state)
{
    (void)state;
    assert_true(word_digits("a") < 10000);
    assert_int_not_equal(word_digits("bridge 1"), word_digits("bridge 2"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(areas_stand_between_semicolons), cmocka_unit_test(a_day_begins_and_ends),
        cmocka_unit_test(what_is_no_moment_is_refused),   cmocka_unit_test(keys_are_short_and_plain),
        cmocka_unit_test(digits_change_with_the_text),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
