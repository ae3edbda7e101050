/**
 * Layers of cells as nodes LSTM, GRU and RNN of ONNX, which read [T,B,D] and give Y [T,directions,B,H], the
 * state after every step, and Y_h and Y_c [directions,B,H], the last ones.
 */
import { InputError, tensor, type Tensor } from '../../../engine/index.js';
import type { CellName } from '../../../cells/index.js';
import type { LayerConfig } from '../../layers/config.js';
import { concatenate } from '../../weights/digest.js';
import { toLayout } from '../../weights/weightLayouts.js';
import { bytesOf } from '../fileTensor.js';
import { naming } from '../refusal.js';
import type { Attribute, GraphBuilder } from './graphBuilder.js';
import { BOOL, FLOAT, INT32 } from './messages.js';

/** The ends of a slice that goes to the last step, or backwards to the first. */
const [BEYOND_LAST, BEFORE_FIRST] = [2 ** 31 - 1, -(2 ** 31)];

/** What goes from layer to layer. */
export interface Sent {
  /** The name of the value: [T,B,width], or [B,width]. */
  readonly value: string;
  readonly width: number;
  /** T, as a number or a name; null for one vector per example. */
  readonly steps: number | string | null;
  /** Which steps are real, bool [T,B]; null: all. */
  readonly mask: string | null;
  /** Whether padding comes first. */
  readonly isPaddedBefore: boolean;
  /** Symbols [T,B,columns], or [T,B] if it is 1; 0: numbers. */
  readonly columns: number;
}

/** What the layers of a graph write to. */
export interface Writing {
  readonly graph: GraphBuilder;
  /** Our parameters, by their full names. */
  readonly weights: ReadonlyMap<string, Tensor>;
  /** The states that leave the graph, by the name under which they do, and their shapes. */
  readonly states: Map<string, readonly [value: string, shape: readonly (number | string)[]]>;
}

/** Writes a layer. @throws InputError when it cannot read what is sent to it, or ONNX has none */
export type WriteLayer = (writing: Writing, name: string, config: LayerConfig, sent: Sent) => Sent;

const NODES: Readonly<Record<string, [opType: string, attributes: Record<string, number>]>> = {
  ...{ rnn: ['RNN', {}], lstm: ['LSTM', {}], lstmPeephole: ['LSTM', {}], lstmCoupled: ['LSTM', {}] },
  // Reset before the product, and after it.
  ...{ gru: ['GRU', { linear_before_reset: 0 }], gruResetAfter: ['GRU', { linear_before_reset: 1 }] },
};

/** The outputs of a node; '' where they were not wanted. */
type Outputs = Readonly<Record<'Y' | 'h' | 'c', string>>;

/** How a node of cells is made. */
interface CellNode {
  /** The names of its parameters, without their letters: one, or those of both directions. */
  readonly paths: readonly string[];
  readonly direction: 'forward' | 'reverse' | 'bidirectional';
  /** The states before the first step; '': 0. */
  readonly initial?: Readonly<Record<'h' | 'c', string>>;
  /** Whether the states are inputs and outputs of the graph. */
  readonly isStateful?: boolean;
  readonly wanted: readonly (keyof Outputs)[];
}

const inputError = (what: string) => new InputError(what);

function writeNode(
  { graph, weights, states }: Writing,
  name: string,
  { cell, units }: LayerConfig,
  sent: Sent,
  { paths, direction, initial = { h: '', c: '' }, isStateful = false, wanted }: CellNode,
): Outputs {
  const { value } = requireSequence(name, sent);
  const packed = paths.map((path) => {
    const own = [...weights].filter(([full]) => full.startsWith(`${path}.`));
    const byLetter = own.map(([full, t]) => [full.slice(path.length + 1), t] as const);
    return naming(`layer ${name}: `, inputError, () =>
      toLayout('onnx', cell as CellName, Object.fromEntries(byLetter)),
    );
  });
  const weight = (letter: string) => {
    const parts = packed.flatMap((one) => one[letter] ?? []);
    return parts.length > 0 ? graph.weight(`${name}.${letter}`, together(parts)) : '';
  };
  const [op, attributes] = NODES[cell as string]!;
  const letters: readonly ('h' | 'c')[] = op === 'LSTM' ? ['h', 'c'] : ['h'];
  const shape = [paths.length, 'B', units as number];
  const first = { ...initial };
  if (isStateful) for (const s of letters) first[s] = graph.input(`${name}.${s}.initial`, FLOAT, shape);
  const lengths = lengthsOf(graph, name, sent);
  const before = op === 'LSTM' ? [first.h, first.c, weight('P')] : [first.h];
  const isWanted = (s: keyof Outputs) => wanted.includes(s) || (isStateful && s !== 'Y');
  const outputs = (['Y', ...letters] as const).map((s) =>
    isWanted(s) ? `${name}.${s === 'Y' ? s : `Y_${s}`}` : '',
  );
  const [Y = '', h = '', c = ''] = graph.nodeOf(
    op,
    name,
    [read(graph, name, sent, value), weight('W'), weight('R'), weight('B'), lengths, ...before],
    { hidden_size: units as number, direction, ...attributes },
    outputs,
  );
  if (isStateful) for (const s of letters) states.set(`${name}.${s}.final`, [{ h, c }[s], shape]);
  return { Y, h, c };
}

