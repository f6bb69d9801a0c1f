#!/bin/sh
# .make/deps on a system with pacman, which is played here: packages come from the lists that
# the system was made of, and only where there are none yet with a new system.
# shellcheck source=tests/support/work.sh
. tests/support/work.sh

mkdir "$work/bin"
for tool in awk cat chmod dirname grep mkdir printf sed sh tr; do
    ln -s "$(command -v "$tool")" "$work/bin/$tool"
done
printf '#!/bin/sh\necho 0\n' >"$work/bin/id"
cat >"$work/bin/pacman" <<'END'
#!/bin/sh
root=$(dirname "$0")/..
case $1 in
-Slq) cat "$root/lists" ;;
*)
    echo "pacman $*" >>"$root/asked"
    [ ! -e "$root/old" ] || exit 1
    printf '#!/bin/sh\n' >"$root/bin/clang"
    chmod +x "$root/bin/clang"
    ;;
esac
END
chmod +x "$work/bin/id" "$work/bin/pacman"

# asks LISTS STATUS COMMAND: what is asked for, on a system with these lists.
asks() {
    rm -f "$work/bin/clang" "$work/asked"
    printf '%s' "$1" >"$work/lists"
    PATH=$work/bin .make/deps cc "$work/build" fuzz >"$work/said" 2>&1
    status=$?
    [ "$status" -eq "$2" ] || fail "exit $status, not $2: $(cat "$work/said")"
    [ "$(cat "$work/asked")" = "$3" ] || fail "asked: $(cat "$work/asked")"
}

asks clang 0 "pacman -S --needed --noconfirm pkgconf clang compiler-rt"
asks '' 0 "pacman -Syu --needed --noconfirm pkgconf clang compiler-rt"
touch "$work/old"
asks clang 1 "pacman -S --needed --noconfirm pkgconf clang compiler-rt"
grep -q "old lists are made new with the system: 'pacman -Syu'" "$work/said" ||
    fail "$(cat "$work/said")"
exit "$failed"
