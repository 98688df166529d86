/* SPDX-License-Identifier: MPL-2.0 */
#include "gateway/map.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

enum { MANY = 5000 };

static char values[MANY];

static const char *key(int i, char out[16])
{
    snprintf(out, 16, "key-%d", i);
    return out;
}

static void keeps_what_is_put_and_loses_what_is_taken(void **state)
{
    (void)state;
    struct map map = {0};
    char text[16];
    assert_null(map_get(&map, "nothing"));
    assert_null(map_take(&map, "nothing"));
    for (int i = 0; i < MANY; i++)
        map_put(&map, key(i, text), &values[i]);
    assert_int_equal(map.count, MANY);
    for (int i = 0; i < MANY; i += 2)
        assert_ptr_equal(map_take(&map, key(i, text)), &values[i]);
    for (int i = 0; i < MANY; i++)
        assert_ptr_equal(map_get(&map, key(i, text)), i % 2 ? &values[i] : NULL);
    assert_int_equal(map.count, MANY / 2);
    map_free(&map);
}

static void putting_again_replaces(void **state)
{
    (void)state;
    struct map map = {0};
    map_put(&map, "a", &values[0]);
    map_put(&map, "a", &values[1]);
    assert_int_equal(map.count, 1);
    assert_ptr_equal(map_get(&map, "a"), &values[1]);
    map_free(&map);
}

static bool keep_odd(void *context, const char *name, void *value)
{
    (void)name;
    int *seen = context;
    (*seen)++;
    return ((char *)value - values) % 2;
}

static void each_sees_all_once_and_drops_what_it_is_told_to(void **state)
{
    (void)state;
    struct map map = {0};
    char text[16];
    int seen = 0;
    for (int i = 0; i < 100; i++)
        map_put(&map, key(i, text), &values[i]);
    map_each(&map, keep_odd, &seen);
    assert_int_equal(seen, 100);
    assert_int_equal(map.count, 50);
    assert_null(map_get(&map, key(2, text)));
    map_free(&map);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(keeps_what_is_put_and_loses_what_is_taken),
        cmocka_unit_test(putting_again_replaces),
        cmocka_unit_test(each_sees_all_once_and_drops_what_it_is_told_to),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
