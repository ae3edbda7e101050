/**
 * The embedding: a trained row of numbers for each symbol. (Bengio et al. 2003, section 2; Keras: Embedding.)
 *
 * A symbol may occur often in a batch, and what is computed from its row alone is the same each time. So the rows of the
 * batch are looked up once each, and those who read them know which row stands where.
 */
import { kernelsOnly, rows, tensor, uniform } from '../../engine/index.js';
import type { Indices, Kernels, ParameterSpec, Tensor } from '../../engine/index.js';
import { defineLayer, type Layer, type UnrollContext, type UnrollResult } from './layer.js';
import { node, type GraphNode } from './node.js';
import { isIndices, type RowsOf } from './signal.js';

/** Row counts are rounded up to one of 8 sizes, to keep the number of recorded plans small. */
const COUNTS = 8;

/** What an embedding may do beside looking up rows. */
export interface EmbeddingOptions {
  /**
   * Symbol 0 is padding: the layers above leave out the steps where it stands. Of several columns, the first tells.
   * Default false.
   */
  maskZero?: boolean;
}

/**
 * Looks up a row of E [V, units] for each symbol of a one-hot input; of several symbols a step, the rows side by side. Only
 * the rows that are read get a gradient.
 * @param units width of a row
 */
export function embedding(units: number, { maskZero = false }: EmbeddingOptions = {}): Layer {
  return defineLayer({
    kind: 'embedding',
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

/** The rows of the different symbols of the batch, and which of them stands where. */
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

/** Several symbols a step: a row for each, and those of a step, which lie side by side, make up its row. */
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
    // A row of y is no example's row, but a part of it.
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

/** A mask of 0 where the symbol is 0, or where the mask from below is. */
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
    // Not among the kernel calls: the layers above look at it before they run.
    prepare() {
      for (let m = 0; m < mask.size; m++) {
        const isReal = ids.data[m * columns] !== 0 && (!below || below.data[m] !== 0);
        mask.data[m] = isReal ? 1 : 0;
      }
      return 0;
    },
    forward() {},
    backward() {},
  });
  return { node: kernelsOnly(masking), mask };
}

/**
 * A function that writes the different symbols into `symbols`, in the order in which they come, and for each symbol its
 * place among them into `inverse`, and returns how many there are.
 */
function createUnique(V: number) {
  const placeOf = new Int32Array(V);
  return (ids: Int32Array, symbols: Int32Array, inverse: Int32Array): number => {
    let count = 0;
    for (let m = 0; m < ids.length; m++) {
      const id = ids[m]!;
      if (!(id >= 0 && id < V)) {
        // The look-up of the symbols will say so.
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
