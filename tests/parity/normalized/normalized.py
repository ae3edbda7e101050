"""
Writes normalized.json: layer normalization by Keras (3.15, on TensorFlow, because on PyTorch it rounds to float32:
findings/keras-float64.sh) and PyTorch (2.13), and the cells of Ba, Kiros and Hinton (2016, arXiv:1607.06450, supplement) in
operations of PyTorch, all in float64, so that normalized.test.ts needs no Python.

    python3 tests/parity/normalized/normalized.py && npx prettier --write tests/parity/normalized/normalized.json

Sequences are time-major, row t * B + b. The gradients are those of autograd.
"""

import json
import os
from pathlib import Path

os.environ["KERAS_BACKEND"] = "tensorflow"

import keras
import numpy as np
import tensorflow as tf
import torch
from torch.nn.functional import layer_norm, mse_loss

keras.config.set_floatx("float64")
rng = np.random.default_rng(11)
B, T, D, H = 3, 4, 3, 5


def draw(*shape, around=0):
    """Numbers with few digits, to keep the file small; + 0.0 turns -0 into 0."""
    return torch.from_numpy(np.round(around + rng.normal(size=shape) / 2, 2) + 0.0).requires_grad_()


def numbers(tensor):
    array = tensor.detach().numpy() if torch.is_tensor(tensor) else np.asarray(tensor)
    return [float(f"{v:.12g}") for v in array.ravel()]


x, targets = draw(T, B, D), {width: draw(T, B, width).detach() for width in (D, H)}


def made(parameters, states, output, loss, gradients):
    return {
        "parameters": {name: numbers(p) for name, p in parameters.items()},
        "states": {name: numbers(s) for name, s in states.items()},
        "results": {
            **{"output": numbers(output), "loss": numbers(loss)},
            **{f"d {name}": numbers(g) for name, g in gradients.items()},
        },
    }


def differentiated(parameters, states, run):
    """With the gradients of all that is given, by our names."""
    given = {"input": x, **parameters, **{f"{s}0": h for s, h in states.items()}}
    for tensor in given.values():
        tensor.grad = None
    output = run(x)
    loss = mse_loss(output, targets[output.shape[-1]])
    loss.backward()
    return made(parameters, states, output, loss, {name: tensor.grad for name, tensor in given.items()})


# ---- the layer ----


def of_keras(parameters):
    layer = keras.layers.LayerNormalization()
    layer.build((B, D))
    layer.set_weights([p.detach().numpy() for p in parameters.values()])
    given = tf.Variable(x.detach().numpy())
    with tf.GradientTape() as tape:
        output = layer(given)
        loss = tf.reduce_mean((output - targets[D].numpy()) ** 2)
    gradients = tape.gradient(loss, [given, *layer.trainable_weights])
    return made(parameters, {}, output, loss, dict(zip(("input", "gamma", "beta"), gradients)))


def of_pytorch(parameters):
    return differentiated(parameters, {}, lambda x: layer_norm(x, (D,), parameters["gamma"], parameters["beta"]))


layers = [
    {"library": library, **run({"gamma": draw(D, around=1), "beta": draw(D)})}
    for library, run in (("Keras", of_keras), ("PyTorch", of_pytorch))
]

# ---- the cells ----

EPSILON = 1e-3


def normalized(v, gain, bias):
    """Equation 15 of the supplement, with epsilon under the root, as in both libraries."""
    return layer_norm(v, v.shape[-1:], gain, bias, EPSILON)


def lstm_step(x, h, c, U, W, gU, bU, gW, gC, bC):
    """Equations 20 to 22; the shifts of the products and b are one bias."""
    i, f, g, o = (normalized(h @ W, gW, None) + normalized(x @ U, gU, bU)).chunk(4, -1)
    c = torch.sigmoid(f) * c + torch.sigmoid(i) * torch.tanh(g)
    return torch.sigmoid(o) * torch.tanh(normalized(c, gC, bC)), c


def gru_step(x, h, U, W, gU, bU, gW, bW):
    """Equations 23 to 25, whose z is 1 - z here; the candidate's W and U are the third blocks."""
    gates, candidate = slice(0, 2 * H), slice(2 * H, 3 * H)

    def both(block):
        of_h = normalized(h @ W[:, block], gW[block], bW[block])
        return normalized(x @ U[:, block], gU[block], bU[block]), of_h

    z, r = torch.sigmoid(sum(both(gates))).chunk(2, -1)
    of_x, of_h = both(candidate)
    return (z * h + (1 - z) * torch.tanh(of_x + r * of_h),)


def unrolled(step, parameters, states):
    def run(x):
        now, outputs = states.values(), []
        for xt in x:
            now = step(xt, *now, **parameters)
            outputs.append(now[0])
        return torch.stack(outputs)

    return run


cells = []
for cell, step, G, names, letters in (
    ("lstmLayerNorm", lstm_step, 4, "hc", {"gC": H, "bC": H}),
    ("gruLayerNorm", gru_step, 3, "h", {"bW": 3 * H}),
):
    wide = G * H
    parameters = {"U": draw(D, wide), "W": draw(H, wide), "gU": draw(wide, around=1), "bU": draw(wide)}
    parameters["gW"] = draw(wide, around=1)
    for letter, width in letters.items():
        parameters[letter] = draw(width, around=1 if letter == "gC" else 0)
    states = {s: draw(B, H) for s in names}
    cells.append({"cell": cell, **differentiated(parameters, states, unrolled(step, parameters, states))})

result = {
    **{"batch": B, "steps": T, "units": H, "x": numbers(x)},
    **{"targets": {width: numbers(t) for width, t in targets.items()}, "layers": layers, "cells": cells},
}
Path(__file__).with_name("normalized.json").write_text(json.dumps(result))
