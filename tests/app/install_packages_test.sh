#!/usr/bin/env bash
# SPDX-License-Identifier: BSD-3-Clause
# Shows that app/install-packages lets no service start that nobody asked for, and leaves the system's policy about services as it
# was, however it ends. In a view of the file systems of its own, with an apt-get that only asks that policy.
# usage: install_packages_test.sh app/install-packages
set -euo pipefail

if [ "${2-}" != inside ]; then
    [ "$(id -u)" -eq 0 ] || { echo "SKIP: only root can try this in a view of the file systems of its own"; exit 0; }
    unshare --mount true 2>/dev/null || { echo "SKIP: this machine gives nobody a view of the file systems of one's own"; exit 0; }
    exec unshare --mount --propagation private bash "$0" "$1" inside
fi

tested=$(readlink -f "$1")
fakes=$(mktemp -d)
trap 'rm -rf "$fakes"' EXIT
export ANSWERS=$fakes/answers DISABLED=$fakes/disabled STARTED=$fakes/started
policy=/usr/sbin/policy-rc.d
mount -t tmpfs none /usr/sbin
mount -t tmpfs none /etc/init.d
touch /etc/init.d/mosquitto

# Packages' scripts ask before they start a service.
cat >"$fakes/apt-get" <<'END'
#!/usr/bin/env bash
[[ " $* " == *" install "* ]] || exit 0
for service in mosquitto mosquitto.service nginx; do
    result=none
    if [ -x /usr/sbin/policy-rc.d ]; then result=0; /usr/sbin/policy-rc.d "$service" start || result=$?; fi
    echo "$service $result"
done >"$ANSWERS"
touch "$STARTED"
[ -z "${APT_SLEEPS-}" ] || sleep "$APT_SLEEPS"
exit "${APT_RESULT:-0}"
END
cat >"$fakes/systemctl" <<'END'
#!/bin/sh
echo "$@" >>"$DISABLED"
END
chmod +x "$fakes"/*
export PATH=$fakes:/usr/bin:/bin

failures=0
# is WHAT WANTED FOUND
is() {
    [ "$2" = "$3" ] && return
    printf 'FAIL: %s: wanted "%s", found "%s"\n' "$1" "$2" "$3"
    failures=$((failures + 1))
}
start_anew() { rm -f "$ANSWERS" "$DISABLED" "$STARTED" "$policy"*; }
answers() { tr '\n' ' ' <"$ANSWERS"; }
run() { result=0; "$tested" "$@" >"$fakes/output" 2>&1 || result=$?; }

start_anew
run mosquitto other
is "installing" 0 "$result"
is "services while the package is installed" "mosquitto 101 mosquitto.service 101 nginx 0 " "$(answers)"
is "policies afterwards" "" "$(ls $policy* 2>/dev/null)"
is "the next boot" "--quiet --no-reload disable mosquitto.service" "$(cat "$DISABLED")"

start_anew
run other
is "without that package nothing is forbidden" "mosquitto none mosquitto.service none nginx none " "$(answers)"
is "without that package nothing is disabled" no "$([ -e "$DISABLED" ] && echo yes || echo no)"

start_anew
# shellcheck disable=SC2016
printf '#!/bin/sh\n[ "$1" != nginx ] || exit 101\n' >$policy
chmod +x $policy
before=$(cat $policy)
run mosquitto
is "a policy that was there is asked" "mosquitto 101 mosquitto.service 101 nginx 101 " "$(answers)"
is "and is put back" "$before" "$(cat $policy)"
APT_RESULT=100 run mosquitto
is "apt's failure is told" 100 "$result"
is "and the policy is back" "$before" "$(cat $policy)"

rm -f "$STARTED"
APT_SLEEPS=2 "$tested" mosquitto >/dev/null 2>&1 &
pid=$!
for _ in {1..100}; do [ -e "$STARTED" ] && break; sleep 0.1; done
kill -TERM $pid
result=0
wait $pid || result=$?
is "a signal is told" 143 "$result"
is "and the policy is back after it" "$before" "$(cat $policy)"

rm -f "$STARTED"
APT_SLEEPS=1 "$tested" mosquitto >/dev/null 2>&1 &
pid=$!
for _ in {1..100}; do [ -e "$STARTED" ] && break; sleep 0.1; done
kill -KILL $pid
wait $pid 2>/dev/null || true
result=0
$policy mosquitto start || result=$?
is "what a killed run leaves forbids nothing" 0 "$result"
run other
is "and is cleared away by the next" "$before" "$(cat $policy)"

[ $failures -eq 0 ] && echo "app/install-packages starts no service and leaves nothing behind."
exit $((failures > 0))
