#!/usr/bin/env python3
"""Writes tests/net/reference.txt: networks with every value and gradient, and
training runs, computed by another program than ours.

    python3 tests/net/reference.py > tests/net/reference.txt

It knows nothing of a backward pass: a scalar remembers which operations made
it, and the chain rule is applied to those, one by one (reverse-mode automatic
differentiation). The activations, costs and update rules are written from their
textbook definitions. Only the standard library is used; the output is the same
every time.
"""

import math
import random


class Scalar:
    """A number, what it was made from, and the slope with respect to each."""

    def __init__(self, value, parents=()):
        self.value = float(value)
        self.parents = parents
        self.grad = 0.0

    def __add__(self, other):
        other = lift(other)
        return Scalar(self.value + other.value, ((self, 1.0), (other, 1.0)))

    def __mul__(self, other):
        other = lift(other)
        return Scalar(self.value * other.value, ((self, other.value), (other, self.value)))

    def __neg__(self):
        return self * -1.0

    def __sub__(self, other):
        return self + -lift(other)

    def __truediv__(self, other):
        other = lift(other)
        inverse = Scalar(1.0 / other.value, ((other, -1.0 / other.value**2),))
        return self * inverse

    __radd__ = __add__
    __rmul__ = __mul__

    def __rsub__(self, other):
        return lift(other) - self

    def __rtruediv__(self, other):
        return lift(other) / self


def lift(value):
    return value if isinstance(value, Scalar) else Scalar(value)


def apply(scalar, value, slope):
    """A function of one scalar, its value and slope there."""
    return Scalar(value, ((scalar, slope),))


def exp(a):
    return apply(a, math.exp(a.value), math.exp(a.value))


def log(a):
    return apply(a, math.log(a.value), 1.0 / a.value)


def erf(a):
    return apply(a, math.erf(a.value), 2.0 / math.sqrt(math.pi) * math.exp(-a.value**2))


def backward(result):
    """Leave d result / d scalar in the grad of every scalar that it came from."""
    order, seen, stack = [], set(), [(result, False)]
    while stack:
        scalar, done = stack.pop()
        if done:
            order.append(scalar)
        elif id(scalar) not in seen:
            seen.add(id(scalar))
            stack.append((scalar, True))
            stack.extend((parent, False) for parent, _ in scalar.parents)
    result.grad = 1.0
    for scalar in reversed(order):
        for parent, slope in scalar.parents:
            parent.grad += scalar.grad * slope


# -- activations: a layer of z to a layer of r --


def piecewise(z, low, step0, leak):
    if z.value > 0:
        return z * 1.0
    if z.value == 0:
        return apply(z, 0.0, leak + (1.0 - leak) * step0)
    return low(z)


def sigmoid(z):
    return 1.0 / (1.0 + exp(-z))


ACTIVATIONS = {
    "relu": lambda z, s: piecewise(z, lambda z: z * 0.0, s, 0.0),
    "leaky": lambda z, s: piecewise(z, lambda z: z * 0.01, s, 0.01),
    "elu": lambda z, s: z * 1.0 if z.value > 0 else exp(z) - 1.0,
    "sigmoid": lambda z, s: sigmoid(z),
    "tanh": lambda z, s: 1.0 - 2.0 / (exp(2.0 * z) + 1.0),
    "softplus": lambda z, s: log(1.0 + exp(z)),
    "silu": lambda z, s: z / (1.0 + exp(-z)),
    "gelu": lambda z, s: 0.5 * z * (1.0 + erf(z / math.sqrt(2.0))),
    "linear": lambda z, s: z * 1.0,
}


def activate(name, z, step0):
    if name == "softmax":
        powers = [exp(a) for a in z]
        total = sum(powers, lift(0.0))
        return [p / total for p in powers]
    return [ACTIVATIONS[name](a, step0) for a in z]


# -- costs --


def total(terms):
    return sum(terms, lift(0.0))


def square(a):
    return a * a


def term(weight, scalar):
    """weight ln(scalar), and 0 where the weight is 0."""
    return weight * log(scalar) if weight != 0 else lift(0.0)


COSTS = {
    "half-squared": lambda y, r: 0.5 * total(square(a - b) for a, b in zip(y, r)),
    "mse": lambda y, r: total(square(a - b) for a, b in zip(y, r)) / float(len(y)),
    "bce": lambda y, r: -total(term(a, b) + term(1.0 - a, 1.0 - b) for a, b in zip(y, r)),
    "cross-entropy": lambda y, r: -total(term(a, b) for a, b in zip(y, r)),
}


