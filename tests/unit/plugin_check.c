/* SPDX-License-Identifier: MPL-2.0 */
#include "plugin/plugin.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"

#include <cmocka.h> /* last: its fail() is a macro */

static viche_next run(struct viche_turn *t) { return viche_done(t); }
static void work(struct viche_turn *t) { (void)t; }
static void run_planned(struct viche_turn *t, int64_t at)
{
    (void)t;
    (void)at;
}

/* A plugin with one dialog of these steps; texts are those of hello: title, ask-name, greeting. */
#define DIALOG(...)                                                                                                    \
    { .id = "hello", .opens = "/hello", .title = "title", .steps = VICHE_LIST(struct viche_step, __VA_ARGS__) }
#define BASE .size = sizeof(struct viche_plugin), .id = "ua.viche.hello", .name = "Hello", .version = "1"

static bool check(const struct viche_plugin *decl, const char *languages, struct fail *fail)
{
    struct plugin *plugin = plugin_builtin(decl, SOURCE_DIR "/plugins/features/hello/texts", fail);
    bool ok = plugin && plugin_check(plugin, languages, fail);
    plugin_free(plugin);
    return ok;
}

static void refuses(const struct viche_plugin *decl, const char *because)
{
    struct fail fail = {0};
    if (check(decl, "uk en", &fail) || !strstr(fail.words, because))
        fail_msg("wanted «%s», got «%s»", because, fail.words);
}

static void refuses_steps(struct viche_list steps, const char *because)
{
    const struct viche_dialog dialog = {.id = "hello", .steps = steps};
    const struct viche_plugin decl = {BASE, .dialogs = {sizeof dialog, 1, &dialog}};
    refuses(&decl, because);
}

#define STEPS(...) ((struct viche_list)VICHE_LIST(struct viche_step, __VA_ARGS__))

static void accepts_a_form_and_its_ending(void **state)
{
    (void)state;
    const struct viche_plugin decl = {
        BASE,
        .dialogs =
            VICHE_LIST(struct viche_dialog,
                       DIALOG({.name = "name", .kind = VICHE_TEXT, .ask = "ask-name", .save = "name", .next = "end"},
                              {.name = "end", .ask = "greeting"})),
    };
    struct fail fail = {0};
    if (!check(&decl, "uk en", &fail))
        fail_msg("%s", fail.words);
}

static void refuses_a_broken_graph(void **state)
{
    (void)state;
    refuses_steps(STEPS({.name = "a", .kind = VICHE_TEXT, .ask = "title", .next = "b"}),
                  "its next step \"b\" does not exist");
    refuses_steps(STEPS({.name = "a", .kind = VICHE_TEXT, .ask = "title"}), "is a dead end");
    refuses_steps(STEPS({.name = "a", .kind = VICHE_TEXT, .next = "a"}), "asks nothing");
    refuses_steps(STEPS({.name = "a"}), "does nothing");
    refuses_steps(STEPS({.name = "a", .ask = "title"}, {.name = "b", .ask = "title"}), "step \"b\": cannot be reached");
    refuses_steps(STEPS({.name = "a", .ask = "title", .next = "b"}, {.name = "b", .ask = "title", .next = "a"}),
                  "leads back to itself");
    refuses_steps(STEPS({.name = "a", .enter = run}, {.name = "a", .enter = run}), "another step has this name");
    refuses_steps(STEPS({.name = "a", .enter = run}, {.name = "b", .formerly = "a", .enter = run}), "or had it");
    refuses_steps(STEPS({.name = "Крок", .enter = run}), "step 1 is named");
    refuses_steps((struct viche_list){0}, "has no step");
}

static void code_may_go_anywhere(void **state)
{
    (void)state;
    const struct viche_plugin decl = {
        BASE,
        .dialogs = VICHE_LIST(struct viche_dialog, DIALOG({.name = "a", .enter = run}, {.name = "b", .enter = run})),
    };
    assert_true(check(&decl, "uk", NULL));
}

static void refuses_choices(struct viche_choice one, struct viche_choice other, const char *because)
{
    const struct viche_choice choices[] = {one, other};
    const struct viche_step step = {
        .name = "a", .kind = VICHE_CHOICE, .ask = "title", .next = "a", .choices = {sizeof *choices, 2, choices},
    };
    refuses_steps((struct viche_list){sizeof step, 1, &step}, because);
}

static void refuses_choices_nobody_could_make(void **state)
{
    (void)state;
    refuses_steps(STEPS({.name = "a", .kind = VICHE_CHOICE, .ask = "title", .answer = NULL, .next = "a"}),
                  "nothing to choose from");
    static const char too_long[] = "0123456789012345678901234567890123456789012345678901234567890123x";
    refuses_choices((struct viche_choice){too_long, "title"}, (struct viche_choice){"y", "title"}, "1 to 64 bytes");
    refuses_choices((struct viche_choice){"x", "title"}, (struct viche_choice){"x", "title"}, "same value");
    refuses_choices((struct viche_choice){"x", "title"}, (struct viche_choice){"y", "elsewhere"},
                    "lacks the key \"elsewhere\"");
    refuses_steps(STEPS({.name = "a", .kind = 99, .ask = "title", .next = "a"}), "a kind this host does not know");
}

