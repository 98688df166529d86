/* SPDX-License-Identifier: MPL-2.0 */
#include "town/official.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "base/text.h"
#include "folder.h"

static const struct official_link links[] = {
    {"telegram", "Telegram", "https://t.me/kryzhopil_bot"},
    {"web", "Web chat", "https://chat.example/kryzhopil/"},
};
static const struct official_list list = {"kryzhopil", "Крижопільська громада", "2026-11-25T08:00:00Z", links, 2};

/* Signs the list; returns the text of one of its two forms. */
static const char *signed_text(struct arena *arena, const char *name)
{
    struct fail fail;
    const char *key = folder_path("key");
    assert_true(access(key, F_OK) == 0 || official_make_key(key, &fail));
    assert_true(official_write(folder, key, &list, &fail));
    const char *text = official_read(arena, folder, name);
    assert_true(*text != '\0');
    return text;
}

static void a_list_is_known_again_in_both_forms(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    struct fail fail;
    char key[OFFICIAL_KEY_CHARS], made[OFFICIAL_KEY_CHARS];
    struct official_list read;
    assert_true(official_verify(arena, signed_text(arena, "official.json"), key, &read, &fail));
    assert_string_equal(read.name, list.name);
    assert_int_equal(read.count, 2);
    assert_string_equal(read.links[0].link, links[0].link);
    assert_true(official_public_key(folder_path("key"), made, &fail));
    assert_string_equal(key, made);
    assert_true(official_verify(arena, signed_text(arena, "official.txt"), key, NULL, &fail));
    assert_string_equal(key, made);
    arena_free(arena);
}

/* Every byte of either form counts, but for blanks between the parts of the JSON. */
static void a_changed_list_is_refused(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    struct fail fail;
    char key[OFFICIAL_KEY_CHARS];
    const char *text = signed_text(arena, "official.txt");
    for (size_t i = 0; i < strlen(text) - 1; i++) {
        char *changed = arena_copy(arena, text);
        changed[i] ^= 1;
        assert_false(official_verify(arena, changed, key, NULL, &fail));
    }
    char *json = arena_copy(arena, signed_text(arena, "official.json"));
    char *bot = strstr(json, "kryzhopil_bot");
    assert_non_null(bot);
    *bot = 'x';
    assert_false(official_verify(arena, json, key, NULL, &fail));
    arena_free(arena);
}

static void nonsense_is_refused(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    struct fail fail;
    char key[OFFICIAL_KEY_CHARS];
    static const char *const texts[] = {"", "{", "{}", "{\"list\":{},\"key\":\"00\",\"signature\":\"\"}", "Signature: ",
                                        "\nKey: \nSignature: 00\n", "x\nKey: aa\nSignature: ff\nmore", "[]"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        assert_false(official_verify(arena, texts[i], key, NULL, &fail));
    arena_free(arena);
}

static void words_behind_the_signature_are_refused(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    struct fail fail;
    char key[OFFICIAL_KEY_CHARS];
    const char *text = signed_text(arena, "official.txt");
    assert_false(official_verify(arena, arena_print(arena, "%sTelegram: https://t.me/other\n", text), key, NULL, &fail));
    arena_free(arena);
}

static void a_key_is_never_written_over_and_only_its_owners(void **state)
{
    (void)state;
    struct fail fail;
    struct stat about;
    const char *key = folder_path("key");
    assert_true(official_make_key(key, &fail));
    assert_false(official_make_key(key, &fail));
    assert_int_equal(stat(key, &about), 0);
    assert_int_equal(about.st_mode & 0777, 0600);
}

static void a_file_that_is_no_key_is_refused(void **state)
{
    (void)state;
    struct fail fail;
    char key[OFFICIAL_KEY_CHARS];
    assert_false(official_public_key(folder_put("short", "abcd\n"), key, &fail));
    assert_false(official_public_key(folder_put("words", "this is a token, and no key of ours at all, whoever put it here\n"), key, &fail));
    assert_false(official_public_key(folder_path("none"), key, &fail));
    assert_non_null(strstr(fail.words, "viche keys"));
}

static void only_the_two_forms_are_read(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    folder_put("town.db", "secret");
    assert_string_equal(official_read(arena, folder, "town.db"), "");
    assert_string_equal(official_read(arena, folder, "official.json"), "");
    arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_FOLDER(a_list_is_known_again_in_both_forms),
        IN_FOLDER(a_changed_list_is_refused),
        IN_FOLDER(nonsense_is_refused),
        IN_FOLDER(words_behind_the_signature_are_refused),
        IN_FOLDER(a_key_is_never_written_over_and_only_its_owners),
        IN_FOLDER(a_file_that_is_no_key_is_refused),
        IN_FOLDER(only_the_two_forms_are_read),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
