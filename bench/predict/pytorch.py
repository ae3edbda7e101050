"""
Predicts with PyTorch in a process of its own, on request: see main.ts.

    python3 pytorch.py 1 [SETUP]        threads, and the set-up: batch size, oneDNN on or off

    at the start                                          {}
    {"step", "weights", "input", "try": true}             {"setup": "256 on"}        the fastest
    {"step", "weights", "input"}                          {"probabilities": "..."}   float32 in base64
    {"run": true}                                         {"seconds": ..., "peak": ...}
"""

import base64
import json
import resource
import sys
import time

import torch
from torch import nn

torch.set_num_threads(int(sys.argv[1]))
torch.set_flush_denormal(True)


def array(a):
    dtype = torch.int32 if a["integer"] else torch.float32
    return torch.frombuffer(bytearray(base64.b64decode(a["data"])), dtype=dtype).reshape(a["shape"])


class Classifier(nn.Module):
    def __init__(self, weights):
        super().__init__()
        (E,), (U, W, b), (V, c) = [[array(a) for a in own] for own in weights]
        self.embedding = nn.Embedding(*E.shape)
        self.lstm = nn.LSTM(E.shape[1], W.shape[0], batch_first=True)
        self.dense = nn.Linear(*V.shape)
        values = [E, U.T, W.T, b, torch.zeros_like(b), V.T, c]
        with torch.no_grad():
            for parameter, value in zip(self.parameters(), values):
                parameter.copy_(value)

    def forward(self, x):
        states, _ = self.lstm(self.embedding(x))
        return torch.softmax(self.dense(states[:, -1]), -1)


def predict(model, x, setup):
    batch, onednn = setup.split()
    torch.backends.mkldnn.enabled = onednn == "on"
    with torch.inference_mode():
        return torch.cat([model(part) for part in x.split(int(batch))])


def timed(*args):
    start = time.perf_counter()
    predict(*args)
    return time.perf_counter() - start


def main():
    print("{}", flush=True)
    for line in sys.stdin:
        request = json.loads(line)
        if "step" in request:
            model, x = Classifier(request["weights"]).eval(), array(request["input"]).T.contiguous()
            if "try" in request:
                setups = [f"{batch} {onednn}" for batch in (64, 256, 1024) for onednn in ("on", "off")]
                best = min(setups, key=lambda setup: min(timed(model, x, setup) for _ in range(3)))
                print(json.dumps({"setup": best}), flush=True)
            else:
                probabilities = predict(model, x, sys.argv[2]).numpy().tobytes()
                print(json.dumps({"probabilities": base64.b64encode(probabilities).decode()}), flush=True)
        else:
            seconds = timed(model, x, sys.argv[2])
            peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
            print(json.dumps({"seconds": seconds, "peak": peak}), flush=True)


main()
