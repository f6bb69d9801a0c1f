#!/bin/sh
# Scenes without a terminal: run, check and render, and the files that they write.
# shellcheck source=tests/support/cli.sh
. tests/support/cli.sh

# ---- the worked numbers ----

wants 0 -4 '' run -e 'net 1 1' -e 'x = 2' -e 'y = 3' -e 'W0 = 0.5' -e 'print dW0'
wants 0 '1
1
2
-2
1
-2
-4
0.9
0.72' '' run -e 'net 1 1; x = 2; y = 3; W0 = 0.5; print z1; print r1; print C; print dr1' \
    -e 'print step1; print dz1; print dW0; train; print W0; expect C ~ 0.72; print 0.72'
wants 0 '1.125
-1.5
-1.5
-2.25
-4.5' '' run -e 'net 1 1 1' -e 'x = 2; y = 3; W0 = 0.5; W1 = 1.5' \
    -e 'print C; print dz2; print dW1; print dr1; print dW0'
general='net 2 3 2; x = 1 -2; y = 1 0
W0 = [0.5 -0.3 0.8; 0.1 0.4 -0.2]; W1 = [1 -1; 0.5 2; -0.6 0.7]'
wants 0 '0.3 -1.1 1.2000000000000002
0.3 0 1.2000000000000002
-0.54 0 0.378
1.08 -0 -0.756' '' run -e "$general" -e 'print z1' -e 'print r1' -e 'print dW0'
wants 0 '' '' run -e "$general" -e 'expect C ~ 0.6458; expect dr1 ~ [-0.54 1.08 0.378]' \
    -e 'expect dW1 ~ [0 0.162; 0 0; 0 0.648]; expect dz2 ~ [0 0.54]; expect step1 ~ [1 0 1]'

# ---- run ----

wants 0 '1
2' '' run -e 'print 1; print 2'
wants 0 '' '' run -e ''
wants 0 '' '' run -e '# nothing'
wants 0 1 '' run '-e=print 1'
wants 0 1 '' run -e 'print 1' -e quit -e 'print 2'
wants 1 1 "-e:1:1: there is no command 'foo': 'help' lists them" \
    run -e 'print 1' -e foo -e 'print 2'
wants 1 '' "-e:1:5: 'nan' is no number here: write one in digits" run -e 'x = nan'
wants 1 '' "-e:1:7: ']' is missing at the end" run -e 'x = [1'
wants 1 '' "-e:1:5: 'x' takes 2 numbers, but here are 3" run -e 'x = 1 2 3'
wants 1 '' "-e:2:3: index '5' is out of range: 'x' has 1 to 2" run -e 'step
x[5] = 1'
wants 1 '' '-e:1:8: expectation not met: this is 0, not 1: off by 1, more than 1e-9' \
    run -e 'expect C ~ 1'
says 1 'byte 0x1B is a control character' run -e "$(printf 'print \033[2J')"

