#!/bin/sh
# SPDX-License-Identifier: MPL-2.0
# SQL is a literal, a NAMED constant, or static const text; sqlite3_* is spoken in store/ alone.
. tests/lint/lib.sh
files 'core/*.c' 'plugins/*.c' | xargs awk "$strip"'
function check(name, rest) {
    if (name ~ /^sqlite3_(exec|prepare|open)/ && FILENAME !~ /^core\/store\//) bad(name " outside core/store")
    if (name !~ /^(db_query|db_run|db_number|viche_sql)$/) return
    if (rest ~ /^[ ]*[a-z_>.-]+(\([a-z_>., -]*\))?,[ ]*("|[A-Z_]+[ ]*[,;")]|$)/ || rest ~ /^[ ]*$/) return
    if (rest ~ /^(const )?struct|^struct/) return
    bad(name " with SQL that is no literal; make it one")
}
function bad(words) { printf "%s:%d: %s\n", FILENAME, FNR, words }
{
    line = strip($0)
    while (match(line, /[a-z_0-9]+\(/)) {
        name = substr(line, RSTART, RLENGTH - 1); line = substr(line, RSTART + RLENGTH)
        if (FILENAME !~ /^core\/store\/db/) check(name, line)
    }
}' | verdict
