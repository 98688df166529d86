#!/bin/sh
# SPDX-License-Identifier: MPL-2.0
# Functions that overflow, block, race, change the whole process, or write to stdout.
. tests/lint/lib.sh
files 'core/*.c' 'core/*.h' 'plugins/*.c' 'plugins/*.h' 'plugin-api/*.c' 'plugin-api/*.h' | xargs awk "$strip"'
BEGIN {
    n = split("strcpy strcat sprintf vsprintf strtok gets atoi atol atof alloca system popen signal setlocale localtime gmtime " \
              "ctime asctime strerror rand srand tmpnam mktemp", names, " ")
    for (i = 1; i <= n; i++) banned[names[i]] = 1
    n = split("sleep usleep nanosleep fork exit abort socket connect dlopen pthread_create", names, " ")
    for (i = 1; i <= n; i++) plugins_banned[names[i]] = 1
}
{
    line = strip($0)
    mayprint = FILENAME ~ /^core\/(tool\/|[a-z]*\.c$)/ || FILENAME ~ /^plugins\/channels\/console\//
    while (match(line, /[A-Za-z_][A-Za-z_0-9]*[ ]*\(/)) {
        name = substr(line, RSTART, RLENGTH); sub(/[ ]*\($/, "", name)
        before = RSTART > 1 ? substr(line, RSTART - 1, 1) : ""
        if (before == "." || before == ">") name = ""
        if (name in banned) printf "%s:%d: %s is banned\n", FILENAME, FNR, name
        if (FILENAME ~ /^plugins\// && name in plugins_banned) printf "%s:%d: %s is not for plugins\n", FILENAME, FNR, name
        if (name ~ /^(printf|puts|putchar|vprintf)$/ && !mayprint)
            printf "%s:%d: %s outside the tool: use base/log.h\n", FILENAME, FNR, name
        line = substr(line, RSTART + RLENGTH)
    }
}' | verdict
