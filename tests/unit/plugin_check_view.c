/* SPDX-License-Identifier: MPL-2.0
 * What a plugin shows to officials is looked at when it is loaded, whoever compiled it, and when. */
#include "plugin/plugin.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h> /* last: its fail() is a macro */

static void list(struct viche_turn *t, const struct viche_query *query, struct viche_sheet *sheet) { (void)t, (void)query, (void)sheet; }

static void show(struct viche_turn *t, const struct viche_clerk *clerk, const char *id, struct viche_sheet *sheet)
{
    (void)t, (void)clerk, (void)id, (void)sheet;
}

/* Texts are those of hello: title, ask-name, greeting. */
static const struct viche_choice one[] = {{"a", "title"}};
static const struct viche_field field = {.name = "state", .label = "title", .kind = VICHE_FIELD_CHOICE, .choices = {sizeof *one, 1, one}};
static const struct viche_view sound = {
    .id = "things", .title = "title", .see = "clerk", .list = list, .fields = {sizeof field, 1, &field}};

static bool check(struct viche_list views, struct fail *fail)
{
    const struct viche_plugin decl = {
        .size = sizeof decl, .id = "ua.viche.hello", .name = "Hello", .version = "1", .views = views};
    struct plugin *plugin = plugin_builtin(&decl, SOURCE_DIR "/plugins/features/hello/texts", fail);
    bool ok = plugin && plugin_check(plugin, "uk en", fail);
    plugin_free(plugin);
    return ok;
}

static void refuses(struct viche_view view, const char *because)
{
    struct fail fail = {0};
    if (check((struct viche_list){sizeof view, 1, &view}, &fail) || !strstr(fail.words, because))
        fail_msg("wanted «%s», got «%s»", because, fail.words);
}

static void a_view_that_nobody_may_see_or_that_shows_nothing_is_refused(void **state)
{
    (void)state;
    struct fail fail = {0};
    if (!check((struct viche_list){sizeof sound, 1, &sound}, &fail))
        fail_msg("%s", fail.words);
    struct viche_view view = sound;
    view.see = "";
    refuses(view, "must say which roles see it");
    view = sound;
    view.id = "Речі";
    refuses(view, "view 1 has the id");
    view = sound;
    view.list = NULL;
    refuses(view, "there would be nothing to look at");
    view = sound;
    view.show = show;
    refuses(view, "denied by default");
    const struct viche_view twice[] = {sound, sound};
    assert_false(check((struct viche_list){sizeof sound, 2, twice}, &fail));
    assert_non_null(strstr(fail.words, "two views have the id \"things\""));
}

static void every_word_of_a_view_is_there_in_every_language(void **state)
{
    (void)state;
    struct viche_view view = sound;
    view.title = "nowhere";
    refuses(view, "lacks the key \"nowhere\" of view \"things\"");
    struct viche_field other = field;
    other.help = "nowhere";
    view = sound;
    view.fields.items = &other;
    refuses(view, "lacks the key \"nowhere\"");
    const struct viche_choice wordless[] = {{"a", "nowhere"}};
    other = field;
    other.choices.items = wordless;
    refuses(view, "lacks the key \"nowhere\"");
    other = field;
    other.name = "Стан";
    refuses(view, "is not named well");
    other = field;
    other.choices.count = 0;
    refuses(view, "has no .choices");
}

/* As its author compiled them: a field that is shorter than ours, and one that is longer. */
struct field_of_tomorrow {
    struct viche_field today;
    const char *more;
};

static void views_of_another_vintage_are_taken_over(void **state)
{
    (void)state;
    struct fail fail = {0};
    struct field_of_tomorrow fields[] = {{field, NULL}, {field, NULL}};
    fields[1].today.name = "other";
    struct viche_view view = sound;
    view.fields = (struct viche_list){sizeof *fields, 2, fields};
    if (!check((struct viche_list){sizeof view, 1, &view}, &fail))
        fail_msg("%s", fail.words);
    fields[1].more = "a wish";
    refuses(view, "uses more of viche_field than this host knows");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_view_that_nobody_may_see_or_that_shows_nothing_is_refused),
        cmocka_unit_test(every_word_of_a_view_is_there_in_every_language),
        cmocka_unit_test(views_of_another_vintage_are_taken_over),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
