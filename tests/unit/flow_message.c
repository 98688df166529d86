/* SPDX-License-Identifier: MPL-2.0 */
#include "flow/message.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include "base/text.h"

#include <cmocka.h>

static void what_is_stored_reads_back(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    struct draft draft = {.text = "Що \"далі\"?\nРядок", .place_label = "Рада", .latitude = 48.5, .longitude = 28.25};
    draft_button(&draft, arena, VICHE_BUTTON_ANSWER, "Так", "yes", false);
    draft_button(&draft, arena, VICHE_BUTTON_LINK, "Сайт", "https://a.example", true);
    struct viche_message message = {0};
    assert_true(message_read(message_write(&draft, arena), arena, &message));
    assert_string_equal(message.text, draft.text);
    assert_int_equal(message.buttons.count, 2);
    const struct viche_button *buttons = message.buttons.items;
    assert_string_equal(buttons[1].value, "https://a.example");
    assert_int_equal(buttons[0].row, buttons[1].row);
    assert_string_equal(message.place_label, "Рада");
    assert_true(message.latitude > 48.4 && message.latitude < 48.6);
    assert_null(message.file);
    arena_free(arena);
}

static void an_album_reads_back_and_is_cut_to_what_a_channel_shows(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    struct draft draft = {.text = "Три", .bulk = true};
    for (int i = 1; i <= 3; i++)
        draft_file(&draft, arena, &(struct viche_file){arena_print(arena, "f%d", i), "a.jpg", "image/jpeg"});
    struct viche_message message = {0};
    assert_true(message_read(message_write(&draft, arena), arena, &message));
    assert_int_equal(message.files.count, 3);
    assert_string_equal(message.file, "f1");
    assert_string_equal(((const struct viche_file *)viche_item(&message.files, 2))->id, "f3");
    assert_int_equal(message_fit(&draft, arena, &(struct viche_channel){.files_max = 10})->file_count, 3);
    const struct draft *part = message_fit(&draft, arena, &(struct viche_channel){.files_max = 0});
    for (int i = 1; i <= 3; i++, part = part->next) {
        assert_int_equal(part->file_count, 1);
        assert_string_equal(part->files->id, arena_print(arena, "f%d", i));
        assert_string_equal(part->text, i == 3 ? "Три" : "");
        assert_true(part->bulk);
    }
    assert_null(part);
    arena_free(arena);
}

static void garbage_is_no_message(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    struct viche_message message = {0};
    assert_false(message_read("", arena, &message));
    assert_false(message_read("[1]", arena, &message));
    assert_false(message_read("{\"text\":\"a\",\"text\":\"b\"}", arena, &message));
    arena_free(arena);
}

static void long_text_is_split_where_it_hurts_least(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    const struct viche_channel channel = {.text_max = 20, .label_max = 5};
    struct draft draft = {.text = "Перше речення тут.\n\nДруге речення там, і воно довге."};
    draft_button(&draft, arena, VICHE_BUTTON_ANSWER, "Скасувати", "x", false);
    struct draft *part = message_fit(&draft, arena, &channel);
    assert_string_equal(part->text, "Перше речення тут.\n\n");
    assert_int_equal(part->button_count, 0);
    size_t whole = 0;
    for (struct draft *at = part; at; at = at->next) {
        assert_true(text_length(at->text) <= 20);
        assert_true(text_valid(at->text, strlen(at->text)));
        whole += strlen(at->text);
        if (!at->next) {
            assert_int_equal(at->button_count, 1);
            assert_string_equal(at->buttons[0].label, "Скас…");
        }
    }
    assert_int_equal(whole, strlen(draft.text));
    arena_free(arena);
}

static void a_message_written_over_nothing_stays_the_same_otherwise(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    const struct draft draft = {.text = "Меню", .replaces = "31"};
    const char *anew = message_anew(message_write(&draft, arena), arena);
    struct viche_message message;
    assert_true(message_read(anew, arena, &message));
    assert_string_equal(message.text, "Меню");
    assert_null(message.replaces);
    assert_null(message_anew(anew, arena));
    arena_free(arena);
}

static void what_is_refused_comes_plainer_and_its_words_come_at_last(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    struct viche_message message;
    struct draft draft = {.text = "Яма", .replaces = NULL};
    draft_file(&draft, arena, &(struct viche_file){"f1", "яма.jpg", "image/jpeg"});
    const char *plainer = message_anew(message_write(&draft, arena), arena);
    assert_true(message_read(plainer, arena, &message));
    assert_string_equal(message.file_type, "application/octet-stream");
    assert_string_equal(message.file_name, "яма.jpg");
    const char *words = message_anew(plainer, arena);
    assert_true(message_read(words, arena, &message));
    assert_string_equal(message.text, "Яма");
    assert_null(message.file);
    assert_null(message_anew(words, arena));
    draft.text = "";
    assert_null(message_anew(message_anew(message_write(&draft, arena), arena), arena)); /* nothing would be left */
    arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_stored_reads_back),
        cmocka_unit_test(an_album_reads_back_and_is_cut_to_what_a_channel_shows),
        cmocka_unit_test(garbage_is_no_message),
        cmocka_unit_test(what_is_refused_comes_plainer_and_its_words_come_at_last),
        cmocka_unit_test(a_message_written_over_nothing_stays_the_same_otherwise),
        cmocka_unit_test(long_text_is_split_where_it_hurts_least),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
