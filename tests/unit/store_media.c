/* SPDX-License-Identifier: MPL-2.0
 * tests/fuzz/corpus/media: `heic`, made by libheif from a picture whose Exif says GPS-CANARY, and `mov`, whose every place for a place
 * says GPS. */
#include "store/media.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static struct buf sample(const char *name)
{
    struct buf file = {0}, path = {0};
    buf_print(&path, "%s/tests/fuzz/corpus/media/%s", SOURCE_DIR, name);
    assert_true(buf_read_file(&file, buf_str(&path)));
    buf_free(&path);
    return file;
}

static bool tells(const struct buf *file, const char *what) { return memmem(file->data, file->size, what, strlen(what)) != NULL; }

static void a_heic_loses_its_place_and_keeps_its_picture(void **state)
{
    (void)state;
    struct buf before = sample("heic"), after = sample("heic");
    assert_true(tells(&before, "GPS-CANARY"));
    assert_true(media_is(&after) && media_clean(&after));
    assert_false(tells(&after, "GPS"));
    assert_int_equal(after.size, before.size);
    size_t changed = 0;
    for (size_t i = 0; i < after.size; i++)
        changed += before.data[i] != after.data[i];
    assert_in_range(changed, 1, 94); /* the bytes of Exif, no others */
    buf_free(&before);
    buf_free(&after);
}

static void a_video_loses_every_place_and_keeps_what_is_seen(void **state)
{
    (void)state;
    struct buf file = sample("mov");
    assert_true(media_is(&file) && media_clean(&file));
    assert_false(tells(&file, "GPS"));
    assert_false(tells(&file, "48.37"));
    assert_true(tells(&file, "SEENSEEN"));
    buf_free(&file);
}

static void it_is_clean_the_second_time(void **state)
{
    (void)state;
    static const char *const names[] = {"heic", "mov"};
    for (size_t i = 0; i < 2; i++) {
        struct buf once = sample(names[i]), twice = {0};
        assert_true(media_clean(&once));
        buf_add(&twice, once.data, once.size);
        assert_true(media_clean(&twice));
        assert_memory_equal(once.data, twice.data, once.size);
        buf_free(&once);
        buf_free(&twice);
    }
}

/* Cut anywhere it is refused, or tells nothing. */
static void a_file_cut_anywhere_tells_nothing_either(void **state)
{
    (void)state;
    struct buf whole = sample("heic");
    for (size_t size = 8; size < whole.size; size++) {
        struct buf part = {0};
        buf_add(&part, whole.data, size);
        assert_false(media_clean(&part) && tells(&part, "GPS"));
        buf_free(&part);
    }
    buf_free(&whole);
}

static void what_nobody_understands_is_refused(void **state)
{
    (void)state;
    struct buf file = sample("heic");
    char *iloc = memmem(file.data, file.size, "iloc", 4);
    iloc[4] = 9; /* a version that nobody knows */
    assert_false(media_clean(&file));
    buf_free(&file);
    file = sample("mov");
    char *samples = memmem(memmem(file.data, file.size, "GPS of", 6), 400, "stco", 4);
    samples[12] = 0x7f; /* behind the end */
    assert_false(media_clean(&file));
    buf_free(&file);
}

static void other_files_are_other_files(void **state)
{
    (void)state;
    struct buf file = {0};
    assert_false(media_is(&file));
    buf_text(&file, "%PDF-1.7 and so on");
    assert_false(media_is(&file));
    buf_free(&file);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_heic_loses_its_place_and_keeps_its_picture),
        cmocka_unit_test(a_video_loses_every_place_and_keeps_what_is_seen), cmocka_unit_test(it_is_clean_the_second_time),
        cmocka_unit_test(a_file_cut_anywhere_tells_nothing_either), cmocka_unit_test(what_nobody_understands_is_refused),
        cmocka_unit_test(other_files_are_other_files),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
