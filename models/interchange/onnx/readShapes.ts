/** Nodes that compute with sizes, as exporters do for shapes and for states of zeros, and those of several kinds. */
import type { NodeReader, Reader } from './node.js';
import { readEmbedding } from './readRows.js';
import { someSteps } from './readMasks.js';
import { pick, repeated, sliced } from './readMoves.js';
import { stepsOf, type Slice } from './slices.js';
import { tensorOf, isZero } from './tensors.js';
import { MOST_AXES, type Size, type Value } from './values.js';

export const readShape: Reader = (node) => {
  const { start, end } = node.settings({ start: 0, end: 2 ** 31 - 1 });
  const value = node.input(0);
  if (value.kind !== 'signal' && value.kind !== 'symbols') throw node.refuse('it asks for another shape');
  const sizes = value.axes.map((axis): Size => axis.size ?? axis).slice(start, end);
  return [{ kind: 'sizes', sizes, isScalar: false }];
};

/** A place of sizes, of steps, of columns; rows of a table. */
export const readGather: Reader = (node) => {
  const [value, places] = [node.input(0), node.input(1)];
  if (value.kind === 'constant' && places.kind === 'symbols')
    return [readEmbedding(node, value.tensor, places)];
  const whole = node.whole(1, 'its places');
  const isScalar =
    places.kind === 'sizes'
      ? places.isScalar
      : places.kind === 'constant' && places.tensor.shape.length === 0;
  if (value.kind === 'sizes' || value.kind === 'constant') {
    if (node.settings({ axis: 0 }).axis !== 0) throw node.refuse('its axis is not that of sizes');
    const all = node.sizes(0, 'it');
    const sizes = whole.map((n) => all[n < 0 ? n + all.length : n]);
    if (sizes.includes(undefined)) throw node.refuse(`it takes place ${whole.join(', ')} of ${all.length}`);
    return [{ kind: 'sizes', sizes: sizes as Size[], isScalar }];
  }
  if (!isScalar) throw node.refuse('it takes several places at once');
  const { axis: stated } = node.settings({ axis: 0 });
  if (value.kind === 'symbols') {
    const axis = stated < 0 ? stated + value.axes.length : stated;
    if (value.axes.length !== 3 || axis !== 2 || whole[0] !== 0)
      throw node.refuse('it takes other symbols than the first column');
    return [{ ...value, axes: value.axes.slice(0, 2) }];
  }
  const signal = node.signal(0);
  return [pick(node, signal, stated < 0 ? stated + signal.axes.length : stated, whole[0]!)];
};

export const readSlice: Reader = (node) => {
  node.settings({});
  const one = (n: number, what: string) => {
    const [value, ...more] = node.whole(n, what);
    if (value === undefined || more.length > 0) throw node.refuse('it goes over several axes');
    return value;
  };
  const slice: Slice = {
    from: one(1, 'its start'),
    to: one(2, 'its end'),
    step: node.optional(4) ? one(4, 'its step') : 1,
  };
  const stated = node.optional(3) ? one(3, 'its axis') : 0;
  const value = node.input(0);
  if (value.kind === 'sizes' || value.kind === 'zeros') return [slicedSizes(node, stated, slice)];
  if (value.kind !== 'symbols' && value.kind !== 'mask') {
    const signal = node.signal(0);
    return [sliced(node, signal, stated < 0 ? stated + signal.axes.length : stated, slice)];
  }
  const d = stated < 0 ? stated + value.axes.length : stated;
  if (!value.axes[d]) throw node.refuse(`its axis is ${stated}`);
  const steps = stepsOf(node, value.axes[d], slice);
  if (steps === 'all') return [value];
  if (steps === 'backwards' || d === 2 || value.steps) throw node.refuse('it takes symbols in another order');
  return [someSteps(value, d, steps!)];
};

