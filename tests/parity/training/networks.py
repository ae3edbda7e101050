"""
Writes networks.json: small networks trained by PyTorch (2.13) and Keras (3.15, on PyTorch) in float64, where they differ from
the same training here, so that differences.test.ts needs no Python.

    python3 tests/parity/training/networks.py && npx prettier --write tests/parity/training/networks.json

Inputs and targets are time-major, row t * B + b. Weights have the names of their library; V and c are the dense layer.
"""

import json
import os
from pathlib import Path

os.environ["KERAS_BACKEND"] = "torch"

import keras
import numpy as np
import torch

keras.config.set_floatx("float64")
torch.set_default_dtype(torch.float64)
rng = np.random.default_rng(7)
B, T, D, H, N = 4, 6, 3, 4, 2


def draw(*shape):
    """Numbers with few digits, to keep the file small; + 0.0 turns -0 into 0."""
    return np.round(rng.normal(size=shape) / 2, 2) + 0.0


def tensors(arrays):
    return {name: {"shape": list(a.shape), "data": [float(f"{v:.10g}") for v in a.ravel()]} for name, a in arrays.items()}


x, targets = draw(T, B, D), draw(B, N)


def torch_run(kind, start, create, steps, freeze=()):
    """The weights after some steps on the mean squared error of the last state's output."""
    layer, dense = kind(D, H), torch.nn.Linear(H, N)
    layer.load_state_dict({name: torch.from_numpy(a) for name, a in start.items() if name not in "Vc"})
    dense.load_state_dict({"weight": torch.from_numpy(start["V"].T), "bias": torch.from_numpy(start["c"])})
    for name in freeze:
        getattr(layer, name).requires_grad_(False)
    optimizer = create([p for p in [*layer.parameters(), *dense.parameters()] if p.requires_grad])
    for _ in range(steps):
        optimizer.zero_grad()
        output = dense(layer(torch.from_numpy(x))[0][-1])
        torch.nn.functional.mse_loss(output, torch.from_numpy(targets)).backward()
        optimizer.step()
    found = {name: p.detach().numpy() for name, p in layer.named_parameters()}
    return {**found, "V": dense.weight.detach().numpy().T, "c": dense.bias.detach().numpy()}


def torch_start(kind):
    layer = kind(D, H)
    return {**{name: draw(*p.shape) for name, p in layer.named_parameters()}, "V": draw(H, N), "c": draw(N)}


runs = []


def add(of, layout, cell, optimizer, steps, start, weights):
    runs.append(
        {
            **{"of": of, "layout": layout, "cell": cell, "optimizer": optimizer, "steps": steps},
            **{"start": tensors(start), "weights": tensors(weights)},
        }
    )


GRU, LSTM = torch.nn.GRU, torch.nn.LSTM
# Small weights, and so small gradients, some of them about as small as the root of epsilon.
start = {name: np.round(a / 10, 3) + 0.0 for name, a in torch_start(GRU).items()}
for name, create in (
    ("rmsprop", lambda w: torch.optim.RMSprop(w, lr=1e-3, alpha=0.9, eps=1e-7)),
    ("adam", lambda w: torch.optim.Adam(w, lr=1e-3, eps=1e-7)),
):
    weights = torch_run(GRU, start, create, 100)
    add("epsilon", "pytorch", "gruResetAfter", {"name": name, "options": {"epsilon": 1e-7}}, 100, start, weights)

start = torch_start(LSTM)
sgd = {"name": "sgd", "options": {"rate": 0.1}}
for of, steps, freeze in (("two biases", 1, ()), ("two biases", 30, ()), ("one bias", 30, ("bias_hh_l0",))):
    weights = torch_run(LSTM, start, lambda w: torch.optim.SGD(w, lr=0.1), steps, freeze)
    add(of, "pytorch", "lstm", sgd, steps, start, weights)

# Keras clips both biases of the GRU as one tensor.
shapes = {"kernel": (D, 3 * H), "recurrent_kernel": (H, 3 * H), "bias": (2, 3 * H), "V": (H, N), "c": (N,)}
start = {name: draw(*shape) for name, shape in shapes.items()}
model = keras.Sequential([keras.layers.Input((T, D)), keras.layers.GRU(H, reset_after=True), keras.layers.Dense(N)])
model.set_weights(list(start.values()))
# So low that every tensor is clipped at every step.
LIMIT = 0.01
model.compile(optimizer=keras.optimizers.SGD(0.5, clipnorm=LIMIT), loss="mse")
for _ in range(30):
    model.train_on_batch(np.swapaxes(x, 0, 1), targets)
weights = dict(zip(start, (np.asarray(w) for w in model.get_weights())))
add("clipnorm", "keras", "gruResetAfter", {"name": "sgd", "options": {"rate": 0.5}}, 30, start, weights)

# ---- padding before the first real step, and an initial state that is not 0 ----

REAL = ["110111", "001110", "000011", "000000"]
mask = np.array([[c == "1" for c in row] for row in REAL])
L = keras.layers
padded = []
for cell, kind, G, states in (("lstm", L.LSTM, 4, "hc"), ("gruResetAfter", L.GRU, 3, "h")):
    bias = (4 * H,) if cell == "lstm" else (2, 3 * H)
    own = {"kernel": draw(D, G * H), "recurrent_kernel": draw(H, G * H), "bias": draw(*bias)}
    initial = {s: draw(B, H) for s in states}
    for both in (False, True):
        for sequences in (False, True):
            layer = kind(H, return_sequences=sequences)
            layer = L.Bidirectional(layer) if both else layer
            layer.build((B, T, D))
            # The same in both directions.
            layer.set_weights([*own.values()] * (2 if both else 1))
            given = [torch.from_numpy(s) for s in initial.values()] * (2 if both else 1)
            y = layer(torch.from_numpy(np.swapaxes(x, 0, 1)), mask=torch.from_numpy(mask), initial_state=given)
            y = y.detach().numpy()
            padded.append(
                {
                    **{"cell": cell, "bidirectional": both, "returnSequences": sequences},
                    **{"weights": tensors(own), "initial": {s: a.ravel().tolist() for s, a in initial.items()}},
                    "output": tensors({"y": np.swapaxes(y, 0, 1) if sequences else y})["y"]["data"],
                }
            )

# ---- the masks of recurrent dropout ----

masks = {}
for cell, layer in (
    ("rnn", L.SimpleRNN(H, recurrent_dropout=0.5, seed=1)),
    ("lstm", L.LSTM(H, recurrent_dropout=0.5, seed=1)),
    ("gruResetAfter", L.GRU(H, recurrent_dropout=0.5, seed=1)),
):
    layer.build((B, T, D))
    drawn = layer.cell.get_recurrent_dropout_mask(torch.ones(B, H))
    masks[cell] = [m.ravel().tolist() for m in (drawn if isinstance(drawn, list) else [drawn])]

result = {
    **{"batch": B, "steps": T, "units": H, "limit": LIMIT},
    **{"x": x.ravel().tolist(), "targets": targets.ravel().tolist(), "runs": runs},
    **{"real": REAL, "padded": padded, "masks": masks},
}
Path(__file__).with_name("networks.json").write_text(json.dumps(result))
