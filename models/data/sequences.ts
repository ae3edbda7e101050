/**
 * Examples from ordinary arrays. Sequences of different lengths are padded to the longest and masked, so that
 * padding counts nowhere.
 */
import type { Graph } from '../graph/graph.js';
import type { Examples } from '../training/batches.js';
import type { Random } from '../../engine/index.js';
import { readOptions, requireChoice, requireNumber, show } from '../../engine/checks.js';
import { bindTo, type Writer } from './bind.js';
import { requireColumns, type Columns } from './columns.js';
import { flatten, type Numbers } from './nested.js';

/** The data of `sequences`. */
export interface SequencesOptions {
  /**
   * What is read, example by example: numbers [N,T,D], or symbols [N,T], of K columns [N,T,K]. Nested arrays,
   * whose examples may have different lengths; or `{ data, shape }`, an array of all numbers with its shape.
   */
  x: Numbers;
  /**
   * The labels: a class number per sequence [N] or per step [N,T]; or targets, numbers per sequence [N,width]
   * or per step [N,T,width], whose width may be left out if it is 1. Default null: none, as for `predict`.
   */
  y?: Numbers | null;
  /** The real steps of each example, [N]; those after them are padding. Default null: all that `x` has. */
  lengths?: ArrayLike<number> | null;
  /** The weight of each sequence [N] or step [N,T] in the loss, 0 or more. Default null: all are equal. */
  weights?: Numbers | null;
  /**
   * Where shorter sequences are padded: `after` as in PyTorch, or `before` as in Keras. Being masked, either
   * gives the same results. Default 'after': step t of a sequence is then step t of the graph.
   */
  pad?: 'after' | 'before';
}

/** Examples made from arrays. */
export interface Sequences extends Examples {
  /** The steps of each example. */
  readonly lengths: Int32Array;
  readonly unroll: { readonly steps: number; readonly mask: boolean; readonly weights: boolean };
  /**
   * Two parts, such as for training and for testing: the first with this share of the examples.
   * @param share  above 0 and below 1
   * @param random draws which examples go where. Default null: the first ones go into the first part
   */
  split(share: number, random?: Random | null): [Sequences, Sequences];
}

/**
 * Examples from arrays, for `fit`, evaluators and `predict`. (Keras: the arrays given to `fit`, and
 * pad_sequences; PyTorch: TensorDataset and pad_sequence; tfjs: the tensors given to `fit`.)
 * Shapes and numbers are checked here, and against the model when a graph is first filled.
 * @throws RangeError or TypeError that names the example and step of the first number that cannot be right
 */
export function sequences(options: SequencesOptions): Sequences {
  const given = readOptions(
    'sequences',
    options,
    { y: null, lengths: null, weights: null, pad: 'after' as const },
    ['x'],
  );
  requireChoice('sequences: pad', given.pad, ['after', 'before']);
  const columns = requireColumns({
    x: flatten('x', given.x),
    y: given.y === null ? null : flatten('y', given.y),
    weights: given.weights === null ? null : flatten('weights', given.weights),
    lengths: given.lengths,
    padBefore: given.pad === 'before',
  });
  return select(
    columns,
    columns.x.lengths.map((_, n) => n),
  );
}

/** The examples of these numbers, in this order. */
function select(columns: Columns, members: Int32Array): Sequences {
  const { x, weights } = columns;
  const steps = x.lengths.reduce((most, length) => Math.max(most, length));
  const isRagged = x.lengths.some((length) => length < steps);
  const writers = new WeakMap<Graph, Writer>();
  return {
    count: members.length,
    lengths: members.map((n) => x.lengths[n]!),
    unroll: { steps, mask: isRagged, weights: weights !== null },
    write(graph, row, index) {
      let write = writers.get(graph);
      if (!write) writers.set(graph, (write = bindTo(columns, graph)));
      write(row, members[index]!);
    },
    split(share, random = null) {
      requireNumber('split: share', share, { above: 0, below: 1 });
      if (random !== null) requireRandom(random);
      const count = Math.round(share * members.length);
      if (count === 0 || count === members.length)
        throw new RangeError(`split: ${share} of ${members.length} examples leaves one part empty`);
      const order = random ? random.permutation(members.length).map((n) => members[n]!) : members;
      return [select(columns, order.slice(0, count)), select(columns, order.slice(count))];
    },
  };
}

function requireRandom(random: Partial<Random>): void {
  if (!('permutation' in Object(random)))
    throw new TypeError(`split: random must be createRandom(seed), not ${show(random)}`);
}
