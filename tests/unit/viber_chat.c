/* SPDX-License-Identifier: MPL-2.0 */
#include "viber_fake.h"

static struct viche_pace pace(struct fake *f)
{
    struct viche_pace out = {.size = sizeof out};
    viber_chat_pace(&f->turn, "user=", &out);
    return out;
}

static void a_message_costs_outside_the_session_only(void **state)
{
    struct fake *f = *state;
    assert_int_equal(pace(f).price, 45);
    viber_chat_heard(&f->turn, "user=", f->now - 10);
    assert_int_equal(pace(f).price, 0);
    f->now += VIBER_DAY_S - 11;
    assert_int_equal(pace(f).price, 0);
    f->now += 1;
    assert_int_equal(pace(f).price, 45);
    viber_chat_heard(&f->turn, "user=", FAKE_NOW - 100); /* an old callback, repeated */
    assert_int_equal(pace(f).price, 45);
}

static void after_a_hundred_unanswered_the_rest_of_the_hour_is_silence(void **state)
{
    struct fake *f = *state;
    for (int i = 0; i < 99; i++) {
        assert_int_equal(pace(f).gap_ms, 0);
        viber_chat_told(&f->turn, "user=");
    }
    f->now += 600;
    assert_int_equal(pace(f).gap_ms, 3000 * 1000); /* the hundredth goes; the next waits */
    viber_chat_told(&f->turn, "user=");
    assert_true(pace(f).gap_ms > 0);
    viber_chat_heard(&f->turn, "user=", f->now);
    assert_int_equal(pace(f).gap_ms, 0);
}

static void an_hour_later_counting_begins_anew(void **state)
{
    struct fake *f = *state;
    for (int i = 0; i < 100; i++)
        viber_chat_told(&f->turn, "user=");
    assert_true(pace(f).gap_ms > 0);
    f->now += VIBER_HOUR_S;
    assert_int_equal(pace(f).gap_ms, 0);
    viber_chat_told(&f->turn, "user=");
    assert_int_equal(pace(f).gap_ms, 0);
}

static int rows(struct fake *f)
{
    struct viche_rows *count = viche_sql(&f->turn, "SELECT COUNT(*) FROM viber_chat");
    assert_true(viche_row(&f->turn, count));
    return (int)viche_row_integer(&f->turn, count, 0);
}

static void nothing_is_kept_beyond_its_use(void **state)
{
    struct fake *f = *state;
    viber_chat_heard(&f->turn, "user=", f->now);
    viber_chat_tidy(&f->turn, f->now);
    assert_int_equal(rows(f), 1);
    viber_chat_tidy(&f->turn, f->now + VIBER_DAY_S + 1);
    assert_int_equal(rows(f), 0);
}

static void a_citizen_sees_and_erases_what_is_counted(void **state)
{
    struct fake *f = *state;
    viber_chat_heard(&f->turn, "user=", f->now);
    viber_chat_heard(&f->turn, "other=", f->now);
    viber_chat_export(&f->turn);
    assert_int_equal(f->emit_count, 2);
    viber_chat_erase(&f->turn);
    assert_int_equal(rows(f), 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        PROMISE(a_message_costs_outside_the_session_only),
        PROMISE(after_a_hundred_unanswered_the_rest_of_the_hour_is_silence),
        PROMISE(an_hour_later_counting_begins_anew),
        PROMISE(nothing_is_kept_beyond_its_use),
        PROMISE(a_citizen_sees_and_erases_what_is_counted),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
