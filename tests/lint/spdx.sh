#!/bin/sh
# SPDX-License-Identifier: MPL-2.0
# The first lines of a source file say its licence: MIT under plugin-api/, MPL-2.0 elsewhere.
. tests/lint/lib.sh
files '*.c' '*.h' '*.js' '*.jsx' '*.mjs' '*.css' '*.py' '*.sh' 'scripts/demo' 'scripts/test' 'scripts/vendor' | while read -r f; do
    case $f in plugin-api/* | tests/abi/*/viche/*) want=MIT ;; *) want=MPL-2.0 ;; esac
    head -n 2 "$f" | grep -q "SPDX-License-Identifier: $want" || echo "$f:1: no line SPDX-License-Identifier: $want"
done | verdict
