#!/usr/bin/env bash
# Drawings of every built-in scene's network, and of a large one, by Graphviz.
# shellcheck source=tests/support/interop.sh
source "$(dirname "$0")/../support/interop.sh"
need dot

for scene in $(scenes); do
    "$BACKSTEP" run "$scene" -e "export dot $work/$scene.dot" >/dev/null
done
"$BACKSTEP" run -e "net 784 128 10; export dot $work/large.dot"
for file in "$work"/*.dot; do
    dot -Tsvg -o "$file.svg" "$file" 2>"$work/said" || fail "$file: $(cat "$work/said")"
    [ ! -s "$work/said" ] || fail "$file: $(cat "$work/said")"
    # neurons, or a box a layer in a large network
    wanted=$(grep -c '^ *[nl][0-9_]* \[' "$file")
    drawn=$(grep -c 'class="node"' "$file.svg")
    [ "$drawn" -eq "$wanted" ] || fail "$file: $drawn nodes of $wanted"
done
[ "$(grep -c 'class="node"' "$work/large.dot.svg")" -eq 3 ] || fail 'a large network has a box a layer'
