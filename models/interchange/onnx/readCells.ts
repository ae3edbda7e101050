/** The nodes LSTM, GRU and RNN as layers of cells. */
import type { CellName } from '../../../cells/index.js';
import type { FileTensor } from '../fileTensor.js';
import type { NodeReader, Reader } from './node.js';
import { extended, featuresAxis, requireWidth, begins } from './signals.js';
import { isZero } from './tensors.js';
import { mark } from './values.js';
import type {
  Axis,
  CellsRead,
  Chain,
  FileLayer,
  Mask,
  Signal,
  Unfinished,
  Value,
  Weights,
} from './values.js';

/** Blocks, activations and states of each kind of node. */
const KINDS = {
  RNN: { G: 1, activations: ['tanh'], letters: ['h'] },
  GRU: { G: 3, activations: ['sigmoid', 'tanh'], letters: ['h'] },
  LSTM: { G: 4, activations: ['sigmoid', 'tanh', 'tanh'], letters: ['h', 'c'] },
} as const;

const DIRECTIONS: Readonly<Record<string, number>> = { forward: 1, reverse: 1, bidirectional: 2 };

/** Y, Y_h and Y_c. */
export const readCells: Reader = (node) => {
  const { direction, linear_before_reset: resetAfter, hidden_size: stated } = readSettings(node);
  const x = readInput(node);
  const [time, batch] = readAxes(node, x);
  const weights = readWeights(node, DIRECTIONS[direction]!, stated, x);
  const units = weights.R!.shape[2]!;
  const cell = cellOf(node, weights, resetAfter);
  const isBoth = direction === 'bidirectional';
  const names = isBoth ? ['forward', 'backward'] : [''];
  const module = {
    label: node.label,
    parts: Object.fromEntries(names.map((name, d) => [name, ofDirection(weights, d)])),
  };
  const parts: Axis = { role: 'parts', size: names.length };
  const shape = { time, batch, parts, units };
  const part = x.unfinished?.steps ?? null;
  const mask = readMask(node, time, part);
  if (part) return readPart(node, x, { cell, units, module, mask, direction, shape });
  const cells: CellsRead = { node: {}, mask, isFilled: false, initial: readInitial(node, shape) };
  const kind = isBoth ? 'bidirectional' : 'recurrent';
  const goBackwards = direction === 'reverse';
  const layer = (returnSequences: boolean): FileLayer => ({
    config: {
      ...{ kind, cell, units, returnSequences, stateful: false },
      ...(isBoth ? { mergeMode: null } : { goBackwards }),
    },
    modules: [module],
    cells,
  });
  const backwards: Unfinished | undefined = goBackwards
    ? {
        kind: 'backwards',
        why: 'it reads the outputs of a reverse node in the order of its input; here goBackwards gives the last step first',
      }
    : undefined;
  return outputsOf(shape, extended(x.chain, layer(true)), extended(x.chain, layer(false)), backwards);
};

interface Shape {
  readonly time: Axis;
  readonly batch: Axis;
  readonly parts: Axis;
  readonly units: number;
}

