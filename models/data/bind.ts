/** Fits arrays to a graph: compares once what it reads with what there is, then writes examples. */
import type { Graph } from '../graph/graph.js';
import { findNumber, type Columns } from './columns.js';
import { entryName, type Flat } from './nested.js';

/** Writes example `n` into row `row` of a graph's batch. */
export type Writer = (row: number, n: number) => void;

/** @throws RangeError that says what does not fit the graph or its model */
export function bindTo(columns: Columns, graph: Graph): Writer {
  const writers = [inputWriter(columns, graph), ...labelWriters(columns, graph)];
  return (row, n) => {
    for (const write of writers) write(row, n);
  };
}

function inputWriter({ x, padBefore }: Columns, { model, input, mask, batch, steps }: Graph): Writer {
  requireInput(x, model.input);
  return (row, n) => {
    const length = x.lengths[n]!;
    if (length > steps || (length < steps && !mask)) {
      const has = `x[${n}] has ${length} steps, but the graph ${steps}`;
      throw new RangeError(`sequences: ${has}${length < steps ? '; unroll with mask: true' : ''}`);
    }
    const first = padBefore ? steps - length : 0;
    writeSteps(input.data, batch, row, { flat: x, n, first, length, steps });
    if (mask) {
      for (let t = 0; t < steps; t++) mask.data[t * batch + row] = t >= first && t < first + length ? 1 : 0;
    }
  };
}

/** @throws RangeError unless x has what the model reads */
function requireInput(x: Flat, { kind, width, columns }: Graph['model']['input']): void {
  const perStep = kind === 'oneHot' ? columns : width;
  if (x.width !== perStep) {
    const reads = kind === 'oneHot' ? `${perStep} symbol${perStep > 1 ? 's' : ''}` : `${perStep} numbers`;
    const hint = kind === 'oneHot' && x.width === width ? '; give class numbers instead of one-hot rows' : '';
    throw new RangeError(`sequences: x has ${x.width} per step, but the model reads ${reads}${hint}`);
  }
  if (kind === 'oneHot') requireClasses(x, width, 'symbols');
}

function requireClasses(flat: Flat, count: number, what: string): void {
  const wrong = findNumber(flat, (value) => !(Number.isInteger(value) && value >= 0 && value < count));
  if (!wrong) return;
  const last = `the model's ${what} are 0 to ${count - 1}`;
  throw new RangeError(`sequences: ${wrong.place} is ${wrong.value}; ${last}`);
}

/** The rows of the loss: how many steps of each example, of which some may be padding. */
interface LossRows {
  /** Null: one row per sequence. */
  readonly steps: number | null;
  /** The real ones of example n. */
  readonly lengthOf: (n: number) => number;
}

function lossRowsOf({ x }: Columns, { layers, steps }: Graph): LossRows {
  const last = layers.at(-1)!.output;
  // Masked outputs go along with the inputs, or with the last of them, as those of a decoder do.
  const skipped = last.mask && steps - last.steps!;
  return { steps: last.steps, lengthOf: (n) => (skipped === null ? last.steps! : x.lengths[n]! - skipped) };
}

function labelWriters(columns: Columns, graph: Graph): Writer[] {
  const { y, weights } = columns;
  const { labels, batch } = graph;
  if (!labels) return [];
  if (!y) throw new RangeError('sequences: the loss needs labels; give y');
  if (weights && !graph.weights)
    throw new RangeError('sequences: there are weights; unroll with weights: true');
  const rows = lossRowsOf(columns, graph);
  // Classes are [rows], targets [rows, width].
  const isClass = labels.shape.length === 1;
  const width = labels.shape[1] ?? 1;
  const fitted = rows.steps === null ? perSequence(y, isClass, width) : perStep(y, width, rows);
  if (isClass) requireClasses(fitted, graph.output.shape[1]!, 'classes');
  const write = rowWriter(columns, rows, fitted, labels.data, batch);
  return graph.weights ? [write, weightWriter(columns, graph, rows)] : [write];
}

/** Labels of a graph that answers once per sequence, as one step each. */
function perSequence(y: Flat, isClass: boolean, width: number): Flat {
  // [N,1] is as good as [N].
  const isVector = y.rank === 2 && y.lengths.every((length) => length === width);
  if (isVector)
    return { ...y, rank: 1, width, lengths: y.lengths.map(() => 1), starts: y.lengths.map((_, n) => n) };
  if (y.rank === 1 && width === 1) return y;
  if (y.rank === 1)
    throw new RangeError(`sequences: y has 1 number per sequence, but the model answers with ${width}`);
  throw new RangeError(
    y.rank === 2 && !isClass && width > 1
      ? `sequences: every y must have the ${width} numbers with which the model answers`
      : 'sequences: y has labels for every step, but the model answers once per sequence: ' +
          'give its last recurrent layer returnSequences: true, or one label per sequence',
  );
}

function perStep(y: Flat, width: number, rows: LossRows): Flat {
  if (y.rank === 1) {
    throw new RangeError(
      'sequences: y has one label per sequence, but the model answers at every step: ' +
        'leave out returnSequences in its last recurrent layer, or give labels per step',
    );
  }
  if (y.width !== width)
    throw new RangeError(`sequences: y has ${y.width} numbers per step, but the model answers with ${width}`);
  requireLengths(y, rows);
  return y;
}

function requireLengths({ name, lengths }: Flat, rows: LossRows): void {
  const n = lengths.findIndex((length, n) => length !== rows.lengthOf(n));
  if (n >= 0) {
    const [has, answers] = [`${entryName(name, n)} has ${lengths[n]} steps`, rows.lengthOf(n)];
    throw new RangeError(`sequences: ${has}, but the model answers at ${answers} of example ${n}`);
  }
}

function rowWriter(
  { padBefore }: Columns,
  rows: LossRows,
  flat: Flat,
  target: Graph['input']['data'],
  batch: number,
): Writer {
  return (row, n) => {
    const steps = rows.steps ?? 1;
    const length = flat.lengths[n]!;
    const first = padBefore ? steps - length : 0;
    writeSteps(target, batch, row, { flat, n, first, length, steps });
  };
}

/** Weights stand in for the mask, so they are 0 at padding. */
function weightWriter(columns: Columns, { weights: target, batch }: Graph, rows: LossRows): Writer {
  const { weights: given, padBefore } = columns;
  const steps = rows.steps ?? 1;
  const isPerStep = given?.rank === 2;
  if (isPerStep && rows.steps === null)
    throw new RangeError('sequences: weights are per step, but the model answers once per sequence');
  if (isPerStep) requireLengths(given, rows);
  return (row, n) => {
    const length = rows.steps === null ? 1 : rows.lengthOf(n);
    const first = padBefore ? steps - length : 0;
    for (let t = 0; t < steps; t++) {
      const isReal = t >= first && t < first + length;
      const weight = given ? given.values[given.starts[n]! + (isPerStep ? t - first : 0)]! : 1;
      target!.data[t * batch + row] = isReal ? weight : 0;
    }
  };
}

/** Writes the steps of one example into a time-major buffer, and 0 before and after them. */
function writeSteps(
  target: Graph['input']['data'],
  batch: number,
  row: number,
  { flat, n, first, length, steps }: { flat: Flat; n: number; first: number; length: number; steps: number },
): void {
  const { values, starts, width } = flat;
  for (let t = 0; t < steps; t++) {
    const to = (t * batch + row) * width;
    const from = (starts[n]! + t - first) * width;
    const isReal = t >= first && t < first + length;
    for (let d = 0; d < width; d++) target[to + d] = isReal ? values[from + d]! : 0;
  }
}
