"""
Writes dropout.json: layers of Keras (3.15, on TensorFlow) in training, in float64, with the masks that they drew, so that
dropoutPerGate.test.ts needs no Python.

    python3 tests/parity/dropout/dropout.py && npx prettier --write tests/parity/dropout/dropout.json

Sequences are time-major, row t * B + b. Masks are [B,D] or [B,H], each entry 0 or 2.
"""

import json
import os
from pathlib import Path

os.environ["KERAS_BACKEND"] = "tensorflow"

import keras
import numpy as np
import tensorflow as tf

keras.config.set_floatx("float64")
rng = np.random.default_rng(5)
B, T, D, H = 2, 4, 3, 4
RATE = 0.5


def draw(*shape):
    """Numbers with few digits, to keep the file small; + 0.0 turns -0 into 0."""
    return np.round(rng.normal(size=shape) / 2, 2) + 0.0


def numbers(array):
    return [float(f"{v:.12g}") for v in np.asarray(array).ravel()]


def time_major(a):
    return np.swapaxes(np.asarray(a), 0, 1)


def ours(arrays):
    """U, W, b, and bW if there is one: Keras has both biases of the GRU in one array, [2, 3H]."""
    U, W, b = map(np.asarray, arrays)
    return [U, W, *np.atleast_2d(b)]


def recorded(cell, name):
    """The masks that `cell` draws, as a list that fills when it is called."""
    drawn, found = getattr(cell, name), []

    def get(step_input):
        masks = drawn(step_input)
        if masks is not None:
            found[:] = [numbers(m) for m in (masks if isinstance(masks, list) else [masks])]
        return masks

    setattr(cell, name, get)
    return found


x, targets = draw(B, T, D), draw(B, T, H)
L = keras.layers
# The layer, its options, its number of gates, the shape of its bias.
cells = {
    "rnn": (L.SimpleRNN, {}, 1, (H,)),
    "lstm": (L.LSTM, {}, 4, (4 * H,)),
    "gru": (L.GRU, {"reset_after": False}, 3, (3 * H,)),
    "gruResetAfter": (L.GRU, {"reset_after": True}, 3, (2, 3 * H)),
}
rates = {"both": (RATE, RATE), "the state": (0, RATE), "the input": (RATE, 0)}
runs, parameters = [], {}
for name, (kind, options, gates, bias) in cells.items():
    own = [draw(D, gates * H), draw(H, gates * H), draw(*bias)]
    parameters[name] = [numbers(p) for p in ours(own)]
    for of, (dropout, recurrent_dropout) in rates.items():
        layer = kind(H, dropout=dropout, recurrent_dropout=recurrent_dropout, return_sequences=True, seed=1, **options)
        layer.build(x.shape)
        layer.set_weights(own)
        of_input, of_state = (recorded(layer.cell, f"get_{which}dropout_mask") for which in ("", "recurrent_"))
        given = tf.Variable(x)
        with tf.GradientTape() as tape:
            y = layer(given, training=True)
            loss = tf.reduce_mean((y - targets) ** 2)
        dx, *gradients = tape.gradient(loss, [given, *layer.trainable_weights])
        runs.append(
            {
                **{"cell": name, "of": of, "dropout": dropout, "recurrentDropout": recurrent_dropout},
                **{"inputMasks": of_input, "stateMasks": of_state},
                **{"output": numbers(time_major(y)), "loss": numbers(loss), "dx": numbers(time_major(dx))},
                "gradients": [numbers(g) for g in ours(gradients)],
            }
        )

result = {
    **{"batch": B, "steps": T, "units": H, "x": numbers(time_major(x)), "targets": numbers(time_major(targets))},
    **{"parameters": parameters, "runs": runs},
}
Path(__file__).with_name("dropout.json").write_text(json.dumps(result))
