#!/usr/bin/env bash
# What `help teaching` says of tmux: a learner who is attached read-only sees what the
# teacher sees, and types nothing.
# shellcheck source=tests/support/interop.sh
source "$(dirname "$0")/../support/interop.sh"
need tmux
need_script

socket=$work/class
export TERM=xterm-256color LC_ALL=C.UTF-8
tmux -S "$socket" -f /dev/null new-session -d -x 80 -y 24 -s class "$BACKSTEP general"
trap 'tmux -S "$socket" kill-server 2>/dev/null; rm -rf "$work"' EXIT

screen() {
    tmux -S "$socket" capture-pane -p -t class
}

# wait_for TEXT: until the class's screen has it.
wait_for() {
    local tries
    for ((tries = 0; tries < 300; tries++)); do
        if screen | grep -qF -- "$1"; then return 0; fi
        sleep 0.1
    done
    fail "the screen never showed '$1':
$(screen)"
}
wait_for 'step 0 of 13'

# a learner, whose keys are a pipe that stays open
mkfifo "$work/keys"
sleep 300 >"$work/keys" &
holder=$!
script -qec "stty rows 24 cols 80; tmux -S '$socket' attach-session -r -t class" /dev/null \
    <"$work/keys" >"$work/seen" 2>&1 &
for ((tries = 0; tries < 300; tries++)); do
    [ -n "$(tmux -S "$socket" list-clients -t class)" ] && break
    sleep 0.1
done
[ -n "$(tmux -S "$socket" list-clients -t class)" ] || fail 'the learner could not attach'

printf 'q' >"$work/keys" # would leave the program
tmux -S "$socket" send-keys -t class Right
wait_for 'step 1 of 13'
for ((tries = 0; tries < 300; tries++)); do
    if grep -qaF 'forward' "$work/seen"; then break; fi
    sleep 0.1
done
grep -qaF 'forward' "$work/seen" || fail 'the learner saw no step'
screen | grep -qF 'leave' && fail "the learner's key reached the program"
kill "$holder" 2>/dev/null
exit 0
