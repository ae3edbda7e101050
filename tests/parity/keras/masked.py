"""
Writes masked.json: results of Keras (3.15, on TensorFlow) with padding, for keras.test.ts, without Python.

    python3 tests/parity/keras/masked.py && npx prettier --write tests/parity/keras/masked.json

Everything is time-major, row t * B + b, and weights have our names. Each layer has its output, the loss with
Keras's handling of the mask, and the gradients of another loss, in which each row has its own weight, even padding.
"""

import json
import os
from pathlib import Path

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
os.environ["CUDA_VISIBLE_DEVICES"] = ""

import keras
import numpy as np
import tensorflow as tf
from keras.src.backend import get_keras_mask, set_keras_mask

D, H = 2, 2
# The real steps of each example: the last, the first, the outer ones, none, all.
REAL = ["0011", "1110", "1001", "0000", "1111"]
B, T = len(REAL), len(REAL[0])

rng = np.random.default_rng(7)


def draw(*shape):
    """Numbers with few digits, to keep the file small."""
    return np.round(rng.normal(size=shape), 2).astype(np.float32)


def rounded(a):
    """Rounded to the fewest digits that identify a float32, at most nine."""
    return [float(str(x)) for x in np.asarray(a, np.float32).ravel()]


def time_major(a):
    return np.swapaxes(a, 0, 1) if np.ndim(a) == 3 else a


mask = np.array([[c == "1" for c in row] for row in REAL])
x = draw(B, T, D)
layers = keras.layers
# The layer, its options, its number of gates, the shape of its bias.
cells = {
    "rnn": (layers.SimpleRNN, {}, 1, (H,)),
    "lstm": (layers.LSTM, {}, 4, (4 * H,)),
    "gru": (layers.GRU, {"reset_after": False}, 3, (3 * H,)),
    "gruResetAfter": (layers.GRU, {"reset_after": True}, 3, (2, 3 * H)),
}


def ours(arrays):
    """U, W, b, and bW if there is one: Keras has both biases of the GRU in one array, [2, 3H]."""
    U, W, b = map(np.asarray, arrays)
    return [U, W, *np.atleast_2d(b)]


def masked_input(x, mask):
    """Sets the mask, as a Masking or Embedding layer would."""
    x = tf.identity(x)
    set_keras_mask(x, tf.constant(mask))
    return x


def weighted(y):
    """The weights and targets of the differentiated loss, time-major: the first rows of the shared ones."""
    rows, width = int(tf.size(y)) // y.shape[-1], y.shape[-1]
    return weights[:rows], targets[: rows * width].reshape(rows, width)


weights = np.round(rng.uniform(0.1, 2, size=T * B), 2).astype(np.float32)
targets = draw(T * B * 2 * H)
result = {
    "kerasVersion": keras.__version__,
    "real": REAL,
    "units": H,
    "x": rounded(time_major(x)),
    "weights": rounded(weights),
    "targets": rounded(targets),
    "parameters": {},
    "layers": [],
    "above": [],
}


def run(layer, parameters, flipped=False):
    """The results of a layer with these parameters; `flipped` if its output is in reverse order."""
    layer.build(x.shape)
    layer.set_weights(parameters)
    variable = tf.Variable(x)
    with tf.GradientTape() as tape:
        y = layer(masked_input(variable, mask))
        rows = tf.transpose(y, [1, 0, 2]) if len(y.shape) == 3 else y
        w, target = weighted(rows)
        flat = tf.reshape(rows, target.shape)
        loss = tf.reduce_sum(w * tf.reduce_mean((flat - target) ** 2, 1)) / w.sum()
    dx, *gradients = tape.gradient(loss, [variable, *layer.trainable_weights])
    if len(y.shape) == 3:
        # A layer that reads backwards passes on the mask in input order, although its output is reversed.
        assert (get_keras_mask(y).numpy() == mask).all()
        if flipped:
            set_keras_mask(y, tf.constant(mask[:, ::-1]))
        target = np.swapaxes(target.reshape(T, B, -1), 0, 1)
    # U, W and the bias or biases of each direction.
    parts = [gradients[i : i + 3] for i in range(0, len(gradients), 3)]
    return {
        "output": rounded(rows),
        "maskedLoss": rounded(keras.losses.MeanSquaredError()(target, y))[0],
        "loss": rounded(loss)[0],
        "dx": rounded(time_major(dx.numpy())),
        "gradients": [rounded(g) for part in parts for g in ours(part)],
    }


for name, (kind, options, gates, bias) in cells.items():
    both = [[draw(D, gates * H), draw(H, gates * H), draw(*bias)] for _ in ("forward", "backward")]
    result["parameters"][name] = [[rounded(a) for a in ours(one)] for one in both]

    for sequences in (False, True):

        def create(**more):
            return kind(H, return_sequences=sequences, **options, **more)

        about = {"cell": name, "returnSequences": sequences}
        for backwards in (False, True):
            layer = create(go_backwards=backwards)
            found = run(layer, both[0], flipped=backwards)
            result["layers"].append({**about, "goBackwards": backwards, **found})
        for mode in ("concat", "sum", "mul", "ave"):
            layer = layers.Bidirectional(create(), merge_mode=mode)
            found = run(layer, both[0] + both[1])
            result["layers"].append({**about, "mergeMode": mode, **found})

    # A layer above one that reads backwards, with the mask in the order of its input.
    below = kind(H, return_sequences=True, go_backwards=True, **options)
    above = kind(H, return_sequences=True, **options)
    for layer, own in ((below, both[0]), (above, both[1])):
        layer.build(x.shape)
        layer.set_weights(own)
    y = above(masked_input(below(masked_input(x, mask)), mask[:, ::-1]))
    result["above"].append({"cell": name, "output": rounded(time_major(y.numpy()))})

Path(__file__).with_name("masked.json").write_text(json.dumps(result))
