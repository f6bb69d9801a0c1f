#!/usr/bin/env bash
# Pictures of every built-in scene: xmllint must find them well-formed, and
# rsvg-convert must draw them at the size that they say.
# shellcheck source=tests/support/interop.sh
source "$(dirname "$0")/../support/interop.sh"
need xmllint rsvg-convert

for scene in $(scenes); do
    "$BACKSTEP" render "$scene" --size 100x30 --format svg -o "$work/$scene.svg"
    xmllint --noout --nonet "$work/$scene.svg"
    rsvg-convert -o "$work/$scene.png" "$work/$scene.svg"
    width=$(xmllint --xpath 'string(/*/@width)' "$work/$scene.svg")
    height=$(xmllint --xpath 'string(/*/@height)' "$work/$scene.svg")
    [ "$(png_size "$work/$scene.png")" = "${width}x${height}" ] ||
        fail "$scene: drawn at another size than ${width}x${height}"
done

# A film: well-formed; what plays no film draws the first screen.
"$BACKSTEP" render general --at all --format svg -o "$work/film.svg"
xmllint --noout --nonet "$work/film.svg"
frames=$(xmllint --xpath 'count(//*[local-name()="animate"])' "$work/film.svg")
[ "$frames" -ge 11 ] || fail "only $frames frames in a film of 11 pauses"
rsvg-convert -o "$work/film.png" "$work/film.svg"
"$BACKSTEP" render general --at start --format svg -o "$work/first.svg"
rsvg-convert -o "$work/first.png" "$work/first.svg"
cmp "$work/film.png" "$work/first.png"