/** Tensors [1,..] of the directions as one. */
function together(parts: readonly Tensor[]): Tensor {
  const [, ...shape] = parts[0]!.shape;
  const bytes = concatenate(parts.map(bytesOf));
  return tensor(new Float32Array(bytes.buffer), parts.length, ...shape);
}

/** Numbers [T,B,D]: symbols stand for rows with a 1 at their place. */
function read(graph: GraphBuilder, name: string, { columns, width }: Sent, value: string): string {
  if (columns === 0) return value;
  const zeroAndOne = graph.weight(`${name}.zeroAndOne`, tensor(Float32Array.of(0, 1), 2));
  return graph.node('OneHot', `${name}.rows`, [value, graph.whole(width, INT32), zeroAndOne], { axis: -1 });
}

/** How many steps of each example are real, [B]; '': all. They come first. */
function lengthsOf(graph: GraphBuilder, name: string, { mask, isPaddedBefore }: Sent): string {
  if (mask === null) return '';
  if (isPaddedBefore)
    throw new InputError(
      `layer ${name} reads what goBackwards has turned round, with its padding first; ONNX has padding only at the end`,
    );
  const counted = graph.node('Cast', `${name}.real`, [mask], { to: INT32 });
  return graph.node('ReduceSum', `${name}.lengths`, [counted, graph.whole([0])], { keepdims: 0 });
}

export function requireSequence(name: string, sent: Sent): Sent & { readonly steps: number | string } {
  const { steps } = sent;
  if (steps !== null) return { ...sent, steps };
  throw new InputError(`layer ${name} reads a sequence: give the layer below it returnSequences: true`);
}

/** At padded steps Y is 0 there; here a layer repeats its last state or, going backwards, has not begun. */
function fillPadding(
  { graph }: Writing,
  name: string,
  { mask }: Sent,
  { Y, h }: Outputs,
  filler = h,
): string {
  if (mask === null || filler === '') return Y;
  const real = graph.node('Unsqueeze', `${name}.realSteps`, [mask, graph.whole([1, 3])]);
  return graph.node('Where', `${name}.filled`, [real, Y, filler]);
}

export const writeRecurrent: WriteLayer = (writing, name, config, sent) => {
  const { graph } = writing;
  const { goBackwards, returnSequences, stateful, units } = config;
  const isStateful = stateful as boolean;
  const fills = returnSequences && sent.mask !== null && !goBackwards;
  const outputs = writeNode(writing, name, config, sent, {
    ...{ paths: [name], direction: goBackwards ? 'reverse' : 'forward', isStateful },
    wanted: returnSequences ? (fills ? ['Y', 'h'] : ['Y']) : ['h'],
  });
  const width = units as number;
  if (!returnSequences) return { ...lastOf(writing, name, outputs.h), width };
  const filler = goBackwards ? (isStateful ? `${name}.h.initial` : '') : outputs.h;
  const filled = fillPadding(writing, name, sent, outputs, filler);
  const value = graph.node('Squeeze', `${name}.steps`, [filled, graph.whole([1])]);
  const after = { ...sent, width, columns: 0 };
  if (!goBackwards) return { ...after, value };
  const turned = [value, ...[-1, BEFORE_FIRST, 0, -1].map((n) => graph.whole([n]))];
  // Whatever reads its mask is refused, so that needs not be turned.
  return { ...after, value: graph.node('Slice', `${name}.turned`, turned), isPaddedBefore: true };
};

