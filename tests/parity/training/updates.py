"""
Writes updates.json: learning rates and steps of the optimizers of Keras (3.15, on PyTorch) and PyTorch (2.13), in float64,
each with the options that give the same here, so that updates.test.ts needs no Python.

    python3 tests/parity/training/updates.py && npx prettier --write tests/parity/training/updates.json
"""

import json
import os
from pathlib import Path

os.environ["KERAS_BACKEND"] = "torch"

import keras
import numpy as np
import torch

keras.config.set_floatx("float64")
rng = np.random.default_rng(7)
STEPS, SIZE = 10, 12


def rounded(a):
    return [float(f"{v:.12g}") for v in np.asarray(a, np.float64).ravel()]


# ---- schedules ----

COUNT = 16
schedules = []


def add_schedule(of, ours, rates):
    schedules.append({"of": of, "ours": ours, "rates": rounded(rates)})


def in_keras(schedule):
    """Keras counts steps from 0."""
    return [float(schedule(step)) for step in range(COUNT)]


def in_torch(rate, *makers, milestones=None):
    """The rates of a PyTorch scheduler, or of several in a SequentialLR."""
    optimizer = torch.optim.SGD([torch.zeros(1, requires_grad=True)], lr=rate)
    made = [make(optimizer) for make in makers]
    scheduler = torch.optim.lr_scheduler.SequentialLR(optimizer, made, milestones) if milestones else made[0]
    rates = []
    for _ in range(COUNT):
        rates.append(optimizer.param_groups[0]["lr"])
        optimizer.step()
        scheduler.step()
    return rates


def spec(name, **options):
    """One of our schedules; in its options, others may stand."""
    return {"name": name, "options": {key.strip("_"): value for key, value in options.items()}}


K, T = keras.optimizers.schedules, torch.optim.lr_scheduler
falling = {"from": 0.2, "factor": 0.5, "steps": 4}
add_schedule("Keras ExponentialDecay", spec("exponential", **falling), in_keras(K.ExponentialDecay(0.2, 4, 0.5)))
add_schedule(
    "Keras ExponentialDecay, staircase",
    spec("exponential", **falling, staircase=True),
    in_keras(K.ExponentialDecay(0.2, 4, 0.5, staircase=True)),
)
add_schedule("Keras CosineDecay", spec("cosine", from_=0.2, to=0.05, steps=10), in_keras(K.CosineDecay(0.2, 10, alpha=0.25)))
add_schedule(
    "Keras CosineDecay with warm-up",
    spec("warmup", from_=0.01, steps=4, then=spec("cosine", from_=0.2, steps=8)),
    in_keras(K.CosineDecay(0.01, 8, warmup_target=0.2, warmup_steps=4)),
)
add_schedule("Keras PolynomialDecay", spec("linear", from_=0.2, to=0.02, steps=9), in_keras(K.PolynomialDecay(0.2, 9, 0.02)))
add_schedule(
    "Keras PiecewiseConstantDecay, whose boundaries are one less",
    spec("piecewise", rates=[0.3, 0.2, 0.1], milestones=[4, 7]),
    in_keras(K.PiecewiseConstantDecay([3, 6], [0.3, 0.2, 0.1])),
)
add_schedule(
    "PyTorch ExponentialLR",
    spec("exponential", from_=0.2, factor=0.9, steps=1),
    in_torch(0.2, lambda o: T.ExponentialLR(o, 0.9)),
)
add_schedule(
    "PyTorch StepLR",
    spec("exponential", **falling, staircase=True),
    in_torch(0.2, lambda o: T.StepLR(o, 4, 0.5)),
)
add_schedule(
    "PyTorch CosineAnnealingLR",
    spec("cosine", from_=0.2, to=0.05, steps=COUNT),
    in_torch(0.2, lambda o: T.CosineAnnealingLR(o, COUNT, 0.05)),
)
add_schedule(
    "PyTorch LinearLR",
    spec("linear", from_=0.2, to=0.05, steps=6),
    in_torch(0.2, lambda o: T.LinearLR(o, 1, 0.25, 6)),
)
add_schedule(
    "PyTorch MultiStepLR",
    spec("piecewise", rates=[0.2, 0.02, 0.002], milestones=[4, 7]),
    in_torch(0.2, lambda o: T.MultiStepLR(o, [4, 7], 0.1)),
)
add_schedule(
    "PyTorch SequentialLR: LinearLR, then CosineAnnealingLR",
    spec("warmup", from_=0.05, steps=4, then=spec("cosine", from_=0.2, steps=12)),
    in_torch(
        0.2,
        lambda o: T.LinearLR(o, 0.25, 1, 4),
        lambda o: T.CosineAnnealingLR(o, 12),
        milestones=[4],
    ),
)

# Beyond its steps, PyTorch's rises.
rising = in_torch(0.2, lambda o: T.CosineAnnealingLR(o, 6))

# ---- optimizers ----

# Sizes from 1e-6 to 10: epsilon matters for the smallest. Some are 0 at every step.
sizes = 10.0 ** (np.arange(SIZE) % 8 - 6) * (np.arange(SIZE) != 5)
gradients = np.array(rounded(rng.normal(size=(STEPS, SIZE)) * sizes)).reshape(STEPS, SIZE)
start = np.array(rounded(rng.normal(size=SIZE) / 100))
optimizers = []


def steps_of_keras(optimizer):
    variable = keras.Variable(start)
    optimizer.build([variable])
    for g in gradients:
        optimizer.apply([keras.ops.convert_to_tensor(g)], [variable])
    return variable.numpy()


