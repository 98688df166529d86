#!/bin/sh
# SPDX-License-Identifier: MPL-2.0
# exports.sh FILE…: a plugin exports viche_plugin_v0 and nothing else, and needs nothing that its own libraries do not have: so it
# can depend on nothing inside the host.
code=0
for file in "$@"; do
    # beside some old libraries the linker adds marks of its own
    exported=$(nm -D --defined-only "$file" | awk '$3 !~ /^(__bss_start|_edata|_end)$/ { print $3 }')
    [ "$exported" = viche_plugin_v0 ] || { echo "$file exports:" $exported >&2; code=1; }
    undefined=$(ldd -r "$file" 2>&1 | grep -E 'undefined symbol|not found')
    [ -z "$undefined" ] || { echo "$file: $undefined" >&2; code=1; }
done
exit $code
