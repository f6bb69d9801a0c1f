#!/bin/sh
# The other words of the command line: trace, list, help and what is written from the tables,
# quiz, fmt, the configuration, wrong options, and where the output cannot go.
# shellcheck source=tests/support/cli.sh
. tests/support/cli.sh

# ---- trace, list, help ----

run trace one-neuron
[ "$code" -eq 0 ] || fail trace
[ "$(grep -c '^step ' "$work/out")" -eq 7 ] || fail 'trace has 7 steps'
run trace general --format jsonl --grain element
[ "$(grep -c '^{"step": ' "$work/out")" -eq "$(wc -l <"$work/out")" ] || fail 'trace as jsonl'
run trace general --ascii
! LC_ALL=C grep -q '[^ -~]' "$work/out" || fail 'trace --ascii is ASCII'
cp "$work/out" "$work/after"
run --ascii trace general
cmp -s "$work/out" "$work/after" || fail 'an option before the action'
run --grain element --ascii trace general
grep -q '^step 13 of 13, 6 of 6 ' "$work/out" || fail 'options with values before the action'
says 2 "'trace' takes no '--loop', but 'play' does: backstep trace" --loop trace general
run trace -e 'net 1 1 1 1'
[ "$(grep -c '^step ' "$work/out")" -eq 19 ] || fail 'trace -e'
says 2 "'foo' is no format of trace" trace one-neuron --format foo
says 2 "'layer' is no value for --grain" trace one-neuron --grain layer
run list
[ "$code" -eq 0 ] || fail list
[ "$(wc -l <"$work/out")" -ge 6 ] || fail 'list has all scenes'
for action in help --help -h 'run --help' --version; do
    # shellcheck disable=SC2086
    run $action
    [ "$code" -eq 0 ] || fail "$action"
    [ -s "$work/out" ] || fail "$action writes nothing"
    [ ! -s "$work/err" ] || fail "$action complains"
done
"$BACKSTEP" --version | grep -q '^backstep [0-9]' || fail --version
run help step
grep -q '^step ' "$work/out" || fail 'help step'
says 1 "there is no help on 'stepp'" help stepp

# ---- what is written from the tables ----

run help --format man
[ "$code" -eq 0 ] || fail 'help --format man'
cp "$work/out" "$work/man"
! grep -v -e '^\.nf$' -e '^\.fi$' "$work/man" | grep "^[.'][^A-Z]" || fail 'a line of the man page is a request'
"$BACKSTEP" help | sed -n 's/^  \([a-z][a-z0-9-]*\).*/\1/p' | while read -r command; do
    name=$(printf '%s' "$command" | sed 's/-/\\\\-/g')
    grep -q "^\.B $name" "$work/man" || echo "FAILED: the man page lacks $command"
done | grep . && fail 'the man page'
for shell in bash zsh fish; do
    run help --format $shell
    [ "$code" -eq 0 ] || fail "help --format $shell"
    for word in trace --format jsonl one-neuron gradcheck; do
        grep -q -e "${word#--}" "$work/out" || fail "the completion of $shell lacks $word"
    done
