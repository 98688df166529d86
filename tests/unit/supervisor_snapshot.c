/* SPDX-License-Identifier: MPL-2.0 */
#include "supervisor/snapshot.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/buf.h"

static char root[] = "/tmp/viche-snapshot-XXXXXX";
static char config[64], town[80], data[64], towns[64];

static void write_file(const char *path, const char *text)
{
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fputs(text, file);
    fclose(file);
}

static void a_copy_does_not_change_with_the_original(void **state)
{
    (void)state;
    struct host_config host;
    struct fail fail;
    char folder[4096];
    write_file(config, "[host]\ndata = data\nworkers = 3\n");
    write_file(town, "[town]\n");
    assert_true(snapshot_take(&host, config, &(struct host_overrides){0}, 7, folder, &fail));
    assert_non_null(strstr(folder, "/data/.conf/7"));
    assert_int_equal(host.workers, 3);
    assert_string_equal(host.base, root);
    assert_string_equal(host.towns_base, towns);
    assert_string_equal(host.data, data);
    write_file(town, "nonsense");
    struct buf text = {0};
    assert_int_equal(host.town_count, 1);
    assert_true(buf_read_file(&text, host.town_files[0]));
    assert_string_equal(text.data, "[town]\n");
    buf_free(&text);
    host_close(&host);
    snapshot_remove_all(data);
    assert_int_equal(access(folder, F_OK), -1);
}

static void words_about_the_copy_become_words_about_the_original(void **state)
{
    (void)state;
    struct fail fail = {.words = "/d/.conf/3/towns/a.ini:4: no such plugin; see /d/.conf/3/viche.ini"};
    snapshot_translate("/d/.conf/3", "/etc/viche.ini", &(struct host_config){.towns_base = "/etc/towns"}, &fail);
    assert_string_equal(fail.words, "/etc/towns/a.ini:4: no such plugin; see /etc/viche.ini");
}

static void a_broken_original_leaves_no_copy(void **state)
{
    (void)state;
    struct host_config host;
    struct fail fail = {0};
    char folder[4096];
    write_file(config, "[host]\ndata = data\nnonsense = 1\n");
    assert_false(snapshot_take(&host, config, &(struct host_overrides){0}, 8, folder, &fail));
    assert_non_null(strstr(fail.words, "viche.ini:3"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_copy_does_not_change_with_the_original),
        cmocka_unit_test(words_about_the_copy_become_words_about_the_original),
        cmocka_unit_test(a_broken_original_leaves_no_copy),
    };
    if (!mkdtemp(root))
        return 1;
    snprintf(config, sizeof config, "%s/viche.ini", root);
    snprintf(towns, sizeof towns, "%s/towns", root);
    snprintf(town, sizeof town, "%s/a.ini", towns);
    snprintf(data, sizeof data, "%s/data", root);
    mkdir(towns, 0700);
    mkdir(data, 0700);
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    unlink(config);
    unlink(town);
    char conf[80];
    snprintf(conf, sizeof conf, "%s/.conf", data);
    rmdir(conf);
    rmdir(towns);
    rmdir(data);
    rmdir(root);
    return failed;
}
