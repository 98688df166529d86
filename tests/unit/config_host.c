/* SPDX-License-Identifier: MPL-2.0 */
#include "config/host.h"
#include "config/value.h" /* before cmocka, which has a macro `fail` */

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

#include "folder.h"

static struct host_config host;

static int make_conf(void **state)
{
    if (folder_make(state) != 0 || mkdir(folder_path("towns"), 0700) != 0)
        return -1;
    folder_put("towns/sharhorod.ini", "");
    folder_put("towns/kryzhopil.ini", "");
    folder_put("towns/notes.txt", "");
    folder_put("towns/.ini", "");
    return 0;
}

static void read_good(const char *text, const struct host_overrides *over)
{
    struct fail fail = {0};
    if (!host_read(&host, folder_put("viche.ini", text), over, &fail))
        fail_msg("%s", fail.words);
}

static void refuse(const char *text, const struct host_overrides *over, const char *words)
{
    struct fail fail = {0};
    if (host_read(&host, folder_put("viche.ini", text), over, &fail))
        fail_msg("taken: %s", text);
    if (!strstr(fail.words, words))
        fail_msg("expected “%s”, got: %s", words, fail.words);
}

static void an_empty_file_is_a_whole_configuration(void **state)
{
    (void)state;
    read_good("", NULL);
    assert_string_equal(host.listen, "127.0.0.1:8080");
    assert_string_equal(host.origin, "");
    assert_string_equal(host.data, "/var/lib/viche");
    assert_string_equal(host.path, folder_path("viche.ini"));
    assert_true(host.workers >= 2);
    assert_int_equal(host.proxy, 0);
    assert_int_equal(host.limits.body_bytes, 1048576);
    assert_int_equal(host.limits.upload_bytes, 20971520);
    assert_int_equal(host.limits.turn_ms, 2000);
    assert_int_equal(host.limits.disk_free_mb, 64);
    host_close(&host);
}

static void every_declared_default_holds(void **state)
{
    (void)state;
    static const char *const sections[] = {"host", "limits"};
    struct arena *arena = arena_new();
    for (size_t s = 0; s < 2; s++) {
        size_t count = 0;
        const struct viche_option *options = host_options(sections[s], &count);
        assert_true(count > 0);
        for (size_t i = 0; i < count; i++) {
            const char *value = NULL;
            struct fail fail = {0};
            assert_non_null(options[i].help);
            if (!value_check(arena, &options[i], options[i].fallback, options[i].name, &value, &fail))
                fail_msg("%s", fail.words);
        }
    }
    size_t none = 1;
    assert_null(host_options("web", &none));
    assert_int_equal(none, 0);
    arena_free(arena);
}

static void towns_are_found_in_the_order_of_their_names(void **state)
{
    (void)state;
    read_good("[host]\nworkers = 3\n", NULL);
    assert_int_equal(host.town_count, 2);
    assert_string_equal(host.town_files[0], folder_path("towns/kryzhopil.ini"));
    assert_string_equal(host.town_files[1], folder_path("towns/sharhorod.ini"));
    assert_int_equal(host.workers, 3);
    host_close(&host);
}

static void paths_begin_at_the_file(void **state)
{
    (void)state;
    read_good("[host]\ndata = d\nplugins = p:/q::r\nshare = ../s\n", NULL);
    char plugins[256];
    snprintf(plugins, sizeof plugins, "%s/p:/q:%s/r", folder, folder);
    assert_string_equal(host.data, folder_path("d"));
    assert_string_equal(host.plugins, plugins);
    assert_string_equal(host.share, folder_path("../s"));
    assert_string_equal(host.base, folder);
    assert_string_equal(host.towns_base, folder_path("towns"));
    host_close(&host);
}

static void the_command_line_goes_over_the_file(void **state)
{
    (void)state;
    char here[200];
    assert_non_null(getcwd(here, sizeof here));
    const struct host_overrides over = {.listen = "127.0.0.1:0", .data = "d", .plugins = "/p", .share = "/s"};
    read_good("[host]\nlisten = 127.0.0.1:1\ndata = /file\n", &over);
    assert_string_equal(host.listen, "127.0.0.1:0");
    assert_true(strncmp(host.data, here, strlen(here)) == 0);
    assert_string_equal(host.plugins, "/p");
    assert_string_equal(host.share, "/s");
    host_close(&host);
}

static void a_copy_is_read_as_if_it_lay_where_it_came_from(void **state)
{
    (void)state;
    const struct host_overrides over = {.towns = folder_path("towns"), .base = "/etc/viche", .towns_base = "/etc/viche/towns"};
    read_good("[host]\ndata = data\ntowns = elsewhere\n", &over);
    assert_string_equal(host.data, "/etc/viche/data");
    assert_string_equal(host.towns, folder_path("towns"));
    assert_string_equal(host.towns_base, "/etc/viche/towns");
    assert_int_equal(host.town_count, 2);
    host_close(&host);
}

static void addresses_are_checked(void **state)
{
    (void)state;
    static const char *const good[] = {"0.0.0.0:80", "[::1]:8080", "[::]:0", "unix:/run/viche/http"};
    static const char *const bad[] = {"8080", "localhost:8080", "127.0.0.1", "127.0.0.1:", "127.0.0.1:65536", "127.0.0.1:-1",
                                      "::1:8080", "[::1:8080", "[127.0.0.1]:80", ":80", "unix:http", "300.0.0.1:80", "[]:80"};
    for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
        read_good("", &(struct host_overrides){.listen = good[i]});
        host_close(&host);
    }
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        refuse("", &(struct host_overrides){.listen = bad[i]}, "--listen: '");
    refuse("[host]\nlisten = here\n", NULL, "viche.ini: [host] listen: 'here' is no address");
}

static void what_is_wrong_has_its_line_and_remedy(void **state)
{
    (void)state;
    refuse("[host]\norigin = https://a.ua/chat\n", NULL, "has a path");
    refuse("[host]\norigin = a.ua\n", NULL, "viche.ini:2: [host] origin");
    refuse("[host]\nworkers = 65\n", NULL, "from 0 to 64");
    refuse("[host]\nworker = 2\n", NULL, "Did you mean 'workers'?");
    refuse("[limits]\nturn-ms = 1\n", NULL, "viche.ini:2: [limits] turn-ms");
    refuse("[web]\n", NULL, "viche.ini:1: there is no section [web] here");
    refuse("[host]\ntowns = nowhere\n", NULL, "Make the folder");
    mkdir(folder_path("none"), 0700);
    refuse("[host]\ntowns = none\n", NULL, "no town here");
}

static void the_shipped_configuration_is_good(void **state)
{
    (void)state;
    struct fail fail = {0};
    if (!host_read(&host, SOURCE_DIR "/conf/viche.ini", NULL, &fail))
        fail_msg("%s", fail.words);
    assert_true(host.town_count >= 2);
    host_close(&host);
}

#define IN_CONF(test) cmocka_unit_test_setup_teardown(test, make_conf, folder_drop)

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_CONF(an_empty_file_is_a_whole_configuration),
        IN_CONF(every_declared_default_holds),
        IN_CONF(towns_are_found_in_the_order_of_their_names),
        IN_CONF(paths_begin_at_the_file),
        IN_CONF(the_command_line_goes_over_the_file),
        IN_CONF(a_copy_is_read_as_if_it_lay_where_it_came_from),
        IN_CONF(addresses_are_checked),
        IN_CONF(what_is_wrong_has_its_line_and_remedy),
        IN_CONF(the_shipped_configuration_is_good),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
