/* SPDX-License-Identifier: MPL-2.0 */
#include "gateway/peer.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

static bool is_private(const char *text)
{
    struct sockaddr_in6 six = {.sin6_family = AF_INET6};
    struct sockaddr_in four = {.sin_family = AF_INET};
    if (inet_pton(AF_INET, text, &four.sin_addr) == 1)
        return peer_is_private((const struct sockaddr *)&four);
    assert_int_equal(inet_pton(AF_INET6, text, &six.sin6_addr), 1);
    return peer_is_private((const struct sockaddr *)&six);
}

static void knows_private_networks_in_every_disguise(void **state)
{
    (void)state;
    static const char *const own[] = {
        "127.0.0.1", "127.255.0.1", "10.1.2.3", "172.16.0.1", "172.31.255.255", "192.168.1.1", "169.254.169.254", "100.64.0.1",
        "0.0.0.0", "224.0.0.1", "255.255.255.255", "198.18.0.1", "::1", "::", "fe80::1", "fc00::1", "fdff::1", "ff02::1",
        "::ffff:127.0.0.1", "::ffff:10.0.0.1", "64:ff9b::a00:1", "2002:7f00:1::", "fec0::1"};
    static const char *const open[] = {"1.1.1.1", "172.32.0.1", "172.15.0.1", "100.128.0.1", "192.169.0.1", "2606:4700::1111",
                                       "::ffff:1.1.1.1", "2a01:4f8::1", "64:ff9b::101:101"};
    for (size_t i = 0; i < sizeof own / sizeof *own; i++)
        assert_true(is_private(own[i]));
    for (size_t i = 0; i < sizeof open / sizeof *open; i++)
        assert_false(is_private(open[i]));
}

static void believes_only_the_last_hop(void **state)
{
    (void)state;
    char peer[48];
    assert_true(peer_of_header("6.6.6.6, 198.51.100.7", peer, sizeof peer));
    assert_string_equal(peer, "198.51.100.7");
    assert_true(peer_of_header("2001:db8:1:2:3:4:5:6", peer, sizeof peer));
    assert_string_equal(peer, "2001:db8:1:2::");
    assert_true(peer_of_header("::ffff:198.51.100.7", peer, sizeof peer));
    assert_string_equal(peer, "198.51.100.7");
    assert_false(peer_of_header("", peer, sizeof peer));
    assert_false(peer_of_header("198.51.100.7, unknown", peer, sizeof peer));
}

static void makes_an_origin_of_a_clean_host_only(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    assert_string_equal(peer_origin(arena, "https", "chat.example.ua:8443"), "https://chat.example.ua:8443");
    assert_string_equal(peer_origin(arena, "http", "[::1]:8080"), "http://[::1]:8080");
    assert_string_equal(peer_origin(arena, "http", "a/b"), "");
    assert_string_equal(peer_origin(arena, "http", "a\"><script"), "");
    assert_string_equal(peer_origin(arena, "http", ""), "");
    arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(knows_private_networks_in_every_disguise),
        cmocka_unit_test(believes_only_the_last_hop),
        cmocka_unit_test(makes_an_origin_of_a_clean_host_only),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
