#!/usr/bin/env bash
# In Keras, layers of a float64 model round to float32 within, except on TensorFlow.
#
# What is surprising: With float64 as floatx, and with JAX's 64 bits enabled, weights, inputs and outputs are
#                     float64. But Keras's rule for types turns even float64 and float64 into float32, so that
#                     what asks it rounds, and casts back.
#
# Library:        keras 3.15.1, on jax 0.10.2. On PyTorch 2.13.0 Dense and SimpleRNN are off by 1e-7 too; on
#                 TensorFlow 2.21.0 all errors are about 1e-16.
# Expected:       Errors of about 1e-16, or a warning.
# What happens:   LayerNormalization is off by 1e-7, and SimpleRNN fails, as its state becomes float32.
# Why it matters: Finite differences of such a model prove nothing, and reference values recorded from it have
#                 half of the digits that their type promises.
set -euo pipefail
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --no-cache-dir --disable-pip-version-check \
  keras==3.15.1 jax==0.10.2 numpy==2.4.6
cd "$work"

cat > finding.py <<'PY'
import jax.numpy as jnp
import keras
import numpy as np

keras.config.set_floatx("float64")
x = np.random.default_rng(0).normal(size=(2, 3, 4))

a = jnp.asarray(x)
rule = [f("float64", "float64") for f in (keras.backend.result_type, jnp.result_type)]
print("float64 and float64 give {} by Keras, {} by JAX".format(*rule))
assert [str(t) for t in rule] == ["float32", "float64"]

layer = keras.layers.LayerNormalization()
y = layer(a)
expected = (x - x.mean(-1, keepdims=True)) / np.sqrt(x.var(-1, keepdims=True) + 1e-3)
error = abs(np.asarray(y) - expected).max()
print(f"LayerNormalization: output {y.dtype}, error {error:.1e}")
assert y.dtype == "float64" and 1e-9 < error < 1e-6

try:
    keras.layers.SimpleRNN(3)(a)
    raise SystemExit("SimpleRNN works")
except TypeError as error:
    [line] = [line for line in str(error).splitlines() if "but the corresponding output" in line]
    print(f"SimpleRNN: {line}")
    assert "float64" in line and "float32" in line
PY
KERAS_BACKEND=jax KERAS_HOME="$work/keras" JAX_ENABLE_X64=1 JAX_PLATFORMS=cpu venv/bin/python finding.py
