/**
 * The embedding: a trained row of numbers for each symbol. (Bengio et al. 2003, section 2; Keras: Embedding.)
 *
 * A symbol may occur many times in a batch, and anything computed from its row alone is the same each time.
 * So each distinct row is looked up once, and an index tells the layers above which step has which row.
 */
import { readOptions, requireFlag, requireWhole } from '../../engine/checks.js';
import { kernelsOnly, rows, tensor, uniform } from '../../engine/index.js';
import type { Indices, Kernels, ParameterSpec, Tensor } from '../../engine/index.js';
import { defineLayer, type Layer, type UnrollContext, type UnrollResult } from './layer.js';
import { node, type GraphNode } from './node.js';
import { isIndices, type RowsOf } from './signal.js';

/** Row counts are rounded up to one of 8 sizes, to keep the number of recorded plans small. */
const COUNTS = 8;

/** Options of an embedding. */
export interface EmbeddingOptions {
  /**
   * Symbol 0 is padding: the layers above skip its steps. With several columns, the first one decides.
   * Default false.
   */
  maskZero?: boolean;
}

/**
 * Looks up a row of E [V, units] for each symbol of a one-hot input; for several symbols per step,
 * concatenates their rows. Only the rows read get a gradient.
 * @param units width of a row
 * @throws RangeError when an option is invalid
 */
export function embedding(units: number, options: EmbeddingOptions = {}): Layer {
  requireWhole('embedding: units', units);
  const { maskZero } = readOptions('embedding', options, { maskZero: false });
  requireFlag('embedding: maskZero', maskZero);
  return defineLayer({
    kind: 'embedding',
    config: { kind: 'embedding', units, maskZero },
    outputWidth: (_, columns) => columns * units,
    parameters: (V) => ({ E: { shape: [V, units], initialize: uniform(0.05) } }),

    accepts: () => ({ symbols: true }),

    unroll(context) {
      const { k, name, input, batch } = context;
      const ids = input.value;
      if (!isIndices(ids)) {
        throw new RangeError(`${name}: an embedding reads symbols; use it on a oneHot input`);
      }
      const columns = ids.size / (input.steps! * batch);
      const { nodes, output } = columns === 1 ? lookUpOnce(context, ids) : lookUpEach(context, ids, columns);
      if (!maskZero) return { nodes, output };
      const masking = maskOfZeros(k, name, ids, columns, input.mask);
      return { nodes: [...nodes, masking.node], output: { ...output, mask: masking.mask } };
    },
  });
}

type Context = UnrollContext<{ E: ParameterSpec }>;

/** Looks up the row of each distinct symbol of the batch once; `inverse` tells which row belongs where. */
function lookUpOnce(
  { k, name, parameters: { E }, gradients: { E: dE }, input, training }: Context,
  ids: Indices,
): UnrollResult {
  const [V, units] = E.shape as [number, number];
  const most = Math.min(ids.size, V);
  const symbols = k.indices(most);
  const inverse = k.indices(ids.size);
  const unique = createUnique(V);
  const grain = Math.ceil(most / COUNTS);
  let count = most;
  const y = k.zeros(most, units);
  const dy = training ? k.zeros(most, units) : null;
  const used: RowsOf = (t) => (count === most ? t : (rows(t as Tensor, 0, count) as typeof t));

  const lookUp = node({
    name,
    reads: { ids },
    writes: { y },
    gradients: { y: dy },
    scratch: { symbols, inverse },
    parameters: [`${name}.E`],
    shared: true,
    prepare() {
      const distinct = unique(ids.data, symbols.data, inverse.data);
      count = Math.min(most, Math.ceil(distinct / grain) * grain);
      // The rows beyond are looked up but never used; their gradient is 0.
      symbols.data.fill(symbols.data[0]!, distinct, count);
      return count;
    },
    forward: () => k.gather(used(y), E, used(symbols)),
    // Symbols have no gradient.
    backward() {},
    accumulate: () => k.scatterAdd(dE, used(symbols), used(dy!)),
  });
  const output = { ...input, value: y, gradient: dy, gathered: { inverse, used } };
  return { nodes: [kernelsOnly(lookUp)], output };
}

/** Several symbols per step: looks up a row for each; the rows of a step are adjacent, so they form one. */
function lookUpEach(
  { k, name, parameters: { E }, gradients: { E: dE }, input, training }: Context,
  ids: Indices,
  columns: number,
): UnrollResult {
  const units = E.shape[1]!;
  const y = k.zeros(ids.size, units);
  const dy = training ? k.zeros(ids.size, units) : null;
  const lookUp = node({
    name,
    reads: { ids },
    writes: { y },
    gradients: { y: dy },
    parameters: [`${name}.E`],
    // A row of y is only a part of an example's row.
    shared: true,
    forward: () => k.gather(y, E, ids),
    // Symbols have no gradient.
    backward() {},
    accumulate: () => k.scatterAdd(dE, ids, dy!),
  });
  const sideBySide = (t: Tensor) => tensor(t.data, ids.size / columns, columns * units);
  const output = { ...input, value: sideBySide(y), gradient: dy && sideBySide(dy) };
  return { nodes: [kernelsOnly(lookUp)], output };
}

/** A mask that is 0 where the symbol is 0 or the mask from below is 0. */
function maskOfZeros(
  k: Kernels,
  name: string,
  ids: Indices,
  columns: number,
  below: Tensor | null,
): { node: GraphNode; mask: Tensor } {
  const mask = k.zeros(ids.size / columns);
  const masking = node({
    name: `${name}.mask`,
    reads: { ids },
    writes: { mask },
    // In prepare, not forward: the layers above read the mask in their own prepare.
    prepare() {
      for (let m = 0; m < mask.size; m++) {
        const isReal = ids.data[m * columns] !== 0 && (!below || below.data[m] !== 0);
        mask.data[m] = isReal ? 1 : 0;
        // What padding holds in the other columns does not matter.
        if (!isReal) ids.data.fill(0, m * columns, (m + 1) * columns);
      }
      return 0;
    },
    forward() {},
    backward() {},
  });
  return { node: kernelsOnly(masking), mask };
}

/**
 * Creates a function that writes the distinct symbols to `symbols` in order of first occurrence, writes the
 * index of each symbol among them to `inverse`, and returns their number.
 */
function createUnique(V: number) {
  const placeOf = new Int32Array(V);
  return (ids: Int32Array, symbols: Int32Array, inverse: Int32Array): number => {
    let count = 0;
    for (let m = 0; m < ids.length; m++) {
      const id = ids[m]!;
      if (!(id >= 0 && id < V)) {
        // The lookup of the symbols will report it.
        symbols[0] = id;
        return 1;
      }
      // An entry left by an earlier batch is recognized by the symbol stored at its place.
      let n = placeOf[id]!;
      if (n >= count || symbols[n] !== id) {
        n = placeOf[id] = count++;
        symbols[n] = id;
      }
      inverse[m] = n;
    }
    return count;
  };
}
