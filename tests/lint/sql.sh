#!/bin/sh
# SPDX-License-Identifier: MPL-2.0
# SQL is a literal: written in the call, a NAMED constant, or a `static const char x[]` above. sqlite3_* is spoken in store/ alone.
. tests/lint/lib.sh
files 'core/*.c' 'plugins/*.c' | grep -v '^core/store/' | xargs awk "$strip"'
function bad(words) { printf "%s:%d: %s\n", FILENAME, FNR, words }
function check(name, rest,    sql) {
    if (name ~ /^sqlite3_(exec|prepare|open)/) bad(name " outside core/store")
    if (name !~ /^(db_query|db_run|db_number|viche_sql)$/ || rest ~ /^(const )?struct/) return
    sql = rest
    if (!sub(/^[ ]*[a-z_>.-]+(\([a-z_>., -]*\))?,[ ]*/, "", sql)) { if (rest !~ /^[ ]*$/) bad(name ": cannot see its SQL"); return }
    if (sql ~ /^("|[A-Z_0-9]+[ ]*[][,;") ]|$)/) return
    sub(/[^a-z_0-9].*/, "", sql)
    if (!((FILENAME, sql) in constant)) bad(name " with SQL that is no literal; make it one")
}
{
    line = strip($0)
    if (match(line, /static const char (\*const )?[a-z_0-9]+(\[\])? =/)) {
        name = line; sub(/.*static const char (\*const )?/, "", name); sub(/[^a-z_0-9].*/, "", name)
        constant[FILENAME, name] = 1
    }
    while (match(line, /[a-z_0-9]+\(/)) {
        name = substr(line, RSTART, RLENGTH - 1); line = substr(line, RSTART + RLENGTH)
        check(name, line)
    }
}' | verdict
