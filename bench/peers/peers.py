"""
Times the benchmark's training steps in PyTorch or Keras (on TensorFlow), or its forward passes in ONNX Runtime,
where they are installed.

    python3 peers.py pytorch 1          the library and its threads; TensorFlow cannot change them later

It keeps running and answers each line of JSON with one, so that its turns can alternate with others:

    at the start                                            {"version": "2.13.0"}
    {"step": {...}, "weights": [...], "input": ..., ...}    {"losses": [...], "setup": "..."}   builds a step
                                                            {"outputs": "...", "setup": "..."}  or a forward pass
    {"seconds": 0.4}                                        {"samples": [...]}                  times that step

Steps are specified as in ../steps/specs.ts. Arrays are {"shape", "integer", "data"}, float32 or int32 in
base64: the weights of each layer in our layout, input [T,B] or [T,B,D], labels [B], [T,B] or [B,N]; a forward
pass has no labels. `losses` are those before the first and the second step, as far as they must equal ours;
`outputs` is float32 in base64. Failures are answered with {"error": "why"}.

Each library is tried in several set-ups and timed in the fastest. (torch.compile is not one of them: it does
not change recurrent layers, and was no faster.)
"""

import base64
import json
import os
import sys
import time


def pytorch(threads):
    import torch
    from torch import nn

    torch.set_num_threads(threads)
    torch.set_flush_denormal(True)
    losses = {
        "softmaxCrossEntropy": lambda x, y: nn.functional.cross_entropy(x.flatten(0, -2), y.flatten().long()),
        "binaryCrossEntropy": nn.functional.binary_cross_entropy_with_logits,
        "meanSquaredError": nn.functional.mse_loss,
    }
    cells = {"rnn": nn.RNN, "lstm": nn.LSTM, "gru": nn.GRU}

    def array(a):
        dtype = torch.int32 if a["integer"] else torch.float32
        return torch.frombuffer(bytearray(base64.b64decode(a["data"])), dtype=dtype).reshape(a["shape"])

    class Network(nn.Module):
        """Time comes first, as in our tensors."""

        def __init__(self, step, weights):
            super().__init__()
            self.specs = step["layers"]
            self.layers = nn.ModuleList()
            width = step["input"]["width"]
            for spec, own in zip(self.specs, weights):
                kind, units = spec["kind"], spec.get("units", width)
                if kind == "embedding":
                    self.layers.append(nn.Embedding(width, units))
                    self.set(weight=own[0])
                elif kind == "dense":
                    self.layers.append(nn.Linear(width, units))
                    self.set(weight=own[0].T, bias=own[1])
                elif kind in cells:
                    self.layers.append(cells[kind](width, units))
                    if kind == "gru":  # gates r z n, reset after the product: same work, other numbers
                        own = [torch.cat([w.tensor_split(3, -1)[i] for i in (1, 0, 2)], -1) for w in own]
                    U, W, b = own
                    self.set(weight_ih_l0=U.T, weight_hh_l0=W.T, bias_ih_l0=b, bias_hh_l0=torch.zeros_like(b))
                else:
                    self.layers.append(nn.Identity())
                width = units

        def set(self, **values):
            with torch.no_grad():
                for name, value in values.items():
                    getattr(self.layers[-1], name).copy_(value)

        def forward(self, x):
            for spec, layer in zip(self.specs, self.layers):
                if spec["kind"] in cells:
                    x, _ = layer(x)
                    x = x if spec.get("returnSequences") else x[-1]
                elif spec["kind"] == "repeatVector":
                    x = x.expand(spec["steps"], *x.shape)
                else:
                    x = layer(x)
            return x

    def optimizers(step, network):
        if step["optimizer"] == "adam":
            make = lambda **how: torch.optim.Adam(network.parameters(), lr=1e-3, eps=1e-7, **how)
            return {"fused": lambda: make(fused=True), "foreach": lambda: make(foreach=True)}
        make = lambda **how: torch.optim.RMSprop(network.parameters(), lr=1e-3, alpha=0.9, eps=1e-7, **how)
        return {"foreach": lambda: make(foreach=True), "one by one": lambda: make(foreach=False)}

    def build(request):
        step = request["step"]
        weights = [[array(a) for a in own] for own in request["weights"]]
        x, y, loss_of = array(request["input"]), array(request["labels"]), losses[step["loss"]]
        if step["input"]["kind"] == "oneHot" and step["layers"][0]["kind"] != "embedding":
            x = nn.functional.one_hot(x.long(), step["input"]["width"]).float()

        def runner(network, optimizer, mkldnn):
            def run():
                torch.backends.mkldnn.enabled = mkldnn
                optimizer.zero_grad(set_to_none=True)
                loss = loss_of(network(x), y)
                loss.backward()
                optimizer.step()
                return loss.item()

            return run

        runs = {}
        for mkldnn in (True, False):
            network = Network(step, weights)
            for name, optimizer in optimizers(step, network).items():
                setup = f"{name} optimizer, oneDNN {'on' if mkldnn else 'off'}"
                runs[setup] = runner(network, optimizer(), mkldnn)
        # Only the first loss is comparable: PyTorch trains two bias vectors, which move twice as far as our one.
        first = next(iter(runs.values()))()
        comparable = not any(spec["kind"] == "gru" for spec in step["layers"])
        return runs, {"losses": [first] if comparable else []}

    return torch.__version__, build


