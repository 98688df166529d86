#!/bin/sh
# SPDX-License-Identifier: MPL-2.0
# White space: no tabs, no trailing spaces, a newline at the end; lines of 120 characters, where a few more are let pass,
# and tables of tests are wide.
. tests/lint/lib.sh
export LC_ALL=C # bytes, so that characters can be counted by leaving out what continues them
files '*.c' '*.h' '*.js' '*.jsx' '*.mjs' '*.css' '*.py' '*.sh' '*.cmake' '*CMakeLists.txt' | while read -r f; do
    awk -v f="$f" '
        /\t/ { printf "%s:%d: a tab\n", f, FNR }
        /[ ]$/ { printf "%s:%d: a space at the end\n", f, FNR }
        { line = $0; gsub(/[\200-\277]/, "", line) }
        f ~ /[.][ch]$/ && f !~ /^tests\/unit/ && length(line) > 144 {
            printf "%s:%d: %d characters; 120 at most\n", f, FNR, length(line)
        }' "$f"
    [ -z "$(tail -c 1 "$f")" ] || echo "$f: no newline at the end"
done | verdict
