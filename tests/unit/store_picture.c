/* SPDX-License-Identifier: MPL-2.0 */
#include "store/picture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/arena.h"

#define BYTES(text) ((struct buf){.data = (char[]){text}, .size = sizeof(text) - 1})

#define JFIF "\xFF\xE0\0\x04JF"
#define ICC "\xFF\xE2\0\x0fICC_PROFILE\1\1"
#define ADOBE "\xFF\xEE\0\x07" "Adobe"
#define SCAN "\xFF\xDA\0\x04\1\2drawn\xFF\0still\xFF\xD3on"
#define TABLE "\xFF\xC4\0\x05tab"
#define EXIF_OF(up)                                                                                                              \
    "\xFF\xE1\0\x40" "Exif\0\0II*\0\x08\0\0\0\2\0\x10\1\2\0\6\0\0\0\x26\0\0\0\x12\1\3\0\1\0\0\0" up "\0\0\0\0\0\0\0GPS: 48.3794, 28.8"
#define END "\xFF\xD9"

static void gives(const struct buf *picture, const struct buf *wanted)
{
    struct buf out = {0};
    assert_true(picture_clean(picture, &out));
    assert_int_equal(out.size, wanted->size);
    assert_memory_equal(out.data, wanted->data, wanted->size);
    buf_free(&out);
}

static void what_is_seen_stays_and_what_tells_of_the_citizen_goes(void **state)
{
    (void)state;
    gives(&BYTES("\xFF\xD8" JFIF EXIF_OF("\1") "\xFF\xED\0\6IPTC" ICC ADOBE "\xFF\xFE\0\6note" TABLE SCAN END),
          &BYTES("\xFF\xD8" JFIF ICC ADOBE TABLE SCAN END));
}

static void which_way_is_up_stays(void **state)
{
    (void)state;
    gives(&BYTES("\xFF\xD8" EXIF_OF("\6") SCAN END),
          &BYTES("\xFF\xD8\xFF\xE1\0\x22" "Exif\0\0MM\0*\0\0\0\x08\0\1\1\x12\0\3\0\0\0\1\0\6\0\0\0\0\0\0" SCAN END));
}

static void a_picture_of_several_scans_is_whole(void **state)
{
    (void)state;
    gives(&BYTES("\xFF\xD8" SCAN TABLE SCAN EXIF_OF("\1") SCAN END), &BYTES("\xFF\xD8" SCAN TABLE SCAN SCAN END));
}

static void what_hangs_behind_the_end_goes(void **state)
{
    (void)state;
    gives(&BYTES("\xFF\xD8" SCAN END "ftypmp42 GPS 48.3794"), &BYTES("\xFF\xD8" SCAN END));
}

#define SIGNATURE "\x89PNG\r\n\x1a\n"
#define IHDR "\0\0\0\2IHDRxxCRC1"
#define IEND "\0\0\0\0IENDCRC2"

static void png_keeps_its_picture_and_loses_its_words(void **state)
{
    (void)state;
    gives(&BYTES(SIGNATURE IHDR "\0\0\0\4tEXtnameCRC3" "\0\0\0\2eXIfGPCRC4" "\0\0\0\3IDATrawCRC5" IEND "behind"),
          &BYTES(SIGNATURE IHDR "\0\0\0\3IDATrawCRC5" IEND));
}

static void webp_says_no_more_that_it_has_what_it_lost(void **state)
{
    (void)state;
    gives(&BYTES("RIFF\x30\0\0\0WEBPVP8X\2\0\0\0\x1c\0" "VP8 \3\0\0\0abc\0" "EXIF\4\0\0\0GPS!" "XMP \0\0\0\0"),
          &BYTES("RIFF\x1a\0\0\0WEBPVP8X\2\0\0\0\x10\0" "VP8 \3\0\0\0abc\0"));
}

static void gif_keeps_its_pictures_and_loses_its_words(void **state)
{
    (void)state;
#define SCREEN "GIF89a\1\0\1\0\x80\0\0rgbrgb"
#define LOOP "\x21\xFF\x0bNETSCAPE2.0\3\1\0\0\0"
#define FRAME "\x21\xF9\4\0\0\0\0\0,\0\0\0\0\1\0\1\0\0\2\2xx\0"
    gives(&BYTES(SCREEN LOOP "\x21\xFE\4GPS!\0" "\x21\xFF\x0bXMP DataXMP\3GPS\0" FRAME ";GPS"), &BYTES(SCREEN LOOP FRAME ";"));
}

static void unknown_chunks_go(void **state)
{
    (void)state;
    gives(&BYTES(SIGNATURE IHDR "\0\0\0\3caBXGPSCRC3" "\0\0\0\3IDATrawCRC5" IEND), &BYTES(SIGNATURE IHDR "\0\0\0\3IDATrawCRC5" IEND));
    gives(&BYTES("RIFF\x30\0\0\0WEBP" "VP8 \3\0\0\0abc\0" "JUNK\4\0\0\0GPS!"), &BYTES("RIFF\x10\0\0\0WEBP" "VP8 \3\0\0\0abc\0"));
}

static void other_files_are_left_alone(void **state)
{
    (void)state;
    static const char *const others[] = {"", "\xFF\xD8", "GIF89a", "%PDF-1.7", "RIFF....WAVE", "RIFF"};
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        struct buf out = {0}, in = {0};
        buf_text(&in, others[i]);
        assert_false(picture_clean(&in, &out));
        assert_int_equal(out.size, 0);
        buf_free(&in);
    }
}

static void a_picture_cut_anywhere_tells_nothing_either(void **state)
{
    (void)state;
    const struct buf whole[] = {BYTES("\xFF\xD8" JFIF EXIF_OF("\6") ICC SCAN END),
                                BYTES(SIGNATURE IHDR "\0\0\0\4eXIfGPS!CRC3" IEND),
                                BYTES("RIFF\x2e\0\0\0WEBPVP8X\2\0\0\0\x1c\0" "EXIF\4\0\0\0GPS!")};
    for (size_t p = 0; p < 3; p++) {
        for (size_t size = 12; size < whole[p].size; size++) {
            struct buf in = {0}, out = {0};
            buf_add(&in, whole[p].data, size);
            assert_true(picture_clean(&in, &out));
            assert_null(memmem(buf_str(&out), out.size, "GPS", 3));
            buf_free(&in);
            buf_free(&out);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_seen_stays_and_what_tells_of_the_citizen_goes), cmocka_unit_test(which_way_is_up_stays),
        cmocka_unit_test(a_picture_of_several_scans_is_whole), cmocka_unit_test(what_hangs_behind_the_end_goes),
        cmocka_unit_test(png_keeps_its_picture_and_loses_its_words), cmocka_unit_test(webp_says_no_more_that_it_has_what_it_lost),
        cmocka_unit_test(gif_keeps_its_pictures_and_loses_its_words), cmocka_unit_test(unknown_chunks_go),
        cmocka_unit_test(other_files_are_left_alone), cmocka_unit_test(a_picture_cut_anywhere_tells_nothing_either),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