def keras(threads):
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    os.environ["KERAS_BACKEND"] = "tensorflow"
    import tensorflow as tf

    tf.config.threading.set_intra_op_parallelism_threads(threads)
    tf.config.threading.set_inter_op_parallelism_threads(threads)
    import keras
    import numpy as np
    from keras import layers

    losses = {
        "softmaxCrossEntropy": lambda: keras.losses.SparseCategoricalCrossentropy(from_logits=True),
        "binaryCrossEntropy": lambda: keras.losses.BinaryCrossentropy(from_logits=True),
        "meanSquaredError": keras.losses.MeanSquaredError,
    }
    optimizers = {
        "adam": lambda: keras.optimizers.Adam(1e-3, epsilon=1e-7),
        "rmsprop": lambda: keras.optimizers.RMSprop(1e-3, rho=0.9, epsilon=1e-7),
    }
    cells = {"rnn": layers.SimpleRNN, "lstm": layers.LSTM, "gru": layers.GRU}

    def array(a):
        return np.frombuffer(base64.b64decode(a["data"]), "<i4" if a["integer"] else "<f4").reshape(a["shape"])

    def layer(spec, width, unroll):
        kind = spec["kind"]
        if kind == "embedding":
            return layers.Embedding(width, spec["units"])
        if kind == "dense":
            return layers.Dense(spec["units"])
        if kind == "repeatVector":
            return layers.RepeatVector(spec["steps"])
        options = {"reset_after": False} if kind == "gru" else {}
        sequences = spec.get("returnSequences", False)
        return cells[kind](spec["units"], return_sequences=sequences, unroll=unroll, **options)

    def build(request):
        step = request["step"]
        width = step["input"]["width"]
        x, y = array(request["input"]).swapaxes(0, 1), array(request["labels"])
        if request["labels"]["integer"] and y.ndim == 2:
            y = y.T
        if step["input"]["kind"] == "oneHot" and step["layers"][0]["kind"] != "embedding":
            x = np.eye(width, dtype=np.float32)[x]
        x, y = tf.constant(x), tf.constant(y)

        def runner(jit, unroll):
            model = keras.Sequential([keras.Input(batch_shape=x.shape, dtype=x.dtype)])
            for spec in step["layers"]:
                model.add(layer(spec, width, unroll))
            for own, made in zip(request["weights"], model.layers):
                made.set_weights([array(a) for a in own])
            model.compile(optimizers[step["optimizer"]](), losses[step["loss"]](), jit_compile=jit)
            return lambda: float(model.train_on_batch(x, y))

        runs = {"graph": runner(False, False), "XLA": runner(True, False)}
        if step["steps"] <= 50:  # more take minutes to compile
            runs["graph, unrolled"] = runner(False, True)
        first = runs["graph"]
        # Keras's Adam squares the gradients of a repeated symbol before adding them: the second loss differs.
        embeds = any(spec["kind"] == "embedding" for spec in step["layers"])
        return runs, {"losses": [first()] if embeds else [first(), first()]}

    return f"{keras.__version__}, TensorFlow {tf.__version__}", build


