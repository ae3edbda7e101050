/**
 * Converts the weights of a cell to the layouts of other libraries, and back. The cells are the same; the
 * layouts differ in the order of the gates' blocks, in transposition, in the number of biases, and in names.
 *
 *   ours          U [D,G·H]  W [H,G·H]  b [G·H], blocks in the order of `gates`;
 *                 gruResetAfter: bW [3H]; lstmPeephole: p [3H]
 *   keras, tfjs   kernel [D,G·H]  recurrent_kernel [H,G·H]  bias [G·H];
 *                 gruResetAfter: bias [2,3H], the second row is bW
 *   pytorch       weight_ih_l0 [G·H,D]  weight_hh_l0 [G·H,H]  bias_ih_l0 [G·H]  bias_hh_l0 [G·H]
 *   onnx          W [1,G·H,D]  R [1,G·H,H]  B [1,2·G·H]: input biases, then recurrent ones;
 *                 peephole: P [1,3H], blocks i o f
 *
 * An ONNX node needs no attributes for rnn and the LSTMs, linear_before_reset = 0 for gru and 1 for
 * gruResetAfter. Sources: the documentation of Keras 3 (layers LSTM, GRU), of PyTorch 2 (nn.LSTM, nn.GRU), of
 * the ONNX operators LSTM, GRU, RNN.
 */
import { InputError, type Tensor } from '../../engine/index.js';
import { cells, type Cell, type CellName, type Named } from '../../cells/index.js';
import { readOptions, requireText, show } from '../../engine/checks.js';
import type { Source } from './copy.js';
import {
  areOpposite,
  copyBlocks,
  dense,
  keras,
  onnx,
  ONNX_PEEPHOLES,
  PEEPHOLES,
  pytorch,
  row,
  sumOf,
  zeros,
  type Packing,
} from './weightPackings.js';

/** The libraries whose layouts are known. */
export type WeightLayout = 'keras' | 'tfjs' | 'pytorch' | 'onnx';

/**
 * The blocks of each cell, in the library's order, by our letters; a missing cell does not exist in that
 * library. A coupled cell is an LSTM whose input gate is 1 - σ(a_f) = σ(-a_f): its block i is the negated
 * block f, written `-f`.
 */
const BLOCKS: Readonly<Record<WeightLayout, Partial<Record<CellName, readonly string[]>>>> = {
  keras: {
    rnn: ['h'],
    lstm: ['i', 'f', 'g', 'o'],
    lstmCoupled: ['-f', 'f', 'g', 'o'],
    gru: ['z', 'r', 'n'],
    gruResetAfter: ['z', 'r', 'n'],
  },
  tfjs: {
    rnn: ['h'],
    lstm: ['i', 'f', 'g', 'o'],
    lstmCoupled: ['-f', 'f', 'g', 'o'],
    gru: ['z', 'r', 'n'],
  },
  pytorch: {
    rnn: ['h'],
    lstm: ['i', 'f', 'g', 'o'],
    lstmCoupled: ['-f', 'f', 'g', 'o'],
    gruResetAfter: ['r', 'z', 'n'],
  },
  onnx: {
    rnn: ['h'],
    lstm: ['i', 'o', 'f', 'g'],
    lstmPeephole: ['i', 'o', 'f', 'g'],
    lstmCoupled: ['-f', 'o', 'f', 'g'],
    gru: ['z', 'r', 'n'],
    gruResetAfter: ['z', 'r', 'n'],
  },
};

const PACKINGS: Readonly<Record<WeightLayout, Packing>> = { keras, tfjs: keras, pytorch, onnx };

/** How the tensors of one layer and direction are called in a file: `rnn.weight_ih_l1_reverse`. */
export interface LayoutNames {
  /** What precedes each name: `rnn.`. Default: nothing. */
  prefix?: string;
  /** What follows each name: `_l1_reverse`. Default `_l0` for PyTorch, nothing for others. */
  suffix?: string;
}

/**
 * Converts the weights of a cell to the layout of another library.
 * @param weights the cell's parameters by letter: U [D,G·H], W [H,G·H], b [G·H], and any others
 * @param names   how its tensors are called. Default: as those of a first layer, without a prefix
 * @returns copies, by the library's names
 * @throws InputError when the library has no such cell, or a tensor is missing, has another shape or has no
 * place
 */
