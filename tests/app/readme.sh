#!/bin/sh
# The examples of the README and of the help topics do what is said of them.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

# the scene in the README, and the one in `help scenes`
awk '/^    title My first scene/ {on = 1} on && /^    / {print substr($0, 5); next} on {exit}' \
    README.md >"$folder/readme.scene"
awk '/^    title One neuron/ {on = 1} on && /^    / {print substr($0, 5); next} on {exit}' \
    src/doc/scenes.txt >"$folder/help.scene"
for scene in readme help; do
    [ "$(grep -c pause "$folder/$scene.scene")" -ge 2 ]
    "$BACKSTEP" check "$folder/$scene.scene"
done

# the training example: it comes to its end
awk '/^    net 2 4 1/ {on = 1} on && /^    / {print substr($0, 5); next} on {exit}' \
    README.md >"$folder/train.scene"
echo 'expect meanC < 0.01' >>"$folder/train.scene"
[ "$(wc -l <"$folder/train.scene")" -ge 6 ]
"$BACKSTEP" run "$folder/train.scene"

# the one-liner
[ "$("$BACKSTEP" run -e 'net 1 1' -e 'x = 2' -e 'y = 3' -e 'W0 = 0.5' -e 'print dW0')" = -4 ]

# the screens in it are those of today (`make screens` puts them up to date)
awk '/^```screen$/ {on = 1; next} /^```$/ {on = 0} on {print}' README.md >"$folder/shown"
"$BACKSTEP" render general --at dz1 | cmp - "$folder/shown"
"$BACKSTEP" render general --at dz1 --size 100x30 --format svg | cmp - src/doc/screen.svg

# every built-in scene is listed
for scene in scenes/*.scene; do
    name=${scene##*/}
    "$BACKSTEP" list | grep -q "^${name%.scene} "
done
