#!/bin/sh
# SPDX-License-Identifier: MPL-2.0
# Every header of the host compiles alone. (The public ones: tests/abi.)
. tests/lint/lib.sh
libraries="jansson sqlite3 inih libsodium libuv libcurl libmicrohttpd icu-uc libsystemd"
# shellcheck disable=SC2086  # words
flags="-Icore -Iplugin-api -Iplugins $(pkg-config --cflags $libraries)"
for h in $(files 'core/*.h' 'plugins/*.h'); do
    # shellcheck disable=SC2086
    ${CC:-cc} -std=gnu17 -D_GNU_SOURCE -Wall -Werror -fsyntax-only $flags -x c "$h" 2>&1 | grep -E 'error|warning' | head -n 3
done | verdict