class Net:
    """W[k][i][j] from neuron i of layer k to neuron j of layer k+1."""

    def __init__(self, widths, activations, cost, bias, step0):
        self.widths, self.activations, self.cost = widths, activations, cost
        self.bias, self.step0 = bias, step0
        self.W, self.b, self.x, self.y = [], [], [], []

    def fill(self, rng, size):
        K = len(self.widths) - 1
        draw = lambda: rng.uniform(-size, size)
        self.W = [
            [[draw() for _ in range(self.widths[k + 1])] for _ in range(self.widths[k])]
            for k in range(K)
        ]
        self.b = [[draw() for _ in range(self.widths[k + 1])] for k in range(K)]
        self.x = [rng.uniform(-2, 2) for _ in range(self.widths[0])]
        n = self.widths[-1]
        if self.cost == "bce":
            self.y = [rng.choice([0.0, 1.0, rng.random()]) for _ in range(n)]
        elif self.cost == "cross-entropy":
            self.y = [rng.random() for _ in range(n)]
            if rng.random() < 0.5:
                self.y = [a / sum(self.y) for a in self.y]
            elif n > 1:
                self.y[0] = 0.0
        else:
            self.y = [rng.uniform(-1.5, 1.5) for _ in range(n)]

    def run(self):
        """The pass, as names and lists of numbers."""
        K = len(self.widths) - 1
        W = [[[lift(a) for a in row] for row in W] for W in self.W]
        b = [[lift(a) for a in row] for row in self.b]
        r = [[lift(a) for a in self.x]]
        z = [None]
        for k in range(K):
            out = []
            for j in range(self.widths[k + 1]):
                value = total(W[k][i][j] * r[k][i] for i in range(self.widths[k]))
                out.append(value + b[k][j] if self.bias else value)
            z.append(out)
            r.append(activate(self.activations[k], out, self.step0))
        C = COSTS[self.cost](self.y, r[K])
        backward(C)
        grads = lambda scalars: [s.grad for s in scalars]
        values = {"C": [C.value], "dx": grads(r[0])}
        for k in range(1, K + 1):
            values[f"z{k}"] = [s.value for s in z[k]]
            values[f"r{k}"] = [s.value for s in r[k]]
            values[f"dr{k}"] = grads(r[k])
            values[f"dz{k}"] = grads(z[k])
        for k in range(K):
            values[f"dW{k}"] = [s.grad for row in W[k] for s in row]
            if self.bias:
                values[f"db{k}"] = grads(b[k])
        return values


# -- update rules: torch.optim's definitions, one parameter --


def sgd(h, w, g, s, t):
    return w - h["lr"] * g


def momentum(h, w, g, s, t):
    s["v"] = h["momentum"] * s.get("v", 0.0) + g
    return w - h["lr"] * s["v"]


def nesterov(h, w, g, s, t):
    s["v"] = h["momentum"] * s.get("v", 0.0) + g
    return w - h["lr"] * (g + h["momentum"] * s["v"])


def rmsprop(h, w, g, s, t):
    s["s"] = h["rho"] * s.get("s", 0.0) + (1 - h["rho"]) * g**2
    return w - h["lr"] * g / (math.sqrt(s["s"]) + h["epsilon"])


def adam(h, w, g, s, t):
    s["m"] = h["beta1"] * s.get("m", 0.0) + (1 - h["beta1"]) * g
    s["v"] = h["beta2"] * s.get("v", 0.0) + (1 - h["beta2"]) * g**2
    m = s["m"] / (1 - h["beta1"] ** t)
    v = s["v"] / (1 - h["beta2"] ** t)
    return w - h["lr"] * m / (math.sqrt(v) + h["epsilon"])


RULES = {"sgd": sgd, "momentum": momentum, "nesterov": nesterov, "rmsprop": rmsprop, "adam": adam}
DEFAULTS = {
    "lr": 0.1,
    "momentum": 0.9,
    "rho": 0.99,
    "epsilon": 1e-8,
    "beta1": 0.9,
    "beta2": 0.999,
    "decay": 0.0,
    "clip": 0.0,
}


