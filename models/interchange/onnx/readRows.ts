/** Nodes that treat each row by itself: embeddings, dense layers, activations, normalizations, sums. */
import { denseStride, type FileTensor } from '../fileTensor.js';
import type { NodeReader, Reader } from './node.js';
import {
  begins,
  extended,
  featuresAxis,
  featuresOf,
  finished,
  requireWidth,
  through,
  withLast,
  withOptions,
} from './signals.js';
import { ACTIVATIONS } from './writeLayers.js';
import {
  DEEPEST,
  shown,
  type Axis,
  type FileLayer,
  type Signal,
  type Symbols,
  type Weights,
} from './values.js';

const layerOf = (node: NodeReader, config: FileLayer['config'], weights: Weights): FileLayer => ({
  config,
  modules: [{ label: node.label, parts: { '': weights } }],
});

/** The constant with its axes in another order: a view. */
export const permuted = (t: FileTensor, perm: readonly number[]): FileTensor => ({
  ...t,
  shape: perm.map((d) => t.shape[d]!),
  stride: perm.map((d) => t.stride[d]!),
});

function dense(node: NodeReader, x: Signal, V: FileTensor, c?: FileTensor): Signal {
  const [D, N] = V.shape;
  if (V.shape.length !== 2 || !(D! >= 1 && N! >= 1))
    throw node.refuse(`its weights are [${V.shape.join(', ')}]; a matrix is wanted`);
  requireWidth(node, x, D!);
  const config = { kind: 'dense', units: N!, activation: 'linear' };
  return through(node, x, layerOf(node, config, { V, ...(c && { c: biasOf(node, c, N!) }) }), N!);
}

/** @returns [N] */
function biasOf(node: NodeReader, c: FileTensor, N: number): FileTensor {
  const before = c.shape.slice(0, -1);
  if (c.shape.at(-1) !== N || before.some((size) => size !== 1))
    throw node.refuse(`it adds [${c.shape.join(', ')}] to rows of ${N} numbers; one vector can be read`);
  return { ...c, shape: [N], stride: c.stride.slice(-1) };
}

export const readMatMul: Reader = (node) => {
  node.settings({});
  return [dense(node, finished(node, 0), node.constant(1, 'its second factor'))];
};

export const readGemm: Reader = (node) => {
  const { alpha, beta, transA, transB } = node.settings({ alpha: 1, beta: 1, transA: 0, transB: 0 });
  if (alpha !== 1 || beta !== 1 || transA !== 0 || (transB !== 0 && transB !== 1))
    throw node.refuse('it scales or transposes what it reads, which no layer here does');
  const x = finished(node, 0);
  if (x.axes.length !== 2) throw node.refuse(`it reads ${shown(x.axes)}, not rows`);
  const V = node.constant(1, 'its second factor');
  if (V.shape.length !== 2) throw node.refuse(`its weights are [${V.shape.join(', ')}]; a matrix is wanted`);
  const c = node.optional(2) ? node.constant(2, 'what it adds') : undefined;
  return [dense(node, x, transB ? permuted(V, [1, 0]) : V, c)];
};

/** A bias, or a residual connection. */
export const readAdd: Reader = (node) => {
  node.settings({});
  const [a, b] = [node.input(0), node.input(1)];
  if (a.kind === 'constant') return [withBias(node, 1, a.tensor)];
  if (b.kind === 'constant') return [withBias(node, 0, b.tensor)];
  const [x, f] = [finished(node, 0), finished(node, 1)];
  const sum = x.chain.layers.length <= f.chain.layers.length ? around(node, x, f) : around(node, f, x);
  if (!sum) throw node.refuse('it adds what is not one layer around its own input, which residual does here');
  return [sum];
};

/** A bias makes rows of a table a dense layer of symbols: a one-hot row times V is a row of V. */
function withBias(node: NodeReader, n: number, c: FileTensor): Signal {
  const signal = finished(node, n);
  const last = signal.chain.layers.at(-1);
  const { V, E, c: before } = last?.modules[0]?.parts[''] ?? {};
  const isTable = last?.config.kind === 'embedding' && signal.chain.symbols!.columns === 1;
  const isLinear = isPlainDense(last) && !before;
  if (!isLinear && !isTable)
    throw node.refuse('it adds a constant to what is no product with weights, which no layer here does');
  const units = featuresOf(signal).size!;
  const weights = { V: (V ?? E)!, c: biasOf(node, c, units) };
  return withLast(signal, ({ modules }) => ({
    config: { kind: 'dense', units, activation: 'linear' },
    modules: [{ label: modules[0]!.label, parts: { '': weights } }],
  }));
}

const isPlainDense = (layer: FileLayer | undefined) =>
  layer?.config.kind === 'dense' && layer.config.activation === 'linear';

/** x + f(x), f the last layer; null where it is not. */
function around(node: NodeReader, x: Signal, f: Signal): Signal | null {
  const before = x.chain.layers;
  const layers = f.chain.layers.slice(before.length);
  const isLast = (d: number) => d === x.axes.length - 1;
  const isSame = (a: Axis, b: Axis, d: number) =>
    a === b || b.turned === a || (isLast(d) && a.size === b.size);
  const isSameShape =
    x.axes.length === f.axes.length && x.axes.every((axis, d) => isSame(axis, f.axes[d]!, d));
  if (!isSameShape || !begins(x.chain, f.chain) || layers.length > 1) return null;
  // Of x itself: what dropout is in use.
  const [layer = { config: { kind: 'dropout', rate: 0 }, modules: [] }] = layers;
  if (depthOf(layer.config) === DEEPEST) throw node.refuse('it is around too many layers around layers');
  const added: FileLayer = { ...layer, config: { kind: 'residual', layer: layer.config } };
  const chain = extended(node, x.chain, added);
  return { kind: 'signal', axes: f.axes, chain };
}

