"""
Makes the files of this folder with PyTorch and safetensors, and outputs.json, what PyTorch computes from them. The tests compare
contents, not bytes: torch.save numbers its files.

    pip install torch==2.13.0 safetensors==0.8.0 && python tests/interchange/pytorch/make.py
"""
import json
import os
import zipfile

import torch
from safetensors.torch import load_file, save_file
from torch import nn

FOLDER = os.path.dirname(os.path.abspath(__file__))
T, B, D, H = 4, 2, 3, 2
path = lambda name: os.path.join(FOLDER, name)
torch.manual_seed(1)
x = torch.randn(T, B, D)
ids = torch.tensor([[1, 4], [3, 0], [2, 2], [4, 1]])
outputs = {}


class Network(nn.Module):
    """Modules by name, one after another; a recurrent one gives its states."""

    def __init__(self, **modules):
        super().__init__()
        for name, module in modules.items():
            self.add_module(name, module)

    def forward(self, y):
        for module in self.children():
            y = module(y)
            y = y[0] if isinstance(y, tuple) else y
        return y


def record(name, output):
    outputs[name] = [float(v) for v in output.detach().double().flatten()]


def save(name, state, output=None):
    save_file(state, path(name)) if name.endswith('.safetensors') else torch.save(state, path(name))
    if output is not None:
        record(name, output)


# What is read.
lstm = Network(rnn=nn.LSTM(D, H), head=nn.Linear(H, 2))
save('lstm.safetensors', lstm.state_dict(), lstm(x))
gru = Network(gru=nn.GRU(D, H), dense=nn.Linear(H, 2))
save('gru.pt', gru.state_dict(), gru(x))
stack = Network(rnn=nn.RNN(D, H, num_layers=2, bidirectional=True), dense=nn.Linear(2 * H, 2))
save('stack.pt', stack.state_dict(), stack(x))
words = Network(embedding=nn.Embedding(5, D), lstm=nn.LSTM(D, H), layerNormalization=nn.LayerNorm(H, eps=1e-3))
save('words.safetensors', words.state_dict(), words(ids))

plain = Network(lstm=nn.LSTM(D, H, bias=False), dense=nn.Linear(H, 2, bias=False))
adam = torch.optim.Adam(plain.parameters())
plain(x).sum().backward()
adam.step()
save('training.pt', {'epoch': 3, 'model': plain.state_dict(), 'optimizer': adam.state_dict()}, plain(x))

views = Network(lstm=nn.LSTM(D, H), dense=nn.Linear(H, 2))
together = torch.randn(100)
state = views.state_dict()
state['lstm.weight_ih_l0'] = torch.randn(D, 4 * H).t()
state['lstm.bias_ih_l0'] = together[10 : 10 + 4 * H]
state['lstm.bias_hh_l0'] = together[50 : 50 + 8 * H : 2]
state['dense.weight'] = torch.randn(1, 2).expand(2, H)
views.load_state_dict(state)
save('views.pt', state, views(x))

half = {name: t.bfloat16() for name, t in lstm.state_dict().items()}
rounded = Network(rnn=nn.LSTM(D, H), head=nn.Linear(H, 2))
rounded.load_state_dict({name: t.float() for name, t in half.items()})
save('bfloat16.safetensors', half, rounded(x))
half = {name: (t / 4096).half() for name, t in lstm.state_dict().items()}
rounded.load_state_dict({name: t.float() for name, t in half.items()})
save('float16.pt', half, rounded(x))
doubled = Network(rnn=nn.LSTM(D, H), head=nn.Linear(H, 2)).double()
save('float64.pt', doubled.state_dict(), doubled(x.double()))
torch.save(gru.state_dict(), path('protocol4.pt'), pickle_protocol=4)
record('protocol4.pt', gru(x))
with zipfile.ZipFile(path('gru.pt')) as stored, zipfile.ZipFile(path('deflated.pt'), 'w', zipfile.ZIP_DEFLATED) as out:
    for name in stored.namelist():
        out.writestr(name, stored.read(name))
record('deflated.pt', gru(x))


# What is refused.
class Runs:
    def __reduce__(self):
        return (print, ('run',))


torch.save(nn.Linear(2, 2), path('module.pt'))
torch.save({'dense.weight': Runs()}, path('runs.pt'))
torch.jit.trace(nn.Linear(2, 2), torch.zeros(1, 2)).save(path('script.pt'))
torch.save(gru.state_dict(), path('old.pt'), _use_new_zipfile_serialization=False)
save('projection.safetensors', nn.LSTM(D, 4, proj_size=H).state_dict())
save('integers.safetensors', {**lstm.state_dict(), 'head.weight': torch.zeros(2, H, dtype=torch.int64)})

# What this library wrote, as PyTorch reads it.
OURS = {
    'rnn': lambda: Network(rnn=nn.RNN(D, H), dense=nn.Linear(H, 2)),
    'lstm': lambda: Network(lstm=nn.LSTM(D, H), dense=nn.Linear(H, 2)),
    'lstmCoupled': lambda: Network(lstmCoupled=nn.LSTM(D, H), dense=nn.Linear(H, 2)),
    'gruResetAfter': lambda: Network(gruResetAfter=nn.GRU(D, H), dense=nn.Linear(H, 2)),
}
for cell, make in OURS.items():
    name = f'ours-{cell}.safetensors'
    if os.path.exists(path(name)):
        network = make()
        network.load_state_dict(load_file(path(name)))
        record(name, network(x))
name = 'ours-both.safetensors'
if os.path.exists(path(name)):
    network = Network(embedding=nn.Embedding(5, D), bidirectional=nn.LSTM(D, H, bidirectional=True), gruResetAfter=nn.GRU(2 * H, H))
    network.load_state_dict(load_file(path(name)))
    record(name, network(ids))

with open(path('outputs.json'), 'w') as file:
    json.dump({'x': [float(v) for v in x.flatten()], 'ids': ids.flatten().tolist(), 'outputs': outputs}, file)
    file.write('\n')
