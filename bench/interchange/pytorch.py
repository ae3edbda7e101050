"""
Makes the file, and reads it in a process of its own: see main.ts.

    python3 pytorch.py make FILE       {"versions": "..."}
    python3 pytorch.py arrays FILE     {"seconds": ..., "cpu": ..., "before": ..., "peak": ..., "digests": {...}}
    python3 pytorch.py tensors FILE    the same
    python3 pytorch.py model FILE      the same

Seconds of reading alone, and those of the processor; memory in megabytes, before the model was made and at most; digests of what was read.
"""

import hashlib
import json
import sys
import time

import safetensors
import safetensors.numpy
import torch
from safetensors.torch import load_file, save_file
from torch import nn


class Network(nn.Module):
    def __init__(self):
        super().__init__()
        self.embedding = nn.Embedding(30_000, 256)
        self.lstm = nn.LSTM(256, 1024, num_layers=2)
        self.dense = nn.Linear(1024, 3600)


def peak():
    with open("/proc/self/status") as status:
        return next(int(line.split()[1]) for line in status if line.startswith("VmHWM")) / 1024


def read(what, path):
    before = peak()
    network = Network() if what == "model" else None
    start, start_cpu = time.perf_counter(), time.process_time()
    # Arrays are copied out of the file; tensors stay mapped to it.
    tensors = safetensors.numpy.load_file(path) if what == "arrays" else load_file(path)
    if network:
        network.load_state_dict(tensors)
    elif what == "tensors":
        # What is mapped is read when its numbers are.
        sum(t.sum() for t in tensors.values())
    seconds, cpu = time.perf_counter() - start, time.process_time() - start_cpu
    most = peak()
    loaded = network.state_dict() if network else tensors
    digests = {name: hashlib.sha256((t if what == "arrays" else t.numpy()).tobytes()).hexdigest() for name, t in loaded.items()}
    return {"seconds": seconds, "cpu": cpu, "before": before, "peak": most, "digests": digests}


what, path = sys.argv[1:]
torch.set_num_threads(1)
torch.manual_seed(1)
if what == "make":
    state = Network().state_dict()
    # A cell here has one bias, their sum.
    for name in state:
        if "bias_hh" in name:
            state[name].zero_()
    save_file(state, path)
    print(json.dumps({"versions": f"safetensors {safetensors.__version__}, PyTorch {torch.__version__}"}))
else:
    print(json.dumps(read(what, path)))
