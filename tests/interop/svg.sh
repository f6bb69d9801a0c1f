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
