#!/bin/sh
# SPDX-License-Identifier: MPL-2.0
# headers.sh FOLDER: each public header compiles alone, without padding the compiler chose, as C17 and as C++17, with gcc and clang.
folder=$1
strict='-Wall -Wextra -Wpadded -Wundef -Werror -fsyntax-only'
code=0
try() {
    "$@" -I "$folder" || { echo "failed: $*" >&2; code=1; }
}
for header in "$folder"/viche/*.h "$folder"/viche/services/*.h; do
    [ -e "$header" ] || continue
    for cc in gcc clang-14; do
        # shellcheck disable=SC2086 # the flags are words
        try $cc -x c -std=c17 $strict -Wshadow -Wstrict-prototypes -Wno-unused-function "$header"
    done
    for cxx in g++ clang++-14; do
        # shellcheck disable=SC2086
        try $cxx -x c++ -std=c++17 $strict -Wno-unused-function "$header"
    done
done
exit $code
