#!/bin/sh
# .make/deps on a machine that has nothing yet: it says what it installs before it does, it
# asks the package manager that is there, and where it cannot go on it says so and what can
# be done by hand. The compiler, the package managers and sudo are stand-ins, alone in PATH
# with the tools that the script itself needs.
# shellcheck source=tests/support/work.sh
. tests/support/work.sh
bin=$work/bin
mkdir "$bin"
for tool in sh awk sed grep tr cat mkdir rm mv find dirname head tail env touch; do
    ln -s "$(command -v "$tool")" "$bin/$tool"
done

# stand_in NAME: a program, whose text is on standard input; $here is the folder of all this.
stand_in() {
    { printf '#!%s\nhere=%s\n' "$bin/sh" "$work" && cat; } >"$bin/$1"
    chmod +x "$bin/$1"
}

# Finds the libraries once they were installed.
stand_in cc <<'END'
[ ! -f "$here/there" ] || exit 0
for argument in "$@"; do
    case $argument in
    *.c)
        while read -r line; do
            case $line in
            *'<stdio.h>') ;;
            *'#include '*) exit 1 ;;
            esac
        done <"$argument"
        ;;
    esac
done
END
stand_in id <<'END'
cat "$here/user"
END

# manager NAME: a package manager that notes what it was asked, and installs it if told first.
manager() {
    stand_in "$1" <<'END'
echo "$0 $*" >>"$here/asked"
grep -q 'installing with' "$here/out" && touch "$here/there"
END
}

# deps CODE PART [KIND]: what .make/deps says, and how it ends.
deps() {
    rm -rf "$work/build" "$work/there" "$work/asked"
    env -i PATH="$bin" .make/deps cc "$work/build" "${3:-run}" >"$work/out" 2>&1 </dev/null
    code=$?
    [ "$code" -eq "$1" ] || fail "exit $code, not $1: $(cat "$work/out")"
    grep -qF -e "$2" "$work/out" || fail "no '$2': $(cat "$work/out")"
}

# Every library that is looked for has a row, and every row a name for each manager.
managers=$(sed -n 's/^word  *//p' .make/deps)
words=$(sed -n 's/^ *need \([a-z0-9]*\) .*/\1/p' .make/configure)
[ "$(echo "$words" | wc -l)" -ge 10 ] || fail "looks for $words"
for word in $words; do
    grep -q "^$word  *[a-z]" .make/deps || fail "no package for $word"
done
awk -v wanted="$(echo "word $managers" | wc -w)" '
    /^word / { on = 1 }
    /^\047/ { on = 0 }
    on && NF != wanted { print; bad = 1 }
    END { exit bad }' .make/deps || fail 'a row of packages is too short or too long'

echo 0 >"$work/user"
deps 1 'found no package manager that this knows'
for name in $managers; do
    manager "$name"
    deps 0 "installing with $name: "
    grep -q "$name .*utf8proc" "$work/asked" || fail "$name was not asked for all: $(cat "$work/asked")"
    ! grep -qE ' (-|\$[0-9]*)( |$)' "$work/asked" || fail "a package without a name: $(cat "$work/asked")"
    [ ! -f "$work/there" ] || rm "$bin/$name"
done

manager apt-get
stand_in apt-cache </dev/null
deps 0 'libreadline-dev libutf8proc-dev libjansson-dev libminizip-dev zlib1g-dev'
deps 0 'libcmocka-dev' test
mv "$bin/cc" "$bin/good-cc"
deps 1 "no working C compiler ('cc')"
mv "$bin/good-cc" "$bin/cc"

# No right to install.
echo 1000 >"$work/user"
deps 1 'neither sudo nor doas is here; as root, run: apt-get install'
[ ! -f "$work/asked" ] || fail 'apt-get was run without the right to'
stand_in sudo <<'END'
exit 1
END
deps 1 'sudo wants a password that nobody is here to give; as root, run: apt-get install'
[ ! -f "$work/asked" ] || fail 'apt-get was run without the right to'
stand_in sudo <<'END'
[ "$1" = -n ] && shift
exec "$@"
END
stand_in true </dev/null
deps 0 'installing with apt-get'

# No network; and a manager that says all is well when it is not.
stand_in apt-get <<'END'
echo 'Reading package lists...'
echo 'E: Could not resolve the name'
exit 100
END
deps 1 'E: Could not resolve the name'
deps 1 'apt-get could not install all of it'
stand_in apt-get </dev/null
deps 1 'still missing after the installation: ncursesw readline'
exit "$failed"
