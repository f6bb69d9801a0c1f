#!/usr/bin/env bash
# The page that plays a scene, in a headless Chromium whose buttons are clicked: see
# page.py.
# shellcheck source=tests/support/interop.sh
source "$(dirname "$0")/../support/interop.sh"
need chromedriver
python=$(python_with selenium) || skip 'python3 has no selenium here'

cat >"$work/moving.scene" <<'END'
title It moves
say A walk without a hand.
pause
step; wait 0.2; step; wait 0.2; step; wait 0.2; step
say There.
pause
END
# without questions, whose answers are rests of the page and no pauses
grep -v '^ask ' scenes/general.scene >"$work/general.scene"
"$BACKSTEP" render "$work/general.scene" --format html -o "$work/page.html"
"$BACKSTEP" render "$work/general.scene" --at all -o "$work/frames.txt"
"$BACKSTEP" render "$work/moving.scene" --format html -o "$work/moving.html"
"$python" tests/interop/page.py "$work/page.html" "$work/frames.txt" "$work/moving.html" 24
