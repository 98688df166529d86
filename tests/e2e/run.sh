#!/bin/sh
# SPDX-License-Identifier: MPL-2.0
# run.sh FILE.test.mjs …: installs the packages of the lock file and runs the tests. 77: something is not there, skipped.
cd "$(dirname "$0")" || exit 1
skip() { echo "skipped: $*"; exit 77; }
command -v node >/dev/null && command -v npm >/dev/null || skip "node and npm are not installed (Debian: nodejs npm)"
[ -x "${CHROMIUM:-/usr/bin/chromium}" ] || skip "Chromium is not installed (Debian: chromium)"

install()
{
    cmp -s package-lock.json node_modules/.installed && return
    npm ci --no-audit --no-fund --ignore-scripts --loglevel=error && cp package-lock.json node_modules/.installed
}

exec 9<package.json
flock 9 # several of these run at once
install || { echo "npm ci failed: its words stand above."; exit 1; }
exec 9<&-
exec node --test "$@"
