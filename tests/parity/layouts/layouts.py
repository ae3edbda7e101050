"""
Writes layouts.json: cells of PyTorch (2.13), Keras (3.15, on TensorFlow) and ONNX (onnxruntime 1.23), each with
random weights in its layout and the states it computes, so that layouts.test.ts needs no Python.

    python3 tests/parity/layouts/layouts.py && npx prettier --write tests/parity/layouts/layouts.json

Input and output are time-major, row t * B + b.
"""

import json
import os
from pathlib import Path

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
os.environ["CUDA_VISIBLE_DEVICES"] = ""

import keras
import numpy as np
import onnx
import onnxruntime
import torch
from onnx import TensorProto, helper

B, T, D, H = 2, 3, 3, 2
rng = np.random.default_rng(7)


def draw(*shape):
    """Numbers with few digits, to keep the file small; + 0.0 turns -0 into 0."""
    return (np.round(rng.normal(size=shape), 2) + 0.0).astype(np.float32)


def rounded(a):
    return [float(str(v)) for v in np.asarray(a, np.float32).ravel()]


x = draw(T, B, D)
made = []


def add(layout, cell, weights, output):
    """output: [T, B, H]"""
    tensors = {name: {"shape": list(w.shape), "data": rounded(w)} for name, w in weights.items()}
    made.append({"layout": layout, "cell": cell, "weights": tensors, "output": rounded(output)})


for cell, module in (("rnn", torch.nn.RNN), ("lstm", torch.nn.LSTM), ("gruResetAfter", torch.nn.GRU)):
    theirs = module(D, H)
    weights = {name: draw(*value.shape) for name, value in theirs.state_dict().items()}
    theirs.load_state_dict({name: torch.from_numpy(value) for name, value in weights.items()})
    with torch.no_grad():
        add("pytorch", cell, weights, theirs(torch.from_numpy(x))[0].numpy())

for cell, layer in (
    ("rnn", keras.layers.SimpleRNN(H, return_sequences=True)),
    ("lstm", keras.layers.LSTM(H, return_sequences=True)),
    ("gru", keras.layers.GRU(H, return_sequences=True, reset_after=False)),
    ("gruResetAfter", keras.layers.GRU(H, return_sequences=True, reset_after=True)),
):
    batch = np.swapaxes(x, 0, 1)
    layer.build(batch.shape)
    weights = {w.name: draw(*w.shape) for w in layer.weights}
    layer.set_weights(list(weights.values()))
    add("keras", cell, weights, np.swapaxes(np.asarray(layer(batch)), 0, 1))


def run_onnx(op, weights, order, **attributes):
    node = helper.make_node(op, ["X", *order], ["Y"], hidden_size=H, **attributes)
    graph = helper.make_graph(
        [node],
        op,
        [helper.make_tensor_value_info("X", TensorProto.FLOAT, [T, B, D])],
        [helper.make_tensor_value_info("Y", TensorProto.FLOAT, [T, 1, B, H])],
        [helper.make_tensor(n, TensorProto.FLOAT, w.shape, w.ravel()) for n, w in weights.items()],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 14)], ir_version=8)
    onnx.checker.check_model(model)
    session = onnxruntime.InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"])
    return session.run(None, {"X": x})[0][:, 0]


for cell, op, blocks, attributes in (
    ("rnn", "RNN", 1, {}),
    ("lstm", "LSTM", 4, {}),
    ("lstmPeephole", "LSTM", 4, {}),
    ("lstmCoupled", "LSTM", 4, {"input_forget": 1}),
    ("gru", "GRU", 3, {"linear_before_reset": 0}),
    ("gruResetAfter", "GRU", 3, {"linear_before_reset": 1}),
):
    K = blocks * H
    weights = {"W": draw(1, K, D), "R": draw(1, K, H), "B": draw(1, 2 * K)}
    order = ["W", "R", "B"]
    if cell == "lstmCoupled":
        # The block of f is the negated block of i, so that an LSTM without the attribute computes the same.
        for name in ("W", "R"):
            weights[name][:, 2 * H : 3 * H] = -weights[name][:, :H]
        for side in (0, K):
            weights["B"][:, side + 2 * H : side + 3 * H] = -weights["B"][:, side : side + H]
    if cell == "lstmPeephole":
        weights["P"] = draw(1, 3 * H)
        order += ["", "", "", "P"]
    output = run_onnx(op, weights, order, **attributes)
    if cell == "lstmCoupled":
        assert np.allclose(output, run_onnx(op, weights, order), atol=1e-6)
    add("onnx", cell, weights, output)

text = json.dumps({"batch": B, "steps": T, "units": H, "x": rounded(x), "made": made})
Path(__file__).with_name("layouts.json").write_text(text + "\n")
