#!/usr/bin/env bash
# What is installed: the man page without a complaint from man, completion in real
# shells, and nothing left after uninstall.
# shellcheck source=tests/support/interop.sh
source "$(dirname "$0")/../support/interop.sh"
make=$(command -v gmake || command -v make)
root=$work/root
"$make" --no-print-directory install DESTDIR="$root" PREFIX=/opt/b >"$work/log" 2>&1 ||
    fail "$(cat "$work/log")"
share=$root/opt/b/share
same "$("$BACKSTEP" --version)" "$("$root/opt/b/bin/backstep" --version)"
[ "$(find "$root" -type f | wc -l)" -eq 8 ] || fail "$(find "$root" -type f)"
grep -q '^print EXPRESSION' "$share/doc/backstep/reference.txt" || fail 'the reference'

# a shell that leaves the tilde as it is
# shellcheck disable=SC2088
"$make" -n install PREFIX='~/b' | grep -q "'$HOME/b/bin/backstep'" || fail 'PREFIX=~/b'

# The words that a shell offers must hold these; given to each of them.
offers() {
    local shell=$1 line=$2 got=$3
    shift 3
    for word in "$@"; do
        printf '%s\n' "$got" | grep -qx -e "$word" ||
            fail "$shell offers no '$word' after '$line', but: $got"
    done
}

# ---- man ----

if command -v man >/dev/null 2>&1; then
    MANWIDTH=80 LC_ALL=C.UTF-8 man --warnings -l "$share/man/man1/backstep.1" \
        >"$work/page" 2>"$work/said" || fail 'man'
    [ ! -s "$work/said" ] || fail "man says: $(cat "$work/said")"
    for action in play run check trace render list help; do
        grep -q "^ *backstep $action" "$work/page" || fail "the man page lacks $action"
    done
    [ "$("$BACKSTEP" help | grep -c '^  [a-z]')" -le "$(grep -c '^       [a-z]' "$work/page")" ] ||
        fail 'the man page lacks commands'
else
    echo 'skipped: man is not installed'
fi

# ---- bash ----

# shellcheck disable=SC2016
bash_offers() {
    bash -c 'source "$1"; shift; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _backstep
printf "%s\n" "${COMPREPLY[@]}"' - "$share/bash-completion/completions/backstep" "$@"
}
offers bash '' "$(bash_offers backstep '')" play trace general --ascii
offers bash 'trace --format' "$(bash_offers backstep trace --format '')" text jsonl
offers bash 'render --f' "$(bash_offers backstep render --f)" --format
offers bash 'help tr' "$(bash_offers backstep help tr)" train
same '' "$(bash_offers backstep run -e '')"

# ---- zsh: the keys are typed ----

if command -v zsh >/dev/null 2>&1; then
    cat >"$work/keys.zsh" <<'END'
zmodload zsh/zpty
zpty shell zsh -f -i
zpty -w shell "PS1=; fpath=($1 \$fpath); autoload -U compinit; compinit -u -d $2/dump"
zpty -w shell 'backstep() { print -r -- "<$*>" }; print read''y'
zpty -r -m shell line '*ready*' || exit 1
zpty -w -n shell $'backstep trac\t--form\tjs\t\n'
zpty -r -m shell line '*<*>*' || exit 1
print -r -- "$line"
zpty -d shell
END
    got=$(TERM=xterm timeout 60 zsh -f "$work/keys.zsh" "$share/zsh/site-functions" "$work" |
        grep -o '<.*>' | tail -n 1)
    same '<trace --format jsonl>' "$got"
else
    echo 'skipped: zsh is not installed'
fi

# ---- fish ----

if command -v fish >/dev/null 2>&1; then
    # shellcheck disable=SC2016
    fish_offers() {
        fish --no-config -c 'source $argv[1]; complete -C $argv[2]' \
            "$share/fish/vendor_completions.d/backstep.fish" "$1" | cut -f1
    }
    offers fish '' "$(fish_offers 'backstep ')" play trace general
    offers fish 'trace --format' "$(fish_offers 'backstep trace --format ')" text jsonl
    offers fish 'render --f' "$(fish_offers 'backstep render --f')" --format
    offers fish 'help tr' "$(fish_offers 'backstep help tr')" train
else
    echo 'skipped: fish is not installed'
fi

# ---- and gone ----

"$make" --no-print-directory uninstall DESTDIR="$root" PREFIX=/opt/b >"$work/log" 2>&1 ||
    fail "$(cat "$work/log")"
[ -z "$(find "$root" -type f)" ] || fail "left: $(find "$root" -type f)"
[ ! -e "$share/doc/backstep" ] || fail 'an empty folder is left'
