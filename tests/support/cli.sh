# tests/support/cli.sh - the program without a terminal, for the scripts that ask what it
# writes where, and how it ends; they source it. Brings work.sh with it.
# shellcheck shell=sh
# shellcheck source=tests/support/work.sh
. tests/support/work.sh
unset TERM

# run ARGUMENT...: its exit status in $code, what it wrote in the files out and err.
run() {
    "$BACKSTEP" "$@" >"$work/out" 2>"$work/err" </dev/null
    code=$?
}

# wants CODE OUT ERR ARGUMENT...: just these bytes; the texts are without the last newline.
wants() {
    wanted_code=$1 wanted_out=$2 wanted_err=$3
    shift 3
    run "$@"
    [ "$code" -eq "$wanted_code" ] || fail "exit $code, not $wanted_code: $*"
    [ "$(cat "$work/out")" = "$wanted_out" ] || fail "$*: wrote: $(cat "$work/out")"
    [ "$(cat "$work/err")" = "$wanted_err" ] || fail "$*: said: $(cat "$work/err")"
}

# says CODE PART ARGUMENT...: nothing on standard output, PART in the messages.
says() {
    wanted_code=$1 part=$2
    shift 2
    run "$@"
    [ "$code" -eq "$wanted_code" ] || fail "exit $code, not $wanted_code: $*"
    [ ! -s "$work/out" ] || fail "$*: wrote: $(cat "$work/out")"
    grep -qF -e "$part" "$work/err" || fail "$*: said: $(cat "$work/err")"
}
