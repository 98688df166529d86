#!/bin/sh
# SPDX-License-Identifier: MPL-2.0
# Includes of core/ point one way; each library has one home; a plugin sees nothing of the host.
. tests/lint/lib.sh
files 'core/*.c' 'core/*.h' 'plugins/*.c' 'plugins/*.h' 'plugin-api/*.h' 'plugin-api/*.c' | xargs awk '
BEGIN {
    rank["base"] = 0; rank["config"] = 1; rank["store"] = 1; rank["link"] = 1; rank["plugin"] = 2
    rank["town"] = 3; rank["flow"] = 3; rank["builtin"] = 3; rank["worker"] = 4; rank["admin"] = 4
    rank["supervisor"] = 5; rank["gateway"] = 5; rank["tool"] = 5
    home["microhttpd.h"] = "gateway"; home["curl/curl.h"] = "gateway tool"; home["dlfcn.h"] = "plugin"
    home["ini.h"] = "config"; home["magic.h"] = "store"; home["qrencode.h"] = "tool town worker admin flow"
    home["systemd/sd-daemon.h"] = "supervisor"
}
function bad(words) { printf "%s:%d: %s\n", FILENAME, FNR, words }
/^#[ \t]*include/ {
    target = $0; sub(/^#[ \t]*include[ \t]*[<"]/, "", target); sub(/[>"].*/, "", target)
    split(FILENAME, path, "/"); split(target, into, "/")
    if (path[1] == "plugins" || path[1] == "plugin-api") {
        if (into[1] in rank && target ~ /\//) bad("a plugin includes " target " of the host: use <viche/…>")
        if (path[1] == "plugin-api" && path[2] == "viche" && target !~ /^viche\// && target !~ /^(stdbool|stddef|stdint)\.h$/)
            bad("a public header includes only stdbool, stddef, stdint and viche/: " target)
        next
    }
    from = path[2]
    if (from ~ /\.[ch]$/) next # the main files wire everything
    if (target in home && index(" " home[target] " ", " " from " ") == 0) bad(target " belongs to core/" home[target])
    if (target ~ /^unicode\// && from != "plugin" && from != "town") bad("ICU belongs to core/plugin")
    if (target == "sqlite3.h" && from != "store") bad("sqlite3.h belongs to core/store")
    if (!(into[1] in rank) || into[1] == from || target !~ /\//) next
    if (!(from in rank)) { bad("core/" from " has no place in tests/lint/layers.sh"); next }
    if (rank[into[1]] > rank[from]) { bad("core/" from " must not know core/" into[1] ": includes point one way"); next }
    seen[from, into[1]] = FILENAME ":" FNR
    if ((into[1], from) in seen) bad("core/" from " and core/" into[1] " know each other: see " seen[into[1], from])
}' | verdict
