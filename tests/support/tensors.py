"""tests/support/tensors.py - what other programs make of files of weights.

    tensors.py safetensors FILE      names, shapes and numbers, by a reader of its own
    tensors.py numpy FILE...         the same of .npy and .npz, by NumPy
    tensors.py make FOLDER           files by NumPy and by hand, for backstep to read
    tensors.py same TORCH BACKSTEP   two lists of `NAME = value`: equal to 1e-12?

Numbers are written as repr() writes them, so that equal lines are equal bits.
"""
import ast
import json
import struct
import sys


def show(name, rows):
    print(name, rows)


def read_safetensors(path):
    data = open(path, "rb").read()
    (length,) = struct.unpack("<Q", data[:8])
    header = json.loads(data[8 : 8 + length])
    numbers = data[8 + length :]
    assert length % 8 == 0 and header.pop("__metadata__") == {"format": "pt"}
    end = 0
    for name, entry in header.items():
        begin, end_here = entry["data_offsets"]
        assert begin == end, name
        end = end_here
        flat = list(struct.unpack(f"<{(end - begin) // 8}d", numbers[begin:end]))
        shape = entry["shape"]
        assert entry["dtype"] == "F64"
        if len(shape) == 2:
            flat = [flat[i * shape[1] : (i + 1) * shape[1]] for i in range(shape[0])]
        show(name, flat)
    assert end == len(numbers)


def read_numpy(paths):
    import numpy

    for path in paths:
        loaded = numpy.load(path, allow_pickle=False)
        if path.endswith(".npz"):
            for name in loaded.files:
                show(name, loaded[name].tolist())
        else:
            show("array", loaded.tolist())


def safetensors(tensors, code):
    """A file from {name: rows}, with numbers of struct's `code`."""
    header, numbers = {}, b""
    for name, rows in tensors.items():
        matrix = isinstance(rows[0], list)
        flat = sum(rows, []) if matrix else rows
        packed = struct.pack(f"<{len(flat)}{code}", *flat)
        header[name] = {
            "dtype": {"f": "F32", "d": "F64"}[code],
            "shape": [len(rows), len(rows[0])] if matrix else [len(rows)],
            "data_offsets": [len(numbers), len(numbers) + len(packed)],
        }
        numbers += packed
    text = json.dumps(header).encode()
    return struct.pack("<Q", len(text)) + text + numbers


def make(folder):
    import numpy

    W0 = numpy.array([[0.1, -0.0, 1 / 3], [4, 5e-324, -6]])
    numpy.save(f"{folder}/W0.npy", W0)
    numpy.save(f"{folder}/columns.npy", numpy.asfortranarray(W0))
    numpy.save(f"{folder}/turned.npy", W0.astype(">f8"))
    numpy.save(f"{folder}/single.npy", W0.astype(numpy.float32))
    numpy.savez(f"{folder}/net.npz", W0=W0, b0=numpy.arange(3.0), W1=numpy.ones((3, 1)), b1=[2.5])
    numpy.savez_compressed(f"{folder}/packed.npz", W0=W0, W1=numpy.ones((3, 1)))
    tensors = {"2.weight": [[1.0, 2.0, 3.0]], "0.weight": W0.T.tolist(), "0.bias": [7.0, 8.0, 9.5]}
    open(f"{folder}/double.safetensors", "wb").write(safetensors(tensors, "d"))
    open(f"{folder}/single.safetensors", "wb").write(safetensors(tensors, "f"))


def numbers(path):
    lines = (line.split(" = ") for line in open(path))
    flat = {}
    for name, value in lines:
        value = ast.literal_eval(value)
        while isinstance(value, list) and value and isinstance(value[0], list):
            value = sum(value, [])
        flat[name] = value if isinstance(value, list) else [value]
    return flat


def same(one, two):
    one, two = numbers(one), numbers(two)
    assert one.keys() == two.keys() and len(one) > 2, (one.keys(), two.keys())
    for name in one:
        assert len(one[name]) == len(two[name]), name
        for a, b in zip(one[name], two[name]):
            assert abs(a - b) <= 1e-12 * max(1, abs(a)), (name, a, b)


if __name__ == "__main__":
    what, paths = sys.argv[1], sys.argv[2:]
    if what == "safetensors":
        read_safetensors(*paths)
    elif what == "numpy":
        read_numpy(paths)
    elif what == "make":
        make(*paths)
    else:
        same(*paths)
