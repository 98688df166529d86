/* SPDX-License-Identifier: MPL-2.0 */
#include "plugin/plugin.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h> /* last: its fail() is a macro */

static const int table = 1;
static const struct viche_offer cases_offer[] = {{"ua.viche.cases/1", &table}};
static const struct viche_offer desk_offer[] = {{"ua.viche.desk/1", &table}};

static struct plugin make(const char *name, const struct viche_plugin *decl)
{
    return (struct plugin){.name = name, .decl = decl};
}

static void who_offers_starts_first_and_the_rest_keep_their_order(void **state)
{
    (void)state;
    const struct viche_plugin decls[] = {
        {.needs = "ua.viche.cases/1"},
        {.likes = "ua.viche.gone/1"},
        {.likes = "ua.viche.desk/1", .offers = {sizeof *cases_offer, 1, cases_offer}},
        {.offers = {sizeof *desk_offer, 1, desk_offer}},
    };
    struct plugin appeals = make("appeals", &decls[0]), hello = make("hello", &decls[1]),
                  cases = make("cases", &decls[2]), desk = make("desk", &decls[3]);
    struct plugin *plugins[] = {&appeals, &hello, &cases, &desk};
    assert_true(plugin_order(plugins, 4, NULL));
    struct plugin *const wanted[] = {&desk, &cases, &appeals, &hello};
    assert_memory_equal(plugins, wanted, sizeof wanted);
}

static void a_missing_service_is_named(void **state)
{
    (void)state;
    const struct viche_plugin decl = {.needs = "ua.viche.cases/1"};
    struct plugin appeals = make("appeals", &decl);
    struct plugin *plugins[] = {&appeals};
    struct fail fail = {0};
    assert_false(plugin_order(plugins, 1, &fail));
    assert_non_null(strstr(fail.words, "appeals needs the service ua.viche.cases/1"));
}

static void a_circle_is_named(void **state)
{
    (void)state;
    const struct viche_plugin decls[] = {{.needs = "ua.viche.desk/1", .offers = {sizeof *cases_offer, 1, cases_offer}},
                                         {.needs = "ua.viche.cases/1", .offers = {sizeof *desk_offer, 1, desk_offer}}};
    struct plugin cases = make("cases", &decls[0]), desk = make("desk", &decls[1]);
    struct plugin *plugins[] = {&cases, &desk};
    struct fail fail = {0};
    assert_false(plugin_order(plugins, 2, &fail));
    assert_non_null(strstr(fail.words, "cases → desk → cases"));
}

static void who_needs_its_own_service_has_it(void **state)
{
    (void)state;
    const struct viche_plugin decl = {.needs = "ua.viche.desk/1", .offers = {sizeof *desk_offer, 1, desk_offer}};
    struct plugin desk = make("desk", &decl);
    struct plugin *plugins[] = {&desk};
    assert_true(plugin_order(plugins, 1, NULL));
}

static void one_service_has_one_provider(void **state)
{
    (void)state;
    const struct viche_plugin decl = {.offers = {sizeof *desk_offer, 1, desk_offer}};
    struct plugin desk = make("desk", &decl), office = make("office", &decl);
    struct plugin *plugins[] = {&desk, &office};
    struct fail fail = {0};
    assert_false(plugin_order(plugins, 2, &fail));
    assert_non_null(strstr(fail.words, "desk and office both offer the service ua.viche.desk/1"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(who_offers_starts_first_and_the_rest_keep_their_order),
        cmocka_unit_test(a_missing_service_is_named),
        cmocka_unit_test(a_circle_is_named),
        cmocka_unit_test(who_needs_its_own_service_has_it),
        cmocka_unit_test(one_service_has_one_provider),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
