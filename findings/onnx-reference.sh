#!/usr/bin/env bash
# ONNX's own reference implementation silently ignores inputs and attributes of RNN and LSTM nodes.
#
# What is surprising: The evaluator that comes with onnx ignores sequence_lens, clip and input_forget, all of
# them in the operators' specification. It runs every sequence to its end, unclipped, with a plain forget
# gate.
#
# Library:        onnx 1.23.2 (onnx.reference), compared with onnxruntime 1.32.0; numpy 2.4.6.
# Expected:       A reference is complete, or rejects what it does not implement.
# What happens:   A sequence of length 2 of 4 gives the state after 4 steps: 0.961 instead of 0.943. ONNX
#                 Runtime is correct.
# Why it matters: Testing an exporter of recurrent layers against the reference evaluator proves nothing about
#                 padding or coupled gates, and makes the correct runtime look wrong.
set -euo pipefail
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --no-cache-dir --disable-pip-version-check \
  onnx==1.23.2 onnxruntime==1.32.0 numpy==2.4.6
cd "$work"

cat > finding.py <<'PY'
import numpy as np
import onnx
import onnxruntime
from onnx import TensorProto, helper, numpy_helper
from onnx.reference import ReferenceEvaluator

STEPS = 4
LENGTHS = np.array([4, 2], np.int32)


def last_states(op, lengths=False, **attributes):
    """The last state of two sequences of ones, with one unit and all weights 1."""
    ones = np.ones((1, {"RNN": 1, "LSTM": 4}[op], 1), np.float32)
    inputs = ["x", "w", "r"] + (["", "lengths"] if lengths else [])
    infos = [helper.make_tensor_value_info("x", TensorProto.FLOAT, [STEPS, 2, 1])]
    feeds = {"x": np.ones((STEPS, 2, 1), np.float32)}
    if lengths:
        infos.append(helper.make_tensor_value_info("lengths", TensorProto.INT32, [2]))
        feeds["lengths"] = LENGTHS
    node = helper.make_node(op, inputs, ["", "last"], hidden_size=1, **attributes)
    output = helper.make_tensor_value_info("last", TensorProto.FLOAT, [1, 2, 1])
    weights = [numpy_helper.from_array(ones, "w"), numpy_helper.from_array(ones, "r")]
    graph = helper.make_graph([node], "graph", infos, [output], weights)
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
    onnx.checker.check_model(model)
    runtime = onnxruntime.InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"])
    found = [run(None, feeds)[0].ravel() for run in (runtime.run, ReferenceEvaluator(model).run)]
    what = "lengths 4, 2" if lengths else str(attributes)
    print(f"{op:4} {what:19} ONNX Runtime {found[0]}  reference {found[1]}")
    return found


def tanh_states(clip=np.inf):
    """The same by hand: the states of a tanh-RNN after each step."""
    states, h = [], 0.0
    for _ in range(STEPS):
        h = np.tanh(np.clip(1 + h, -clip, clip))
        states.append(h)
    return np.array(states)


right, reference = last_states("RNN", lengths=True)
assert np.allclose(right, tanh_states()[LENGTHS - 1], atol=1e-6)
assert np.allclose(reference, tanh_states()[-1], atol=1e-6)

right, reference = last_states("RNN", clip=0.5)
assert np.allclose(right, tanh_states(0.5)[-1], atol=1e-6)
assert np.allclose(reference, tanh_states()[-1], atol=1e-6)

plain, _ = last_states("LSTM", input_forget=0)
right, reference = last_states("LSTM", input_forget=1)
assert abs(right[0] - plain[0]) > 0.2
assert np.allclose(reference, plain, atol=1e-6)
PY
venv/bin/python finding.py
