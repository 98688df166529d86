/* SPDX-License-Identifier: MPL-2.0 */
#include "store/file.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

#include "base/buf.h"
#include "base/text.h"
#include "folder.h"
#include "store/migrate.h"

static const char png[] = "\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\1\0\0\0\1\x08\6\0\0\0\x1f\x15\xc4\x89";

static struct db *db;
static struct arena *arena;

static int open_town(void **state)
{
    struct fail fail = {0};
    arena = arena_new();
    if (folder_make(state) != 0)
        return -1;
    db = db_open(folder, &fail);
    return db && migrate(db, "viche", file_migrations, file_migration_count, &fail) ? 0 : -1;
}

static int close_town(void **state)
{
    db_close(db);
    arena_free(arena);
    return folder_drop(state);
}

static bool is_there(const char *id) { return access(file_path(arena, folder, id), F_OK) == 0; }

static const char *keep_png(int64_t citizen)
{
    struct fail fail = {0};
    folder_put_bytes("upload", png, sizeof png - 1);
    const char *id = file_keep(db, arena, folder, folder_path("upload"), "C:\\яма.png", citizen, &fail);
    if (!id)
        fail_msg("%s", fail.words);
    return id;
}

static void keeps_bytes_and_row_under_a_random_id(void **state)
{
    (void)state;
    const char *id = keep_png(7);
    assert_int_equal(strlen(id), 32);
    assert_true(is_there(id));
    struct file_info file = {0};
    assert_true(file_find(db, arena, id, &file));
    assert_string_equal(file.type, "image/png");
    assert_string_equal(file.name, "яма.png");
    assert_int_equal(file.size_bytes, sizeof png - 1);
    assert_int_equal(file.citizen, 7);
    assert_string_not_equal(id, keep_png(7));
    assert_false(file_find(db, arena, "../../etc/passwd", &file));
}

static void the_upload_stays_so_that_the_turn_can_run_again(void **state)
{
    (void)state;
    keep_png(7);
    assert_int_equal(access(folder_path("upload"), F_OK), 0);
}

static void refuses_what_a_browser_would_run(void **state)
{
    (void)state;
    static const char *const bad[] = {
        "<!DOCTYPE html><html><script>alert(1)</script></html>",
        "<?xml version=\"1.0\"?><svg xmlns=\"http://www.w3.org/2000/svg\" onload=\"alert(1)\"/>",
        "#!/bin/sh\nrm -rf /\n",
        "\177ELF\2\1\1",
        "PK\3\4\x14",
        "",
    };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        struct fail fail = {0};
        folder_put("upload", bad[i]);
        if (file_keep(db, arena, folder, folder_path("upload"), "photo.png", 1, &fail))
            fail_msg("taken: %s", bad[i]);
        assert_true(*fail.words);
    }
    struct fail fail = {0};
    assert_null(file_keep(db, arena, folder, folder, "folder", 1, &fail));
    assert_null(file_keep(db, arena, folder, folder_path("nowhere"), "x", 1, &fail));
    assert_int_equal(db_number(db, "SELECT count(*) FROM file", ""), 0);
}

static void never_follows_a_link_out_of_the_spool(void **state)
{
    (void)state;
    struct fail fail = {0};
    assert_int_equal(symlink("/etc/passwd", folder_path("upload")), 0);
    assert_null(file_keep(db, arena, folder, folder_path("upload"), "x.txt", 1, &fail));
}

static void a_sweep_removes_only_what_has_no_row(void **state)
{
    (void)state;
    const char *stays = keep_png(7);
    assert_true(db_begin(db));
    const char *undone = keep_png(7);
    db_rollback(db);
    assert_true(is_there(undone));
    file_sweep(db, folder);
    assert_false(is_there(undone));
    assert_true(is_there(stays));
}

static void erases_one_citizen_only(void **state)
{
    (void)state;
    const char *theirs = keep_png(7);
    const char *anothers = keep_png(8);
    file_erase(db, 7);
    file_sweep(db, folder);
    struct file_info file = {0};
    assert_false(file_find(db, arena, theirs, &file));
    assert_false(is_there(theirs));
    assert_true(is_there(anothers));
}

static void what_a_plugin_holds_outlives_who_sent_it(void **state)
{
    (void)state;
    struct file_info file = {0};
    const char *card = keep_png(7), *other = keep_png(7); /* the same bytes: two files */
    assert_true(file_hold(db, card, "cases"));
    assert_true(file_hold(db, card, "cases"));
    file_erase(db, 7);
    file_sweep(db, folder);
    assert_false(is_there(other));
    assert_true(is_there(card));
    assert_true(file_find(db, arena, card, &file));
    assert_int_equal(file.citizen, 0);
}

