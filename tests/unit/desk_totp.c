/* SPDX-License-Identifier: MPL-2.0 */
#include "services/desk/desk_totp.c"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

/* RFC 6238, appendix B, SHA-1; the last six of its eight digits. */
static const char *const SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";

bool secret_same(const char *a, const char *b) { return strcmp(a, b) == 0; }
const char *secret_short(struct viche_turn *t) { return (void)t, ""; }

static void codes_of_the_rfc_fit(void **state)
{
    (void)state;
    static const struct {
        int64_t at;
        const char *code;
    } all[] = {{59, "287082"}, {1111111109, "081804"}, {1111111111, "050471"}, {1234567890, "005924"}, {2000000000, "279037"}};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        assert_int_equal(totp_step(SECRET, all[i].at, 0, all[i].code), all[i].at / 30);
}

static void one_step_before_and_after_and_no_more(void **state)
{
    (void)state;
    int64_t at = 1234567890, step = at / 30;
    assert_int_equal(totp_step(SECRET, at + 30, 0, "005924"), step);
    assert_int_equal(totp_step(SECRET, at - 30, 0, "005924"), step);
    assert_int_equal(totp_step(SECRET, at + 60, 0, "005924"), 0);
    assert_int_equal(totp_step(SECRET, at - 60, 0, "005924"), 0);
}

static void a_used_code_never_fits_again(void **state)
{
    (void)state;
    int64_t at = 1234567890, step = at / 30;
    assert_int_equal(totp_step(SECRET, at, step - 1, "005924"), step);
    assert_int_equal(totp_step(SECRET, at, step, "005924"), 0);
    assert_int_equal(totp_step(SECRET, at, step + 1, "005924"), 0);
}

static void what_is_no_code_does_not_fit(void **state)
{
    (void)state;
    static const char *const wrong[] = {"", "00592", "0059240", "00592a", "      ", "005925"};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        assert_int_equal(totp_step(SECRET, 1234567890, 0, wrong[i]), 0);
    assert_int_equal(totp_step("not base32!", 1234567890, 0, "005924"), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(codes_of_the_rfc_fit), cmocka_unit_test(one_step_before_and_after_and_no_more),
                                       cmocka_unit_test(a_used_code_never_fits_again), cmocka_unit_test(what_is_no_code_does_not_fit)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
