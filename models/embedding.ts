/**
 * The embedding: a trained row of numbers for each symbol. (Bengio et al. 2003, section 2; Keras: Embedding.)
 *
 * A symbol may occur often in a batch, and what is computed from its row alone is the same each time. So the rows of the
 * batch are looked up once each, and those who read them know which row stands where.
 */
import { rows, uniform, type Tensor } from '../engine/index.js';
import { isIndices } from './affine.js';
import type { Layer, RowsOf } from './layer.js';

/** The number of rows is rounded up to so many different ones, so that there are few plans to prepare. */
const COUNTS = 8;

/**
 * Looks up a row of E [V, units] for each symbol of a one-hot input. Only the rows that are read get a gradient.
 * @param units width of a row
 */
export function embedding(units: number): Layer {
  return {
    kind: 'embedding',
    outputWidth: () => units,
    parameters: (V) => ({ E: { shape: [V, units], initialize: uniform(0.05) } }),

    unroll({ k, name, parameters, gradients, input, training }) {
      const { E } = parameters as { E: Tensor };
      const { E: dE } = gradients as { E: Tensor };
      const ids = input.value;
      if (!isIndices(ids))
        throw new RangeError(`${name}: an embedding reads symbols; use it on a oneHot input`);
      // The different symbols of the batch, and for each row of the input which of them it is.
      const most = Math.min(ids.size, E.shape[0]!);
      const symbols = k.indices(most);
      const place = k.indices(ids.size);
      const find = createFinder(E.shape[0]!);
      const grain = Math.ceil(most / COUNTS);
      let used = most;
      const y = k.zeros(most, units);
      const dy = training ? k.zeros(most, units) : null;
      const inUse: RowsOf = (t) => (used === most ? t : (rows(t as Tensor, 0, used) as typeof t));

      return {
        nodes: [
          {
            name,
            time: null,
            reads: { ids },
            writes: { y },
            saved: {},
            parameters: [`${name}.E`],
            shared: true,
            prepare() {
              const count = find(ids.data, symbols.data, place.data);
              used = Math.min(most, Math.ceil(count / grain) * grain);
              // Those beyond are looked up in vain; their gradient is 0.
              symbols.data.fill(symbols.data[0]!, count, used);
              return used;
            },
            forward: () => k.gather(inUse(y), E, inUse(symbols)),
            // Symbols have no gradient.
            backward() {},
            accumulate: () => k.scatterAdd(dE, inUse(symbols), inUse(dy!)),
          },
        ],
        output: { ...input, value: y, gradient: dy, lookup: { place, inUse } },
      };
    },
  };
}

/**
 * A function that writes the different symbols into `symbols`, in the order in which they come, and for each symbol its
 * place among them into `place`, and returns how many there are.
 */
function createFinder(V: number) {
  const placeOf = new Int32Array(V);
  return (ids: Int32Array, symbols: Int32Array, place: Int32Array): number => {
    let count = 0;
    for (let m = 0; m < ids.length; m++) {
      const id = ids[m]!;
      if (!(id >= 0 && id < V)) {
        // The look-up of the symbols will say so.
        symbols[0] = id;
        return 1;
      }
      // What an earlier batch has noted is told by the symbol that stands there now.
      let n = placeOf[id]!;
      if (n >= count || symbols[n] !== id) {
        n = placeOf[id] = count++;
        symbols[n] = id;
      }
      place[m] = n;
    }
    return count;
  };
}
