# SPDX-License-Identifier: MPL-2.0
# What scripts/demo and scripts/test share. Sourced by bash from the top folder of the repository.

# One clear sentence, what to do, and the end.
die()
{
    printf '\n%s\n' "$*" >&2
    exit 1
}

step() { printf '==> %s\n' "$*"; }

# The packages of these sections of packages.txt that are not installed.
missing_packages()
{
    local section package unless command installed
    installed=" $(dpkg-query -W -f='${db:Status-Abbrev} ${Package}\n' 2>/dev/null | awk '$1 == "ii" { printf "%s ", $2 }')"
    while read -r section package unless command; do
        case " $* " in *" $section "*) ;; *) continue ;; esac
        [ "$unless" = unless ] && command -v "$command" >/dev/null && continue
        case "$installed" in *" $package "*) ;; *) printf '%s ' "$package" ;; esac
    done < <(grep -v '^#' scripts/packages.txt)
}

# Installs what is missing of these sections; says what to do where that is not possible.
need_packages()
{
    local missing sudo= log
    command -v dpkg-query >/dev/null || die "This script installs Debian packages, and this is not Debian.
Install what scripts/packages.txt lists by your system's own means, then: cmake --preset release && cmake --build build"
    missing=$(missing_packages "$@")
    [ -n "$missing" ] || return 0
    if [ "$(id -u)" != 0 ]; then
        command -v sudo >/dev/null || die "These packages are missing, and only root can install them: $missing
As root:  apt-get install $missing"
        sudo=sudo
    fi
    step "Installing packages: $missing"
    log=$(mktemp)
    # shellcheck disable=SC2086  # a list of words
    if ! { $sudo apt-get update && $sudo env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends $missing; } \
        </dev/null >"$log" 2>&1; then
        tail -n 5 "$log" >&2
        die "These packages could not be installed: $missing
Above is what apt-get said (all of it: $log). Is the network there, and is this Debian 12?"
    fi
    rm -f "$log"
}

# Configures and builds one preset; its last words only if that fails.
build_preset()
{
    local preset=$1 log
    shift
    mkdir -p build
    log=build/$preset.log
    if ! { cmake --preset "$preset" "$@" && cmake --build --preset "$preset"; } </dev/null >"$log" 2>&1; then
        grep -E -A 8 'error|Error|FAILED' "$log" | head -n 60 >&2
        die "The build failed. Above is the first that went wrong; all of it is in $log."
    fi
}
