/* SPDX-License-Identifier: MPL-2.0 */
#include "gateway/peer.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"

enum { HOST_BYTES_MAX = 255 };

static void write_v4(const unsigned char *bytes, char *out, size_t room) { inet_ntop(AF_INET, bytes, out, (socklen_t)room); }

static void write_v6(const struct in6_addr *address, char *out, size_t room)
{
    if (IN6_IS_ADDR_V4MAPPED(address)) {
        write_v4(address->s6_addr + 12, out, room);
        return;
    }
    struct in6_addr net = *address;
    if (!IN6_IS_ADDR_LOOPBACK(address))
        memset(net.s6_addr + 8, 0, 8);
    inet_ntop(AF_INET6, &net, out, (socklen_t)room);
}

void peer_of_socket(const struct sockaddr *address, char *out, size_t room)
{
    if (address && address->sa_family == AF_INET) {
        struct sockaddr_in in;
        memcpy(&in, address, sizeof in);
        write_v4((const unsigned char *)&in.sin_addr, out, room);
    } else if (address && address->sa_family == AF_INET6) {
        struct sockaddr_in6 in6;
        memcpy(&in6, address, sizeof in6);
        write_v6(&in6.sin6_addr, out, room);
    } else {
        snprintf(out, room, "local");
    }
}

bool peer_of_header(const char *forwarded_for, char *out, size_t room)
{
    const char *comma = strrchr(forwarded_for, ',');
    const char *last = comma ? comma + 1 : forwarded_for;
    last += strspn(last, " ");
    char text[INET6_ADDRSTRLEN];
    snprintf(text, sizeof text, "%.*s", (int)strcspn(last, " "), last);
    struct in6_addr v6;
    unsigned char v4[4];
    if (inet_pton(AF_INET, text, v4) == 1)
        write_v4(v4, out, room);
    else if (inet_pton(AF_INET6, text, &v6) == 1)
        write_v6(&v6, out, room);
    else
        return false;
    return true;
}

static bool private_v4(const unsigned char *a)
{
    return a[0] == 0 || a[0] == 10 || a[0] == 127 || a[0] >= 224 || (a[0] == 169 && a[1] == 254) ||
           (a[0] == 172 && (a[1] & 0xf0) == 16) || (a[0] == 192 && a[1] == 168) || (a[0] == 192 && a[1] == 0 && a[2] == 0) ||
           (a[0] == 100 && (a[1] & 0xc0) == 64) || (a[0] == 198 && (a[1] & 0xfe) == 18);
}

static bool private_v6(const struct in6_addr *address)
{
    const unsigned char *a = address->s6_addr;
    static const unsigned char nat64[12] = {0x00, 0x64, 0xff, 0x9b};
    if (IN6_IS_ADDR_V4MAPPED(address) || IN6_IS_ADDR_V4COMPAT(address) || memcmp(a, nat64, sizeof nat64) == 0)
        return private_v4(a + 12);
    return IN6_IS_ADDR_UNSPECIFIED(address) || IN6_IS_ADDR_LOOPBACK(address) || (a[0] & 0xfe) == 0xfc ||
           (a[0] == 0xfe && (a[1] & 0x80)) || a[0] == 0xff || (a[0] == 0x20 && a[1] == 0x02 && private_v4(a + 2));
}

bool peer_is_private(const struct sockaddr *address)
{
    if (address->sa_family == AF_INET) {
        struct sockaddr_in in;
        memcpy(&in, address, sizeof in);
        return private_v4((const unsigned char *)&in.sin_addr);
    }
    if (address->sa_family != AF_INET6)
        return true;
    struct sockaddr_in6 in6;
    memcpy(&in6, address, sizeof in6);
    return private_v6(&in6.sin6_addr);
}

bool peer_text_is_private(const char *peer)
{
    unsigned char v4[4];
    struct in6_addr v6;
    if (inet_pton(AF_INET, peer, v4) == 1)
        return private_v4(v4);
    return inet_pton(AF_INET6, peer, &v6) == 1 ? private_v6(&v6) : text_is(peer, "local");
}

const char *peer_origin(struct arena *arena, const char *scheme, const char *host)
{
    size_t length = strlen(host);
    bool clean = length > 0 && length <= HOST_BYTES_MAX &&
                 strspn(host, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-:[]") == length;
    return clean ? arena_print(arena, "%s://%s", scheme, host) : "";
}
