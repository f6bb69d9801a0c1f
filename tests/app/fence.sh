#!/bin/sh
# Scenes and data come from anywhere: what they may read and write, and what of them
# reaches the terminal.
# shellcheck source=tests/support/work.sh
. tests/support/work.sh
mkdir -p "$work/lesson/sub" "$work/out"
cd "$work/out" || exit 1
printf '1,2\n' >../secret.csv
printf '1,2\n' >../lesson/in.csv
"$BACKSTEP" run -e 'net 1 1; save ../state'
cp ../state ../lesson/state
ln -s ../secret.csv ../lesson/link.csv
ln -s ../../secret.csv ../lesson/sub/link.csv
ln -s ../out ../lesson/away
ln -s ../new.json ../lesson/nowhere.json

# scene LINE: makes a scene of it.
scene() { printf 'net 1 1\n%s\n' "$1" >../lesson/s.scene; }
# refused LINE: it is, by run and by check, at its place, and nothing comes of it.
refused() {
    scene "$1"
    for action in run check; do
        "$BACKSTEP" $action ../lesson/s.scene 2>err && fail "$action does: $1"
        grep -q "s.scene:2:[0-9]*: .*is not in the scene's folder: '--allow-files'" err ||
            fail "$action of '$1' says: $(cat err)"
    done
}
# done_by ACTION LINE
done_by() {
    scene "$2"
    "$BACKSTEP" "$1" ../lesson/s.scene 2>err || fail "$1 does not: $2: $(cat err)"
}
refused 'data csv ../secret.csv'
refused 'data csv link.csv'
refused 'data csv sub/link.csv'
refused "data csv $work/secret.csv"
refused 'data csv sub/../../secret.csv'
refused 'load ../state'
refused 'import W0 link.csv'
refused 'import W0 ../secret.csv'
refused 'export json ../made'
refused "save $work/made"
refused 'export frame ../made.svg'
refused 'export json sub/../../made'
refused 'export json ..'
refused 'export json nowhere.json' # a link to what is yet to be made, outside
refused 'save nowhere.json'
refused 'data csv nowhere.json'
if [ -e ../made ] || [ -e ../made.svg ] || [ -e ../new.json ]; then fail 'it was written'; fi
done_by run "data csv in.csv; load state; data csv $work/lesson/in.csv"
refused 'export json link.csv'
done_by run 'data csv sub/../in.csv'
[ "$(cat ../secret.csv)" = 1,2 ] || fail 'written through a link'
done_by check "export json $work/out/here; save away/there; export json made"
if [ -e here ] || [ -e there ] || [ -e ../lesson/made ]; then fail 'check writes'; fi
"$BACKSTEP" render ../lesson/s.scene >frame || fail render
"$BACKSTEP" trace ../lesson/s.scene >frame || fail trace
if [ -e here ] || [ -e there ] || [ -e ../lesson/made ]; then fail 'render or trace writes'; fi
done_by run "export json $work/out/here; save away/there; export json made" # where it is run
for file in here there ../lesson/made; do
    [ -e "$file" ] || fail 'run does not write'
done
scene 'data csv nowhere/in.csv'
"$BACKSTEP" run ../lesson/s.scene 2>err
grep -q 'No such file' err || fail "a folder that is not there: $(cat err)"
# what a loaded state names is fenced too, and the user's own words are not
printf 'net 1 1\ndata csv ../secret.csv\n' >../lesson/state
scene 'load state'
"$BACKSTEP" run ../lesson/s.scene 2>/dev/null && fail 'a state reads what it likes'
"$BACKSTEP" run -e 'net 1 1; data csv ../secret.csv; export json ../own' || fail 'the own words'
[ -e ../own ] || fail 'the own words write nothing'
scene 'data csv ../secret.csv; export json ../made'
"$BACKSTEP" run --allow-files ../lesson/s.scene || fail '--allow-files'
[ -e ../made ] || fail '--allow-files writes nothing'
printf 'net 1 1\ndata csv ../secret.csv\n' | "$BACKSTEP" run - 2>/dev/null && fail 'standard input'

