#!/usr/bin/env bash
# The PyTorch script: its cost and its gradients are this program's, to 1e-12, with
# every activation and every cost.
# shellcheck source=tests/support/interop.sh
source "$(dirname "$0")/../support/interop.sh"
python=$(python_with torch) || skip 'Python with torch is not installed'

# The words that `help NAME` lists, which are the rows of its table.
words() {
    "$BACKSTEP" help "$1" | sed -n '3,/^Example/s/^  \([a-z-]*\) .*/\1/p'
}

# One Python for all networks: PyTorch takes a while to load. Each script prints to a
# file of its own.
cat >"$work/all.py" <<'END'
import contextlib, runpy, sys
for path in sys.argv[1:]:
    with open(path[:-3] + ".torch", "w") as out, contextlib.redirect_stdout(out):
        runpy.run_path(path)
END

# add NAME COMMANDS: a network to compare.
add() {
    (cd "$work" && "$BACKSTEP" run -e "$2" -e "export torch $1.py" -e "export json $1.json")
}
count=0
for activation in $(words activation); do
    for cost in $(words cost); do
        case $cost/$activation in
        */softmax | half-squared/* | mse/* | */sigmoid) ;;
        *) continue ;;
        esac
        target='y = 0.3 0.7'
        [ "$cost" = bce ] && target='y = 0 1'
        hidden=$activation
        [ "$hidden" = softmax ] && hidden=tanh
        add "n$count" "net 3 4 2; activation $hidden; activation 2 $activation; cost $cost; bias on
            init xavier seed $((count + 1)); b0 = 0.1 -0.2 0.3 0; b1 = 0.05; x = 0.5 -1.5 2; $target"
        count=$((count + 1))
    done
done
for step0 in 0 0.5 1; do # a z of just 0
    for activation in relu leaky; do
        add "n$count" "net 2 2 1; activation $activation; step0 $step0
            W0 = [1 0.5; 1 -1]; W1 = [1; 2]; x = 1 -1; y = 3"
        count=$((count + 1))
    done
done
[ "$count" -gt 25 ] || fail "only $count networks"
"$python" "$work/all.py" "$work"/n*.py
for json in "$work"/n*.json; do
    "$python" -c 'import json, sys
values = json.load(open(sys.argv[1]))["values"]
values["yhat"] = values["r2"]
for name in [line.split(" = ")[0] for line in open(sys.argv[2])]:
    print(name, "=", values[name])' "$json" "${json%.json}.torch" >"${json%.json}.backstep"
    "$python" tests/support/tensors.py same "${json%.json}.torch" "${json%.json}.backstep" ||
        fail "$(cat "${json%.json}.py")"
done
echo "$count networks"
