# tests/support/interop.sh - what the scripts of tests/interop share; they source it.
#
# It goes to the project's folder, makes $work (a folder that is removed at the end),
# and takes $BACKSTEP from .make/run-tests or build/backstep.
# shellcheck shell=bash
set -eu
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
BACKSTEP=${BACKSTEP:-$PWD/build/backstep}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

fail() {
    echo "failed: $*" >&2
    exit 1
}

# need PROGRAM...: the test is skipped, and says so, where one is not there.
need() {
    local program
    for program in "$@"; do
        command -v "$program" >/dev/null 2>&1 || skip "$program is not installed"
    done
}

# need_script: script(1) that runs a command, as that of Linux does.
need_script() {
    script -qec true /dev/null </dev/null >/dev/null 2>&1 || skip 'script here runs no command'
}

skip() {
    echo "skipped: $*"
    exit 77
}

# scenes: the names of the built-in scenes.
scenes() {
    "$BACKSTEP" list | awk '{ print $1 }'
}

# png_size FILE: WIDTHxHEIGHT, which are the bytes 17 ... 24 of a PNG.
png_size() {
    od -An -tu1 -j16 -N8 "$1" | awk '{ printf "%dx%d\n", $3 * 256 + $4, $7 * 256 + $8 }'
}

# python_with MODULE: a Python 3 that has it; the system's own may not be the first.
python_with() {
    local python
    for python in python3 /usr/bin/python3; do
        "$python" -c "import $1" >/dev/null 2>&1 && echo "$python" && return 0
    done
    return 1
}

# same WANTED GOT: two texts that must be one.
same() {
    [ "$1" = "$2" ] || fail "wanted: $1
   got: $2"
}
