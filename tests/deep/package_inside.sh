#!/bin/sh
# SPDX-License-Identifier: MPL-2.0
# The part of package.sh that runs inside the throwaway root.
set -e
port=$(shuf -i 20000-29999 -n 1)
dpkg -i /packages/viche_*.deb /packages/viche-dev_*.deb
if readelf -d /usr/bin/viched /usr/lib/viche/plugins/*/*.so | grep -E 'R(UN)?PATH'; then
    echo "an installed file carries a build path" >&2
    exit 1
fi
viche check --config /etc/viche/viche.ini

cd /
setpriv --reuid viche --regid viche --clear-groups viched --config /etc/viche/viche.ini --listen 127.0.0.1:$port &
host=$!
for _ in $(seq 100); do
    curl -fs -o /dev/null http://127.0.0.1:$port/readyz && break
    kill -0 $host
    sleep 0.1
done
curl -fsS http://127.0.0.1:$port/readyz
curl -fsS -o /dev/null -w 'town page: %{http_code}\n' http://127.0.0.1:$port/kryzhopil/
kill -TERM $host
wait $host

dpkg --purge viche viche-dev
for left in /usr/bin/viched /usr/lib/viche /usr/include/viche /etc/viche; do
    [ ! -e $left ] || { echo "$left was left behind" >&2; exit 1; }
done
