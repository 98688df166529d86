/* SPDX-License-Identifier: MPL-2.0 */
#include "desk_fake.h"

#include "services/desk/desk_mask.c"

static const char *masked(void **state, uint32_t kind, const char *value)
{
    const struct viche_field field = {.name = "x", .label = "x", .kind = kind, .flags = VICHE_FIELD_PRIVATE};
    return mask(&((struct fake *)*state)->turn, &field, value);
}

static void a_phone_keeps_its_last_two_digits(void **state)
{
    assert_string_equal(masked(state, VICHE_FIELD_PHONE, "+380671234567"), "+380 ** *** ** 67");
    assert_string_equal(masked(state, VICHE_FIELD_PHONE, "+48221234567"), "+4*****67");
    assert_string_equal(masked(state, VICHE_FIELD_PHONE, "103"), "*****");
}

static void a_name_keeps_its_initials(void **state)
{
    assert_string_equal(masked(state, VICHE_FIELD_TEXT, "Ірина Петренко"), "І. П.");
    assert_string_equal(masked(state, VICHE_FIELD_TEXT, "Ґалаґан  Ганна Іванівна"), "Ґ. Г. І.");
    assert_string_equal(masked(state, VICHE_FIELD_TEXT, "iryna@ukr.net"), "i***@ukr.net");
}

static void whatever_else_is_hidden_whole(void **state)
{
    assert_string_equal(masked(state, VICHE_FIELD_TEXT, "вул. Шкільна, 14, кв. 2"), "•••");
    assert_string_equal(masked(state, VICHE_FIELD_TEXT, "АБ123456"), "•••");
    assert_string_equal(masked(state, VICHE_FIELD_LONG, "Мешкаю в квартирі сам"), "•••");
    assert_string_equal(masked(state, VICHE_FIELD_DATE, "1964-02-01"), "");
    assert_string_equal(masked(state, VICHE_FIELD_PLACE, "48.3794,28.8645"), "");
    assert_string_equal(masked(state, VICHE_FIELD_FILES, "abc\ndef"), "");
    assert_string_equal(masked(state, VICHE_FIELD_TEXT, ""), "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_phone_keeps_its_last_two_digits, fake_open, fake_close),
        cmocka_unit_test_setup_teardown(a_name_keeps_its_initials, fake_open, fake_close),
        cmocka_unit_test_setup_teardown(whatever_else_is_hidden_whole, fake_open, fake_close),
    };
    (void)fake_set, (void)fake_get;
    return cmocka_run_group_tests(tests, NULL, NULL);
}
