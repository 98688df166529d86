#!/bin/sh
# SPDX-License-Identifier: MPL-2.0
# unchanged.sh FROZEN TODAY: the probe of the newest frozen minor, compiled with its own headers and with today's, is the same.
abidiff --non-reachable-types "$1" "$2" && exit 0
echo "The public headers have changed since they were frozen. Once a minor is released that takes a new one: see freeze.py." >&2
exit 1
