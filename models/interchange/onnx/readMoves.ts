/** Nodes that move numbers about: what a recurrent node gives becomes what a layer here gives. */
import type { NodeReader, Reader } from './node.js';
import { matchSizes } from './reshape.js';
import { readMaskSum } from './readMasks.js';
import { permuted } from './readRows.js';
import { extended, finished, withLast, withOptions } from './signals.js';
import { partOf, stepsOf, type Slice } from './slices.js';
import { MOST_AXES, shown, type Axis, type FileLayer, type Signal, type Value } from './values.js';

/** The axes of a node, an input since opset 13 and 18, an attribute before; none: null. */
export function axesOf(node: NodeReader, n: number, rank: number): readonly number[] | null {
  const stated: readonly number[] = [];
  const { axes } = node.settings({ axes: stated, keepdims: 1, noop_with_empty_axes: 0 });
  const given = node.optional(n) ? node.whole(n, 'its axes') : axes;
  if (given.length > MOST_AXES) throw node.refuse(`it has ${given.length} axes`);
  const places = given.map((axis) => (axis < 0 ? axis + rank : axis));
  if (places.some((axis) => !(axis >= 0 && axis < rank)) || new Set(places).size !== places.length)
    throw node.refuse(`its axes are ${given.join(', ')}, of ${rank}`);
  return places.length > 0 ? places : null;
}

export const readTranspose: Reader = (node) => {
  const value = node.input(0);
  const stated: readonly number[] = [];
  const { perm: given } = node.settings({ perm: stated });
  const { axes } =
    value.kind === 'symbols' ? value : value.kind === 'constant' ? { axes: [] } : node.signal(0);
  const rank = value.kind === 'constant' ? value.tensor.shape.length : axes.length;
  if (given.length > MOST_AXES) throw node.refuse(`it has ${given.length} axes`);
  const perm = given.length > 0 ? given : Array.from({ length: rank }, (_, d) => rank - 1 - d);
  if ([...perm].sort((a, b) => a - b).join() !== Array.from({ length: rank }, (_, d) => d).join())
    throw node.refuse(`its perm is ${perm.join(', ')}, of ${rank} axes`);
  if (value.kind === 'constant') return [{ kind: 'constant', tensor: permuted(value.tensor, perm) }];
  if (value.kind === 'symbols') return [{ ...value, axes: perm.map((d) => axes[d]!) }];
  return [moved(node.signal(0), () => perm.map((d) => axes[d]!))];
};

/** The signal with other axes; it is no longer the state that the node gave. */
export function moved(signal: Signal, change: (axes: readonly Axis[]) => readonly Axis[]): Signal {
  const { kind, chain, unfinished, axes } = signal;
  return { kind, chain, axes: change(axes), ...(unfinished && { unfinished }) };
}

/** What is left of the axes that are dropped must be one number. */
function requireSmall(node: NodeReader, axis: Axis): void {
  if ((axis.role !== 'parts' && axis.role !== 'one') || axis.size !== 1)
    throw node.refuse(`it takes away the axis of ${axis.role}, of size ${axis.size ?? 'unknown'}`);
}

export const readSqueeze: Reader = (node) => {
  const value = node.input(0);
  if (value.kind === 'sizes' || (value.kind === 'constant' && value.tensor.shape.length <= 1)) {
    const sizes = node.sizes(0, 'it');
    axesOf(node, 1, 1);
    if (sizes.length !== 1) throw node.refuse(`it makes one of ${sizes.length} sizes`);
    return [{ kind: 'sizes', sizes, isScalar: true }];
  }
  const signal = node.signal(0);
  const axes = axesOf(node, 1, signal.axes.length);
  if (!axes) throw node.refuse('it does not say which axes it takes away');
  for (const d of axes) requireSmall(node, signal.axes[d]!);
  return [moved(signal, (all) => all.filter((_, d) => !axes.includes(d)))];
};

export const readUnsqueeze: Reader = (node) => {
  const value = node.input(0);
  if (value.kind === 'sizes' || (value.kind === 'constant' && value.tensor.shape.length === 0)) {
    const sizes = node.sizes(0, 'it');
    if (sizes.length !== 1) throw node.refuse('it makes a matrix of sizes');
    axesOf(node, 1, 1);
    return [{ kind: 'sizes', sizes, isScalar: false }];
  }
  const before = value.kind === 'mask' ? value.axes : node.signal(0).axes;
  const count = node.optional(1) ? node.whole(1, 'its axes').length : 1;
  const places = axesOf(node, 1, before.length + count) ?? [];
  if (places.length !== count) throw node.refuse('it does not say which axes it adds');
  if (before.length + count > MOST_AXES) throw node.refuse(`it makes ${before.length + count} axes`);
  const rest = [...before];
  const axes = Array.from({ length: before.length + count }, (_, d): Axis =>
    places.includes(d) ? { role: 'one', size: 1 } : rest.shift()!,
  );
  return [value.kind === 'mask' ? { ...value, axes } : moved(node.signal(0), () => axes)];
};