const lastOf = ({ graph }: Writing, name: string, h: string): Omit<Sent, 'width'> => ({
  value: graph.node('Squeeze', `${name}.last`, [h, graph.whole([0])]),
  ...{ steps: null, mask: null, isPaddedBefore: false, columns: 0 },
});

const REDUCTIONS: Readonly<Record<string, string>> = {
  sum: 'ReduceSum',
  ave: 'ReduceMean',
  mul: 'ReduceProd',
};

export const writeBidirectional: WriteLayer = (writing, name, config, sent) => {
  const { graph } = writing;
  const { mergeMode, returnSequences, stateful, units } = config;
  const { Y, h } = writeNode(writing, name, config, sent, {
    paths: [`${name}.forward`, `${name}.backward`],
    ...{ direction: 'bidirectional', isStateful: stateful as boolean },
    wanted: [returnSequences ? 'Y' : 'h'],
  });
  const given = returnSequences ? Y : h;
  // The axis of the directions.
  const axis = returnSequences ? 1 : 0;
  const after = returnSequences
    ? { ...sent, columns: 0 }
    : { ...sent, steps: null, mask: null, isPaddedBefore: false, columns: 0 };
  if (mergeMode === 'concat') {
    const perm = returnSequences ? [0, 2, 1, 3] : [1, 0, 2];
    const byStep = graph.node('Transpose', `${name}.sideBySide`, [given], { perm });
    const sizes = graph.whole(returnSequences ? [0, 0, -1] : [0, -1]);
    const value = graph.node('Reshape', `${name}.merged`, [byStep, sizes]);
    return { ...after, value, width: 2 * (units as number) };
  }
  const op = REDUCTIONS[mergeMode as string]!;
  // Until opset 18 the axes of all but ReduceSum are an attribute.
  const [inputs, attributes] = op === 'ReduceSum' ? [[graph.whole([axis])], {}] : [[], { axes: [axis] }];
  const options: Record<string, Attribute> = { ...attributes, keepdims: 0 };
  const value = graph.node(op, `${name}.merged`, [given, ...inputs], options);
  return { ...after, value, width: units as number };
};

export const writeEncoderDecoder: WriteLayer = (writing, name, config, sent) => {
  const { graph } = writing;
  const { steps: T } = requireSequence(name, sent);
  const S = config.sourceSteps as number;
  if (typeof T === 'number' && T <= S)
    throw new InputError(`layer ${name} needs more steps than the ${S} of its source, not ${T}`);
  const part = (as: string, from: number, to: number): Sent => {
    const slice = (value: string, called: string) =>
      graph.node('Slice', called, [value, ...[from, to, 0].map((n) => graph.whole([n]))]);
    const mask = sent.mask && slice(sent.mask, `${name}.${as}.mask`);
    return { ...sent, value: slice(sent.value, `${name}.${as}.input`), mask };
  };
  const encoder = writeNode(writing, `${name}.encoder`, config, part('encoder', 0, S), {
    ...{ paths: [`${name}.encoder`], direction: 'forward' },
    wanted: ['h', 'c'],
  });
  const target = part('decoder', S, BEYOND_LAST);
  const decoder = writeNode(writing, `${name}.decoder`, config, target, {
    ...{ paths: [`${name}.decoder`], direction: 'forward', initial: encoder },
    wanted: sent.mask === null ? ['Y'] : ['Y', 'h'],
  });
  const filled = fillPadding(writing, `${name}.decoder`, target, decoder);
  return {
    ...{ value: graph.node('Squeeze', `${name}.steps`, [filled, graph.whole([1])]), mask: target.mask },
    ...{ width: config.units as number, columns: 0, isPaddedBefore: sent.isPaddedBefore },
    steps: typeof T === 'number' ? T - S : `${T}-${S}`,
  };
};

/** Symbols that are not 0 are real, [T,B]; of several columns the first decides. */
export function maskOfZeros(graph: GraphBuilder, name: string, { value, columns }: Sent): string {
  const first =
    columns === 1 ? value : graph.node('Gather', `${name}.first`, [value, graph.whole(0)], { axis: 2 });
  return graph.node('Cast', `${name}.mask`, [first], { to: BOOL });
}
