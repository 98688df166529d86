#!/bin/sh
# SPDX-License-Identifier: MPL-2.0
# package.sh FOLDER: installs the built packages with dpkg into a throwaway root (this system under an overlay), runs the host
# from there as its own user, answers a request, and takes everything off again. Needs root; otherwise it is skipped.
packages=$1
skip() { echo "skipped: $*"; exit 77; }

if [ "${2-}" != inside ]; then
    [ "$(id -u)" = 0 ] || skip "only root can make a throwaway root"
    own=--mount
    if ! unshare $own true 2>/dev/null; then # as in a chroot, whose / is no mount of its own
        grep -q shared: /proc/self/mountinfo && skip "mounts made here would be seen outside"
        own='--mount --propagation unchanged'
        # shellcheck disable=SC2086  # words
        unshare $own true 2>/dev/null || skip "mount namespaces are not allowed here"
    fi
    # shellcheck disable=SC2086
    exec unshare $own --pid --fork --kill-child sh "$0" "$packages" inside
fi

set -e
box=$(mktemp -d)
mount -t tmpfs tmpfs "$box"
mkdir "$box/up" "$box/work" "$box/root"
mount -t overlay overlay -o "lowerdir=/,upperdir=$box/up,workdir=$box/work" "$box/root" || skip "overlays are not allowed here"
mount --bind /dev "$box/root/dev"
mount -t proc proc "$box/root/proc"
mkdir "$box/root/packages"
cp "$packages"/*.deb "$box/root/packages/"
cp "$(dirname "$0")/package_inside.sh" "$box/root/packages/"
exec chroot "$box/root" /bin/sh /packages/package_inside.sh
