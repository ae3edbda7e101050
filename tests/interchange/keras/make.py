"""
Makes the files of this folder with Keras, and outputs.json, what Keras computes from them and from ours. FOLDER has what
`node dist/tests/interchange/writeOurs.js FOLDER` writes. Once with each version, the older one in an environment of its own:

    pip install keras==3.15.0 torch==2.13.0 h5py==3.16.0 && python tests/interchange/keras/make.py FOLDER
    pip install keras==3.3.3 torch==2.13.0 h5py==3.16.0 && python tests/interchange/keras/make.py FOLDER

Sequences are [T,B,..] in outputs.json, as here, and [B,T,..] in Keras. Files are packed by gzip: HDF5 is mostly zeros.
"""
import gzip
import hashlib
import io
import json
import os
import sys
import tempfile
import zipfile

os.environ['KERAS_BACKEND'] = 'torch'
import keras
import numpy as np
from keras import Input, Model, Sequential, layers

HERE = os.path.dirname(os.path.abspath(__file__))
T, B, D, H, V = 4, 2, 3, 2, 5
IS_OLD = keras.__version__.startswith('3.3.')
rng = np.random.default_rng(1)
x = rng.normal(size=(B, T, D)).astype('float32')
full = np.array([[1, 3, 2, 4], [4, 3, 2, 1]])
padded = np.array([[1, 3, 2, 0], [4, 1, 0, 0]])
keras.utils.set_random_seed(1)


def time_major(y):
    y = np.asarray(y.detach().cpu().numpy() if hasattr(y, 'detach') else y, 'float64')
    return [float(v) for v in (y.swapaxes(0, 1) if y.ndim == 3 else y).ravel()]


outputs = {}
LIST = os.path.join(HERE, 'outputs.json')
if IS_OLD and os.path.exists(LIST):
    outputs = json.load(open(LIST))['outputs']
    ours = json.load(open(LIST))['ours']


def written(model, ending):
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, 'model' + ending)
        model.save_weights(path) if ending == '.weights.h5' else model.save(path)
        return open(path, 'rb').read()


def keep(name, content, model, given):
    with open(os.path.join(HERE, name + '.gz'), 'wb') as file:
        file.write(gzip.compress(content, mtime=0))
    outputs[name] = time_major(model(given))


def save(name, model, given, ending='.keras'):
    keep(name + ending, written(model, ending), model, given)


def shake(model):
    """No bias stays 0."""
    model.set_weights([rng.normal(size=w.shape).astype('float32') / 2 for w in model.get_weights()])
    return model


def sequential():
    """Names that are those of other groups: the Dense is called lstm, and the LSTM dense."""
    return shake(Sequential([
        Input((None, D)),
        layers.LSTM(H, return_sequences=True, name='dense', kernel_regularizer='l2'),
        layers.Bidirectional(layers.GRU(H, return_sequences=True), name='both'),
        layers.TimeDistributed(layers.Dense(3, activation='tanh')),
        layers.LayerNormalization(),
        layers.SpatialDropout1D(0.1),
        layers.Dense(2, activation='softmax', name='lstm'),
    ]))


def functional():
    """A mask, whose computing is a layer of its own, and a sum."""
    i = Input((None,), dtype='int32')
    e = layers.Embedding(V, D, mask_zero=True)(i)
    y = layers.Add()([e, layers.LSTM(D, return_sequences=True)(e)])
    y = layers.Bidirectional(layers.SimpleRNN(H, return_sequences=True), merge_mode='sum')(y)
    y = layers.GRU(H, reset_after=False)(y)
    return shake(Model(i, layers.Dense(1, activation='sigmoid')(y)))


if IS_OLD:
    save('old-sequential', sequential(), x)
    # This version has no mask after a sum.
    save('old-functional', functional(), full)
    save('old-sequential', sequential(), x, '.weights.h5')
    save('old-sequential', sequential(), x, '.h5')
else:
    save('sequential', sequential(), x)
    save('sequential', sequential(), x, '.weights.h5')
    compiled = sequential()
    compiled.compile('adam', 'mse')
    compiled.fit(x, np.zeros((B, T, 2)), verbose=0)
    save('sequential', compiled, x, '.h5')
    save('trained', compiled, x)
    save('functional', functional(), padded)

    i = Input((None, D))
    _, h, c = layers.LSTM(H, return_state=True, name='reader')(i[:, :2])
    y = layers.LSTM(H, return_sequences=True, name='teller')(i[:, 2:], initial_state=[h, c])
    save('encoderDecoder', shake(Model(i, layers.Dense(2)(y))), x)

    twelve = shake(Sequential([Input((None, D)), *(layers.LSTM(H, return_sequences=True) for _ in range(12))]))
    save('twelve', twelve, x)
    save('twelve', twelve, x, '.weights.h5')

    plain = shake(Sequential([
        Input((None, D)),
        layers.SimpleRNN(H, use_bias=False, unroll=False, return_sequences=True, go_backwards=True),
        layers.GRU(H, use_bias=False, recurrent_dropout=0.1),
        layers.RepeatVector(T),
        layers.LSTM(H, use_bias=False, return_sequences=True),
        layers.Dense(2, use_bias=False, activation='relu'),
    ]))
    save('plain', plain, x)
    deflated = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(written(plain, '.keras'))) as stored, zipfile.ZipFile(deflated, 'w', zipfile.ZIP_DEFLATED) as out:
        for name in stored.namelist():
            out.writestr(zipfile.ZipInfo(name), stored.read(name), zipfile.ZIP_DEFLATED)
    keep('deflated.keras', deflated.getvalue(), plain, x)

    class Own(Model):
        """Its layers are attributes: its file has weights, and no layers."""

        def __init__(self):
            super().__init__()
            self.reader = layers.LSTM(H, return_sequences=True)
            self.head = layers.Dense(2)

        def call(self, y):
            return self.head(self.reader(y))

    own = Own()
    own(x)
    save('own', shake(own), x, '.weights.h5')

    # What this library wrote, as Keras reads it.
    ours = {}
    for one in json.load(open(os.path.join(sys.argv[1], 'keras.json'))):
        path = os.path.join(sys.argv[1], one['file'])
        given = np.array(one['input'])
        if one['kind'] == 'features':
            given = given.reshape(T, B, one['width']).swapaxes(0, 1).astype('float32')
        else:
            given = given.reshape(T, B).T
        model = keras.saving.load_model(path)
        if one['kind'] == 'oneHot' and len(model.input_shape) == 3:
            given = np.eye(one['width'], dtype='float32')[given]
        sha256 = hashlib.sha256(open(path, 'rb').read()).hexdigest()
        ours[one['name']] = {'sha256': sha256, 'y': time_major(model(given))}

short = lambda values: [float(f'{v:.9g}') for v in values]
with open(LIST, 'w') as file:
    json.dump({
        'x': time_major(x), 'ids': [int(v) for v in full.T.ravel()], 'padded': [int(v) for v in padded.T.ravel()],
        'outputs': {name: short(y) for name, y in outputs.items()},
        'ours': {name: {**one, 'y': short(one['y'])} for name, one in ours.items()},
    }, file)
    file.write('\n')
