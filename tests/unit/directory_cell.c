/* SPDX-License-Identifier: MPL-2.0 */
#include "features/directory/directory_cell.c"
#include "features/directory/directory_place.c"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static void takes_phones_as_people_write_them(void **state)
{
    (void)state;
    assert_null(cell_phones(""));
    assert_null(cell_phones("+380 (4340) 0-00-21"));
    assert_null(cell_phones("0800000000; 104"));
    assert_string_equal(cell_phones("104;"), "bad-phone");
    assert_string_equal(cell_phones("12"), "bad-phone");
    assert_string_equal(cell_phones("+380 4340 0-00-21, 104"), "bad-phone");
    assert_string_equal(cell_phones("1234567890123456"), "bad-phone");
    assert_string_equal(cell_phones("38+0434000021"), "bad-phone");
    assert_string_equal(cell_phones("немає"), "bad-phone");
}

static void takes_only_web_addresses(void **state)
{
    (void)state;
    assert_null(cell_site(""));
    assert_null(cell_site("https://rada.example"));
    assert_string_equal(cell_site("rada.example"), "bad-site");
    assert_string_equal(cell_site("javascript:alert(1)"), "bad-site");
    assert_string_equal(cell_site("https://rada.example/ a"), "bad-site");
}

static void takes_places_on_the_earth(void **state)
{
    (void)state;
    assert_null(cell_latitude("48.3836"));
    assert_null(cell_longitude("-179.99"));
    assert_null(cell_latitude(""));
    assert_string_equal(cell_latitude("90.1"), "bad-degrees");
    assert_string_equal(cell_latitude("48,3836"), "bad-degrees");
    assert_string_equal(cell_latitude("0x30"), "bad-degrees");
    assert_string_equal(cell_latitude("nan"), "bad-degrees");
    assert_string_equal(cell_latitude("1e1"), "bad-degrees");
}

static void refuses_names_nobody_could_press(void **state)
{
    (void)state;
    assert_null(cell_name("ЦНАП"));
    assert_string_equal(cell_name("два\nрядки"), "bad-name");
}

static void measures_the_way_between_two_places(void **state)
{
    (void)state;
    struct place kryzhopil, kyiv;
    assert_true(place_read("48.383600,28.864700", &kryzhopil));
    assert_true(place_read("50.450100,30.523400", &kyiv));
    double metres = place_metres(kryzhopil, kyiv);
    assert_true(metres > 255000 && metres < 262000);
    assert_true(place_metres(kyiv, kyiv) < 0.001);
    assert_false(place_read("48.3836", &kyiv));
    assert_false(place_read("48.3836;28.8", &kyiv));
    assert_false(place_read(",", &kyiv));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(takes_phones_as_people_write_them),
        cmocka_unit_test(takes_only_web_addresses),
        cmocka_unit_test(takes_places_on_the_earth),
        cmocka_unit_test(refuses_names_nobody_could_press),
        cmocka_unit_test(measures_the_way_between_two_places),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
