#!/bin/sh
# The program without a terminal: what it writes where, and how it ends.
set -u
unset TERM
here=$PWD
folder=$(mktemp -d)
trap 'chmod -R u+w "$folder"; rm -rf "$folder"' EXIT
failures=0

fail() {
    echo "FAILED: $*"
    failures=$((failures + 1))
}

# run ARGUMENT...: its exit status in $code, what it wrote in the files out and err.
run() {
    "$BACKSTEP" "$@" >"$folder/out" 2>"$folder/err" </dev/null
    code=$?
}

# wants CODE OUT ERR ARGUMENT...: just these bytes; the texts are without the last newline.
wants() {
    wanted_code=$1 wanted_out=$2 wanted_err=$3
    shift 3
    run "$@"
    [ "$code" -eq "$wanted_code" ] || fail "exit $code, not $wanted_code: $*"
    [ "$(cat "$folder/out")" = "$wanted_out" ] || fail "$*: wrote: $(cat "$folder/out")"
    [ "$(cat "$folder/err")" = "$wanted_err" ] || fail "$*: said: $(cat "$folder/err")"
}

# says CODE PART ARGUMENT...: nothing on standard output, PART in the messages.
says() {
    wanted_code=$1 part=$2
    shift 2
    run "$@"
    [ "$code" -eq "$wanted_code" ] || fail "exit $code, not $wanted_code: $*"
    [ ! -s "$folder/out" ] || fail "$*: wrote: $(cat "$folder/out")"
    grep -qF -e "$part" "$folder/err" || fail "$*: said: $(cat "$folder/err")"
}

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

