#!/bin/sh
# SPDX-License-Identifier: MPL-2.0
# unchanged.sh FROZEN TODAY: the probe of the newest frozen minor, compiled with its own headers and with today's, is the same. While a
# new minor is in the making, the headers differ by what is appended; then layout.c alone keeps every old field where it was.
here=$(dirname "$0")
minor() { sed -n 's/^#define VICHE_ABI_MINOR \([0-9]*\).*/\1/p' "$1/viche/plugin.h"; }
frozen=$(cd "$here" && printf '%s\n' v0-* | sort -V | tail -n 1)
if [ "$(minor "$here/../../plugin-api")" -gt "$(minor "$here/$frozen")" ]; then
    echo "skipped: a minor newer than $frozen is in the making; freeze.py when it is released"
    exit 77
fi
abidiff --non-reachable-types "$1" "$2" && exit 0
echo "The public headers have changed since they were frozen. Raise VICHE_ABI_MINOR, and freeze it when it is released: freeze.py." >&2
exit 1