done
if command -v bash >/dev/null 2>&1; then
    "$BACKSTEP" help --format bash >"$work/completion"
    bash -n "$work/completion" || fail 'bash cannot read its completion'
    # completes LINE WORDS: the last word of LINE may become WORDS
    completes() {
        # shellcheck disable=SC2016
        bash -c '. "$1"; read -ra COMP_WORDS <<<"$2"; COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
            _backstep; echo "${COMPREPLY[*]}"' bash "$work/completion" "$1" >"$work/out"
        echo "$2" | cmp -s - "$work/out" || fail "'$1' becomes '$(cat "$work/out")'"
    }
    completes 'backstep pl' play
    completes 'backstep --theme light pl' play
    completes 'backstep --ascii --theme da' dark
    completes 'backstep --size 1' 120x40
    completes 'backstep --ascii render --size 8' 80x24
    completes 'backstep --theme light render --f' --format
    completes 'backstep general pl' ''
    completes 'backstep general --rec' --record
    completes 'backstep help --format zs' zsh
    completes 'backstep help rend' render
    : >"$work/two words" # which bash completes itself, as the one word that it is
    (cd "$work" && bash -c '. ./completion; COMP_WORDS=(backstep render -o tw) COMP_CWORD=3
        _backstep; complete -p backstep | grep -q -e "-o default" && exit ${#COMPREPLY[@]}') ||
        fail 'bash completes the name of a file in pieces'
fi
for shell in zsh fish; do
    if command -v $shell >/dev/null 2>&1; then
        "$BACKSTEP" help --format $shell | $shell -n || fail "$shell cannot read its completion"
    fi
done
says 2 "'doc' is no format of help: one of 'text', 'man', 'bash', 'zsh', 'fish' is right" \
    help --format doc
run help reference
grep -q '^export FORMAT' "$work/out" || fail 'help reference'
run help render
grep -q '^backstep render SCENE' "$work/out" || fail 'help of an action'
grep -q '^  svg ' "$work/out" || fail 'its formats'
grep -q '^  --size ' "$work/out" || fail 'its options'
grep -q '^  --loop' "$work/out" && fail 'an option that it does not take'
run help play
grep -q '^backstep play SCENE' "$work/out" || fail 'the action of that name'
cp "$work/out" "$work/play"
run run -e 'help play'
cmp -s "$work/out" "$work/play" || fail 'the same help inside of the program'
grep -q '^  let the scene play by itself' "$work/out" || fail 'and the command'

# ---- lines after a scene: what they change is shown as on the screen ----

run render general --at 10 -e 'W0[1,2] = 1'
grep -q '= −0.94 was −0.54$' "$work/out" || fail 'what a line changed'
run render general -e 'goto 10' -e 'W0[1,2] = 1' -e 'digits 3'
grep -q '−0.940↓' "$work/out" || fail 'it stays'
run render general -e 'W0[1,2] = 1' -e 'goto 10'
grep -q 'was' "$work/out" && fail 'until the walk goes on'
run render general --at 10
grep -q 'was' "$work/out" && fail 'a scene is as it is'
run render -e 'net 1 1' -e 'x = 2' -e 'W0 = 0.5' --at 1
grep -q 'was' "$work/out" && fail 'a picture that lines make'

# ---- formats by a file's ending ----

run render one-neuron -o "$work/one.svg"
grep -q '^<svg' "$work/one.svg" || fail 'a picture by its name'
run render one-neuron --format ansi -o "$work/one.svg"
grep -q '^<svg' "$work/one.svg" && fail '--format before the name'
run trace one-neuron -o "$work/one.md"
"$BACKSTEP" trace one-neuron --format markdown | cmp -s - "$work/one.md" || fail 'a trace in a file'
run worksheet one-neuron -o "$work/sheet.md"
grep -q '^# ' "$work/sheet.md" || fail 'a sheet by its name'
says 1 'cannot write' trace one-neuron -o "$work/none/one.tex"
run render one-neuron -o "$work/one.SVG"
grep -q '^<svg' "$work/one.SVG" || fail 'in capitals'
wants 2 '' "backstep: 'x.png' ends in no format of render: '.txt', '.ansi', '.svg', '.html', '.cast', '.cast3', or any ending with '--format' is right" \
    render one-neuron -o x.png
says 2 "'a.b/sheet.txt' ends in no format of worksheet: '.tex', '.md', or any" \
    worksheet one-neuron -o a.b/sheet.txt
[ ! -e x.png ] || fail 'a file for a format that there is not'
run render one-neuron --format svg -o "$work/one.png"
grep -q '^<svg' "$work/one.png" || fail 'a format that is named'
run render one-neuron -o "$work/run-0.5"
[ "$code" -eq 0 ] || fail 'a number is no ending'

# ---- questions ----

printf 'net 1 1; x = 2; y = 3; W0 = 0.5\ngoto dW0\nask dW0[1,1]\nprint dW0\n' >"$work/ask"
[ "$("$BACKSTEP" run "$work/ask")" = -4 ] || fail 'run answers by itself'
"$BACKSTEP" check "$work/ask" || fail 'check answers by itself'
"$BACKSTEP" render "$work/ask" --at all | grep -q 'What is ∂C/∂W' || fail 'a frame with the question'
printf '4\n-4\n' | "$BACKSTEP" --plain "$work/ask" >"$work/out" || fail 'answers from a pipe'
grep -q 'Not quite: the sign is turned' "$work/out" || fail 'a diagnosis in plain lines'
grep -q 'Right: .* = .4$' "$work/out" || fail 'a right answer in plain lines'
printf '1.8\nhint\n1.8\n' | "$BACKSTEP" quiz one-neuron >"$work/out" || fail 'a quiz from a pipe'
grep -q '^1 of 2 right at once, 1 after a hint or a wrong answer' "$work/out" || fail 'the summary of a quiz'
says 2 "'x' is no value for --seed" quiz one-neuron --seed x

# ---- a state that is loaded says what it said, be it what is said already ----

(cd "$work" && printf 'save s.scene\nload s.scene\nsave -\n' | "$BACKSTEP" --plain general >out)
grep -q -e '^> *say ' -e '^say ' "$work/out" || fail 'what a loaded state says is gone'

# ---- the configuration counts in plain mode too ----

mkdir -p "$work/config/backstep"
printf 'net 1 1; x = 1; W0 = 0.123456; goto z1\n' >"$work/digits.scene"
XDG_CONFIG_HOME=$work/config
export XDG_CONFIG_HOME
printf 'set digits 2\n' >"$work/config/backstep/config"
run --plain "$work/digits.scene"
grep -q ' = 0\.12$' "$work/out" || fail 'the configuration in plain mode'
printf 'set digits 2\nfoo\n' >"$work/config/backstep/config"
run --plain "$work/digits.scene"
[ "$code" -eq 0 ] || fail 'a broken configuration is no reason to fail'
grep -q "^backstep: config:2:1: 'foo' does not belong here" "$work/err" || fail 'but is told'
run render "$work/digits.scene"
grep -q '0\.1235' "$work/out" || fail 'what is written for others does not depend on it'
unset XDG_CONFIG_HOME

# ---- wrong options ----

says 2 "there is no option '--helpp': did you mean '--help'?" --helpp
says 2 "there is no option '--sped': did you mean '--speed'?" play one-neuron --sped 2
says 2 "there is no option '--e': did you mean '-e'?" run --e 'print 1'
says 2 "'run' takes no '--speed', but 'play' and 'render' do: backstep run [SCENE|-]" run one-neuron --speed 2
says 2 "'backstep SCENE' takes no '--size', but 'render' does: backstep [--plain]" one-neuron --size=80x24
says 2 "'-e' takes a value" run -e
says 2 "unexpected 'b'" run a b
says 2 "there is no command 'chek': did you mean 'check'?" chek one-neuron
says 2 "there is no command 'rendr': did you mean 'render'?" rendr
says 1 "there is no scene 'genral': did you mean 'general'?" genral
says 1 "cannot open 'tran': No such file or directory" tran
says 1 "cannot open 'x/rendr': No such file or directory" x/rendr
says 1 "there is no help on 'rendr': did you mean 'render'?" help rendr
says 1 "there is no help on 'lst': did you mean 'list'?" run -e 'help lst'
says 1 "there is no command 'rendr': 'render' stands on the command line, 'help render' tells" \
    run -e 'rendr'
says 1 "there is no command 'trace': 'trace' stands on the command line" run -e 'trace x'
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

for scene in scenes/*.scene; do
    "$BACKSTEP" fmt "$scene" -o "$work/once.scene"
    "$BACKSTEP" fmt "$work/once.scene" | cmp -s - "$work/once.scene" || fail "fmt twice: $scene"
    "$BACKSTEP" run "$scene" -e 'export json -' >"$work/a"
    "$BACKSTEP" run "$work/once.scene" -e 'export json -' | cmp -s - "$work/a" ||
        fail "fmt changes what $scene does"
done
printf 'net 1   1;x=2 # two\n' >"$work/own.scene"
"$BACKSTEP" fmt "$work/own.scene" -w
[ "$(cat "$work/own.scene")" = 'net 1 1
x=2 # two' ] || fail 'fmt -w'
says 1 "'general' is built in" fmt general -w
says 2 'one of them' fmt general -w -o x

# ---- standard output that cannot take it all ----

"$BACKSTEP" trace general --format jsonl 2>"$work/err" | head -n 1 >/dev/null
[ ! -s "$work/err" ] || fail "a closed pipe is not quiet: $(cat "$work/err")"
{ "$BACKSTEP" run -e 'net 100 100' -e 'print W0' -e 'print W0' -e 'print W0' 2>"$work/err"; } |
    true
[ ! -s "$work/err" ] || fail "a closed pipe is not quiet: $(cat "$work/err")"
if [ -e /dev/full ]; then
    "$BACKSTEP" run -e 'print 1' >/dev/full 2>"$work/err"
    [ $? -eq 1 ] || fail 'a full disk is an error'
    grep -q 'cannot write to standard output' "$work/err" || fail 'a full disk is told'
fi

# ---- without a terminal there is no screen ----

says 1 'terminal' one-neuron
says 1 'terminal' play one-neuron

exit "$failed"
