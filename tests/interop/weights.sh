#!/usr/bin/env bash
# Weights that go to NumPy and come from it, to the bit; safetensors by a reader that
# knows nothing of this program's.
# shellcheck source=tests/support/interop.sh
source "$(dirname "$0")/../support/interop.sh"
python=$(python_with numpy) || skip 'Python with numpy is not installed'
other=tests/support/tensors.py

# ---- out ----

net='net 2 3 1; bias on; W0 = [0.1 -0 1/3; 4 5e-324 -6]; b0 = 7 8 9.5; W1 = [1; 2; 3]; b1 = -0.5'
cd_work() { (cd "$work" && "$BACKSTEP" run "$@"); }
cd_work -e "$net; x = 1 2" -e 'export safetensors o.safetensors' -e 'export npz o.npz' \
    -e 'export npy W0 o.npy' -e 'export npy x x.npy'
W0='[[0.1, -0.0, 0.3333333333333333], [4.0, 5e-324, -6.0]]'
same "0.weight [[0.1, 4.0], [-0.0, 5e-324], [0.3333333333333333, -6.0]]
0.bias [7.0, 8.0, 9.5]
2.weight [[1.0, 2.0, 3.0]]
2.bias [-0.5]" "$("$python" "$other" safetensors "$work/o.safetensors")"
same "W0 $W0
b0 [7.0, 8.0, 9.5]
W1 [[1.0], [2.0], [3.0]]
b1 [-0.5]
x [1.0, 2.0]
y [0.0]
array $W0
array [1.0, 2.0]" "$("$python" "$other" numpy "$work/o.npz" "$work/o.npy" "$work/x.npy")"

# ---- in ----

"$python" "$other" make "$work"
W0='0.1 -0 0.3333333333333333
4 5e-324 -6'
for file in W0 columns turned; do
    same "$W0" "$(cd_work -e "import W0 $file.npy; print W0")"
done
same "0.10000000149011612 -0 0.3333333432674408
4 0 -6" "$(cd_work -e 'import W0 single.npy; print W0')"
same "$W0
0 1 2
1
1
1
2.5" "$(cd_work -e 'net 1 1; import net.npz; print W0; print b0; print W1; print b1')"
same "$W0" "$(cd_work -e 'net 1 1; import packed.npz; print W0')"
same "$W0
7 8 9.5
1
2
3
0" "$(cd_work -e 'import double.safetensors; print W0; print b0; print W1; print b1')"
same "0.10000000149011612 -0 0.3333333432674408
4 0 -6" "$(cd_work -e 'import single.safetensors; print W0')"

# ---- in and out again ----

cd_work -e 'import o.safetensors; export safetensors again.safetensors'
cmp "$work/o.safetensors" "$work/again.safetensors" || fail 'safetensors change on the way'

if python=$(python_with safetensors.numpy); then
    "$python" -c 'import sys, safetensors.numpy
tensors = safetensors.numpy.load_file(sys.argv[1])
assert tensors["0.weight"].shape == (3, 2) and tensors["2.bias"][0] == -0.5' \
        "$work/o.safetensors" || fail 'the safetensors of its own library'
else
    echo 'skipped: the safetensors library is not installed'
fi
