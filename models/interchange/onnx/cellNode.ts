/** What the nodes LSTM, GRU and RNN say: their settings, weights and first states. */
import type { CellName } from '../../../cells/index.js';
import type { FileTensor } from '../fileTensor.js';
import type { NodeReader } from './node.js';
import { featuresAxis, requireWidth } from './signals.js';
import { isZero } from './tensors.js';
import type { Axis, CellsRead, Chain, Signal, Unfinished, Value, Weights } from './values.js';

/** Blocks, activations and states of each kind of node. */
export const KINDS = {
  RNN: { G: 1, activations: ['tanh'], letters: ['h'] },
  GRU: { G: 3, activations: ['sigmoid', 'tanh'], letters: ['h'] },
  LSTM: { G: 4, activations: ['sigmoid', 'tanh', 'tanh'], letters: ['h', 'c'] },
} as const;

export const DIRECTIONS: Readonly<Record<string, number>> = { forward: 1, reverse: 1, bidirectional: 2 };

/** The axes of what a node reads and gives. */
export interface Shape {
  readonly time: Axis;
  readonly batch: Axis;
  readonly parts: Axis;
  readonly units: number;
}

/** @param all with the sequence as output, @param last with the last state as output */
export function outputsOf(
  { time, batch, parts, units }: Shape,
  all: Chain,
  last: Chain,
  unfinished?: Unfinished,
  lastUnfinished?: Unfinished,
): Signal[] {
  const [Y, Y_h] = [featuresAxis(units), featuresAxis(units)];
  const ofLast = lastUnfinished ? { unfinished: lastUnfinished } : {};
  const state = (letter: 'h' | 'c'): Signal => ({
    ...{ kind: 'signal', chain: last, axes: [parts, batch, Y_h], state: letter, ...ofLast },
  });
  return [
    { kind: 'signal', chain: all, axes: [time, parts, batch, Y], ...(unfinished && { unfinished }) },
    ...[state('h'), state('c')],
  ];
}

export function readSettings(node: NodeReader) {
  const { activations } = KINDS[node.opType as keyof typeof KINDS];
  const list: readonly string[] = [];
  const numbers: readonly number[] = [];
  const settings = node.settings({
    ...{
      hidden_size: 0,
      direction: 'forward',
      layout: 0,
      clip: null,
      input_forget: 0,
      linear_before_reset: 0,
    },
    ...{ activations: list, activation_alpha: numbers, activation_beta: numbers },
  });
  const { direction, layout, clip, input_forget: isCoupled } = settings;
  const given = settings.activations.map((name) => name.toLowerCase());
  const expected = Array.from({ length: DIRECTIONS[direction] ?? 0 }, () => activations).flat();
  if (expected.length === 0) throw node.refuse(`its direction is ${direction.slice(0, 40)}`);
  if (given.length > 0 && String(given) !== String(expected))
    throw node.refuse(
      `its activations are ${settings.activations.join(', ').slice(0, 80)}; only ${activations.join(', ')} can be had`,
    );
  if (settings.activation_alpha.length + settings.activation_beta.length > 0)
    throw node.refuse('it has activation_alpha or activation_beta, which are not known here');
  if (layout !== 0)
    throw node.refuse(`its layout is ${layout}, batch first; only 0, time first, can be read`);
  if (clip !== null) throw node.refuse('it clips its gates (clip), which no cell here does');
  if (isCoupled !== 0)
    throw node.refuse('it couples its gates by input_forget; only weights that do so can be read');
  return settings;
}

export function readWeights(node: NodeReader, directions: number, stated: number, x: Signal): Weights {
  const { G, letters } = KINDS[node.opType as keyof typeof KINDS];
  const [W, R] = [node.constant(1, 'W'), node.constant(2, 'R')];
  const H = stated || (R.shape[2] ?? 0);
  const D = W.shape[2] ?? 0;
  const B = node.optional(3) && node.constant(3, 'B');
  const P = letters.length === 2 && node.optional(7) ? node.constant(7, 'P') : null;
  const expected: Readonly<Record<string, [FileTensor | null, number[]]>> = {
    W: [W, [directions, G * H, D]],
    R: [R, [directions, G * H, H]],
    B: [B, [directions, 2 * G * H]],
    P: [P, [directions, 3 * H]],
  };
  for (const [name, [t, shape]] of Object.entries(expected))
    if (t && String(t.shape) !== String(shape))
      throw node.refuse(`${name} is [${t.shape.join(', ')}], not [${shape.join(', ')}]`);
  if (!(H >= 1 && D >= 1)) throw node.refuse(`it has ${H} units that read ${D} numbers`);
  if (node.count > (letters.length === 2 ? 8 : 6))
    throw node.refuse('it has more inputs than are known here');
  requireWidth(node, x, D);
  return { W, R, ...(B && { B }), ...(P && { P }) };
}

export function cellOf(node: NodeReader, { P }: Weights, resetAfter: number): CellName {
  if (node.opType === 'LSTM') return P ? 'lstmPeephole' : 'lstm';
  if (node.opType === 'RNN') return 'rnn';
  if (resetAfter !== 0 && resetAfter !== 1) throw node.refuse(`its linear_before_reset is ${resetAfter}`);
  return resetAfter ? 'gruResetAfter' : 'gru';
}

/** The weights of one direction, with an axis of 1 as in weightLayouts.ts: views. */
export function ofDirection(weights: Weights, d: number): Weights {
  return Object.fromEntries(
    Object.entries(weights).map(([name, t]) => [
      name,
      { ...t, shape: [1, ...t.shape.slice(1)], offset: t.offset + d * t.stride[0]! },
    ]),
  );
}

/** The states before the first step: 0, or inputs of the graph. */
export function readInitial(node: NodeReader, shape: Shape): CellsRead['initial'] {
  const initial: Partial<Record<'h' | 'c', string>> = {};
  for (const [n, letter] of KINDS[node.opType as keyof typeof KINDS].letters.entries()) {
    const value = node.optional(5 + n);
    if (!value || isZeroState(value, shape)) continue;
    if (value.kind !== 'signal' || value.chain.layers.length > 0 || value.state || value.unfinished)
      throw node.refuse(
        `its initial state (initial_${letter}) is neither 0 nor an input; here it is 0 unless it is set`,
      );
    value.axes.forEach((axis, d) => {
      if (axis.role === 'any') axis.role = (['parts', 'batch', 'features'] as const)[d] ?? 'one';
    });
    initial[letter] = value.chain.input.name;
  }
  return initial;
}

function isZeroState(value: Value, { parts, units }: Shape): boolean {
  if (value.kind === 'constant')
    return isZero(value.tensor) && fits(value.tensor.shape[0], value.tensor.shape[2]);
  return value.kind === 'zeros' && fits(value.shape[0], value.shape[2]);
  function fits(first: unknown, last: unknown): boolean {
    return first === parts.size && last === units;
  }
}
