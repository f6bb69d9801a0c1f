#!/bin/sh
# render's films: the same bytes wherever they are made, and the words about formats.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

fail() {
    echo "FAILED: $*"
    exit 1
}

for format in text ansi svg html cast cast3; do
    "$BACKSTEP" render general --at all --format $format >"$folder/a"
    (cd "$folder" && TZ=Asia/Tokyo LC_ALL=C COLUMNS=40 TERM=dumb NO_COLOR=1 \
        "$BACKSTEP" render general --at all --format $format -o b)
    cmp "$folder/a" "$folder/b" || fail "$format differs"
    "$BACKSTEP" --help | grep -q "^  $format  " || fail "$format is not in the help"
done

# the last screen is the default for pictures, the whole scene for pages and recordings
"$BACKSTEP" render general --format svg | grep -q '<animate' && fail 'a picture that moves'
[ "$("$BACKSTEP" render general --format cast | grep -c '"m"')" -eq 4 ] || fail 'marks'
[ "$("$BACKSTEP" render general --format cast --speed 2 | sed -n '$s/^\[\([0-9]*\).*/\1/p')" -lt 60 ] ||
    fail 'twice as fast'

# a speed of next to nothing makes a film of no end that has a number all the same
[ "$("$BACKSTEP" render general --format cast --speed 1e-300 | sed -n '$s/^\[\([0-9.]*\).*/\1/p')" \
    = 1000000000.000 ] || fail 'a film without an end'

# a wait is as long as it says
printf 'net 1 1\nmark a\nwait 1.25\nstep\nwait 0.5\n' >"$folder/w.scene"
"$BACKSTEP" render "$folder/w.scene" --format cast | cut -c1-12 >"$folder/times"
printf '%s\n' '{"version": ' '[0.000, "o",' '[0.000, "m",' '[1.250, "o",' >"$folder/wanted"
head -4 "$folder/times" | cmp - "$folder/wanted"

"$BACKSTEP" render general --format gif 2>"$folder/err" && fail 'gif is no format'
grep -q "'text', 'ansi', 'svg', 'html', 'cast' or 'cast3' is right" "$folder/err"

# a frame, without a terminal
cd "$folder"
"$BACKSTEP" run -e 'net 2 3 1; step 2; export frame f.svg; export frame f.html'
grep -q '</svg>' f.svg && grep -q '</html>' f.html
[ "$("$BACKSTEP" run -e 'net 2 3 1; step 2; export frame -' | wc -l)" -eq 24 ]
"$BACKSTEP" run -e 'export frame f' 2>err && fail 'an ending is wanted'
grep -q "^-e:1:14: 'f' should end in '.txt'" err
