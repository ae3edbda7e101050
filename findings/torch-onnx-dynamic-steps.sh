#!/usr/bin/env bash
# A recurrent layer exported by PyTorch with a dynamic number of steps gives other numbers for other lengths.
#
# What is surprising: torch.onnx.export is told that time and batch are dynamic, and declares the input so.
# But the last node, a Reshape of the outputs, has the number of steps of the example written into it, and
# leaves the batch open. Where the product fits, more steps become more examples, without a word; where it
# does not fit, the run fails.
#
# Library:        torch 2.13.0, its default exporter (dynamo) with onnxscript 0.7.2; onnxruntime 1.32.0.
# Expected:       For 6 steps of 2 examples, outputs of that shape; or an error at export, because the number
#                 of steps is fixed.
# What happens:   Exported with 4 steps, 6 steps of 2 examples come back as 4 steps of 3 examples, LSTM and
#                 GRU alike. Another batch size is right.
# Why it matters: Sequences have all lengths. Tested with the length of the example, or with more examples,
#                 the model is right, and wrong in use.
set -euo pipefail
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --no-cache-dir --disable-pip-version-check \
  torch==2.13.0 onnx==1.23.2 onnxscript==0.7.2 onnxruntime==1.32.0 numpy==2.4.6
cd "$work"

cat > finding.py <<'PY'
import warnings

import numpy as np
import onnxruntime
import torch
from torch import nn

warnings.filterwarnings("ignore")
ANY = torch.export.Dim.DYNAMIC


def compare(kind, sizes):
    """For each number of steps and examples, the shapes that PyTorch and ONNX Runtime give, and whether all is equal."""
    torch.manual_seed(1)
    module = kind(3, 2).eval()
    example = torch.randn(4, 2, 3)
    program = torch.onnx.export(
        module, (example,), dynamo=True, dynamic_shapes=({0: ANY, 1: ANY},), verbose=False
    ).model_proto
    declared = program.graph.input[0].type.tensor_type.shape.dim
    assert all(size.dim_param for size in declared[:2]), declared
    session = onnxruntime.InferenceSession(program.SerializeToString(), providers=["CPUExecutionProvider"])
    for steps, batch in sizes:
        x = torch.randn(steps, batch, 3)
        right = module(x)[0].detach().numpy()
        found = session.run(None, {session.get_inputs()[0].name: x.numpy()})[0]
        is_equal = right.shape == found.shape and np.allclose(right, found, atol=1e-6)
        print(f"{kind.__name__:4} PyTorch {right.shape}, ONNX Runtime {found.shape}, equal: {is_equal}")
        yield found.shape[:2], is_equal


for kind in (nn.LSTM, nn.GRU):
    example, more_examples, more_steps = compare(kind, [(4, 2), (4, 3), (6, 2)])
    assert example[1] and more_examples[1]
    assert more_steps == ((4, 3), False)
PY
# Nothing but the findings: the exporter says much.
venv/bin/python finding.py 2>errors || { cat errors; exit 1; }
