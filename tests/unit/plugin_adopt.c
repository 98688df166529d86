/* SPDX-License-Identifier: MPL-2.0
 * Plugins of other vintages, emulated by structs that are shorter or longer than today's. */
#include "plugin/plugin.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h> /* last: its fail() is a macro */

struct step_of_tomorrow {
    struct viche_step today;
    const char *mood;
    uint64_t weight;
};

struct plugin_of_tomorrow {
    struct viche_plugin today;
    const char *colour;
};

static struct arena *arena;

static int set_up(void **state)
{
    (void)state;
    arena = arena_new();
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    arena_free(arena);
    return 0;
}

static const struct viche_step *first_step(const struct viche_plugin *decl)
{
    return PLUGIN_ITEMS(struct viche_step, PLUGIN_ITEMS(struct viche_dialog, decl->dialogs)[0].steps);
}

static void what_an_older_plugin_did_not_know_is_zero(void **state)
{
    (void)state;
    /* An author whose viche_choice ended after `value`, and whose viche_plugin ended before `datasets`. */
    static const char *const values[] = {"yes", "no"};
    const struct viche_step step = {.name = "a", .choices = {sizeof *values, 2, values}};
    const struct viche_dialog dialog = {.id = "d", .steps = {sizeof step, 1, &step}};
    const struct viche_dataset beyond = {.name = "not there yet"};
    const struct viche_plugin old = {.size = offsetof(struct viche_plugin, datasets),
                                     .id = "a.b",
                                     .dialogs = {sizeof dialog, 1, &dialog},
                                     .datasets = {sizeof beyond, 1, &beyond}};
    const struct viche_plugin *mine = plugin_adopt(arena, &old, NULL);
    assert_non_null(mine);
    assert_int_equal(mine->size, sizeof *mine);
    assert_int_equal(mine->datasets.count, 0);
    const struct viche_choice *choices = PLUGIN_ITEMS(struct viche_choice, first_step(mine)->choices);
    assert_int_equal(first_step(mine)->choices.stride, sizeof(struct viche_choice));
    assert_string_equal(choices[1].value, "no");
    assert_null(choices[1].label);
}

static void a_newer_plugin_that_uses_nothing_new_is_taken(void **state)
{
    (void)state;
    const struct step_of_tomorrow steps[] = {{.today = {.name = "a"}}, {.today = {.name = "b"}}};
    const struct viche_dialog dialog = {.id = "d", .steps = {sizeof *steps, 2, steps}};
    const struct plugin_of_tomorrow next = {
        .today = {.size = sizeof next, .built = 7, .id = "a.b", .dialogs = {sizeof dialog, 1, &dialog}},
    };
    const struct viche_plugin *mine = plugin_adopt(arena, &next.today, NULL);
    assert_non_null(mine);
    assert_string_equal(first_step(mine)[1].name, "b");
}

static void a_newer_plugin_that_wants_more_is_refused_with_both_versions(void **state)
{
    (void)state;
    struct fail fail = {0};
    const struct plugin_of_tomorrow next = {.today = {.size = sizeof next, .built = 7, .id = "a.b"}, .colour = "blue"};
    assert_null(plugin_adopt(arena, &next.today, &fail));
    assert_non_null(strstr(fail.words, "a.b is built for viche ABI 0.7"));
    assert_non_null(strstr(fail.words, "viche_plugin"));
    assert_non_null(strstr(fail.words, "speaks 0.1; upgrade the host"));

    const struct step_of_tomorrow step = {.today = {.name = "a"}, .weight = 1};
    const struct viche_dialog dialog = {.id = "d", .steps = {sizeof step, 1, &step}};
    const struct viche_plugin deep = {.size = sizeof deep, .id = "a.b", .dialogs = {sizeof dialog, 1, &dialog}};
    assert_null(plugin_adopt(arena, &deep, &fail));
    assert_non_null(strstr(fail.words, "viche_step"));
}

static void a_plugin_says_which_host_it_needs(void **state)
{
    (void)state;
    struct fail fail = {0};
    const struct viche_plugin decl = {.size = sizeof decl, .target = VICHE_ABI_MINOR + 1, .id = "a.b"};
    assert_null(plugin_adopt(arena, &decl, &fail));
    assert_non_null(strstr(fail.words, "a.b needs viche ABI 0.2, this host speaks 0.1; upgrade the host"));
}

static void nonsense_is_refused(void **state)
{
    (void)state;
    struct fail fail = {0};
    const struct viche_plugin empty = {.size = 0};
    assert_null(plugin_adopt(arena, &empty, &fail));
    assert_non_null(strstr(fail.words, "VICHE_HEAD"));
    const struct viche_plugin nameless = {.size = sizeof nameless};
    assert_null(plugin_adopt(arena, &nameless, &fail));
    assert_non_null(strstr(fail.words, ".id is missing"));
    const struct viche_plugin hollow = {.size = sizeof hollow, .id = "a.b", .options = {.stride = 64, .count = 3}};
    assert_null(plugin_adopt(arena, &hollow, &fail));
    assert_non_null(strstr(fail.words, "VICHE_LIST"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_an_older_plugin_did_not_know_is_zero),
        cmocka_unit_test(a_newer_plugin_that_uses_nothing_new_is_taken),
        cmocka_unit_test(a_newer_plugin_that_wants_more_is_refused_with_both_versions),
        cmocka_unit_test(a_plugin_says_which_host_it_needs),
        cmocka_unit_test(nonsense_is_refused),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
