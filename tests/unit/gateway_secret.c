/* SPDX-License-Identifier: MPL-2.0 */
#include "gateway/secret.h"

#include <setjmp.h>
#include <sodium.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

static char path[] = "/tmp/viche-secret-XXXXXX";
static struct secrets secrets;

static void write_file(const char *text)
{
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fputs(text, file);
    fclose(file);
}

static bool fill(const char *town, const char *plugin, const char *text, struct buf *out)
{
    const struct secret_owner owner = {town, plugin};
    buf_clear(out);
    return secret_fill(&secrets, &owner, text, strlen(text), out);
}

static void fills_in_the_plugins_own_secrets_in_its_town(void **state)
{
    (void)state;
    struct buf out = {0};
    write_file("123:abc\r\n");
    assert_true(secret_load(&secrets, "kalush", "viber/token", path));
    assert_true(fill("kalush", "viber", "/bot{secret:token}/send?{secret:token}", &out));
    assert_string_equal(out.data, "/bot123:abc/send?123:abc");
    assert_true(fill("kalush", "viber", "{no} {secret", &out));
    assert_string_equal(out.data, "{no} {secret");
    assert_false(fill("stryi", "viber", "/bot{secret:token}", &out));
    assert_false(fill("kalush", "telegram", "/bot{secret:token}", &out));
    assert_false(fill("kalush", "viber", "{secret:other}", &out));
    assert_false(fill("kalush", "viber", "{secret:token", &out));
    buf_free(&out);
}

static void keeps_the_old_value_when_the_new_cannot_be_read(void **state)
{
    (void)state;
    struct buf out = {0};
    write_file("new");
    assert_true(secret_load(&secrets, "kalush", "viber/token", path));
    assert_false(secret_load(&secrets, "kalush", "viber/token", "/nowhere/at/all"));
    assert_true(fill("kalush", "viber", "{secret:token}", &out));
    assert_string_equal(out.data, "new");
    buf_free(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(fills_in_the_plugins_own_secrets_in_its_town),
        cmocka_unit_test(keeps_the_old_value_when_the_new_cannot_be_read),
    };
    int fd = mkstemp(path);
    if (sodium_init() < 0 || fd < 0)
        return 1;
    close(fd);
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    secret_close(&secrets);
    unlink(path);
    return failed;
}
