#!/usr/bin/env bash
# A recording, read by asciinema: what its own `cat` writes to a terminal is just what
# the recording says, and the terminal then shows the last screen. Its web player, where
# it can be had, must show that screen too, for both versions of the format: see
# player.py.
# shellcheck source=tests/support/interop.sh
source "$(dirname "$0")/../support/interop.sh"
need asciinema python3
need_script

"$BACKSTEP" render general --format cast -o "$work/general.cast"
"$BACKSTEP" render general --format cast3 -o "$work/general3.cast"
"$BACKSTEP" render general -o "$work/last.txt"

script -qec "asciinema cat '$work/general.cast'" /dev/null </dev/null >"$work/written"
python3 - "$work/general.cast" "$work/written" <<'END'
import json
import sys

with open(sys.argv[1], encoding="utf-8") as file:
    head, *events = [json.loads(line) for line in file]
assert head["version"] == 2 and head["width"] == 80 and head["height"] == 24, head
times = [event[0] for event in events]
assert times == sorted(times) and times[-1] > 60, times
marks = [event[2] for event in events if event[1] == "m"]
assert marks == ["start", "backward", "train", "play"], marks
said = "".join(event[2] for event in events if event[1] == "o").encode()
with open(sys.argv[2], "rb") as file:
    assert said in file.read(), "asciinema cat wrote something else"
END

need npm chromedriver
python=$(python_with selenium) || skip 'the web player: python3 has no selenium here'
node=$PWD/build/interop/node
if [ ! -d "$node/node_modules/asciinema-player" ]; then
    mkdir -p "$node"
    npm install --silent --no-audit --no-fund --prefix "$node" asciinema-player@3.17.0 ||
        skip 'the web player: npm could not install asciinema-player'
fi
for cast in general general3; do
    "$python" tests/interop/player.py "$node/node_modules/asciinema-player/dist/bundle" \
        "$work/$cast.cast" "$work/last.txt"
done