/** The directions of a bidirectional layer, or the columns of symbols, side by side. */
const merged = (last: FileLayer): FileLayer =>
  last.config.kind === 'bidirectional' ? withOptions(last, { mergeMode: 'concat' }) : last;

export const readReshape: Reader = (node) => {
  const { allowzero } = node.settings({ allowzero: 0 });
  if (allowzero !== 0 && node.sizes(1, 'its shape').includes(0)) throw node.refuse('it makes no rows');
  const value = node.input(0);
  if (value.kind === 'sizes' || (value.kind === 'constant' && value.tensor.shape.length <= 1)) {
    const sizes = node.sizes(0, 'it');
    const to = node.whole(1, 'its shape');
    if (to.length > 1 || sizes.length !== 1) throw node.refuse('it arranges sizes anew');
    return [{ kind: 'sizes', sizes, isScalar: to.length === 0 }];
  }
  const signal = node.signal(0);
  const to = node.sizes(1, 'its shape');
  const found = matchSizes(signal.axes, to);
  if (!found)
    throw node.refuse(
      `it makes [${to.map((size) => (typeof size === 'number' ? size : (size.size ?? '?'))).join(', ')}] of ${shown(signal.axes)}, which no layer here does`,
    );
  const axes = moved(signal, () => found.axes);
  return [found.isMerged ? withLast(axes, merged) : axes];
};

const MERGES: Readonly<Record<string, string>> = { ReduceSum: 'sum', ReduceMean: 'ave', ReduceProd: 'mul' };

/** Merges the directions, or counts the real steps. */
export const readReduce: Reader = (node) => {
  const { keepdims } = node.settings({ keepdims: 1, axes: [] as readonly number[], noop_with_empty_axes: 0 });
  if (keepdims !== 0) throw node.refuse('it keeps the axes over which it goes (keepdims)');
  const value = node.input(0);
  if (value.kind === 'mask') return [readMaskSum(node, value, axesOf(node, 1, value.axes.length))];
  if (value.kind === 'sizes' || value.kind === 'constant') return [sizesReduced(node)];
  const signal = node.signal(0);
  const [d, ...more] = axesOf(node, 1, signal.axes.length) ?? [];
  const last = signal.chain.layers.at(-1);
  const isDirections = signal.axes[d ?? -1]?.role === 'parts' && last?.config.kind === 'bidirectional';
  if (!isDirections || more.length > 0 || signal.unfinished)
    throw node.refuse('it goes over something else than the directions of a bidirectional layer');
  const mergeMode = MERGES[node.opType]!;
  const axes = moved(signal, (all) => all.filter((_, n) => n !== d));
  return [withLast(axes, (layer) => withOptions(layer, { mergeMode }))];
};

function sizesReduced(node: NodeReader): Value {
  const sizes = node.whole(0, 'it');
  if (node.opType !== 'ReduceProd') throw node.refuse('it computes with sizes');
  return { kind: 'sizes', sizes: [sizes.reduce((a, b) => a * b, 1)], isScalar: true };
}

/** One place of an axis: the last step, or one of two directions. */
export function pick(node: NodeReader, signal: Signal, d: number, n: number): Signal {
  const axis = signal.axes[d];
  if (!axis) throw node.refuse(`its axis is ${d}, of ${signal.axes.length}`);
  const axes = moved(signal, (all) => all.filter((_, at) => at !== d));
  const at = axis.size !== null && n < 0 ? n + axis.size : n;
  if (axis.role === 'parts' && signal.chain.layers.at(-1)?.config.kind === 'bidirectional') {
    if (at !== 0 && at !== 1) throw node.refuse(`it takes direction ${n}`);
    const why = 'it reads one direction of a bidirectional layer';
    return { ...axes, unfinished: { kind: 'direction', direction: at, why } };
  }
  if ((axis.role === 'parts' || axis.role === 'one') && at === 0) return axes;
  if (axis.role !== 'time') throw node.refuse(`it takes place ${n} of the axis of ${axis.role}`);
  const isLast = n === -1 || (axis.size !== null && at === axis.size - 1);
  const ended = isLast && !signal.unfinished ? endingEarlier(axes) : null;
  if (ended) return ended;
  throw node.refuse(
    `it takes step ${n} of what ${signal.chain.layers.at(-1)?.modules[0]?.label ?? 'the input'} gives; only the last one of a recurrent layer that reads forward can be had`,
  );
}

