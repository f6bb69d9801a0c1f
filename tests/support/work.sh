# tests/support/work.sh - what the scripts of tests/app share; they source it.
#
# $work is a folder that is removed at the end. fail says what fell short, and the script
# goes on; it ends with `exit "$failed"`.
# shellcheck shell=sh disable=SC2034
set -u
work=$(mktemp -d) || exit 1
trap 'chmod -R u+w "$work"; rm -rf "$work"' EXIT
failed=0 # of the script that sources it

fail() {
    echo "FAILED: $*"
    failed=1
}
