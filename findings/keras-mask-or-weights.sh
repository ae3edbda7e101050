#!/usr/bin/env bash
# In Keras, a mask and the equivalent sample weights of 0 and 1 give different losses.
#
# What is surprising: Masked steps do not count in the mean. Steps of weight 0 add nothing to the sum, but
# still count in the divisor. With both, the mask wins.
#
# Library:        keras 3.15.1, on jax 0.10.2; the PyTorch backend gives the same numbers.
# Expected:       A mask is the same as weights of 0 and 1.
# What happens:   With half of the steps padded, the loss is 2.5 with the mask and 1.25 with the weights.
# Why it matters: With weights the gradient is half as large, or a tenth if nine tenths are padding, so SGD
#                 and clipping by norm behave differently. Setting mask_zero of an Embedding in a model
#                 trained with weights changes both.
set -euo pipefail
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --no-cache-dir --disable-pip-version-check \
  keras==3.15.1 jax==0.10.2 numpy==2.4.6
cd "$work"

cat > finding.py <<'PY'
import keras
import numpy as np

# A model that outputs 0 at each of four steps; the last two are padding. Squared errors 1, 4, 25, 81.
inputs = np.array([[[1], [1], [0], [0]]], np.float32)
labels = np.array([[[1], [2], [5], [9]]], np.float32)
weights = np.array([[1, 1, 0, 0]], np.float32)


def loss(masked, **arguments):
    layers = [keras.Input((4, 1))]
    if masked:
        layers.append(keras.layers.Masking(0.0))
    layers.append(keras.layers.Dense(1, kernel_initializer="zeros"))
    model = keras.Sequential(layers)
    model.compile(loss="mse")
    return model.evaluate(inputs, labels, verbose=0, **arguments)


found = {
    "mask": loss(True),
    "weights": loss(False, sample_weight=weights),
    "mask and weights": loss(True, sample_weight=weights),
    "neither": loss(False),
}
for name, value in found.items():
    print(f"{name:17} loss {value}")
expected = {"mask": 5 / 2, "weights": 5 / 4, "mask and weights": 5 / 2, "neither": 111 / 4}
assert all(abs(found[name] - expected[name]) < 1e-6 for name in expected)
PY
KERAS_BACKEND=jax KERAS_HOME="$work/keras" JAX_PLATFORMS=cpu venv/bin/python finding.py
