#!/bin/sh
# SPDX-License-Identifier: MPL-2.0
# node.sh FILE.test.mjs …: runs tests that need Node.js and nothing else. 77: it is not there, skipped.
cd "$(dirname "$0")" || exit 1
command -v node >/dev/null || { echo "skipped: node is not installed (Debian: nodejs)"; exit 77; }
exec node --test "$@"
