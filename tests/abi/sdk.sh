#!/bin/sh
# SPDX-License-Identifier: MPL-2.0
# sdk.sh BUILD LOAD: what a stranger does. Installs the SDK to a new prefix, builds the template outside our tree, once with CMake
# and once with a plain compiler, and loads both.
set -e
build=$1 load=$2
box=$(mktemp -d) && trap 'rm -rf "$box"' EXIT

cmake --install "$build" --component dev --prefix "$box/prefix" >"$box/log"

cp -R "$box/prefix/share/viche/template" "$box/cmake"
cmake -S "$box/cmake" -B "$box/cmake/build" -DCMAKE_PREFIX_PATH="$box/prefix" >>"$box/log"
cmake --build "$box/cmake/build" >>"$box/log"
"$load" "$box/cmake/build/plugins/waste/waste.so"

cp -R "$box/prefix/share/viche/template" "$box/waste"
cd "$box/waste"
export PKG_CONFIG_PATH="$box/prefix/share/pkgconfig"
# shellcheck disable=SC2046 # the flags are words
cc -std=c17 -Wall -Wextra -Werror -shared -fPIC $(pkg-config --cflags viche) -o waste.so waste.c
"$load" ./waste.so