static void names_the_text_that_is_missing(void **state)
{
    (void)state;
    const struct viche_plugin decl = {
        BASE,
        .dialogs = VICHE_LIST(struct viche_dialog, DIALOG({.name = "a", .ask = "absent"})),
    };
    refuses(&decl, "texts/uk.json lacks the key \"absent\", the question of dialog \"hello\", step \"a\"");
    struct fail fail = {0};
    const struct viche_plugin silent = {BASE, .start = work};
    assert_false(check(&silent, "uk hu", &fail));
    assert_non_null(strstr(fail.words, "hu.json is missing"));
}

static void commands_are_well_formed_and_unique(void **state)
{
    (void)state;
    const struct viche_step step = {.name = "a", .enter = run};
    struct viche_dialog dialogs[] = {{.id = "a", .opens = "/a /b", .steps = {sizeof step, 1, &step}},
                                     {.id = "b", .opens = "/b", .steps = {sizeof step, 1, &step}}};
    const struct viche_plugin decl = {BASE, .dialogs = {sizeof *dialogs, 2, dialogs}};
    refuses(&decl, "opens with /b, and so does another");
    dialogs[1].opens = "b";
    refuses(&decl, "opens with \"b\"");
    dialogs[1].opens = "/Б";
    refuses(&decl, "a command is '/'");
    dialogs[1] = dialogs[0];
    refuses(&decl, "two dialogs have the id");
}

static void tables_demand_export_and_erase(void **state)
{
    (void)state;
    struct viche_plugin decl = {BASE, .migrations = VICHE_LIST(const char *, "CREATE TABLE hello(a)")};
    decl.export_citizen = work;
    refuses(&decl, "it must have erase_citizen");
    decl.erase_citizen = work;
    assert_true(check(&decl, "uk", NULL));
}

static void ids_are_well_formed(void **state)
{
    (void)state;
    struct viche_plugin decl = {BASE};
    assert_true(check(&decl, "uk", NULL));
    decl.id = "hello";
    refuses(&decl, "is not like \"ua.example.parking\"");
    decl.id = "ua.viche.My_Plugin";
    refuses(&decl, "is not like");
    decl.id = "ua.viche.a-b";
    refuses(&decl, "names its tables");
    decl.id = "ua.viche.";
    refuses(&decl, "names its tables");
    decl.id = "ua.viche.hello";
    decl.version = NULL;
    refuses(&decl, ".version");
}

static void schedules_name_a_time(void **state)
{
    (void)state;
    struct viche_schedule schedule = {.name = "daily", .at = "08:00", .run = run_planned};
    const struct viche_plugin decl = {BASE, .schedules = {sizeof schedule, 1, &schedule}};
    assert_true(check(&decl, "uk", NULL));
    static const char *const wrong[] = {"8:00", "24:00", "mon", "mon 08:60", "08:00 ", "day 08:00", "-1:00"};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        schedule.at = wrong[i];
        refuses(&decl, "is no time");
    }
    schedule.every_s = 60;
    refuses(&decl, "not both");
    int weekday = 0, minute = 0;
    assert_true(plugin_at("sun 23:59", &weekday, &minute));
    assert_int_equal(weekday, 7);
    assert_int_equal(minute, 23 * 60 + 59);
}

static void options_are_explained(void **state)
{
    (void)state;
    struct viche_option option = {.name = "limit", .kind = VICHE_OPTION_NUMBER, .fallback = "5"};
    const struct viche_plugin decl = {BASE, .options = {sizeof option, 1, &option}};
    refuses(&decl, "option \"limit\" has no help");
    option.help = "How many.";
    assert_true(check(&decl, "uk", NULL));
    option.fallback = "many";
    refuses(&decl, "the fallback of option \"limit\": 'many' is no whole number");
    option.flags = VICHE_SECRET;
    refuses(&decl, "is a secret and has a fallback");
    option.kind = VICHE_OPTION_CHOICE;
    refuses(&decl, "has no .choices");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(accepts_a_form_and_its_ending),
        cmocka_unit_test(refuses_a_broken_graph),
        cmocka_unit_test(code_may_go_anywhere),
        cmocka_unit_test(refuses_choices_nobody_could_make),
        cmocka_unit_test(names_the_text_that_is_missing),
        cmocka_unit_test(commands_are_well_formed_and_unique),
        cmocka_unit_test(tables_demand_export_and_erase),
        cmocka_unit_test(ids_are_well_formed),
        cmocka_unit_test(schedules_name_a_time),
        cmocka_unit_test(options_are_explained),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
