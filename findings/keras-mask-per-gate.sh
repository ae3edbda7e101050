#!/usr/bin/env bash
# In Keras, recurrent_dropout changes the dropout of the input.
#
# What is surprising: With dropout alone, all gates of an LSTM or GRU see the same features of the input. As
#                     soon as recurrent_dropout is not 0, each gate has a mask of its own, also for the input.
#                     The cell then takes implementation=1, whatever implementation was asked for.
#
# Library:        keras 3.15.1, on jax 0.10.2; the PyTorch backend does the same.
# Expected:       Two options, each of which drops what it is named after, by one rule.
# What happens:   The same seed and the same dropout give one mask [B,D] with recurrent_dropout=0, and four
#                 different ones with recurrent_dropout=0.2. A feature that is dropped for one gate is seen by
#                 another, so at a rate of 0.5 an LSTM is without a feature in 1 of 16 cases, no longer in 1
#                 of 2.
# Why it matters: Adding a little recurrent_dropout weakens the dropout of the input, so rates found for one
#                 are wrong for the other; and implementations that share masks among gates, as in Gal and
#                 Ghahramani's "tied weights", cannot reproduce the training.
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


def distinct(kind, **options):
    """How many different masks the cell draws for its input, and its implementation."""
    cell = kind(8, dropout=0.5, seed=1, **options).cell
    masks = cell.get_dropout_mask(keras.ops.ones((16, 32)))
    masks = masks if isinstance(masks, list) else [masks]
    return len({tuple(np.asarray(m).ravel()) for m in masks}), cell.implementation


for kind, gates in ((keras.layers.LSTM, 4), (keras.layers.GRU, 3)):
    for options in ({}, {"recurrent_dropout": 0.2}, {"recurrent_dropout": 0.2, "implementation": 2}):
        count, implementation = distinct(kind, **options)
        print(f"{kind.__name__:4} {str(options):50} {count} masks of the input, implementation {implementation}")
        assert (count, implementation) == ((gates, 1) if options else (1, 2))
PY
KERAS_BACKEND=jax KERAS_HOME="$work/keras" JAX_PLATFORMS=cpu venv/bin/python finding.py
