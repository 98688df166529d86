/* SPDX-License-Identifier: MPL-2.0 */
#include "town/anchor.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

static const char seed[] = "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f";
static const char key[] = "03a107bff3ce10be1d70dd18e74bc09967e4d6309ba50d5f1ddc8664125531b8";

static const struct anchor plain = {.town = "kryzhopil", .head = {.rows = 120, .at = 1795593600, .head = {1, 2, 3}}};

static void a_signed_anchor_comes_back_from_a_line_of_the_log(void **state)
{
    (void)state;
    struct anchor anchor = plain, back;
    struct buf line = {0};
    anchor_sign(&anchor, seed);
    buf_text(&line, "Nov 25 10:00:01 host viched[1]: gateway note audit anchor ");
    anchor_write(&anchor, &line);
    buf_text(&line, "\n");
    assert_true(anchor_read(buf_str(&line), &back));
    assert_memory_equal(&back.head, &anchor.head, sizeof back.head);
    assert_true(anchor_is_signed(&back, key));
    back.head.rows--;
    assert_false(anchor_is_signed(&back, key));
    buf_free(&line);
}

static void without_a_key_it_is_not_signed(void **state)
{
    (void)state;
    struct anchor anchor = plain, back;
    struct buf line = {0};
    anchor_sign(&anchor, NULL);
    anchor_write(&anchor, &line);
    assert_null(strstr(buf_str(&line), "signature"));
    assert_true(anchor_read(buf_str(&line), &back));
    assert_false(anchor_is_signed(&back, key));
    buf_free(&line);
}

static void what_is_no_anchor_is_refused(void **state)
{
    (void)state;
    struct anchor anchor;
    assert_false(anchor_read("", &anchor));
    assert_false(anchor_read("gateway note audit anchor town=x rows=one at=1 head=00", &anchor));
    assert_false(anchor_read("town=kryzhopil rows=1 at=1 head=0011", &anchor));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_signed_anchor_comes_back_from_a_line_of_the_log),
        cmocka_unit_test(without_a_key_it_is_not_signed),
        cmocka_unit_test(what_is_no_anchor_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