def train(net, rule, settings, frozen, steps):
    """`frozen` holds layer numbers, and "bias"."""
    h = {**DEFAULTS, **settings}
    K = len(net.widths) - 1
    memory = {}
    for t in range(1, steps + 1):
        values = net.run()
        moving = []
        for k in range(K):
            if k not in frozen:
                n = net.widths[k + 1]
                for at, g in enumerate(values[f"dW{k}"]):
                    moving.append((("W", k, at), net.W[k][at // n], at % n, g))
            if net.bias and "bias" not in frozen:
                for j, g in enumerate(values[f"db{k}"]):
                    moving.append((("b", k, j), net.b[k], j, g))
        norm = math.sqrt(sum(g * g for _, _, _, g in moving))
        factor = min(1.0, h["clip"] / norm) if h["clip"] > 0 else 1.0
        for key, row, at, g in moving:
            g = factor * g + h["decay"] * row[at]
            row[at] = RULES[rule](h, row[at], g, memory.setdefault(key, {}), t)


# -- the file --


def write(name, numbers, sign):
    print(name, sign, " ".join(format(a, ".17g") for a in numbers))


def write_net(net):
    print("net", *net.widths)
    print("activation", *net.activations)
    print("cost", net.cost)
    print("bias", "on" if net.bias else "off")
    write("step0", [net.step0], "=")
    for k in range(len(net.widths) - 1):
        write(f"W{k}", [a for row in net.W[k] for a in row], "=")
        if net.bias:
            write(f"b{k}", net.b[k], "=")
    write("x", net.x, "=")
    write("y", net.y, "=")


def last_for(rng, cost):
    if cost == "bce":
        return rng.choice(["sigmoid", "sigmoid", "softmax"])
    if cost == "cross-entropy":
        return rng.choice(["softmax", "softmax", "sigmoid", "softplus"])
    return rng.choice([*ACTIVATIONS, "softmax"])


def passes(rng):
    costs = list(COSTS)
    for n in range(60):
        cost = costs[n % len(costs)]
        widths = [rng.randint(1, 5) for _ in range(rng.randint(2, 5))]
        activations = [rng.choice(list(ACTIVATIONS)) for _ in widths[2:]] + [last_for(rng, cost)]
        if activations[-1] == "softmax":
            widths[-1] += 1  # the share of one alone is 1, and bce takes ln(1 - 1)
        net = Net(widths, activations, cost, rng.random() < 0.5, rng.choice([0.0, 0.5, 1.0]))
        net.fill(rng, 1.2)
        print(f"\ncase {n + 1}")
        write_net(net)
        for name, numbers in net.run().items():
            write(name, numbers, "~")


def at_zero(rng):
    """Where z is exactly 0 the slope is step0's to say."""
    for step0 in (0.0, 0.5, 1.0):
        for name in ("relu", "leaky"):
            net = Net([2, 2, 1], [name, name], "half-squared", False, step0)
            net.fill(rng, 1.0)
            net.x = [1.0, -1.0]
            net.W[0] = [[0.75, 0.5], [0.75, 0.25]]
            net.W[1] = [[0.5], [0.25]]
            print(f"\ncase {name} at zero, step0 {step0}")
            write_net(net)
            for key, numbers in net.run().items():
                write(key, numbers, "~")


def runs(rng):
    variants = [
        ({}, set()),
        ({"decay": 0.03}, set()),
        ({"clip": 0.25}, set()),
        ({"clip": 0.5, "decay": 0.01, "lr": 0.02}, {1}),
        (
            {"momentum": 0.5, "rho": 0.7, "epsilon": 0.001, "beta1": 0.6, "beta2": 0.8},
            {"bias"},
        ),
    ]
    for rule in RULES:
        for number, (settings, frozen) in enumerate(variants):
            net = Net([3, 4, 2], ["tanh", "sigmoid"], "bce", number != 1, 1.0)
            net.fill(rng, 1.0)
            print(f"\ncase {rule}, variant {number + 1}")
            write_net(net)
            print("optimizer", rule)
            for name, value in settings.items():
                write(name, [value], "=")
            for what in frozen:
                print("freeze", what)
            print("update 5")
            train(net, rule, settings, frozen, 5)
            for k in range(2):
                write(f"W{k}", [a for row in net.W[k] for a in row], "~")
                if net.bias:
                    write(f"b{k}", net.b[k], "~")
            write("C", net.run()["C"], "~")


def main():
    rng = random.Random(19272)
    print("# Written by tests/net/reference.py; `=` is given, `~` is to be computed.")
    passes(rng)
    at_zero(rng)
    runs(rng)


main()
