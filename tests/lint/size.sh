#!/bin/sh
# SPDX-License-Identifier: MPL-2.0
# A file has at most 500 lines, a function at most 60 (its braces stand in the first column).
. tests/lint/lib.sh
{
    files '*.c' '*.h' '*.js' '*.jsx' '*.mjs' '*.css' '*.py' '*.sh' | while read -r f; do
        lines=$(wc -l <"$f")
        [ "$lines" -le 500 ] || echo "$f: $lines lines; split it below 500"
    done
    files '*.c' '*.h' | xargs awk '
        FNR == 1 { start = 0 }
        /^{/ { start = FNR }
        /^}/ && start {
            if (FNR - start - 1 > 60) printf "%s:%d: a function of %d lines; 60 at most\n", FILENAME, start, FNR - start - 1
            start = 0
        }'
} | verdict
