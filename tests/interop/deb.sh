#!/usr/bin/env bash
# The Debian package: lintian finds nothing, dpkg installs it into a folder, it runs
# there, and it goes without a trace. The same sources make the same package.
# shellcheck source=tests/support/interop.sh
source "$(dirname "$0")/../support/interop.sh"
need dpkg dpkg-deb dpkg-shlibdeps make

DEBFULLNAME='The backstep authors' DEBEMAIL=nobody@debian.org
export DEBFULLNAME DEBEMAIL
make_deb() {
    make --no-print-directory deb >"$work/log" 2>&1 || fail "$(cat "$work/log")"
    tail -n 1 "$work/log"
}
package=$(make_deb)
cp "$package" "$work/first.deb"
make_deb >/dev/null
cmp "$package" "$work/first.deb" || fail 'made twice, the package is not the same'

if command -v lintian >/dev/null 2>&1; then
    lintian --allow-root --fail-on error,warning --suppress-tags initial-upload-closes-no-bugs \
        "$package" >"$work/log" 2>&1 || fail "$(cat "$work/log")"
    ! grep -q '^[EW]:' "$work/log" || fail "$(cat "$work/log")"
else
    echo 'skipped: lintian is not installed'
fi

[ "$(id -u)" -eq 0 ] || skip 'dpkg installs for root only'
root=$work/root
mkdir -p "$root/var/lib/dpkg/info" "$root/var/lib/dpkg/updates"
touch "$root/var/lib/dpkg/status" "$root/var/lib/dpkg/available"
# What it depends on is this machine's.
dpkg --root="$root" --force-depends --force-not-root -i "$package" >"$work/log" 2>&1 ||
    fail "$(cat "$work/log")"
same -4 "$("$root/usr/bin/backstep" run -e 'net 1 1; x = 2; y = 3; W0 = 0.5; print dW0')"
gzip -dc "$root/usr/share/man/man1/backstep.1.gz" | head -n 1 | grep -q '^\.TH BACKSTEP 1' ||
    fail 'the man page'
dpkg --root="$root" --force-not-root -r backstep >"$work/log" 2>&1 || fail "$(cat "$work/log")"
[ -z "$(find "$root" -path "$root/var" -prune -o -type f -print)" ] || fail 'it leaves files behind'
[ ! -e "$root/usr/share/doc/backstep" ] || fail 'it leaves a folder behind'
