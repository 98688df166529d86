/* SPDX-License-Identifier: MPL-2.0 */
#include "services/cases/cases_book.c"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

static char heap[1 << 22];
static size_t used;

static void *memory(struct viche_turn *t, size_t size)
{
    (void)t;
    void *out = heap + used;
    used += (size + 15) / 16 * 16;
    assert_true(used <= sizeof heap);
    return memset(out, 0, size);
}

static __attribute__((format(printf, 2, 3))) const char *print(struct viche_turn *t, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    char *out = memory(t, 1 << 18);
    vsnprintf(out, 1 << 18, format, args);
    va_end(args);
    return out;
}

static const struct viche_host host = {.size = sizeof host, .memory = memory, .print = print};
static struct viche_turn turn = {&host};

static uint32_t number_at(const struct paper *file, size_t at, int bytes)
{
    uint32_t value = 0;
    for (int i = bytes; i-- > 0;)
        value = value << 8 | (unsigned char)file->text[at + (size_t)i];
    return value;
}

static void put_row(struct paper *sheet, const char *words)
{
    book_row(sheet);
    book_text(sheet, words, false);
    book_number(sheet, 1.5);
    book_row_end(sheet);
}

/* The sheet's XML, in three parts that know no more of each other than the numbers. */
static void write_book(struct paper *file, struct paper *all)
{
    struct book book = {0};
    for (int part = 0; part < 3; part++) {
        struct paper sheet = {.t = &turn};
        if (part == 0)
            book_begin(&book, &sheet);
        put_row(&sheet, "яма & «люк» <на> Шкільній");
        struct book kept = book;
        book_pack(&kept, &sheet, part == 0, part == 2, file);
        book = kept;
        paper_put(all, sheet.text);
    }
}

static void parts_are_one_sheet(void **state)
{
    (void)state;
    used = 0;
    struct paper file = {.t = &turn}, all = {.t = &turn};
    write_book(&file, &all);
    size_t end = file.size - 22, line = number_at(&file, end + 16, 4); /* of the directory */
    assert_int_equal(number_at(&file, end, 4), 0x06054b50);
    assert_int_equal(number_at(&file, end + 10, 2), 6);
    for (int i = 0; i < 6; i++) {
        uint32_t names = number_at(&file, line + 28, 2), at = number_at(&file, line + 42, 4);
        assert_int_equal(number_at(&file, line, 4), 0x02014b50);
        assert_int_equal(number_at(&file, at, 4), 0x04034b50);
        assert_memory_equal(file.text + at + 30, file.text + line + 46, names);
        uint32_t crc = number_at(&file, line + 16, 4), packed = number_at(&file, line + 20, 4), raw = number_at(&file, line + 24, 4);
        static char out[1 << 16];
        const char *data = file.text + at + 30 + names;
        if (number_at(&file, line + 10, 2) == DEFLATED) {
            z_stream stream = {.next_in = (Bytef *)(uintptr_t)data, .avail_in = packed, .next_out = (Bytef *)out, .avail_out = sizeof out};
            assert_int_equal(inflateInit2(&stream, WINDOW), Z_OK);
            assert_int_equal(inflate(&stream, Z_FINISH), Z_STREAM_END);
            assert_int_equal(stream.total_in, packed);
            inflateEnd(&stream);
            assert_int_equal(raw, all.size);
            assert_memory_equal(out, all.text, raw);
            data = out;
        }
        assert_int_equal(crc32(0, (const Bytef *)data, raw), crc);
        line += 46 + names;
    }
    assert_int_equal(line, end);
}

static void a_cell_holds_no_more_than_a_spreadsheet_takes(void **state)
{
    (void)state;
    used = 0;
    struct paper long_one = {.t = &turn}, sheet = {.t = &turn};
    for (int i = 0; i < 20000; i++)
        paper_put(&long_one, "😀");
    book_text(&sheet, long_one.text, false);
    size_t letters = 0;
    for (size_t i = 0; i < sheet.size; i++)
        letters += (unsigned char)sheet.text[i] == 0xF0;
    assert_int_equal(letters, CELL_UNITS_MAX / 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(parts_are_one_sheet),
        cmocka_unit_test(a_cell_holds_no_more_than_a_spreadsheet_takes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
