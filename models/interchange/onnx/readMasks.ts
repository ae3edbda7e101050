/** Padding: symbols that are not 0 are counted, and steps beyond get the state that they have here. */
import { BOOL, INT32, INT64 } from './messages.js';
import type { NodeReader, Reader } from './node.js';
import { withLast } from './signals.js';
import { partOf } from './slices.js';
import type { Mask, Signal, Steps, Value } from './values.js';

/** Which symbols are not 0, as bool or as numbers; other casts change nothing here. */
export const readCast: Reader = (node) => {
  const { to } = node.settings({ to: 0, saturate: 1 });
  const value = node.input(0);
  const isWhole = to === INT32 || to === INT64;
  if (value.kind === 'symbols' && to === BOOL) {
    const { input, axes, steps } = value;
    return [{ kind: 'mask', input, is: 'bool', axes, steps }];
  }
  if (value.kind === 'mask' && value.is === 'bool' && isWhole) return [{ ...value, is: 'whole' }];
  if ((value.kind === 'mask' && value.is !== 'bool') || value.kind === 'symbols' || value.kind === 'sizes')
    if (isWhole) return [value];
  throw node.refuse(`it casts to the type ${to} of ONNX`);
};

/** How many steps are real. */
export function readMaskSum(node: NodeReader, mask: Mask, places: readonly number[] | null): Mask {
  const [d, ...more] = places ?? [];
  if (mask.is !== 'whole' || mask.axes.length !== 2 || d === undefined || more.length > 0)
    throw node.refuse('it counts something else than the real steps of each example');
  return { ...mask, is: 'lengths', axes: mask.axes.filter((_, n) => n !== d) };
}

/** The state at padded steps: the last one or, going backwards, the first. */
export const readWhere: Reader = (node) => {
  node.settings({});
  const [mask, Y, filler] = [node.input(0), node.signal(1), node.signal(2)];
  const { cells, config } = Y.chain.layers.at(-1) ?? {};
  const [time, one, batch, last] = mask.kind === 'mask' ? mask.axes : [];
  const isPlain = one?.role === 'one' && last?.role === 'one' && Y.axes[0] === time && Y.axes[2] === batch;
  const isMasked = mask.kind === 'mask' && mask.is === 'bool' && cells?.mask?.input === mask.input;
  const isFilled = config?.goBackwards ? isFirstState(filler, Y) : isLastState(filler, Y);
  if (!isPlain || !isMasked || Y.axes.length !== 4 || cells.isFilled || !isFilled)
    throw node.refuse('it chooses otherwise than a recurrent layer does at padded steps');
  return [withLast(Y, (layer) => ({ ...layer, cells: { ...layer.cells!, isFilled: true } }))];
};

const nodeOf = ({ chain }: Signal) => chain.layers.at(-1)?.cells?.node;
const isLastState = (filler: Signal, Y: Signal) => filler.state === 'h' && nodeOf(filler) === nodeOf(Y);
const isFirstState = (filler: Signal, Y: Signal) =>
  filler.chain.layers.length === 0 &&
  filler.axes.length === 3 &&
  filler.chain.input.name === Y.chain.layers.at(-1)!.cells!.initial.h;

/** Some steps of symbols or of a mask. */
export function someSteps<V extends Extract<Value, { kind: 'symbols' | 'mask' }>>(
  value: V,
  d: number,
  steps: NonNullable<Steps>,
): V {
  return { ...value, steps, axes: value.axes.map((axis, n) => (n === d ? partOf(axis, steps) : axis)) };
}
