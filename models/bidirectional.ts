/**
 * Two recurrent layers side by side, one reading from the first step to the last, the other from the last to the first.
 * (Schuster and Paliwal 1997; Keras: Bidirectional with merge mode `concat`.)
 *
 *   y_t = [ forward h_t , backward h_t ]        or, without returnSequences, the last state of each
 */
import { columns, type Tensor } from '../engine/index.js';
import type { Cell } from '../cells/index.js';
import type { GraphNode, Layer, Unrolling } from './layer.js';
import { unrollCell, type RecurrentOptions } from './recurrent.js';

/** `units` cells in each direction; the output is 2·units wide. */
export function bidirectional(cell: Cell, { units, returnSequences = false }: RecurrentOptions): Layer {
  return {
    kind: 'bidirectional',
    outputWidth: () => 2 * units,
    parameters: (D) => ({
      ...prefixed(cell.parameters(D, units), 'forward.'),
      ...prefixed(cell.parameters(D, units), 'backward.'),
    }),
    unroll(context) {
      const { k, name, training } = context;
      const inDirection = (part: 'forward' | 'backward') =>
        unrollCell(
          cell,
          units,
          { returnSequences, timeBackward: part === 'backward' },
          partOf(context, part),
        );
      const [ahead, back] = [inDirection('forward'), inDirection('backward')];

      const [h, g] = [ahead.output.value as Tensor, back.output.value as Tensor];
      const y = k.zeros(h.shape[0]!, 2 * units);
      const dy = training ? k.zeros(h.shape[0]!, 2 * units) : null;
      const merge: GraphNode = {
        name,
        time: null,
        reads: { forward: h, backward: g },
        writes: { y },
        saved: {},
        parameters: [],
        forward() {
          k.copy(columns(y, 0, units), h);
          k.copy(columns(y, units, 2 * units), g);
        },
        backward() {
          k.copy(ahead.output.gradient!, columns(dy!, 0, units));
          k.copy(back.output.gradient!, columns(dy!, units, 2 * units));
        },
      };
      return {
        nodes: [...ahead.nodes, ...back.nodes, merge],
        output: { ...ahead.output, value: y, gradient: dy },
        states: { ...prefixed(ahead.states!, 'forward.'), ...prefixed(back.states!, 'backward.') },
      };
    },
  };
}

/**
 * What one direction is given. Both read the same input; in the backward pass the backward direction comes first and
 * writes the input's gradient, the forward direction adds to it.
 */
function partOf(context: Unrolling, part: 'forward' | 'backward'): Unrolling {
  const own = (tensors: Unrolling['parameters']) =>
    Object.fromEntries(
      Object.entries(tensors)
        .filter(([name]) => name.startsWith(`${part}.`))
        .map(([name, tensor]) => [name.slice(part.length + 1), tensor]),
    );
  return {
    ...context,
    name: `${context.name}.${part}`,
    parameters: own(context.parameters),
    gradients: own(context.gradients),
    addInputGradient: context.addInputGradient || part === 'forward',
  };
}

function prefixed<T>(record: Readonly<Record<string, T>>, prefix: string): Record<string, T> {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [prefix + name, value]));
}
