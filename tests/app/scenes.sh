#!/bin/sh
# The library of scenes: every scene is a lesson that can be checked. It has a numbered
# heading, 5 to 15 pauses, a question, at least three expectations, and all that it says
# fits on a screen of 80x24.
# shellcheck source=tests/support/work.sh
. tests/support/work.sh

# how_many WORD FILE: the lines that begin with the command WORD.
how_many() {
    grep -cE "^$1( |\$)" "$2"
}

# folded FILE: its text without marks of the stage and with single blanks, in one line.
folded() {
    sed -e 's/^ *▌ *//' -e 's/^ *? //' "$1" | tr -s ' \n' '  '
}

"$BACKSTEP" check scenes/*.scene || fail 'check'

for scene in scenes/*.scene; do
    head -n 1 "$scene" | grep -q '^# [0-9][0-9]*\. ' || fail "$scene has no numbered heading"
    [ "$(how_many title "$scene")" -eq 1 ] || fail "$scene has no title, or several"
    pauses=$(how_many pause "$scene")
    asks=$(how_many ask "$scene")
    { [ "$pauses" -ge 5 ] && [ $((pauses + asks)) -le 15 ]; } ||
        fail "$scene has $pauses pauses and $asks questions: 5 to 15 together are a lesson"
    [ "$asks" -ge 1 ] || fail "$scene asks nothing"
    [ "$(how_many expect "$scene")" -ge 3 ] || fail "$scene has fewer than 3 expect lines"

    "$BACKSTEP" render "$scene" --at all --size 80x24 >"$work/frames" || fail "render $scene"
    folded "$work/frames" >"$work/shown"
    sed -n -e 's/^say //p' -e 's/^ask new [^ ]* //p; t' -e 's/^ask [^ ]* //p' "$scene" |
        tr -s ' ' >"$work/said"
    while IFS= read -r line; do
        grep -qF -e "$line" "$work/shown" || fail "$scene: does not fit on 80x24: $line"
    done <"$work/said"
done

# the numbers of the headings order the menu: 1, 2, 3 ...
numbers=$(sed -n 's/^# \([0-9][0-9]*\)\. .*/\1/p' scenes/*.scene | sort -n | tr '\n' ' ')
wanted=$(seq 1 "$(find scenes -name '*.scene' | wc -l)" | tr '\n' ' ')
[ "$numbers" = "$wanted" ] || fail "the scenes are numbered $numbers"

exit "$failed"
