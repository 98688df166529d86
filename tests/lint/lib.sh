# SPDX-License-Identifier: MPL-2.0
# What the rules share. Run from the top folder.

# Tracked and new files of these patterns, one a line; folders of other people's code are not ours to judge.
files()
{
    git ls-files -co --exclude-standard -- "$@" | grep -vE '(^|/)(node_modules|vendor)/' | while read -r f; do
        [ -f "$f" ] && echo "$f"
    done
}

# Fails when the rule printed anything.
verdict()
{
    found=$(cat)
    [ -z "$found" ] && exit 0
    printf '%s\n' "$found"
    exit 1
}

# awk: blanks out comments, and strings too when strings=0, so that words in them are not taken for code. Lines stay lines.
# shellcheck disable=SC2034
strip='
function strip(line,    out, c, two, i) {
    out = ""
    for (i = 1; i <= length(line); i++) {
        c = substr(line, i, 1); two = substr(line, i, 2)
        if (in_comment) { if (two == "*/") { in_comment = 0; i++ } continue }
        if (in_string) {
            if (c == "\\") { i++; continue }
            if (c == quote) { in_string = 0; out = out c }
            continue
        }
        if (two == "/*") { in_comment = 1; i++; continue }
        if (two == "//") break
        if (c == "\"" || c == "\047") { in_string = 1; quote = c }
        out = out c
    }
    in_string = 0
    return out
}
FNR == 1 { in_comment = 0; in_string = 0 }'
