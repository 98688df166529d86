#!/bin/sh
# SPDX-License-Identifier: MPL-2.0
# Installs the two packages of the lock file and runs the tests in headless Chromium. 77: something is not there, skipped.
cd "$(dirname "$0")" || exit 1
skip() { echo "skipped: $*"; exit 77; }
command -v node >/dev/null && command -v npm >/dev/null || skip "node and npm are not installed (Debian: nodejs npm)"
[ -x "${CHROMIUM:-/usr/bin/chromium}" ] || skip "Chromium is not installed (Debian: chromium)"
export PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD=1
cmp -s package-lock.json node_modules/.installed ||
    { npm ci --no-audit --no-fund --ignore-scripts --loglevel=error && cp package-lock.json node_modules/.installed; } ||
    { echo "npm ci failed: its words stand above."; exit 1; }
exec node --test "$@"