static void goes_when_the_last_plugin_lets_go(void **state)
{
    (void)state;
    const char *id = keep_png(7);
    assert_true(file_hold(db, id, "cases"));
    assert_true(file_hold(db, id, "school"));
    assert_false(file_drop(db, id, "cases"));
    file_sweep(db, folder);
    assert_true(is_there(id));
    assert_true(file_drop(db, id, "school"));
    assert_false(file_drop(db, id, "school"));
    file_sweep(db, folder);
    assert_false(is_there(id));
    assert_false(file_hold(db, id, "cases"));
    assert_int_equal(db_number(db, "SELECT count(*) FROM file_hold", ""), 0);
}

static void a_turn_undone_has_held_and_dropped_nothing(void **state)
{
    (void)state;
    const char *held = keep_png(7), *free = keep_png(7);
    assert_true(file_hold(db, held, "cases"));
    assert_true(db_begin(db));
    assert_true(file_drop(db, held, "cases"));
    assert_true(file_hold(db, free, "cases"));
    db_rollback(db);
    file_erase(db, 7);
    file_sweep(db, folder);
    assert_true(is_there(held));
    assert_false(is_there(free));
}

static void a_name_is_only_for_showing(void **state)
{
    (void)state;
    static const struct {
        const char *given, *shown;
    } names[] = {
        {"фото.jpg", "фото.jpg"},
        {"../../etc/passwd", "passwd"},
        {"C:\\Users\\me\\скан.pdf", "скан.pdf"},
        {"..", "file"},
        {"", "file"},
        {NULL, "file"},
        {".htaccess", "htaccess"},
        {"a\nb\tc.png", "abc.png"},
        {"invoice\u202Egnp.exe", "invoicegnp.exe"},
        {"a\"b<c>.txt", "abc.txt"},
        {"a\xFFz", "az"},
        {" lead and trail. ", "lead and trail"},
    };
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        assert_string_equal(file_clean_name(arena, names[i].given), names[i].shown);
}

static void a_long_name_keeps_its_ending(void **state)
{
    (void)state;
    char name[1024] = "";
    for (int i = 0; i < 300; i++)
        memcpy(name + 2 * i, "ї", 2);
    memcpy(name + 600, ".pdf", 5);
    const char *clean = file_clean_name(arena, name);
    assert_int_equal(text_length(clean), 100);
    assert_string_equal(clean + strlen(clean) - 4, ".pdf");
    assert_true(text_valid(clean, strlen(clean)));
}

#define IN_TOWN(test) cmocka_unit_test_setup_teardown(test, open_town, close_town)

/* A sample of tests/fuzz/corpus/media, taken in: what lies in the town's folder then. */
static struct buf kept(const char *sample, const char *type)
{
    struct buf bytes = {0}, stored = {0};
    struct fail fail = {0};
    struct file_info file = {0};
    assert_true(buf_read_file(&bytes, arena_print(arena, "%s/tests/fuzz/corpus/media/%s", SOURCE_DIR, sample)));
    folder_put_bytes("upload", bytes.data, bytes.size);
    buf_free(&bytes);
    const char *id = file_keep(db, arena, folder, folder_path("upload"), "x", 7, &fail);
    if (!id)
        fail_msg("%s", fail.words);
    assert_true(file_find(db, arena, id, &file));
    assert_string_equal(file.type, type);
    assert_true(buf_read_file(&stored, file_path(arena, folder, id)));
    return stored;
}

static void no_place_is_kept_of_pictures_and_videos(void **state)
{
    (void)state;
    static const char *const samples[][2] = {{"heic", "image/heic"}, {"mov", "video/quicktime"}};
    for (size_t i = 0; i < 2; i++) {
        struct buf stored = kept(samples[i][0], samples[i][1]);
        assert_null(memmem(stored.data, stored.size, "GPS", 3));
        buf_free(&stored);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_TOWN(keeps_bytes_and_row_under_a_random_id),
        IN_TOWN(the_upload_stays_so_that_the_turn_can_run_again),
        IN_TOWN(refuses_what_a_browser_would_run),
        IN_TOWN(never_follows_a_link_out_of_the_spool),
        IN_TOWN(a_sweep_removes_only_what_has_no_row),
        IN_TOWN(erases_one_citizen_only),
        IN_TOWN(what_a_plugin_holds_outlives_who_sent_it),
        IN_TOWN(goes_when_the_last_plugin_lets_go),
        IN_TOWN(a_turn_undone_has_held_and_dropped_nothing),
        IN_TOWN(no_place_is_kept_of_pictures_and_videos),
        IN_TOWN(a_name_is_only_for_showing),
        IN_TOWN(a_long_name_keeps_its_ending),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