const depthOf = ({ layer }: FileLayer['config']): number =>
  layer === undefined ? 0 : 1 + depthOf(layer as FileLayer['config']);

const NAMES = new Map(Object.entries(ACTIVATIONS).map(([name, op]) => [op, name]));

export const readActivation: Reader = (node) => {
  const signal = finished(node, 0);
  const isSoftmax = node.opType === 'Softmax';
  const { axis } = node.settings(isSoftmax ? { axis: node.opset < 13 ? 1 : -1 } : { axis: -1 });
  if (axis !== -1 && axis !== signal.axes.length - 1)
    throw node.refuse(`its axis is ${axis}; only the last one, that of the features, can be read`);
  const activation = NAMES.get(node.opType)!;
  if (isPlainDense(signal.chain.layers.at(-1)))
    return [withLast(signal, (last) => withOptions(last, { activation }))];
  const config = { kind: 'activation', activation, of: node.label };
  return [through(node, signal, { config, modules: [] }, featuresOf(signal).size ?? 0)];
};

export const readLayerNormalization: Reader = (node) => {
  const signal = finished(node, 0);
  const { axis, epsilon, stash_type: type } = node.settings({ axis: -1, epsilon: 1e-5, stash_type: 1 });
  if ((axis !== -1 && axis !== signal.axes.length - 1) || type !== 1)
    throw node.refuse(`its axis is ${axis}, its stash_type ${type}; only -1 and 1 can be read`);
  const gamma = node.constant(1, 'its scale');
  const N = gamma.shape[0]!;
  const beta = node.optional(2) ? node.constant(2, 'its shift') : null;
  if (gamma.shape.length !== 1 || (beta && String(beta.shape) !== String(gamma.shape)))
    throw node.refuse('its scale and shift are not vectors of the features');
  requireWidth(node, signal, N);
  const config = { kind: 'layerNormalization', epsilon: decimal(epsilon) };
  return [through(node, signal, layerOf(node, config, { gamma, ...(beta && { beta }) }), N)];
};

/** The shortest decimal number of a float32. */
function decimal(value: number): number {
  for (let digits = 1; digits < 9; digits++) {
    const short = Number(value.toPrecision(digits));
    if (Math.fround(short) === Math.fround(value)) return short;
  }
  return value;
}

/** Rows of a table, for symbols. */
export function readEmbedding(node: NodeReader, E: FileTensor, symbols: Symbols): Signal {
  const { axis } = node.settings({ axis: 0 });
  const [V, units] = E.shape;
  if (axis !== 0 || E.shape.length !== 2 || !(V! >= 1 && units! >= 1))
    throw node.refuse(`it looks up [${E.shape.join(', ')}]; rows of a matrix can be had`);
  const { axes, columns } = readColumns(node, symbols);
  const config = { kind: 'embedding', units: units!, maskZero: false };
  const chain = { input: symbols.input, symbols: { width: V!, columns }, layers: [] };
  return {
    ...{ kind: 'signal', axes: [...axes, featuresAxis(units!)] },
    chain: extended(node, chain, layerOf(node, config, { E })),
    ...partOf(symbols),
  };
}

const why = 'it reads some of the steps, which only an encoder with its decoder does here';
/** What is some steps of an input stays that. */
const partOf = ({ steps }: Symbols) => steps && { unfinished: { kind: 'steps', why, steps } as const };

function readColumns(node: NodeReader, { axes }: Symbols) {
  const columns = axes.length === 3 ? axes[2]!.size : 1;
  if (axes.length < 2 || axes.length > 3 || !columns)
    throw node.refuse(`it reads symbols ${shown(axes)}; [T,B] or [T,B,columns] can be read`);
  if (axes.length === 3) axes[2]!.role = 'parts';
  return { axes, columns };
}

/** Symbols as rows with a 1 at their place. */
export const readOneHot: Reader = (node) => {
  const { axis } = node.settings({ axis: -1 });
  const symbols = node.input(0);
  const [width, ...more] = node.whole(1, 'its depth');
  const values = node.constant(2, 'its values');
  const { bytes } = values;
  const isZeroOne =
    values.type === 'F32' &&
    String(values.stride) === String(denseStride([2])) &&
    bytes.length === 8 &&
    new DataView(bytes.buffer, bytes.byteOffset).getFloat32(0, true) === 0 &&
    new DataView(bytes.buffer, bytes.byteOffset).getFloat32(4, true) === 1;
  if (symbols.kind !== 'symbols' || symbols.axes.length !== 2 || more.length > 0 || !(width! >= 1))
    throw node.refuse('it reads no symbols [T,B]');
  if (axis !== -1 && axis !== 2) throw node.refuse(`its axis is ${axis}; only the last one can be read`);
  if (!isZeroOne) throw node.refuse('its values are not 0 and 1');
  const chain = { input: symbols.input, symbols: { width: width!, columns: 1 }, layers: [] };
  const axes = [...symbols.axes, featuresAxis(width!)];
  return [{ kind: 'signal', chain, axes, ...partOf(symbols) }];
};