/** @param all with the sequence as output, @param last with the last state as output */
function outputsOf(
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

function readSettings(node: NodeReader) {
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

/** The input [T,B,D], or some of its steps. */
function readInput(node: NodeReader): Signal {
  const x = node.signal(0);
  if (x.unfinished && x.unfinished.kind !== 'steps') throw node.refuse(x.unfinished.why);
  if (x.axes.length !== 3) throw node.refuse(`it reads ${x.axes.length} axes, not [T,B,D]`);
  return x;
}

/** What is time and what are examples is known at the first node of cells. */
function readAxes(node: NodeReader, { axes }: Signal): [time: Axis, batch: Axis] {
  const [time, batch] = axes as [Axis, Axis, Axis];
  if (time.role === 'any') mark(time, 'time');
  if (batch.role === 'any') mark(batch, 'batch');
  if (time.role === 'time' && batch.role === 'batch') return [time, batch];
  throw node.refuse('it reads along an axis that is not the time of the layers before it');
}

function readWeights(node: NodeReader, directions: number, stated: number, x: Signal): Weights {
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

function cellOf(node: NodeReader, { P }: Weights, resetAfter: number): CellName {
  if (node.opType === 'LSTM') return P ? 'lstmPeephole' : 'lstm';
  if (node.opType === 'RNN') return 'rnn';
  if (resetAfter !== 0 && resetAfter !== 1) throw node.refuse(`its linear_before_reset is ${resetAfter}`);
  return resetAfter ? 'gruResetAfter' : 'gru';
}

/** The weights of one direction, with an axis of 1 as in weightLayouts.ts: views. */
function ofDirection(weights: Weights, d: number): Weights {
  return Object.fromEntries(
    Object.entries(weights).map(([name, t]) => [
      name,
      { ...t, shape: [1, ...t.shape.slice(1)], offset: t.offset + d * t.stride[0]! },
    ]),
  );
}

/** Which steps are padding: those whose symbols are 0, counted from the same steps as it reads. */
function readMask(node: NodeReader, time: Axis, part: Mask['steps']): Mask | null {
  const lengths = node.optional(4);
  if (!lengths) return null;
  if (lengths.kind !== 'mask' || lengths.is !== 'lengths')
    throw node.refuse(
      'its sequence_lens are not counted from the symbols that an embedding reads, as those of exportModel are; export it without',
    );
  const isSame = String([lengths.steps?.from, lengths.steps?.to]) === String([part?.from, part?.to]);
  if (isSame && lengths.input.axes.includes(time.of ?? time)) return lengths;
  throw node.refuse('its sequence_lens are counted from other steps than it reads');
}

/** The states before the first step: 0, or inputs of the graph. */
function readInitial(node: NodeReader, shape: Shape): CellsRead['initial'] {
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

/** An encoder, which reads the first steps, or a decoder, which goes on from its states with the others. */
function readPart(
  node: NodeReader,
  x: Signal,
  given: {
    readonly cell: CellName;
    readonly units: number;
    readonly module: FileLayer['modules'][number];
    readonly mask: Mask | null;
    readonly direction: string;
    readonly shape: Shape;
  },
): Signal[] {
  const { cell, units, module, mask, direction, shape } = given;
  const { unfinished } = x;
  const steps = unfinished!.steps!;
  const cells: CellsRead = { node: {}, mask, isFilled: false, initial: {} };
  if (direction !== 'forward') throw node.refuse(unfinished!.why);
  if (steps.from === 0) {
    const isZero = Object.keys(readInitial(node, shape)).length === 0;
    if (!isZero) throw node.refuse('its initial state is an input; that of an encoder is 0 here');
    const config = { kind: 'encoderDecoder', cell, units, sourceSteps: steps.to };
    const chain = extended(x.chain, { config, modules: [module], cells });
    const why = 'it reads what an encoder of the first steps gives; only a decoder of the others can';
    return outputsOf(shape, chain, chain, { kind: 'source', why }, { kind: 'source', why });
  }
  const { letters } = KINDS[node.opType as keyof typeof KINDS];
  const states = letters.map((_, n) => node.optional(5 + n));
  const [encoder] = states.map((state) => (state?.kind === 'signal' ? state.chain.layers.at(-1) : undefined));
  const isHandedOver = states.every(
    (state, n) =>
      state?.kind === 'signal' &&
      state.unfinished?.kind === 'source' &&
      state.state === letters[n] &&
      state.chain.layers.at(-1) === encoder &&
      begins(x.chain, state.chain) &&
      state.chain.layers.length === x.chain.layers.length + 1,
  );
  const { config } = encoder ?? { config: null };
  const isSame = config?.cell === cell && config.units === units && config.sourceSteps === steps.from;
  if (!encoder || !isHandedOver || !isSame || (mask === null) !== (encoder.cells!.mask === null))
    throw node.refuse(unfinished!.why);
  const layer: FileLayer = { config: encoder.config, modules: [...encoder.modules, module], cells };
  const chain = extended(x.chain, layer);
  const why = 'it reads the last state of a decoder; here it gives the state after every step';
  return outputsOf(shape, chain, chain, undefined, { kind: 'decoder', why });
}
