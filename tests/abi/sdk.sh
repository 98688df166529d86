#!/bin/sh
# SPDX-License-Identifier: MPL-2.0
# sdk.sh BUILD VICHE: what a stranger does. Installs the SDK to a new prefix, builds the template outside our tree, once with CMake
# and once with a plain compiler, and has both say what their transcript says.
set -e
build=$1 viche=$2
box=$(mktemp -d) && trap 'rm -rf "$box"' EXIT
talk() {
    "$viche" inspect "$1"
    "$viche" talk --plugins "$build/plugins" --share "$build/share" --plugin "$1" talk/waste.talk
}

cmake --install "$build" --component dev --prefix "$box/prefix" >"$box/log"

cp -R "$box/prefix/share/viche/template" "$box/cmake"
cd "$box/cmake"
cmake -B build -DCMAKE_PREFIX_PATH="$box/prefix" >>"$box/log"
cmake --build build >>"$box/log"
talk build/plugins/waste/waste.so

cp -R "$box/prefix/share/viche/template" "$box/waste"
cd "$box/waste"
export PKG_CONFIG_PATH="$box/prefix/share/pkgconfig"
# shellcheck disable=SC2046 # the flags are words
cc -std=c17 -Wall -Wextra -Werror -shared -fPIC $(pkg-config --cflags viche) -o waste.so waste.c
talk ./waste.so