export function toLayout(
  layout: WeightLayout,
  cell: CellName,
  weights: Named<string>,
  names: LayoutNames = {},
): Record<string, Tensor> {
  const inFile = namesIn('toLayout', layout, names);
  const blocks = blocksOf(layout, cell);
  const { gates } = cells[cell];
  requireTensors(cell, weights);
  const [D, H] = [weights.U?.shape[0] ?? 0, weights.W?.shape[0] ?? 0];
  const own = (cells[cell] as Cell).parameters(D, H);
  const shapesHere = Object.entries(own).map(([name, { shape }]) => [name, shape] as const);
  requireShapes(cell, weights, Object.fromEntries(shapesHere));
  const { U, W, b, bW, p } = weights as Named<'U' | 'W' | 'b'> & Partial<Named<'bW' | 'p'>>;
  const has = { bW: bW !== undefined, p: p !== undefined };
  const { shapes, parts } = PACKINGS[layout];
  const theirs = Object.fromEntries(
    Object.entries(shapes(D, H, blocks.length * H, has)).map(([name, shape]) => [name, zeros(U, ...shape)]),
  );
  const packed = parts(theirs, has);
  copyBlocks(packed.U, U, gates, blocks);
  copyBlocks(packed.W, W, gates, blocks);
  copyBlocks(packed.b!, row(dense(b)), gates, blocks);
  if (bW) copyBlocks(packed.bW!, row(dense(bW)), gates, blocks);
  if (p) copyBlocks(packed.p!, row(dense(p)), PEEPHOLES, ONNX_PEEPHOLES);
  return Object.fromEntries(Object.entries(theirs).map(([name, t]) => [inFile(name), t]));
}

/**
 * Converts the weights of another library to those of a cell. If the cell has one bias and the library two,
 * it is their sum; where it has none (PyTorch: bias=False; Keras: use_bias=False), it is 0.
 * @param theirs tensors by the library's names, in its shapes
 * @param names  how they are called. Default: as those of a first layer, without a prefix
 * @returns copies, by the letters of the cell's parameters
 * @throws InputError when the library has no such cell, or a tensor is missing, has another shape or has no
 * place
 */
export function fromLayout(
  layout: WeightLayout,
  cell: CellName,
  theirs: Named<string>,
  names: LayoutNames = {},
): Record<string, Tensor> {
  const sources = Object.entries(sourcesOf(layout, cell, theirs, names));
  return Object.fromEntries(
    sources.map(([letter, { shape, copyTo }]) => {
      const t = zeros(Object.values(theirs)[0]!, ...shape);
      copyTo(t);
      return [letter, t];
    }),
  );
}

/** The same without copies: where each parameter comes from. Nothing can be wrong when it is copied. */
export function sourcesOf(
  layout: WeightLayout,
  cell: CellName,
  theirs: Named<string>,
  names: LayoutNames = {},
): Record<string, Source> {
  const inFile = namesIn('fromLayout', layout, names);
  const blocks = blocksOf(layout, cell);
  const { gates } = cells[cell];
  const { sizes, shapes, biases, parts } = PACKINGS[layout];
  requireTensors(`${layout}, ${cell}`, theirs);
  const named = (name: string) => theirs[inFile(name)];
  const [D, H] = sizes(named).map((size) => size ?? 0) as [number, number];
  const own = (cells[cell] as Cell).parameters(D, H);
  const has = { bW: 'bW' in own, p: 'p' in own };
  const required = Object.entries(shapes(D, H, blocks.length * H, has));
  const unbiased = biases.every((name) => !named(name));
  const given = required.filter(([name]) => !(unbiased && biases.includes(name)));
  const inFiles = given.map(([name, shape]) => [inFile(name), shape] as const);
  requireShapes(`${layout}, ${cell}`, theirs, Object.fromEntries(inFiles));
  const isSmall = (name: string) => biases.includes(name) || name === 'P';
  const { U, W, p, ...bias } = parts(
    Object.fromEntries(given.map(([name]) => [name, isSmall(name) ? dense(named(name)!) : named(name)!])),
    has,
  );
  const b = bias.b && bias.bW && !has.bW ? sumOf(bias.b, bias.bW) : bias.b;
  if (cell === 'lstmCoupled') requireCoupled(layout, [U, W, b], blocks);
  const from = (t: Tensor | null, theirOrder = blocks, ourOrder: readonly string[] = gates) => {
    return (target: Tensor) => {
      if (t) copyBlocks(row(target), t, theirOrder, ourOrder);
      else target.data.fill(0, target.offset, target.offset + target.size);
    };
  };
  const copies: Readonly<Record<string, Source['copyTo']>> = {
    ...{ U: from(U), W: from(W), b: from(b), bW: from(bias.bW) },
    p: from(p, ONNX_PEEPHOLES, PEEPHOLES),
  };
  return Object.fromEntries(
    Object.entries(own).map(([letter, { shape }]) => [letter, { shape, copyTo: copies[letter]! }]),
  );
}

