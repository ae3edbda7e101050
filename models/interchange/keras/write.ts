/** A model as a .keras, which also says what its layers are here. */
import type { Tensor } from '../../../engine/index.js';
import { encodeConfig } from '../config.js';
import { packAll } from '../convert.js';
import type { ExportOptions, Outgoing } from '../outgoing.js';
import { bytesOf, denseStride, type FileTensor } from '../fileTensor.js';
import type { Hdf5Group } from '../hdf5/tree.js';
import { writeHdf5 } from '../hdf5/write.js';
import type { Module, Tensors } from '../module.js';
import { writeZip } from '../zipWriter.js';
import { modulesOf } from './modules.js';
import { CONFIG, METADATA, WEIGHTS } from './open.js';
import { withOutputs } from './probabilities.js';
import { writeTopology } from './writeTopology.js';

/** The version whose files these are like. */
const KERAS_VERSION = '3.15.0';

/** @throws InputError when Keras has no equivalent of a layer */
export async function writeKeras(
  { config, weights, ...parts }: Outgoing,
  { outputs }: Required<ExportOptions>,
): Promise<Map<string, Uint8Array>> {
  const packed = packAll(modulesOf(parts, 'keras'), weights);
  const isDouble = [...weights.values()].some(({ data }) => data instanceof Float64Array);
  const topology = writeTopology(withOutputs(config, outputs), {
    dialect: 'keras',
    dtype: isDouble ? 'float64' : 'float32',
  });
  const header = JSON.stringify(topology);
  const data = writeHdf5(groupOf({ layers: groupOf(layersOf(packed)), vars: groupOf({}) }));
  const unrolled = await encodeConfig(config, header, data);
  const encode = (text: string) => new TextEncoder().encode(text);
  const zip = writeZip(
    new Map([
      [METADATA, encode(JSON.stringify({ keras_version: KERAS_VERSION, unrolled }))],
      [CONFIG, encode(header)],
      [WEIGHTS, data],
    ]),
  );
  return new Map([['model.keras', zip]]);
}

type Children = Readonly<Record<string, Hdf5Group | FileTensor>>;

const groupOf = (children: Children, attributes: Readonly<Record<string, string>> = {}): Hdf5Group => ({
  ...{ attributes: new Map(Object.entries(attributes)), children: new Map(Object.entries(children)) },
});

/** Keras counts the layers of each class. */
function layersOf(packed: ReadonlyMap<Module, Tensors>): Children {
  const counts = new Map<string, number>();
  return Object.fromEntries(
    [...packed].map(([{ name, series }, tensors]) => {
      const count = counts.get(series!) ?? 0;
      counts.set(series!, count + 1);
      return [count > 0 ? `${series}_${count}` : series!, layerGroup(name, series!, tensors)];
    }),
  );
}

function layerGroup(name: string, series: string, tensors: Tensors): Hdf5Group {
  const own = { vars: groupOf({}, { name }) };
  const vars = (from: string) => ({ vars: varsOf(tensors, from) });
  switch (series) {
    case 'bidirectional':
      return groupOf({
        ...own,
        forward_layer: groupOf({ cell: groupOf(vars('forward/')) }),
        backward_layer: groupOf({ cell: groupOf(vars('backward/')) }),
      });
    case 'time_distributed':
      return groupOf({ ...own, layer: groupOf(vars('')) });
    case 'dense':
    case 'embedding':
    case 'layer_normalization':
      return groupOf({ vars: varsOf(tensors, '', { name }) });
    default:
      return groupOf({ ...own, cell: groupOf(vars('')) });
  }
}

/** The weights whose names begin so, by number. */
function varsOf(tensors: Tensors, prefix: string, attributes = {}): Hdf5Group {
  const own = Object.entries(tensors).filter(([base]) => base.startsWith(prefix));
  return groupOf(Object.fromEntries(own.map(([, t], n) => [n, fileTensor(t)])), attributes);
}

const fileTensor = (t: Tensor): FileTensor => ({
  ...{ name: '', type: t.data instanceof Float64Array ? 'F64' : 'F32', offset: 0, bytes: bytesOf(t) },
  ...{ shape: t.shape, stride: denseStride(t.shape) },
});
