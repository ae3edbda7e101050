"""
Makes the files of this folder with h5py, as Keras does, and contents.json, what h5py reads in them.

    pip install h5py==3.16.0 && python tests/interchange/hdf5/make.py
"""
import gzip
import io
import json
import os

import h5py
import numpy as np

FOLDER = os.path.dirname(os.path.abspath(__file__))
path = lambda name: os.path.join(FOLDER, f'{name}.h5.gz')
contents = {}


def described(group):
    """Attributes that are texts, and children, by name; a dataset as its type, shape and bytes."""
    text = lambda v: v.decode() if isinstance(v, bytes) else str(v)
    attributes = {}
    for name, value in group.attrs.items():
        if isinstance(value, (str, bytes)):
            attributes[name] = text(value)
        elif isinstance(value, np.ndarray) and (value.size == 0 or value.dtype.kind in 'SO'):
            attributes[name] = [text(v) for v in value]
    children = {}
    for name, child in group.items():
        if isinstance(child, h5py.Group):
            children[name] = described(child)
        else:
            kind = {'f': 'F', 'i': 'I', 'u': 'U', 'V': 'BF'}[child.dtype.kind]
            children[name] = [f'{kind}{8 * child.dtype.itemsize}', list(child.shape), child[()].tobytes().hex()]
    return {'attributes': attributes, 'children': children}


def make(name, fill, is_read=True, **options):
    memory = io.BytesIO()
    with h5py.File(memory, 'w', **options) as file:
        fill(file)
        if is_read:
            contents[name] = described(file)
    with open(path(name), 'wb') as out:
        out.write(gzip.compress(memory.getvalue(), mtime=0))


def weights(file):
    cell = file.create_group('layers/lstm/cell')
    file.create_group('layers/dropout')
    variables = cell.create_group('vars')
    variables.attrs['name'] = 'lstm'
    variables['0'] = np.array([[1, -0.0, 1e-45], [3.4028234663852886e38, np.inf, -2]], 'f4')
    variables['1'] = np.arange(3, dtype='f4')
    file['optimizer/vars/0'] = np.int32(7)


def legacy(file):
    file.attrs['model_config'] = json.dumps({'layers': ['ä' * 100] * 400}, ensure_ascii=False).encode()
    file.attrs['keras_version'] = b'3.15.0'
    group = file.create_group('model_weights')
    group.attrs['layer_names'] = [b'dropout', b'lstm']
    group.create_group('dropout').attrs['weight_names'] = []
    lstm = group.create_group('lstm')
    lstm.attrs['weight_names'] = [b'lstm/lstm_cell/kernel', b'lstm/lstm_cell/bias']
    lstm['lstm/lstm_cell/kernel'] = np.ones((2, 3), 'f4')
    lstm['lstm/lstm_cell/bias'] = np.zeros(3, 'f4')


def kinds(file):
    # A header that goes on elsewhere, and texts of every kind.
    for n in range(40):
        file.attrs[f'text{n}'] = 'x' * n
    file.attrs['ünïcode'] = 'ä'
    file.attrs['list'] = ['one', '', 'thrée']
    file.attrs['fixed'] = np.bytes_(b'fixed')
    file.attrs['number'] = 3.5
    file.attrs['numbers'] = np.arange(3)
    for kind in ['f2', 'f4', 'f8', 'i1', 'i2', 'i4', 'i8', 'u1', 'u2', 'u4', 'u8']:
        file[kind] = np.array([0, 1, 100]).astype(kind)
    file.create_dataset('brain', data=np.array([1, 2], 'u2').view('V2')).attrs['dtype'] = 'bfloat16'
    file['nothing'] = np.zeros((0, 3), 'f4')
    file['scalar'] = np.float64(-0.0)
    compact = h5py.h5p.create(h5py.h5p.DATASET_CREATE)
    compact.set_layout(h5py.h5d.COMPACT)
    space = h5py.h5s.create_simple((2,))
    h5py.h5d.create(file.id, b'compact', h5py.h5t.IEEE_F32LE, space, compact)
    file['compact'][...] = [1, 2]


def many(file):
    # The B-tree of the names has two levels.
    for n in range(300):
        file[f'n{n}'] = np.uint8(n % 256)


def boxed(file):
    file.create_group('box')['0'] = np.float32(1)


def linked(file):
    file['0'] = np.float32(1)
    file['1'] = h5py.SoftLink('/0')


def twice(file):
    file['0'] = np.float32(1)
    file['1'] = file['0']


def endless(file):
    file.create_group('box')['box'] = file


make('weights', weights)
make('legacy', legacy)
make('kinds', kinds)
make('many', many)
refused = {
    'latest': (boxed, {'libver': 'latest'}),
    'ordered': (lambda file: file.create_group('box', track_order=True), {}),
    'chunked': (lambda file: file.create_dataset('0', data=np.zeros(10, 'f4'), chunks=(5,)), {}),
    'compressed': (lambda file: file.create_dataset('0', data=np.zeros(10, 'f4'), compression='gzip'), {}),
    'bigEndian': (lambda file: file.create_dataset('0', data=np.zeros(3, '>f4')), {}),
    'booleans': (lambda file: file.create_dataset('0', data=np.zeros(3, bool)), {}),
    'compound': (lambda file: file.create_dataset('0', data=np.zeros(3, [('a', 'f4'), ('b', 'i4')])), {}),
    'linked': (linked, {}),
    'twice': (twice, {}),
    'endless': (endless, {}),
}
for name, (fill, options) in refused.items():
    make(name, fill, is_read=False, **options)

# What this library wrote, as h5py reads it.
with gzip.open(path('ours')) as packed, h5py.File(io.BytesIO(packed.read())) as file:
    contents['ours'] = described(file)

with open(os.path.join(FOLDER, 'contents.json.gz'), 'wb') as out:
    out.write(gzip.compress(json.dumps(contents).encode(), mtime=0))