printf 'net 1 1\nx = 2\nprint x\n' >"$work/good.scene"
wants 0 2 '' run "$work/good.scene"
wants 0 '2
4' '' run "$work/good.scene" -e 'x = 4; print x'
wants 0 2 '' run -- "$work/good.scene"
[ "$("$BACKSTEP" run - <"$work/good.scene")" = 2 ] || fail 'run -'
[ "$("$BACKSTEP" run <"$work/good.scene")" = 2 ] || fail 'run from standard input'
printf 'print 1\n foo\nprint 2\n' | "$BACKSTEP" run - >"$work/out" 2>"$work/err"
[ "$(cat "$work/err")" = "-:2:2: there is no command 'foo': 'help' lists them
   foo
   ^^^" ] ||
    fail "run -: $(cat "$work/err")"
[ "$(cat "$work/out")" = 1 ] || fail 'run - prints up to the error'

# ---- what is no scene ----

wants 1 '' "backstep: cannot open '$work/no': No such file or directory" run "$work/no"
wants 1 '' "backstep: '$work' is a folder, not a file" run "$work"
wants 1 '' "backstep: '/dev/null' is not a regular file" run /dev/null
wants 1 '' "backstep: there is no scene 'one-neurn': did you mean 'one-neuron'?" run one-neurn
(
    cd "$work" || exit
    mkdir one-neurn # it is there, and something else
    wants 1 '' "backstep: 'one-neurn' is a folder, not a file" run one-neurn
    rmdir one-neurn
    if [ "$(id -u)" != 0 ]; then # root may read all
        echo 'net 1 1' >one-neurn
        chmod 0 one-neurn
        wants 1 '' "backstep: cannot open 'one-neurn': Permission denied" run one-neurn
        rm -f one-neurn
    fi
    [ "$failed" -eq 0 ]
) || fail 'what is there is told as what it is'
printf 'step\n\177ELF\001' >"$work/binary"
wants 1 '' "$work/binary:2:1: byte 0x7F is a control character; a scene is UTF-8 text" \
    run "$work/binary"
for action in check trace render; do
    says 1 ':2:1: byte 0x7F is a control character' $action "$work/binary"
    says 1 'cannot open' $action "$work/no"
    says 1 'is a folder' $action "$work"
done

# a line of 10 MB, of each kind
big=$work/big.scene
{ printf 'say '; head -c 10000000 /dev/zero | tr '\0' 'a'; } >"$big"
wants 0 '' '' run "$big"
{ printf 'x = '; head -c 10000000 /dev/zero | tr '\0' '1'; } >"$big"
says 1 'big.scene:1:5: ' run "$big"
head -c 10000000 /dev/zero | tr '\0' 'f' >"$big"
says 1 "big.scene:1:1: there is no command 'fff" run "$big"
says 1 "big.scene:1:1: there is no command 'fff" check "$big"
[ "$(wc -c <"$work/err")" -lt 2000 ] || fail 'a long line is shown in part'
head -c 10000000 /dev/zero | tr '\0' '(' >"$big"
says 1 'big.scene:1:1: ' run "$big"
{ printf 'net '; yes 1 | head -n 5000000 | tr '\n' ' '; } >"$big"
says 1 'a network has at most 100001 layers' run "$big"
head -c 9000000 /dev/zero | tr '\0' ' ' >"$big"
wants 0 '' '' run "$big"
rm -f "$big"

# ---- check ----

for scene in scenes/*.scene; do
    wants 0 '' '' check "$scene"
    name=${scene##*/}
    wants 0 '' '' check "${name%.scene}"
done
cat >"$work/bad.scene" <<'END'
net 1 1
x = 2
foo
x = 1 2; step
  expect x ~ 3
say fine ; # not a comment here
print 1
export json made.json
END
wants 1 '' "$work/bad.scene:3:1: there is no command 'foo': 'help' lists them
  foo
  ^^^
$work/bad.scene:4:5: 'x' takes 1 number, but here are 2
  x = 1 2; step
      ^^^
$work/bad.scene:5:10: expectation not met: this is 2, not 3: off by 1, more than 1e-9
    expect x ~ 3
           ^" check "$work/bad.scene"
[ ! -e "$work/made.json" ] || fail 'check wrote a file'
[ ! -e made.json ] || fail 'check wrote a file here'

# What is said fits, or the first word that does not is named; marks are there once, and
# can be come to; a scene with its parts is told of as a whole.
forty='0123456789 123456789 123456789 123456789'
mkdir "$work/parts"
cat >"$work/parts/whole.scene" <<END
net 2 3 2
title $forty $forty
say $forty $forty $forty $forty $forty
pause
say $forty $forty $forty $forty $forty $forty
wait 1
pause
include part.scene
ask z1[1] $forty $forty $forty $forty é$forty $forty
goto here
goto ther
seek late
mark late
quit
mark behind
include gone.scene
bind F5 goto nowhere
bind F6 goto late
bind F7 goto dW0
print C
END
printf 'mark here\nmark there\nmark here\nfoo\n' >"$work/parts/part.scene"
cat >"$work/wanted" <<'END'
whole.scene:2:79: the text takes 2 rows, and 'title' has 1 on a screen of 80x24
whole.scene:5:221: the text takes 4 rows, and 'say' has 3 on a screen of 80x24
part.scene:3:6: there is a mark 'here' already, in line 1
part.scene:4:1: there is no command 'foo': 'help' lists them
whole.scene:9:228: the text takes 4 rows, and 'ask' has 3 on a screen of 80x24
whole.scene:11:6: there is no quantity and no mark 'ther': did you mean 'there'?
whole.scene:12:6: the mark 'late' comes only after this line
whole.scene:15:6: nothing reaches the mark 'behind': the scene is left in line 14
whole.scene:16:9: cannot open 'gone.scene': No such file or directory
whole.scene:17:14: there is no quantity and no mark 'nowhere' in this scene
END
(cd "$work/parts" && "$BACKSTEP" check whole.scene 2>"$work/err")
[ $? -eq 1 ] || fail 'check of a scene with parts'
grep '^[a-z]*\.scene:' "$work/err" | diff "$work/wanted" - || fail 'check tells everything'
[ "$(grep -c '\^' "$work/err")" -eq 10 ] || fail 'each with a caret'
wants 1 '' "$work/parts/part.scene:3:6: there is a mark 'here' already, in line 1
  mark here
       ^^^^" \
    run "$work/parts/whole.scene"
