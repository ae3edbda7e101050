#!/usr/bin/env bash
# In Keras, a layer that reads backwards turns its outputs around, and not their mask.
#
# What is surprising: LSTM(go_backwards=True, return_sequences=True) gives its outputs last step first. The mask that
#                     it passes on is still in the order of the input, so the next layer skips real steps
#                     and reads padded ones.
#
# Library:        keras 3.15.1, on jax 0.10.2.
# Expected:       The mask belongs to the outputs: of three real steps and two padded ones, the next layer skips
#                 the first two.
# What happens:   It skips the last two. A counting layer (x + h) above one that gives 1 at each real step
#                 counts 1 for the sequence 1 1 1 0 0, not 3.
# Why it matters: Stacks of backward layers over padded batches compute something else than the same sequences
#                 alone, and no shape tells. Other libraries that turn the mask around do not agree.
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
from keras import layers

sequence = np.array([[1.0, 1, 1, 0, 0]])[..., None]


def run(padding):
    """Passes each real step on as it is, backwards; then counts."""
    ones = {"kernel_initializer": "ones", "activation": "linear", "use_bias": False}
    model = keras.Sequential([
        keras.Input((None, 1)),
        layers.Masking(0.0),
        layers.SimpleRNN(1, recurrent_initializer="zeros", go_backwards=True, return_sequences=True, **ones),
        layers.SimpleRNN(1, recurrent_initializer="ones", **ones),
    ])
    return float(np.asarray(model(sequence[:, : 3 + padding]))[0, 0])


counts = {padding: run(padding) for padding in (0, 1, 2)}
for padding, count in counts.items():
    print(f"three real steps, {padding} padded ones: counted {count:g}")
assert counts == {0: 3.0, 1: 2.0, 2: 1.0}
PY
KERAS_BACKEND=jax KERAS_HOME="$work/keras" JAX_PLATFORMS=cpu venv/bin/python finding.py
