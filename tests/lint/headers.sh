#!/bin/sh
# SPDX-License-Identifier: MPL-2.0
# Every header compiles alone; the public ones without a hole and as C++17 too.
. tests/lint/lib.sh
libraries="jansson sqlite3 inih libsodium libuv libcurl libmicrohttpd icu-uc libsystemd"
# shellcheck disable=SC2086  # words
flags="-Icore -Iplugin-api -Iplugins $(pkg-config --cflags $libraries)"
strict="-Wall -Wextra -Werror -fsyntax-only -Iplugin-api"
said() { grep -E 'error|warning' | head -n 3; }
{
    for h in $(files 'core/*.h' 'plugins/*.h' 'plugin-api/*.h'); do
        # shellcheck disable=SC2086
        ${CC:-cc} -std=gnu17 -D_GNU_SOURCE -Wall -Werror -fsyntax-only $flags -x c "$h" 2>&1 | said
    done
    for h in $(files 'plugin-api/*.h'); do
        # shellcheck disable=SC2086
        ${CC:-cc} -std=c17 -Wpadded $strict -x c "$h" 2>&1 | said
        # shellcheck disable=SC2086
        ${CXX:-c++} -std=c++17 $strict -x c++ "$h" 2>&1 | said
    done
} | verdict