wants 0 '5' '' run -e 'include one-neuron' -e 'net 1 1; x = 5; print x'
says 1 "-e:1:9: cannot open 'gone': No such file" run -e 'include gone'

# ---- render ----

paper() {
    "$BACKSTEP" render "$@" --format svg | grep -o 'fill="#[0-9a-f]*"' | head -n 1
}
printf 'net 1 1\nset theme light\nsay hi\npause\n' >"$work/light.scene"
light=$(paper one-neuron --theme light) dark=$(paper one-neuron)
[ "$light" != "$dark" ] || fail 'a theme shows'
[ "$(paper "$work/light.scene")" = "$light" ] || fail 'a scene sets the theme of render'
[ "$(paper one-neuron -e 'say x' -e 'set theme light')" = "$light" ] || fail 'and -e does'
[ "$(paper "$work/light.scene" --theme dark)" = "$dark" ] || fail 'but an option is stronger'

says 1 "bad.scene:3:1: " check one-neuron "$work/bad.scene" two-layers
says 1 "cannot open '$work/no'" check "$work/no" one-neuron
wants 1 '' "$work/bad.scene:3:1: there is no command 'foo': 'help' lists them
  foo
  ^^^" \
    run "$work/bad.scene"
for action in play render; do
    says 1 '  ^^^' $action "$work/bad.scene"
done

# ---- files ----

mkdir "$work/sub"
printf 'net 1 1; x = 2; y = 3; W0 = 0.5\nexport json state.json\n' >"$work/sub/a.scene"
wants 0 '' '' run "$work/sub/a.scene"
[ -s "$work/sub/state.json" ] || fail 'a path in a scene starts at its folder'
run run -e 'net 1 1; x = 2; y = 3; W0 = 0.5; export json -'
cmp -s "$work/out" "$work/sub/state.json" || fail 'export to a file and to standard output'
(cd "$work" && "$BACKSTEP" run -e 'export json here.json')
[ -s "$work/here.json" ] || fail 'a path after -e starts at the working directory'
if command -v python3 >/dev/null 2>&1; then
    python3 -c 'import json, sys; s = json.load(open(sys.argv[1]))
assert s["values"]["dW0"] == [[-4]] and s["layers"] == [1, 1]' "$work/sub/state.json" ||
        fail 'the state as JSON'
    "$BACKSTEP" trace general --format jsonl -e 'goto START' | python3 -c 'import json, sys
lines = [json.loads(line) for line in sys.stdin]
assert [l["step"] for l in lines] == list(range(1, 14))
assert all(l["of"] == 13 for l in lines)' || fail 'the trace as JSON'
else
    echo 'skipped: JSON is not read by another program, since there is no python3'
fi
echo old >"$work/sub/state.json"
says 1 'cannot write' run -e "export json $work/none/state.json"
says 1 'is not a regular file' run -e "export json $work"
if [ "$(id -u)" -ne 0 ]; then
    chmod a-w "$work/sub"
    says 1 'cannot write' run "$work/sub/a.scene"
    chmod u+w "$work/sub"
    [ "$(cat "$work/sub/state.json")" = old ] || fail 'a failed export changed the file'
else
    echo 'skipped: everything can be written to by root'
fi
[ "$(find "$work/sub" -type f | wc -l)" -eq 2 ] || fail 'a temporary file was left'

exit "$failed"
