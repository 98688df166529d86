/* SPDX-License-Identifier: MPL-2.0 */
#include "gateway/spool.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

static char folder[] = "/tmp/viche-spool-XXXXXX";

static void an_upload_nobody_claims_is_removed(void **state)
{
    (void)state;
    struct upload *upload = spool_begin(folder);
    assert_non_null(upload);
    assert_true(spool_write(upload, "abc", 3));
    assert_true(spool_write(upload, "de", 2));
    spool_whole(upload);
    struct stat info;
    assert_int_equal(stat(upload->path, &info), 0);
    assert_int_equal(info.st_size, 5);
    assert_int_equal(info.st_mode & 0777, 0600);
    char path[256];
    snprintf(path, sizeof path, "%s", upload->path);
    spool_end(upload);
    assert_int_equal(access(path, F_OK), -1);
}

static void a_claimed_upload_stays_where_it_was_moved(void **state)
{
    (void)state;
    struct upload *upload = spool_begin(folder);
    char kept[256];
    snprintf(kept, sizeof kept, "%s/kept", folder);
    spool_whole(upload);
    assert_int_equal(rename(upload->path, kept), 0);
    spool_end(upload);
    assert_int_equal(access(kept, F_OK), 0);
    unlink(kept);
}

static void what_a_former_run_left_is_removed_at_the_start(void **state)
{
    (void)state;
    struct upload *upload = spool_begin(folder);
    assert_true(spool_open(folder, NULL));
    assert_int_equal(access(upload->path, F_OK), -1);
    spool_end(upload);
    struct fail fail;
    assert_false(spool_open("/nowhere/at/all", &fail));
    assert_non_null(strstr(fail.words, "/nowhere/at/all"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_upload_nobody_claims_is_removed),
        cmocka_unit_test(a_claimed_upload_stays_where_it_was_moved),
        cmocka_unit_test(what_a_former_run_left_is_removed_at_the_start),
    };
    if (!mkdtemp(folder))
        return 1;
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    rmdir(folder);
    return failed;
}