def onnxruntime(threads):
    import numpy as np
    import onnx
    import onnxruntime as ort
    from onnx import helper, numpy_helper

    def array(a):
        return np.frombuffer(base64.b64decode(a["data"]), "<f4").reshape(a["shape"])

    def model(step, weights):
        """One LSTM. ONNX keeps the gates in rows and orders them i o f c; ours are columns i f c o."""
        reorder = lambda w: np.concatenate([np.split(w, 4, -1)[i] for i in (0, 3, 1, 2)], -1).T[None]
        U, W, b = (reorder(w) for w in weights)
        constants = {"W": U, "R": W, "B": np.concatenate([b, np.zeros_like(b)], -1)}
        node = helper.make_node("LSTM", ["X", *constants], ["Y"], hidden_size=step["layers"][0]["units"])
        value = lambda name, rank: helper.make_tensor_value_info(name, onnx.TensorProto.FLOAT, [None] * rank)
        tensors = [numpy_helper.from_array(np.ascontiguousarray(w), name) for name, w in constants.items()]
        graph = helper.make_graph([node], "lstm", [value("X", 3)], [value("Y", 4)], tensors)
        opset = [helper.make_opsetid("", 14)]
        return helper.make_model(graph, opset_imports=opset, ir_version=8).SerializeToString()

    def build(request):
        options = ort.SessionOptions()
        options.intra_op_num_threads = threads
        options.add_session_config_entry("session.set_denormal_as_zero", "1")
        serialized = model(request["step"], [array(a) for a in request["weights"][0]])
        session = ort.InferenceSession(serialized, options, providers=["CPUExecutionProvider"])
        x = np.ascontiguousarray(array(request["input"]))
        run = lambda: session.run(["Y"], {"X": x})
        outputs = run()[0]
        binding = session.io_binding()
        binding.bind_ortvalue_input("X", ort.OrtValue.ortvalue_from_numpy(x))
        binding.bind_ortvalue_output("Y", ort.OrtValue.ortvalue_from_numpy(outputs.copy()))
        runs = {"CPU": run, "CPU, I/O binding": lambda: session.run_with_iobinding(binding)}
        return runs, {"outputs": base64.b64encode(outputs.tobytes()).decode()}

    return ort.__version__, build


def sample(run, seconds):
    """Seconds per run, a mean over as many runs as fit into `seconds`, at least one."""
    start, count = time.perf_counter(), 0
    while count == 0 or time.perf_counter() - start < seconds:
        run()
        count += 1
    return (time.perf_counter() - start) / count


def fastest(runs):
    """Chooses the set-up to time, after warming up and briefly trying each."""
    tried = {}
    for setup, run in runs.items():
        try:
            run(), run()
            samples, start = [], time.perf_counter()
            while len(samples) < 5 and (not samples or time.perf_counter() - start < 1):  # fewer if slow
                samples.append(sample(run, 0.1))
            tried[setup] = min(samples)
        except Exception as error:  # a set-up that the library refuses here
            print(f"{setup}: {error}", file=sys.stderr)
    return min(tried, key=tried.get)


LIBRARIES = {"pytorch": pytorch, "keras": keras, "onnxruntime": onnxruntime}


def main():
    library, threads = LIBRARIES[sys.argv[1]], int(sys.argv[2])
    # The libraries sometimes print to standard output, so the answers have their own channel.
    answers = os.fdopen(os.dup(1), "w", buffering=1)
    os.dup2(2, 1)

    def answer(**what):
        print(json.dumps(what), file=answers)

    version, build = library(threads)
    answer(version=version)
    run = None
    for line in sys.stdin:
        request = json.loads(line)
        if "step" in request:
            try:
                runs, checked = build(request)
                setup = fastest(runs)
                run = runs[setup]
                answer(**checked, setup=setup)
            except Exception as error:
                answer(error=str(error).splitlines()[0])
        else:
            end, samples = time.perf_counter() + request["seconds"], []
            while not samples or time.perf_counter() < end:
                samples.append(sample(run, request["seconds"] / 8))
            answer(samples=samples)


main()
