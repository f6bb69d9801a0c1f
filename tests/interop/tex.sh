#!/usr/bin/env bash
# Derivations and worksheets as LaTeX: a real TeX must compile them, for every
# activation, cost and optimizer, and whatever the title says.
# shellcheck source=tests/support/interop.sh
source "$(dirname "$0")/../support/interop.sh"
need pdflatex

# compiles NAME: without an error, and without a line that runs out of the page.
compiles() {
    (cd "$work" && pdflatex -interaction=nonstopmode -halt-on-error "$1.tex" >"$1.out" 2>&1) || {
        grep -A3 '^!' "$work/$1.out" >&2
        fail "$1.tex does not compile"
    }
    ! grep -q '^Overfull \\hbox ([2-9][0-9]' "$work/$1.log" || fail "$1.tex: lines too long"
    [ -s "$work/$1.pdf" ] || fail "$1.tex gave no pages"
}

for scene in general step-at-zero; do
    "$BACKSTEP" trace "$scene" --format tex >"$work/$scene.tex"
    compiles "$scene"
done

# names KIND: the rows of a table, as `activation x` and the like tell them.
names() {
    "$BACKSTEP" run -e "$1 no-such-name" 2>&1 | sed -n 's/.*choose one of //; s/,//gp'
}
count=0
for setting in activation cost optimizer; do
    for name in $(names "$setting"); do
        layer=
        [ "$name" = softmax ] && layer=2
        "$BACKSTEP" trace --format tex -e 'net 2 3 2; bias on; init xavier seed 3; x = 1 -2; y = 1 0' \
            -e 'activation sigmoid' -e "$setting $layer $name; step0 0.5" >"$work/t.tex"
        compiles t
        count=$((count + 1))
    done
done
[ "$count" -ge 19 ] || fail "only $count rows tried"

# long sums, batches, merged equations, clipping, decay, what is not finite
"$BACKSTEP" trace --format tex -e 'net 40 3 1; init xavier seed 1; x = 0.123456' >"$work/t.tex"
compiles t
"$BACKSTEP" trace --format tex -e 'net 2 3 1; data xor; batch all; combine on; clip 1; decay 0.1' \
    -e 'optimizer adam; init xavier seed 1' >"$work/t.tex"
compiles t
"$BACKSTEP" trace --format tex -e 'net 1 1; cost bce; y = 1; x = 1' >"$work/t.tex"
compiles t

# shellcheck disable=SC2016
printf 'title \\input{x} $_^%%&#{}~ "é" ß Σ日本 <b>|\nnet 2 2 2\nx = 1 2\ny = 1 0\n' >"$work/h.scene"
"$BACKSTEP" trace "$work/h.scene" --format tex >"$work/t.tex"
compiles t

for flags in '' '--seed 1' '--seed 1 --answers'; do
    # shellcheck disable=SC2086
    "$BACKSTEP" worksheet general $flags -o "$work/t.tex"
    compiles t
done
