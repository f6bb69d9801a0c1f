#!/bin/sh
# A scene from anywhere takes no more of the machine than it may: what it does without an
# end is ended, with a word where, why, and how to give it more.
# shellcheck source=tests/support/work.sh
. tests/support/work.sh
cd "$work" || exit 1

up="the scene has used up its 0.05 s of the processor: '--limit SECONDS' gives it more"
# ends LINE ACTION...: it would go on for hours; the time is up at its line, and nowhere else.
ends() {
    printf 'net 400 400 1\nx = 1\n%s\nsay behind it\n' "$1" >endless.scene
    line=$1
    shift
    for action; do
        "$BACKSTEP" "$action" --limit 0.05 endless.scene >out 2>err
        [ $? -eq 1 ] || fail "$action of '$line': not 1"
        # the network itself may take as long already
        grep -q "^endless.scene:[123]:1: $up\$" err || fail "$action of '$line': $(head -c 300 err)"
        [ "$(grep -c "$up" err)" -eq 1 ] || fail "$action of '$line' says it again"
    done
}
products=$(printf 'W0*%.0s' $(seq 300))W0
ends 'train 1000000000000' run check trace render worksheet
ends 'until C < -1 max 1000000000000' check
ends 'gradcheck' check
ends "print sum($products)" check
ends "until sum($products) < 0 max 1000000" check

# the very word
printf 'net 1 1\ntrain 1000000000000\n' >train.scene
"$BACKSTEP" check --limit 0.05 train.scene 2>err && fail 'check goes on'
printf 'train.scene:2:1: %s\n  train 1000000000000\n  ^^^^^\n' "$up" | cmp -s - err ||
    fail "check of a long training: $(cat err)"
printf 'net 1 1\ninclude train.scene\nsay behind it\n' >outer.scene
"$BACKSTEP" check --limit 0.05 outer.scene 2>err && fail 'an included file goes on'
grep -q '^\(./\)\{0,1\}train.scene:2:1: ' err || fail "included: $(cat err)"
"$BACKSTEP" --plain --limit 0.05 train.scene </dev/null >out 2>err && fail 'plain goes on'
grep -q "^train.scene:2:1: $up" err || fail "plain: $(cat err)"
"$BACKSTEP" quiz --plain --limit 0.05 train.scene </dev/null >out 2>err
grep -q "train.scene:2:1: $up" err || fail "a quiz: $(cat err)"
# a line of the user's own takes its time
[ "$("$BACKSTEP" run --limit 1e-9 -e 'net 1 1; x = 1; train 1000' -e 'print updates' \
    2>err)" = 1000 ] || fail "-e: $(cat err)"
# each scene has its own time, and no limit is none
printf 'net 1 1\nx = 1\nlr = 0.001\ntrain 1000\n' >short.scene
"$BACKSTEP" check --limit 0 short.scene short.scene || fail 'no limit'
"$BACKSTEP" check --limit 0.05 train.scene short.scene train.scene 2>err
[ "$(grep -c "$up" err)" -eq 2 ] || fail "each its own: $(cat err)"
for wrong in x -1 1e10 nan; do
    "$BACKSTEP" check "--limit=$wrong" short.scene 2>err
    [ $? -eq 2 ] || fail "--limit=$wrong is taken"
    grep -q "'$wrong' is no value for --limit" err || fail "--limit=$wrong: $(cat err)"
done

# A state that 'load' would not read is not written.
"$BACKSTEP" run -e 'net 10001 1000' -e 'save big.state' 2>err && fail 'too large a state is saved'
grep -q "'export safetensors' keeps its weights" err || fail "save: $(cat err)"
[ ! -e big.state ] || fail 'some of it is there'

# One that it reads plays as a scene, too.
"$BACKSTEP" run -e 'net 2 2 1' -e 'x = 3' -e 'save long.state' 2>err || fail "save: $(cat err)"
yes "# $(seq -s ' ' 2000)" | head -c 17000000 >>long.state
[ "$("$BACKSTEP" run -e 'load long.state' -e 'print x' 2>err)" = '3 3' ] || fail "load: $(cat err)"
[ "$("$BACKSTEP" run long.state -e 'print x' 2>err)" = '3 3' ] || fail "run: $(cat err)"

# What would take hours at once, without an end that anybody asks for, is refused.
refused() { # LINE MESSAGE
    "$BACKSTEP" run -e 'net 3000 3000' -e "$1" 2>err && fail "'$1' is done"
    grep -q "$2" err || fail "'$1': $(cat err)"
}
refused 'init orthogonal' "-e:1:6: 'orthogonal' would take 5e+10 products"
refused "watch sum(W0*W0)" '-e:1:7: too large to be watched'
# a watched one that has become so
printf 'net 2 2\nwatch W0*W0\nnet 3000 3000\n' >watch.scene
"$BACKSTEP" render watch.scene | grep -q 'W0\*W0 is too large' || fail 'it is watched'

exit $failed
