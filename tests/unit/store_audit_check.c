/* SPDX-License-Identifier: MPL-2.0
 * Whoever can write to the file can write anything: each way of lying is found, and named. */
#include "store/audit_check.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

enum { ROWS = 60 };

static struct audit_row chain[ROWS];

static void seal_from(size_t first, size_t count)
{
    static const unsigned char nothing[AUDIT_HASH_BYTES];
    for (size_t i = first; i < count; i++)
        audit_seal(i ? chain[i - 1].hash : nothing, &chain[i], chain[i].hash);
}

static int make_chain(void **state)
{
    (void)state;
    for (size_t i = 0; i < ROWS; i++)
        chain[i] = (struct audit_row){.id = (int64_t)i + 1, .at = 1795593600 + (int64_t)i, .clerk = 7, .plugin = "cases",
                                      .what = i % 2 ? "looked" : "changed", .object = "cards/12"};
    seal_from(0, ROWS);
    return 0;
}

static struct audit_anchor anchor_at(size_t rows)
{
    struct audit_anchor anchor = {.rows = (int64_t)rows, .at = 1795593600};
    memcpy(anchor.head, chain[rows - 1].hash, sizeof anchor.head);
    return anchor;
}

static void expect(size_t count, const struct audit_anchor *anchor, const char *words)
{
    struct audit_check *check = audit_check_begin(anchor, anchor ? 1 : 0);
    for (size_t i = 0; i < count; i++)
        audit_check_row(check, &chain[i]);
    struct buf out = {0};
    bool holds = audit_check_end(check, &out);
    assert_string_equal(buf_str(&out), words);
    assert_int_equal(holds, *words == '\0');
    buf_free(&out);
}

static void a_sound_chain_holds(void **state)
{
    (void)state;
    const struct audit_anchor anchor = anchor_at(40);
    expect(ROWS, &anchor, "");
    expect(0, NULL, "");
}

static void every_changed_row_is_named(void **state)
{
    for (size_t i = 0; i < ROWS; i++) {
        char words[80];
        make_chain(state);
        snprintf(words, sizeof words, "row %zu is not as it was written\n", i + 1);
        chain[i].object = "cards/13";
        expect(ROWS, NULL, words);
        make_chain(state);
        chain[i].at++;
        expect(ROWS, NULL, words);
        make_chain(state);
        chain[i].clerk = 8;
        expect(ROWS, NULL, words);
        make_chain(state);
        chain[i].hash[3] ^= 1;
        expect(ROWS, NULL, words);
    }
}

static void a_row_that_was_sealed_anew_gives_itself_away_by_the_next(void **state)
{
    (void)state;
    chain[20].object = "cards/13";
    seal_from(20, 21);
    expect(ROWS, NULL, "row 22 is not as it was written\n");
}

static void every_missing_row_is_named(void **state)
{
    for (size_t i = 0; i + 1 < ROWS; i++) {
        char words[80];
        make_chain(state);
        snprintf(words, sizeof words, "row %zu is missing\n", i + 1);
        memmove(&chain[i], &chain[i + 1], (ROWS - i - 1) * sizeof *chain);
        expect(ROWS - 1, NULL, words);
    }
    make_chain(state);
    memmove(&chain[10], &chain[15], (ROWS - 15) * sizeof *chain);
    expect(ROWS - 5, NULL, "rows 11 to 15 are missing\n");
}

static void swap(size_t one, size_t other)
{
    struct audit_row kept = chain[one];
    chain[one] = chain[other];
    chain[other] = kept;
    chain[one].id = (int64_t)one + 1;
    chain[other].id = (int64_t)other + 1;
}

static void every_two_rows_that_changed_places_are_named(void **state)
{
    for (size_t i = 0; i < ROWS; i++) {
        for (size_t j = i + 1; j < ROWS; j++) {
            char words[120];
            make_chain(state);
            snprintf(words, sizeof words, "row %zu stands at place %zu: the rows were put into another order\n", i + 1, j + 1);
            swap(i, j);
            expect(ROWS, NULL, words);
        }
    }
}

static void a_tail_that_was_cut_is_found_by_an_anchor(void **state)
{
    (void)state;
    const struct audit_anchor anchor = anchor_at(50);
    for (size_t count = 0; count < 50; count++) {
        char words[160];
        snprintf(words, sizeof words,
                 "the tail is cut: rows %zu to 50 are missing, which the anchor of 2026-11-25 08:00 UTC knows\n", count + 1);
        expect(count, &anchor, words);
    }
    expect(50, &anchor, "");
    expect(50, NULL, ""); /* without an anchor nobody can know */
}

static void a_chain_written_anew_is_found_by_an_anchor(void **state)
{
    (void)state;
    const struct audit_anchor anchor = anchor_at(50);
    chain[20].object = "cards/13";
    seal_from(20, ROWS);
    expect(ROWS, NULL, "");
    expect(ROWS, &anchor,
           "row 50 is not the one that the anchor of 2026-11-25 08:00 UTC knows: the chain was written anew up to it\n");
}

static void many_findings_are_counted(void **state)
{
    (void)state;
    for (size_t i = 0; i < ROWS; i++)
        chain[i].hash[0] ^= (unsigned char)(i + 1);
    struct audit_check *check = audit_check_begin(NULL, 0);
    for (size_t turn = 0; turn < 3; turn++)
        for (size_t i = 0; i < ROWS; i++) {
            struct audit_row row = chain[i];
            row.id += (int64_t)(turn * ROWS);
            audit_check_row(check, &row);
        }
    struct buf out = {0};
    assert_false(audit_check_end(check, &out));
    assert_non_null(strstr(buf_str(&out), "more\n"));
    buf_free(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(a_sound_chain_holds, make_chain),
        cmocka_unit_test_setup(every_changed_row_is_named, make_chain),
        cmocka_unit_test_setup(a_row_that_was_sealed_anew_gives_itself_away_by_the_next, make_chain),
        cmocka_unit_test_setup(every_missing_row_is_named, make_chain),
        cmocka_unit_test_setup(every_two_rows_that_changed_places_are_named, make_chain),
        cmocka_unit_test_setup(a_tail_that_was_cut_is_found_by_an_anchor, make_chain),
        cmocka_unit_test_setup(a_chain_written_anew_is_found_by_an_anchor, make_chain),
        cmocka_unit_test_setup(many_findings_are_counted, make_chain),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