printf 'net 1 1\nx = 2\nprint x\n' >"$folder/good.scene"
wants 0 2 '' run "$folder/good.scene"
wants 0 '2
4' '' run "$folder/good.scene" -e 'x = 4; print x'
wants 0 2 '' run -- "$folder/good.scene"
[ "$("$BACKSTEP" run - <"$folder/good.scene")" = 2 ] || fail 'run -'
[ "$("$BACKSTEP" run <"$folder/good.scene")" = 2 ] || fail 'run from standard input'
printf 'print 1\n foo\nprint 2\n' | "$BACKSTEP" run - >"$folder/out" 2>"$folder/err"
[ "$(cat "$folder/err")" = "-:2:2: there is no command 'foo': 'help' lists them
   foo
   ^^^" ] ||
    fail "run -: $(cat "$folder/err")"
[ "$(cat "$folder/out")" = 1 ] || fail 'run - prints up to the error'

# ---- what is no scene ----

wants 1 '' "backstep: cannot open '$folder/no': No such file or directory" run "$folder/no"
wants 1 '' "backstep: '$folder' is a folder, not a file" run "$folder"
wants 1 '' "backstep: '/dev/null' is not a regular file" run /dev/null
wants 1 '' "backstep: there is no scene 'one-neurn': did you mean 'one-neuron'?" run one-neurn
(
    cd "$folder" || exit
    mkdir one-neurn # it is there, and something else
    wants 1 '' "backstep: 'one-neurn' is a folder, not a file" run one-neurn
    rmdir one-neurn
    if [ "$(id -u)" != 0 ]; then # root may read all
        echo 'net 1 1' >one-neurn
        chmod 0 one-neurn
        wants 1 '' "backstep: cannot open 'one-neurn': Permission denied" run one-neurn
        rm -f one-neurn
    fi
    [ "$failures" -eq 0 ]
) || fail 'what is there is told as what it is'
printf 'step\n\177ELF\001' >"$folder/binary"
wants 1 '' "$folder/binary:2:1: byte 0x7F is a control character; a scene is UTF-8 text" \
    run "$folder/binary"
for action in check trace render; do
    says 1 ':2:1: byte 0x7F is a control character' $action "$folder/binary"
    says 1 'cannot open' $action "$folder/no"
    says 1 'is a folder' $action "$folder"
done

# a line of 10 MB, of each kind
big=$folder/big.scene
{ printf 'say '; head -c 10000000 /dev/zero | tr '\0' 'a'; } >"$big"
wants 0 '' '' run "$big"
{ printf 'x = '; head -c 10000000 /dev/zero | tr '\0' '1'; } >"$big"
says 1 'big.scene:1:5: ' run "$big"
head -c 10000000 /dev/zero | tr '\0' 'f' >"$big"
says 1 "big.scene:1:1: there is no command 'fff" run "$big"
says 1 "big.scene:1:1: there is no command 'fff" check "$big"
[ "$(wc -c <"$folder/err")" -lt 2000 ] || fail 'a long line is shown in part'
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
cat >"$folder/bad.scene" <<'END'
net 1 1
x = 2
foo
x = 1 2; step
  expect x ~ 3
say fine ; # not a comment here
print 1
export json made.json
END
wants 1 '' "$folder/bad.scene:3:1: there is no command 'foo': 'help' lists them
  foo
  ^^^
$folder/bad.scene:4:5: 'x' takes 1 number, but here are 2
  x = 1 2; step
      ^^^
$folder/bad.scene:5:10: expectation not met: this is 2, not 3: off by 1, more than 1e-9
    expect x ~ 3
           ^" check "$folder/bad.scene"
[ ! -e "$folder/made.json" ] || fail 'check wrote a file'
[ ! -e made.json ] || fail 'check wrote a file here'

# What is said fits, or the first word that does not is named; marks are there once, and
# can be come to; a scene with its parts is told of as a whole.
forty='0123456789 123456789 123456789 123456789'
mkdir "$folder/parts"
cat >"$folder/parts/whole.scene" <<END
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
printf 'mark here\nmark there\nmark here\nfoo\n' >"$folder/parts/part.scene"
cat >"$folder/wanted" <<'END'
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
(cd "$folder/parts" && "$BACKSTEP" check whole.scene 2>"$folder/err")
[ $? -eq 1 ] || fail 'check of a scene with parts'
grep '^[a-z]*\.scene:' "$folder/err" | diff "$folder/wanted" - || fail 'check tells everything'
[ "$(grep -c '\^' "$folder/err")" -eq 10 ] || fail 'each with a caret'
wants 1 '' "$folder/parts/part.scene:3:6: there is a mark 'here' already, in line 1
  mark here
       ^^^^" \
    run "$folder/parts/whole.scene"
wants 0 '5' '' run -e 'include one-neuron' -e 'net 1 1; x = 5; print x'
says 1 "-e:1:9: cannot open 'gone': No such file" run -e 'include gone'

# ---- render ----

paper() {
    "$BACKSTEP" render "$@" --format svg | grep -o 'fill="#[0-9a-f]*"' | head -n 1
}
printf 'net 1 1\nset theme light\nsay hi\npause\n' >"$folder/light.scene"
light=$(paper one-neuron --theme light) dark=$(paper one-neuron)
[ "$light" != "$dark" ] || fail 'a theme shows'
[ "$(paper "$folder/light.scene")" = "$light" ] || fail 'a scene sets the theme of render'
[ "$(paper one-neuron -e 'say x' -e 'set theme light')" = "$light" ] || fail 'and -e does'
[ "$(paper "$folder/light.scene" --theme dark)" = "$dark" ] || fail 'but an option is stronger'

says 1 "bad.scene:3:1: " check one-neuron "$folder/bad.scene" two-layers
says 1 "cannot open '$folder/no'" check "$folder/no" one-neuron
wants 1 '' "$folder/bad.scene:3:1: there is no command 'foo': 'help' lists them
  foo
  ^^^" \
    run "$folder/bad.scene"
for action in play render; do
    says 1 '  ^^^' $action "$folder/bad.scene"
done

# ---- files ----

mkdir "$folder/sub"
printf 'net 1 1; x = 2; y = 3; W0 = 0.5\nexport json state.json\n' >"$folder/sub/a.scene"
wants 0 '' '' run "$folder/sub/a.scene"
[ -s "$folder/sub/state.json" ] || fail 'a path in a scene starts at its folder'
run run -e 'net 1 1; x = 2; y = 3; W0 = 0.5; export json -'
cmp -s "$folder/out" "$folder/sub/state.json" || fail 'export to a file and to standard output'
(cd "$folder" && "$BACKSTEP" run -e 'export json here.json')
[ -s "$folder/here.json" ] || fail 'a path after -e starts at the working directory'
if command -v python3 >/dev/null 2>&1; then
    python3 -c 'import json, sys; s = json.load(open(sys.argv[1]))
assert s["values"]["dW0"] == [[-4]] and s["layers"] == [1, 1]' "$folder/sub/state.json" ||
        fail 'the state as JSON'
    "$BACKSTEP" trace general --format jsonl -e 'goto START' | python3 -c 'import json, sys
lines = [json.loads(line) for line in sys.stdin]
assert [l["step"] for l in lines] == list(range(1, 14))
assert all(l["of"] == 13 for l in lines)' || fail 'the trace as JSON'
else
    echo 'skipped: JSON is not read by another program, since there is no python3'
fi
echo old >"$folder/sub/state.json"
says 1 'cannot write' run -e "export json $folder/none/state.json"
says 1 'is not a regular file' run -e "export json $folder"
if [ "$(id -u)" -ne 0 ]; then
    chmod a-w "$folder/sub"
    says 1 'cannot write' run "$folder/sub/a.scene"
    chmod u+w "$folder/sub"
    [ "$(cat "$folder/sub/state.json")" = old ] || fail 'a failed export changed the file'
else
    echo 'skipped: everything can be written to by root'
fi
[ "$(find "$folder/sub" -type f | wc -l)" -eq 2 ] || fail 'a temporary file was left'

# ---- trace, list, help ----

run trace one-neuron
[ "$code" -eq 0 ] || fail trace
[ "$(grep -c '^step ' "$folder/out")" -eq 7 ] || fail 'trace has 7 steps'
run trace general --format jsonl --grain element
[ "$(grep -c '^{"step": ' "$folder/out")" -eq "$(wc -l <"$folder/out")" ] || fail 'trace as jsonl'
run trace general --ascii
! LC_ALL=C grep -q '[^ -~]' "$folder/out" || fail 'trace --ascii is ASCII'
cp "$folder/out" "$folder/after"
run --ascii trace general
cmp -s "$folder/out" "$folder/after" || fail 'an option before the action'
run --grain element --ascii trace general
grep -q '^step 13 of 13, 6 of 6 ' "$folder/out" || fail 'options with values before the action'
says 2 "there is no option '--loop' here: backstep trace" --loop trace general
run trace -e 'net 1 1 1 1'
[ "$(grep -c '^step ' "$folder/out")" -eq 19 ] || fail 'trace -e'
says 2 "'foo' is no format of trace" trace one-neuron --format foo
says 2 "'layer' is no value for --grain" trace one-neuron --grain layer
run list
[ "$code" -eq 0 ] || fail list
[ "$(wc -l <"$folder/out")" -ge 6 ] || fail 'list has all scenes'
for action in help --help -h 'run --help' --version; do
    # shellcheck disable=SC2086
    run $action
    [ "$code" -eq 0 ] || fail "$action"
    [ -s "$folder/out" ] || fail "$action writes nothing"
    [ ! -s "$folder/err" ] || fail "$action complains"
done
"$BACKSTEP" --version | grep -q '^backstep [0-9]' || fail --version
run help step
grep -q '^step ' "$folder/out" || fail 'help step'
says 1 "there is no help on 'stepp'" help stepp

# ---- what is written from the tables ----

run help --format man
[ "$code" -eq 0 ] || fail 'help --format man'
cp "$folder/out" "$folder/man"
! grep -v '^\.nf$\|^\.fi$' "$folder/man" | grep "^[.'][^A-Z]" || fail 'a line of the man page is a request'
"$BACKSTEP" help | sed -n 's/^  \([a-z][a-z0-9-]*\).*/\1/p' | while read -r command; do
    name=$(printf '%s' "$command" | sed 's/-/\\\\-/g')
    grep -q "^\.B $name" "$folder/man" || echo "FAILED: the man page lacks $command"
done | grep . && fail 'the man page'
for shell in bash zsh fish; do
    run help --format $shell
    [ "$code" -eq 0 ] || fail "help --format $shell"
    for word in trace --format jsonl one-neuron gradcheck; do
        grep -q -e "${word#--}" "$folder/out" || fail "the completion of $shell lacks $word"
    done
done
if command -v bash >/dev/null 2>&1; then
    "$BACKSTEP" help --format bash | bash -n || fail 'bash cannot read its completion'
fi
says 2 "'doc' is no format of help: one of 'text', 'man', 'bash', 'zsh', 'fish' is right" \
    help --format doc
run help reference
grep -q '^export FORMAT' "$folder/out" || fail 'help reference'

run help render
grep -q '^backstep render SCENE' "$folder/out" || fail 'help of an action'
grep -q '^  svg ' "$folder/out" || fail 'its formats'
grep -q '^  --size ' "$folder/out" || fail 'its options'
grep -q '^  --loop' "$folder/out" && fail 'an option that it does not take'
run help play
grep -q '^backstep play SCENE' "$folder/out" || fail 'the action of that name'
grep -q '^  let the scene play by itself' "$folder/out" || fail 'and the command'

# ---- formats by a file's ending ----

run render one-neuron -o "$folder/one.svg"
grep -q '^<svg' "$folder/one.svg" || fail 'a picture by its name'
run render one-neuron --format ansi -o "$folder/one.svg"
grep -q '^<svg' "$folder/one.svg" && fail '--format before the name'
run trace one-neuron -o "$folder/one.md"
"$BACKSTEP" trace one-neuron --format markdown | cmp -s - "$folder/one.md" || fail 'a trace in a file'
run worksheet one-neuron -o "$folder/sheet.md"
grep -q '^# ' "$folder/sheet.md" || fail 'a sheet by its name'
says 1 'cannot write' trace one-neuron -o "$folder/none/one.tex"

# ---- questions ----

printf 'net 1 1; x = 2; y = 3; W0 = 0.5\ngoto dW0\nask dW0[1,1]\nprint dW0\n' >"$folder/ask"
[ "$("$BACKSTEP" run "$folder/ask")" = -4 ] || fail 'run answers by itself'
"$BACKSTEP" check "$folder/ask" || fail 'check answers by itself'
"$BACKSTEP" render "$folder/ask" --at all | grep -q 'What is ∂C/∂W' || fail 'a frame with the question'
printf '4\n-4\n' | "$BACKSTEP" --plain "$folder/ask" >"$folder/out" || fail 'answers from a pipe'
grep -q 'Not quite: the sign is turned' "$folder/out" || fail 'a diagnosis in plain lines'
grep -q 'Right: .* = .4$' "$folder/out" || fail 'a right answer in plain lines'
printf '1.8\nhint\n1.8\n' | "$BACKSTEP" quiz one-neuron >"$folder/out" || fail 'a quiz from a pipe'
grep -q '^1 of 2 right at once, 1 after a hint or a wrong answer' "$folder/out" || fail 'the summary of a quiz'
says 2 "'x' is no value for --seed" quiz one-neuron --seed x

# ---- the configuration counts in plain mode too ----

mkdir -p "$folder/config/backstep"
printf 'net 1 1; x = 1; W0 = 0.123456; goto z1\n' >"$folder/digits.scene"
XDG_CONFIG_HOME=$folder/config
export XDG_CONFIG_HOME
printf 'set digits 2\n' >"$folder/config/backstep/config"
run --plain "$folder/digits.scene"
grep -q ' = 0\.12$' "$folder/out" || fail 'the configuration in plain mode'
printf 'set digits 2\nfoo\n' >"$folder/config/backstep/config"
run --plain "$folder/digits.scene"
[ "$code" -eq 0 ] || fail 'a broken configuration is no reason to fail'
grep -q "^backstep: config:2:1: 'foo' does not belong here" "$folder/err" || fail 'but is told'
run render "$folder/digits.scene"
grep -q '0\.1235' "$folder/out" || fail 'what is written for others does not depend on it'
unset XDG_CONFIG_HOME

# ---- wrong options ----

says 2 "there is no option '--helpp': did you mean '--help'?" --helpp
says 2 "there is no option '--sped': did you mean '--speed'?" play one-neuron --sped 2
says 2 "there is no option '--e': did you mean '-e'?" run --e 'print 1'
says 2 "there is no option '--speed' here" run one-neuron --speed 2
says 2 "'-e' takes a value" run -e
says 2 "unexpected 'b'" run a b
says 2 "there is no command 'chek': did you mean 'check'?" chek one-neuron
says 2 "there is no command 'open': did you mean 'backstep SCENE'?" open xor
says 2 "there is no command 'demo': did you mean 'backstep list' or 'backstep'?" demo
says 2 "'train' is a command for the prompt, a scene or 'backstep run -e': 'train [N" train 100
says 2 "'net' is a command for the prompt, a scene or 'backstep run -e': 'net WIDTH" net
says 2 "there is no option '-v': did you mean '--version'?" -v
says 2 "there is no option '--color=never': did you mean '--no-color'?" --color=never one-neuron
says 2 "there is no option '--output': did you mean '-o'?" render one-neuron --output x
says 2 "there is no option '--output' here" run one-neuron --output x
says 1 "cannot open 'nothing': No such file" nothing
says 2 'a scene is missing' check
says 2 'a file is missing' record
says 2 'a scene is missing' trace
says 2 "'0x0' is no value for --size" render one-neuron --size 0x0
says 2 "'' is no value for --size" render one-neuron --size=
says 2 "'+80x24' is no value for --size" render one-neuron --size +80x24
says 2 "'80x100000' is no value for --size" render one-neuron --size 80x100000
says 2 "'drk' is no value for --theme: 'dark', 'light', 'projector' or 'mono' is right" \
    render one-neuron --theme drk
says 1 "there is no scene 'generl'" quiz generl
says 2 "'nan' is no value for --speed" play one-neuron --speed nan
says 2 "'--ascii' takes no value" trace one-neuron --ascii=1
says 2 "unexpected 'x'" list x

# ---- fmt: the same meaning, and the same again ----

for scene in "$here"/scenes/*.scene; do
    "$BACKSTEP" fmt "$scene" -o "$folder/once.scene"
    "$BACKSTEP" fmt "$folder/once.scene" | cmp -s - "$folder/once.scene" || fail "fmt twice: $scene"
    "$BACKSTEP" run "$scene" -e 'export json -' >"$folder/a"
    "$BACKSTEP" run "$folder/once.scene" -e 'export json -' | cmp -s - "$folder/a" ||
        fail "fmt changes what $scene does"
done
printf 'net 1   1;x=2 # two\n' >"$folder/own.scene"
"$BACKSTEP" fmt "$folder/own.scene" -w
[ "$(cat "$folder/own.scene")" = 'net 1 1
x=2 # two' ] || fail 'fmt -w'
says 1 "'general' is built in" fmt general -w
says 2 'one of them' fmt general -w -o x

# ---- standard output that cannot take it all ----

"$BACKSTEP" trace general --format jsonl 2>"$folder/err" | head -n 1 >/dev/null
[ ! -s "$folder/err" ] || fail "a closed pipe is not quiet: $(cat "$folder/err")"
{ "$BACKSTEP" run -e 'net 100 100' -e 'print W0' -e 'print W0' -e 'print W0' 2>"$folder/err"; } |
    true
[ ! -s "$folder/err" ] || fail "a closed pipe is not quiet: $(cat "$folder/err")"
if [ -e /dev/full ]; then
    "$BACKSTEP" run -e 'print 1' >/dev/full 2>"$folder/err"
    [ $? -eq 1 ] || fail 'a full disk is an error'
    grep -q 'cannot write to standard output' "$folder/err" || fail 'a full disk is told'
fi

# ---- without a terminal there is no screen ----

says 1 'terminal' one-neuron
says 1 'terminal' play one-neuron

cd "$here" || exit 1
[ "$failures" -eq 0 ]
