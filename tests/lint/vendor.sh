#!/bin/sh
# SPDX-License-Identifier: MPL-2.0
# Other people's code in the repository is what they published, and its licence stands beside it.
. tests/lint/lib.sh
{
    scripts/vendor 2>&1
    find plugins/services/desk/vendor -mindepth 1 -maxdepth 1 -type d | while read -r f; do
        [ -f "$f/LICENSE" ] || echo "$f: no LICENSE"
        grep -q "^Files: $f/" packaging/copyright || echo "packaging/copyright: nothing of $f"
    done
} | verdict