const BY_ROW = new Set(['dense', 'layerNormalization']);

/** Layers that treat each row by itself may as well read only the last step; null: there are others. */
function endingEarlier(signal: Signal): Signal | null {
  const { layers } = signal.chain;
  let n = layers.length - 1;
  while (n >= 0 && BY_ROW.has(layers[n]!.config.kind)) n--;
  const { config, cells } = layers[n] ?? {};
  if (config?.kind !== 'recurrent' || config.goBackwards !== false || cells?.mask) return null;
  const ending = withOptions(layers[n]!, { returnSequences: false });
  const changed = layers.map((layer, at) => (at === n ? ending : layer));
  return { ...signal, chain: { ...signal.chain, layers: changed } };
}

/** Both directions side by side: cat((h[0], h[1]), -1). */
export const readConcat: Reader = (node) => {
  const { axis } = node.settings({ axis: 0 });
  if (node.input(0).kind !== 'signal') return [sizesTogether(node, axis)];
  const [a, b] = [node.signal(0), node.signal(1)];
  const last = a.axes.length - 1;
  const isBoth = [a, b].every(
    ({ unfinished, chain }, n) =>
      unfinished?.kind === 'direction' &&
      unfinished.direction === n &&
      chain.layers.at(-1) === a.chain.layers.at(-1),
  );
  const isSame = a.axes.length === b.axes.length && a.axes.every((one, d) => one === b.axes[d]);
  if (
    !isBoth ||
    !isSame ||
    node.count !== 2 ||
    (axis !== -1 && axis !== last) ||
    a.axes[last]?.role !== 'features'
  )
    throw node.refuse('it puts together something else than both directions of a bidirectional layer');
  const axes = [...a.axes.slice(0, -1), { ...a.axes[last], size: 2 * a.axes[last].size! }];
  return [withLast({ kind: 'signal', chain: a.chain, axes }, merged)];
};

function sizesTogether(node: NodeReader, axis: number): Value {
  if (axis !== 0) throw node.refuse(`its axis is ${axis}, of sizes`);
  if (node.count > MOST_AXES) throw node.refuse(`it puts ${node.count} sizes together`);
  const sizes = Array.from({ length: node.count }, (_, n) => node.sizes(n, `its input ${n + 1}`)).flat();
  if (sizes.length > MOST_AXES) throw node.refuse(`it makes ${sizes.length} sizes`);
  return { kind: 'sizes', sizes, isScalar: false };
}

/** Expand or Tile: one vector for several steps. */
export function repeated(node: NodeReader, signal: Signal, sizes: readonly (number | Axis)[]): Signal {
  const { axes } = signal;
  const d = axes.findIndex(({ role }) => role === 'one');
  const steps = sizes[d];
  const isRest = sizes.every(
    (size, n) => n === d || size === 1 || size === axes[n] || size === axes[n]?.size,
  );
  const isVector = axes.length === 3 && !axes.some(({ role }) => role === 'time') && !signal.unfinished;
  if (!isVector || !isRest || sizes.length !== 3 || typeof steps !== 'number' || !(steps >= 1))
    throw node.refuse(
      'it repeats something else than one vector for a number of steps, which repeatVector does',
    );
  const layer: FileLayer = { config: { kind: 'repeatVector', steps }, modules: [] };
  const chain = extended(node, finished(node, 0).chain, layer);
  const time: Axis = { role: 'time', size: steps };
  return { kind: 'signal', chain, axes: axes.map((axis, n) => (n === d ? time : axis)) };
}

/** Steps of an axis of time: all of them, backwards, or a part. */
export function sliced(node: NodeReader, signal: Signal, d: number, slice: Slice): Signal {
  const axis = signal.axes[d];
  if (!axis) throw node.refuse(`its axis is ${d}, of ${signal.axes.length}`);
  const steps = stepsOf(node, axis, slice);
  if (steps === 'all') return signal;
  if (steps !== 'backwards') {
    if (signal.unfinished) throw node.refuse(signal.unfinished.why);
    const why = 'it reads some of the steps, which only an encoder with its decoder does here';
    const part = partOf(axis, steps!);
    const axes = signal.axes.map((one, n) => (n === d ? part : one));
    return { ...signal, axes, unfinished: { kind: 'steps', why, steps } };
  }
  const { unfinished, ...rest } = signal;
  if (unfinished?.kind !== 'backwards' || axis.role !== 'time')
    throw node.refuse('it turns round a sequence that no reverse node gives');
  return {
    ...rest,
    axes: signal.axes.map((one, n) => (n === d ? { role: axis.role, size: axis.size, turned: axis } : one)),
  };
}