def steps_of_torch(create, schedule=None):
    w = torch.nn.Parameter(torch.from_numpy(start.copy()))
    optimizer = create([w])
    scheduler = schedule(optimizer) if schedule else None
    for g in gradients:
        w.grad = torch.from_numpy(g.copy())
        optimizer.step()
        if scheduler:
            scheduler.step()
    return w.detach().numpy()


def add(of, name, options, weights, same=True):
    """same: whether ours, with these options, take the same steps."""
    ours = {"name": name, "options": options}
    optimizers.append({"of": of, "ours": ours, "same": same, "weights": rounded(weights)})


O, P = keras.optimizers, torch.optim
pytorch = {"epsilonPlacement": "pytorch"}
momentum = {"rate": 0.01, "momentum": 0.9}
nesterov = {**momentum, "nesterov": True}
stairs = {**momentum, "rate": spec("exponential", from_=0.01, factor=0.5, steps=3, staircase=True)}
add("Keras SGD", "sgd", {}, steps_of_keras(O.SGD()))
add("Keras SGD, momentum", "sgd", momentum, steps_of_keras(O.SGD(0.01, 0.9)))
add("Keras SGD, Nesterov", "sgd", nesterov, steps_of_keras(O.SGD(0.01, 0.9, nesterov=True)))
add(
    "Keras SGD, momentum, a schedule",
    "sgd",
    stairs,
    steps_of_keras(O.SGD(K.ExponentialDecay(0.01, 3, 0.5, staircase=True), 0.9)),
)
add(
    "Keras SGD, weight decay",
    "sgd",
    {**momentum, "weightDecay": 0.5},
    steps_of_keras(O.SGD(0.01, 0.9, weight_decay=0.5)),
)
add("Keras RMSprop", "rmsprop", {}, steps_of_keras(O.RMSprop()))
add("Keras RMSprop, weight decay", "rmsprop", {"weightDecay": 2}, steps_of_keras(O.RMSprop(weight_decay=2.0)))
add("Keras Adagrad", "adagrad", {}, steps_of_keras(O.Adagrad()))
add("Keras Adam", "adam", {}, steps_of_keras(O.Adam()))
add("Keras AdamW", "adam", {"weightDecay": 0.004}, steps_of_keras(O.AdamW()))
add("PyTorch SGD, momentum", "sgd", momentum, steps_of_torch(lambda w: P.SGD(w, 0.01, 0.9)))
add("PyTorch SGD, Nesterov", "sgd", nesterov, steps_of_torch(lambda w: P.SGD(w, 0.01, 0.9, nesterov=True)))
add(
    "PyTorch RMSprop",
    "rmsprop",
    {**pytorch, "rate": 0.01, "rho": 0.99, "epsilon": 1e-8},
    steps_of_torch(lambda w: P.RMSprop(w)),
)
add(
    "PyTorch Adagrad",
    "adagrad",
    {**pytorch, "rate": 0.01, "initialSum": 0, "epsilon": 1e-10},
    steps_of_torch(lambda w: P.Adagrad(w)),
)
add("PyTorch Adam", "adam", {**pytorch, "epsilon": 1e-8}, steps_of_torch(lambda w: P.Adam(w)))
add("PyTorch AdamW", "adam", {**pytorch, "epsilon": 1e-8, "weightDecay": 0.01}, steps_of_torch(lambda w: P.AdamW(w)))
# What differs: see docs/numerics.md.
add(
    "PyTorch SGD, momentum, a schedule",
    "sgd",
    stairs,
    steps_of_torch(lambda w: P.SGD(w, 0.01, 0.9), lambda o: T.StepLR(o, 3, 0.5)),
    same=False,
)
add(
    "PyTorch Adam, its weight_decay",
    "adam",
    {**pytorch, "epsilon": 1e-8, "weightDecay": 0.01},
    steps_of_torch(lambda w: P.Adam(w, weight_decay=0.01)),
    same=False,
)
add(
    "PyTorch SGD, its weight_decay",
    "sgd",
    {**momentum, "weightDecay": 0.5},
    steps_of_torch(lambda w: P.SGD(w, 0.01, 0.9, weight_decay=0.5)),
    same=False,
)
add(
    "PyTorch RMSprop, its weight_decay",
    "rmsprop",
    {**pytorch, "rate": 0.01, "rho": 0.99, "epsilon": 1e-8, "weightDecay": 0.5},
    steps_of_torch(lambda w: P.RMSprop(w, weight_decay=0.5)),
    same=False,
)
add(
    "PyTorch Adagrad, its weight_decay",
    "adagrad",
    {**pytorch, "rate": 0.01, "initialSum": 0, "epsilon": 1e-10, "weightDecay": 0.5},
    steps_of_torch(lambda w: P.Adagrad(w, weight_decay=0.5)),
    same=False,
)
add(
    "PyTorch RMSprop, epsilon under the root",
    "rmsprop",
    {"rate": 0.01, "rho": 0.99, "epsilon": 1e-8},
    steps_of_torch(lambda w: P.RMSprop(w)),
    same=False,
)

# ---- clipping ----

clipped = []
for length, limit in ((5.0, 1.0), (2e-6, 1e-6)):
    g = rng.normal(size=4)
    g = np.array(rounded(g * length / np.linalg.norm(g)))
    w = torch.nn.Parameter(torch.zeros(4, dtype=torch.float64))
    w.grad = torch.from_numpy(g.copy())
    torch.nn.utils.clip_grad_norm_([w], limit)
    clipped.append({"gradient": rounded(g), "limit": limit, "clipped": rounded(w.grad.numpy())})

result = {
    "schedules": schedules,
    "rising": rounded(rising),
    "start": rounded(start),
    "gradients": [rounded(g) for g in gradients],
    "optimizers": optimizers,
    "clipped": clipped,
}
Path(__file__).with_name("updates.json").write_text(json.dumps(result))
