/* SPDX-License-Identifier: MPL-2.0 */
#include "services/desk/desk_common.c"
#include "services/desk/desk_fold.c"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static const char *const ABOUT[] = {"o.zrazkova", "Олена Зразкова", "kryzhopil", "Крижопільська громада", NULL};

static void twelve_characters_are_letters_not_bytes(void **state)
{
    (void)state;
    assert_string_equal(common_fault("", ABOUT), "password-short");
    assert_string_equal(common_fault("вербовийкош", ABOUT), "password-short");
    assert_null(common_fault("вербовий кіш", ABOUT));
    char long_one[LENGTH_MAX + 2];
    memset(long_one, 'x', sizeof long_one - 1);
    long_one[sizeof long_one - 1] = '\0';
    assert_string_equal(common_fault(long_one, ABOUT), "password-long");
}

static void what_everybody_tries_is_refused(void **state)
{
    (void)state;
    static const char *const all[] = {
        "password1234", "Password2026!", "P@ssw0rd2026", "passwordpassword", "admin1234567", "administrator", "Qwerty123456", "qwertyuiop[]",
        "1qaz2wsx3edc", "йцукенгшщзхї", "Йцукен123456", "фівапролджє1", "123456789012", "12345678901234567890", "380671234567", "+380 67 123 45 67",
        "aaaaaaaaaaaa", "abababababab", "121212121212", "abcdefghijkl", "letmein12345", "welcome12345", "iloveyou1234", "СлаваУкраїні1",
        "слава україні", "пароль123456", "парольпароль", "мійпароль2026", "correcthorsebatterystaple", "ukraine12345", "zaq1zaq1zaq1"};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        if (!common_fault(all[i], ABOUT))
            fail_msg("taken: %s", all[i]);
}

static void names_of_the_person_and_the_town_are_no_password(void **state)
{
    (void)state;
    static const char *const all[] = {"zrazkova2026", "Зразкова-2026", "ОленаЗразкова", "Крижопільська1", "kryzhopil1234", "o.zrazkova1!"};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        if (!common_fault(all[i], ABOUT))
            fail_msg("taken: %s", all[i]);
}

static void a_few_random_words_are_a_password(void **state)
{
    (void)state;
    static const char *const all[] = {"вербовий кошик на підвіконні", "чотири стільці на балконі", "Kf8#mPz2!qLw", "tuesday umbrella copper",
                                      "сім велосипедів біля річки", "xT7-nuqa-Wp3v", "пароль від хвіртки висить на яблуні"};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        if (common_fault(all[i], ABOUT))
            fail_msg("refused: %s", all[i]);
}

static void names_are_found_in_any_case(void **state)
{
    (void)state;
    assert_true(fold_has("Олена Ґалаґан", "ґалаґ"));
    assert_true(fold_has("o.zrazkova", "ZRAZ"));
    assert_true(fold_has("їжак", "Ї"));
    assert_true(fold_has("", ""));
    assert_false(fold_has("", "а"));
    assert_false(fold_has("Олена", "Олени"));
}

static void broken_letters_crash_nothing(void **state)
{
    (void)state;
    common_fault("\xD0\xD0\xD0\xD0\xD0\xD0\xD0\xD0\xD0\xD0\xD0\xD0", ABOUT);
    common_fault("\xF0\x9F\x98\x80\xF0\x9F\x98\x80\xF0\x9F\x98\x80\xF0\x9F\x98\x80\xF0\x9F\x98\x80 abc defg", ABOUT);
    common_fault("\xE2\x82", ABOUT);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(twelve_characters_are_letters_not_bytes), cmocka_unit_test(what_everybody_tries_is_refused),
        cmocka_unit_test(names_of_the_person_and_the_town_are_no_password), cmocka_unit_test(a_few_random_words_are_a_password),
        cmocka_unit_test(names_are_found_in_any_case),
        cmocka_unit_test(broken_letters_crash_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
