"""
Makes the files of this folder with both exporters of PyTorch and that of Keras, and outputs.json: what PyTorch computes from them,
and what ONNX Runtime computes from our files, which FOLDER has (node dist/tests/interchange/writeOurs.js FOLDER).

    pip install torch==2.13.0 onnx==1.23.2 onnxscript==0.7.2 onnxruntime==1.32.0 keras==3.15.1
    python tests/interchange/onnx/make.py FOLDER
"""
import hashlib
import json
import os
import sys

os.environ['KERAS_BACKEND'] = 'torch'
import keras
import numpy as np
import onnx
import onnxruntime
import torch
from torch import nn

FOLDER = os.path.dirname(os.path.abspath(__file__))
T, B, D, H, V = 4, 2, 3, 2, 5
path = lambda name: os.path.join(FOLDER, name)
torch.manual_seed(1)
x = torch.randn(T, B, D)
ids = torch.tensor([[1, 4], [3, 0], [2, 2], [4, 1]])
outputs = {}


class Network(nn.Module):
    """A recurrent module, what is taken of its results, and a head."""

    def __init__(self, rnn, pick=lambda y, h: y, head=None, words=None):
        super().__init__()
        self.words, self.rnn, self.pick, self.head = words, rnn, pick, head

    def forward(self, x):
        y, h = self.rnn(x if self.words is None else self.words(x))
        y = self.pick(y, h)
        return y if self.head is None else self.head(y)


class Packed(nn.Module):
    def __init__(self):
        super().__init__()
        self.rnn = nn.LSTM(D, H)

    def forward(self, x, lengths):
        packed = nn.utils.rnn.pack_padded_sequence(x, lengths, enforce_sorted=False)
        return nn.utils.rnn.pad_packed_sequence(self.rnn(packed)[0])[0]


first = lambda t: t.transpose(0, 1).contiguous()
both = nn.LSTM(D, H, num_layers=2, bidirectional=True, dropout=0.25)
mlp = lambda: nn.Sequential(nn.Linear(H, 3), nn.ReLU(), nn.LayerNorm(3), nn.Linear(3, 2), nn.Softmax(-1))
# Each network, its input, and whether that is batch first.
NETWORKS = {
    'lstm': (Network(nn.LSTM(D, H), head=nn.Linear(H, 2)), x, False),
    'plain': (nn.LSTM(D, H, bias=False), x, False),
    'gru': (Network(nn.GRU(D, H), lambda y, h: h[-1], nn.Linear(H, 2)), x, False),
    'rnn': (Network(nn.RNN(D, H), head=nn.Linear(H, 2, bias=False)), x, False),
    'relu': (Network(nn.RNN(D, H, nonlinearity='relu')), x, False),
    'both': (Network(both, head=nn.Linear(2 * H, 2)), x, False),
    'last': (Network(nn.LSTM(D, H, batch_first=True), lambda y, h: y[:, -1], nn.Linear(H, 2)), first(x), True),
    'ends': (Network(nn.GRU(D, H, bidirectional=True, batch_first=True), lambda y, h: torch.cat((h[-2], h[-1]), -1)), first(x), True),
    'words': (Network(nn.LSTM(D, H, batch_first=True), head=mlp(), words=nn.Embedding(V, D)), first(ids), True),
}


def short(numbers):
    return [float(f'{float(number):.9g}') for number in numbers]


def record(name, output, is_batch_first):
    output = output[0] if isinstance(output, tuple) else output
    turned = output.transpose(0, 1) if is_batch_first and output.dim() == 3 else output
    outputs[name] = short(turned.detach().flatten())


def save(name, model):
    """Without what exporters write about the program: it names files of the machine."""
    for part in [model, model.graph, *model.graph.node, *model.graph.initializer, *model.graph.value_info, *model.graph.input, *model.graph.output]:
        part.ClearField('metadata_props')
        part.ClearField('doc_string')
    del model.graph.value_info[:]
    onnx.checker.check_model(model, full_check=True)
    onnx.save(model, path(name))


def export_new(name, network, given, **options):
    save(name, torch.onnx.export(network, (given,), dynamo=True, verbose=False, **options).model_proto)


def export_old(name, network, given, **options):
    torch.onnx.export(network, given, path(name), dynamo=False, verbose=False, input_names=['x'], **options)
    save(name, onnx.load(path(name)))


ANY = torch.export.Dim.DYNAMIC
for name, (network, given, is_batch_first) in NETWORKS.items():
    network.eval()
    for exporter in ('new', 'old'):
        file = f'{name}-{exporter}.onnx'
        open_axes = {0: 'B', 1: 'T'} if is_batch_first else {0: 'T', 1: 'B'}
        if exporter == 'old':
            export_old(file, network, given, **({} if name == 'lstm' else {'dynamic_axes': {'x': open_axes}}))
        elif name != 'relu':
            shapes = {0: ANY} if is_batch_first else {0: ANY, 1: ANY}
            export_new(file, network, given, **({'dynamic_shapes': (shapes,)} if name in ('gru', 'both', 'ends') else {}))
        if os.path.exists(path(file)):
            record(file, network(given), is_batch_first)

# As the new exporter writes it by itself: the numbers are in another file.
model = onnx.load(path('lstm-new.onnx'))
if os.path.exists(path('outside.onnx.data')):
    os.remove(path('outside.onnx.data'))
onnx.save(model, path('outside.onnx'), save_as_external_data=True, location='outside.onnx.data', size_threshold=0)
outputs['outside.onnx'] = outputs['lstm-new.onnx']

# What is refused.
torch.onnx.export(Packed(), (x, torch.tensor([4, 2])), path('packed.onnx'), dynamo=False, verbose=False)
save('packed.onnx', onnx.load(path('packed.onnx')))
unrolled = keras.Sequential([keras.Input((2, D)), keras.layers.SimpleRNN(H)])
unrolled(np.zeros((B, 2, D), 'float32'))
unrolled.export(path('keras.onnx'), format='onnx', verbose=False)
save('keras.onnx', onnx.load(path('keras.onnx')))


def run(session, feeds):
    return dict(zip([one.name for one in session.get_outputs()], session.run(None, feeds)))


ours = {}
for one in json.load(open(os.path.join(sys.argv[1], 'list.json'))):
    file = open(os.path.join(sys.argv[1], one['file']), 'rb').read()
    onnx.checker.check_model(onnx.load_from_string(file), full_check=True)
    # A program that only reads and writes it changes nothing.
    assert onnx.load_from_string(file).SerializeToString() == file
    options = onnxruntime.SessionOptions()
    options.log_severity_level = 3
    session = onnxruntime.InferenceSession(file, options, providers=['CPUExecutionProvider'])
    given, *states = session.get_inputs()
    shape = [one['steps'], B, *given.shape[2:]]
    feeds = {given.name: np.array(one['input'], {'x': np.float32, 'ids': np.int32}[given.name]).reshape(shape)}
    for state in states:
        feeds[state.name] = np.zeros([B if size == 'B' else size for size in state.shape], np.float32)
    found = run(session, feeds)
    if states:
        # The same input once more, from the states in which the first time ended.
        feeds |= {state.name: found[state.name.replace('initial', 'final')] for state in states}
        found = run(session, feeds)
    ours[one['name']] = {'sha256': hashlib.sha256(file).hexdigest(), 'y': short(found['y'].flatten())}

with open(path('outputs.json'), 'w') as file:
    json.dump({'x': short(x.flatten()), 'ids': ids.flatten().tolist(), 'outputs': outputs, 'ours': ours}, file)
    file.write('\n')