function slicedSizes(node: NodeReader, axis: number, { from, to, step }: Slice): Value {
  const value = node.input(0);
  if (step !== 1) throw node.refuse(`it goes by steps of ${step}`);
  if (value.kind === 'sizes' && axis === 0)
    return { kind: 'sizes', sizes: value.sizes.slice(from, to), isScalar: false };
  const before = value.kind === 'zeros' ? value.shape[axis] : undefined;
  if (value.kind !== 'zeros' || typeof before !== 'number' || from < 0)
    throw node.refuse('it takes other places than some of a known number');
  const size = Math.max(0, (to < 0 ? to + before : Math.min(to, before)) - from);
  return { kind: 'zeros', shape: value.shape.map((one, d) => (d === axis ? size : one)) };
}

export const readMul: Reader = (node) => {
  node.settings({});
  const [a, b] = [node.whole(0, 'its first factor'), node.whole(1, 'its second factor')];
  const [x] = a;
  const [y] = b;
  if (x === undefined || y === undefined || a.length > 1 || b.length > 1)
    throw node.refuse('it multiplies something else than two sizes');
  const isScalar = [node.input(0), node.input(1)].every(
    (value) =>
      (value.kind === 'sizes' && value.isScalar) ||
      (value.kind === 'constant' && value.tensor.shape.length === 0),
  );
  return [{ kind: 'sizes', sizes: [x * y], isScalar }];
};

export const readConstantOfShape: Reader = (node) => {
  const { value } = node.settings({ value: null });
  const shape = node.sizes(0, 'its shape');
  const filled = value?.t && tensorOf(value.t, 'its value', new Map(), node.refuse);
  if (filled && !isZero(filled)) throw node.refuse('it makes numbers that are not 0');
  return [{ kind: 'zeros', shape }];
};

export const readConstant: Reader = (node) => {
  const ints: readonly number[] = [];
  const {
    value,
    value_int: scalar,
    value_ints: list,
  } = node.settings({ value: null, value_int: NaN, value_ints: ints });
  if (!value) {
    const isScalar = !Number.isNaN(scalar);
    if (list.length > MOST_AXES) throw node.refuse(`it has ${list.length} numbers`);
    return [{ kind: 'sizes', sizes: isScalar ? [scalar] : list, isScalar }];
  }
  if (!value.t) throw node.refuse('its value is no tensor');
  return [
    { kind: 'constant', tensor: tensorOf(value.t, `the constant ${node.label}`, new Map(), node.refuse) },
  ];
};

/** Zeros of a shape, or one vector for several steps. */
export const readExpand: Reader = (node) => {
  node.settings({});
  const value = node.input(0);
  const sizes = node.sizes(1, 'its shape');
  if (value.kind === 'constant' || value.kind === 'zeros') {
    if (value.kind === 'constant' && !isZero(value.tensor))
      throw node.refuse('it repeats numbers that are not 0');
    const before: readonly Size[] = value.kind === 'constant' ? value.tensor.shape : value.shape;
    if (before.length > sizes.length) throw node.refuse('it makes less axes than there are');
    const offset = sizes.length - before.length;
    // A 1 leaves what is there.
    return [
      { kind: 'zeros', shape: sizes.map((size, d) => (size === 1 ? (before[d - offset] ?? 1) : size)) },
    ];
  }
  return [repeated(node, node.signal(0), sizes)];
};

export const readTile: Reader = (node) => {
  node.settings({});
  return [repeated(node, node.signal(0), node.sizes(1, 'its repeats'))];
};

/** What does nothing, or only in training. */
export const readIdentity: Reader = (node) => {
  node.settings(node.opType === 'Dropout' ? { ratio: 0, seed: 0 } : {});
  const training = node.opType === 'Dropout' && node.optional(2);
  if (training && !(training.kind === 'constant' && isZero(training.tensor)))
    throw node.refuse('it drops numbers (training_mode), which no layer does in use');
  return [node.input(0)];
};
