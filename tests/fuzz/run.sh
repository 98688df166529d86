#!/bin/sh
# SPDX-License-Identifier: MPL-2.0
# run.sh TARGET CORPUS SECONDS: fuzzes from the corpus in the repository, which stays as it is. The seed is printed; a finding is
# kept beside the target, to be given to it as its only argument.
target=$1 corpus=$2 seconds=$3
found=$(dirname "$target")/found
[ -d "$corpus" ] || { echo "$corpus is missing: give the target inputs to begin with." >&2; exit 1; }
grown=$(mktemp -d) && trap 'rm -rf "$grown"' EXIT
mkdir -p "$found"
"$target" -max_total_time="$seconds" -rss_limit_mb=1024 -timeout=5 -print_final_stats=1 -artifact_prefix="$found/$(basename "$target")-" \
    "$grown" "$corpus" >"$grown.log" 2>&1
code=$?
grep -vE '^("|#)' "$grown.log" | tail -n 80
rm -f "$grown.log"
exit $code
