/* SPDX-License-Identifier: MPL-2.0 */
#include "town/join.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "base/clock.h"
#include "store/migrate.h"

static struct db *db;
static struct arena *arena;
static struct citizen olena;

static int open_db(void **state)
{
    (void)state;
    struct fail fail;
    arena = arena_new();
    db = db_open_memory();
    clock_set(1795593600000);
    bool ok = migrate(db, "viche.citizen", citizen_migrations, citizen_migration_count, &fail) &&
              migrate(db, "viche.join", join_migrations, join_migration_count, &fail);
    db_begin(db);
    olena = citizen_at(db, arena, "telegram", "42", "uk");
    return ok ? 0 : -1;
}

static int close_db(void **state)
{
    (void)state;
    db_rollback(db);
    db_close(db);
    arena_free(arena);
    return 0;
}

static void a_code_is_found_however_it_is_typed(void **state)
{
    (void)state;
    const char *code = join_make(db, arena, &olena, false);
    assert_int_equal(strlen(code), JOIN_NOW_LETTERS + 1);
    struct citizen shown = join_find(db, arena, code);
    assert_int_equal(shown.id, olena.id);
    assert_string_equal(shown.channel, "telegram");
    char typed[64] = "  ";
    for (const char *at = code; *at; at++) {
        static const char *const cyrillic[] = {"A", "а", "C", "с", "E", "Е", "H", "н", "K", "К", "M", "м", "P", "р", "T", "т", "X", "х"};
        char one[8] = {*at >= 'A' ? (char)(*at + 32) : *at, '\0'};
        for (size_t i = 0; i < sizeof cyrillic / sizeof *cyrillic; i += 2)
            if (*cyrillic[i] == *at)
                memcpy(one, cyrillic[i + 1], strlen(cyrillic[i + 1]) + 1);
        strncat(typed, one, sizeof typed - strlen(typed) - 1);
        strncat(typed, " ", sizeof typed - strlen(typed) - 1);
    }
    assert_int_equal(join_find(db, arena, typed).id, olena.id);
}

static void a_code_is_used_once(void **state)
{
    (void)state;
    const char *code = join_make(db, arena, &olena, false);
    join_use(db, arena, code);
    assert_int_equal(join_find(db, arena, code).id, 0);
}

static void a_new_code_makes_the_one_before_void(void **state)
{
    (void)state;
    const char *first = join_make(db, arena, &olena, false);
    const char *second = join_make(db, arena, &olena, false);
    assert_int_equal(join_find(db, arena, first).id, 0);
    assert_int_equal(join_find(db, arena, second).id, olena.id);
}

static void a_code_lives_ten_minutes_and_one_put_away_a_year(void **state)
{
    (void)state;
    const char *now = join_make(db, arena, &olena, false), *later = join_make(db, arena, &olena, true);
    assert_int_equal(strlen(later), JOIN_LATER_LETTERS + 2);
    clock_set(clock_now_ms() + 599 * 1000);
    assert_int_equal(join_find(db, arena, now).id, olena.id);
    clock_set(clock_now_ms() + 2 * 1000);
    assert_int_equal(join_find(db, arena, now).id, 0);
    clock_set(clock_now_ms() + 364LL * 24 * 3600 * 1000);
    assert_int_equal(join_find(db, arena, later).id, olena.id);
    clock_set(clock_now_ms() + 24LL * 3600 * 1000);
    assert_int_equal(join_find(db, arena, later).id, 0);
}

static void five_wrong_codes_make_a_pause_at_that_address_alone(void **state)
{
    (void)state;
    for (int i = 0; i < JOIN_TRIES; i++) {
        assert_int_equal(join_pause(db, "web", "7"), 0);
        join_wrong(db, "web", "7");
    }
    assert_int_equal(join_pause(db, "web", "7"), clock_now() + JOIN_TRIES_S);
    assert_int_equal(join_pause(db, "web", "8"), 0);
    clock_set(clock_now_ms() + JOIN_TRIES_S * 1000);
    assert_int_equal(join_pause(db, "web", "7"), 0);
}

static void words_that_are_no_code_find_nobody(void **state)
{
    (void)state;
    join_make(db, arena, &olena, false);
    assert_int_equal(join_find(db, arena, "").id, 0);
    assert_int_equal(join_find(db, arena, "' OR 1=1 --").id, 0);
    assert_int_equal(join_find(db, arena, "\xF0\x9F\x98\x80").id, 0);
}

static void a_parted_address_is_a_strangers(void **state)
{
    (void)state;
    struct citizen web = citizen_at(db, arena, "web", "7", "en");
    citizen_move(db, web.id, olena.id);
    assert_int_equal(citizen_at(db, arena, "web", "7", "en").id, olena.id);
    assert_false(citizen_exists(db, web.id));
    citizen_part(db, "web", "7");
    struct citizen parted = citizen_at(db, arena, "web", "7", "en");
    assert_int_not_equal(parted.id, olena.id);
    assert_int_not_equal(parted.id, web.id);
    assert_string_equal(parted.language, "uk"); /* what it was spoken to in last */
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, open_db, close_db)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_code_is_found_however_it_is_typed),
        TEST(a_code_is_used_once),
        TEST(a_new_code_makes_the_one_before_void),
        TEST(a_code_lives_ten_minutes_and_one_put_away_a_year),
        TEST(five_wrong_codes_make_a_pause_at_that_address_alone),
        TEST(words_that_are_no_code_find_nobody),
        TEST(a_parted_address_is_a_strangers),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