/**
 * The name in a file of a name in weightPackings.ts, where PyTorch's end in the layer's number.
 * @throws TypeError when a part is no string
 */
function namesIn(of: string, layout: WeightLayout, given: LayoutNames): (name: string) => string {
  const defaults = { prefix: '', suffix: layout === 'pytorch' ? '_l0' : '' };
  const { prefix, suffix } = readOptions(of, given, defaults);
  requireText(`${of}: prefix`, prefix);
  requireText(`${of}: suffix`, suffix);
  return (name) => prefix + name.replace(/_l0$/, '') + suffix;
}

function blocksOf(layout: WeightLayout, cell: CellName): readonly string[] {
  if (!Object.hasOwn(BLOCKS, layout))
    throw new InputError(`the layout ${show(layout)} is not one of ${Object.keys(BLOCKS).join(', ')}`);
  const names = Object.keys(cells);
  if (!names.includes(cell)) throw new InputError(`the cell ${show(cell)} is not one of ${names.join(', ')}`);
  const blocks = BLOCKS[layout][cell];
  if (blocks) return blocks;
  const others = Object.entries(BLOCKS).filter(([, known]) => known[cell]);
  const having = others.map(([name]) => name).join(', ') || 'none of the known ones';
  throw new InputError(`${layout} has no equivalent of ${cell}; layouts that have one: ${having}`);
}

/**
 * @throws InputError when an LSTM's input gate is not 1 minus its forget gate: no coupled cell is equal to it
 */
function requireCoupled(
  layout: WeightLayout,
  weights: readonly (Tensor | null)[],
  blocks: readonly string[],
): void {
  // i + f = 0, by position: the first block is i.
  if (weights.every((t) => !t || areOpposite(t, blocks, 0, blocks.indexOf('f')))) return;
  throw new InputError(
    `${layout}: the input gate's weights are not the negated weights of the forget gate, so this LSTM is not coupled; read it as lstm`,
  );
}

/** @throws InputError unless `given` holds tensors by name */
function requireTensors(whose: string, given: unknown): void {
  if (typeof given !== 'object' || given === null || given instanceof Promise)
    throw new InputError(`${whose}: the weights must be an object of tensors, not ${show(given)}`);
  for (const [name, t] of Object.entries(given as Record<string, Partial<Tensor> | undefined>)) {
    if (!Array.isArray(t?.shape) || !Array.isArray(t.stride) || !ArrayBuffer.isView(t.data))
      throw new InputError(`${whose}: ${name} must be a tensor, not ${show(t)}`);
  }
}

/** @param shapes derived from the shapes of two tensors, so missing tensors are reported first */
function requireShapes(
  whose: string,
  given: Readonly<Partial<Record<string, Tensor>>>,
  shapes: Readonly<Record<string, readonly number[]>>,
): void {
  const names = Object.keys(shapes);
  const missing = names.find((name) => !given[name]);
  if (missing) throw new InputError(`${whose}: the tensor ${missing} is missing`);
  for (const name of names) {
    const [actual, expected] = [given[name]!.shape, shapes[name]!].map((shape) => `[${shape.join(', ')}]`);
    if (actual !== expected) throw new InputError(`${whose}: ${name} is ${actual}, not ${expected}`);
  }
  const tooMany = Object.keys(given).find((name) => !names.includes(name));
  if (tooMany === undefined) return;
  throw new InputError(
    `${whose}: ${tooMany} has no place; the tensors of a cell are ${names.join(', ')}. ` +
      'Convert each layer and each direction by itself, under these names',
  );
}