# A full disk, for a file: the old one stays, and nothing else.
printf 'net 60 60\nsave big\n' >../lesson/s.scene
"$BACKSTEP" run -e "save ../lesson/big"; cp ../lesson/big was
(
    trap '' XFSZ
    ulimit -f 1
    "$BACKSTEP" run ../lesson/s.scene 2>err2
) && fail 'a full disk is no error'
grep -q "s.scene:2:6: cannot write '.*big': File too large" err2 || fail "full: $(cat err2)"
cmp -s ../lesson/big was || fail 'a full disk takes the old file'
[ "$(find ../lesson -name 'big*' | wc -l)" -eq 1 ] || fail 'a full disk leaves something'

# Harmless: nothing but printable text and line ends reaches a stream. ESC, CSI as one
# character, bidi, a flood of combining marks, over-long UTF-8, a variation selector.
esc=$(printf '\033[31m') bidi=$(printf '\342\200\256') csi=$(printf '\302\233')
flood=$(printf 'e\314\201\314\202\314\203\314\204\314\205')
long=$(printf '\300\233')
: >all
harmless() { # NAME: what is in `out` is looked at below
    printf '== %s\n' "$1" | cat - out >>all
}
for evil in "$esc" "$bidi" "$csi" "$flood" "$long"; do
    printf 'net 1 1\ntitle %s\nsay a%sb\nwatch x%s\nfoo%s bar\n' "$evil" "$evil" "$evil" "$evil" >"s$evil"
    printf 'x%s,y\n1,%s\n' "$evil" "$evil" >data.csv
    for action in run check trace 'render --format text' worksheet; do
        # shellcheck disable=SC2086
        "$BACKSTEP" $action "s$evil" >out 2>&1
        harmless "$action"
    done
    "$BACKSTEP" run -e 'net 1 1' -e 'data csv data.csv' -e "foo$evil" >out 2>&1
    harmless csv
    "$BACKSTEP" run -e 'net 1 1' -e "data csv data.csv q$evil" >out 2>&1
    harmless column
    "$BACKSTEP" run "nothing$evil" >out 2>&1
    harmless 'a name'
    "$BACKSTEP" run "--opt$evil" >out 2>&1
    harmless 'an option'
    "$BACKSTEP" --plain "s$evil" </dev/null >out 2>&1
    harmless plain
    printf 'title %s\nsay %s\nnet 1 1\npause\n' "$evil" "$evil" >t.scene
    "$BACKSTEP" render t.scene >out 2>&1
    harmless 'the screen'
    "$BACKSTEP" render t.scene --format html >out 2>&1
    harmless html
    "$BACKSTEP" render t.scene --format svg >out 2>&1
    harmless svg
done
# Words that are commands of what they are written into stay words.
cat >t.scene <<'WORDS'
title </script><script>alert(1)</script> \input{/etc/passwd} [l](javascript:x)
say </text></svg><img src=x> \write18{ls}
net 1 1
pause
WORDS
for format in html svg; do
    "$BACKSTEP" render t.scene --format $format >out
    grep -q -e '<script>alert' -e '<img' -e '</text></svg><' out && fail "words are $format"
    grep -q 'alert(1)' out || fail "the words are not in the $format"
done
for action in trace worksheet; do
    "$BACKSTEP" $action t.scene --format tex >out
    grep -q -e '\\input{/etc' -e '\\write18' out && fail "words are TeX in a $action"
    "$BACKSTEP" $action t.scene --format markdown >out
    grep -q -e '[^\]\[l\](' -e '^[^\]*<script>' out && fail "words are Markdown in a $action"
done
# What `fmt` writes is the scene itself, to the byte, where it is not a terminal's.
printf 'say a%sb\n' "$bidi" >t.scene
"$BACKSTEP" fmt t.scene | cmp -s - t.scene || fail 'fmt changes words'

command -v python3 >/dev/null || exit $failed
python3 - <<'END' || failed=1
import sys, unicodedata
for part in open('all', 'rb').read().decode('utf-8').split('== '):  # and it is UTF-8
    bad = [c for c in part if c != '\n' and unicodedata.category(c) in ('Cc', 'Cf', 'Cs', 'Co')]
    run = most = 0
    for c in part:
        run = run + 1 if unicodedata.combining(c) else 0
        most = max(most, run)
    if bad or most > 1:
        sys.exit(f'harmful: {[hex(ord(c)) for c in bad]}, {most} marks in {part!r}')
END
exit $failed
