/**
 * Two recurrent layers side by side, one reading from the first step to the last, the other from the last to the first.
 * (Schuster and Paliwal 1997; Keras: Bidirectional.) Their outputs at each step are merged; or, without returnSequences,
 * the last state of each. Padding is neither direction's affair: a padded row carries its state on, whichever way it is read.
 * The outputs at padded steps are 0, as in Keras: the last state of one direction and the next of the other mean nothing
 * together. (A recurrent layer by itself repeats its state there, again as in Keras.)
 */
import type { Tensor } from '../../engine/index.js';
import type { Cell } from '../../cells/index.js';
import { materialize } from '../layers/materialize.js';
import type { GraphNode, Layer, UnrollContext } from '../layers/layer.js';
import { merges, type MergeMode } from './merge.js';
import { scopedTo, withPrefix } from '../layers/scope.js';
import { unrollCell, type CellOptions } from './unrollCell.js';

/** How a cell is used in both directions. */
export interface BidirectionalOptions extends CellOptions {
  /** How the two outputs become one: see merge.ts. Default `concat`. */
  mergeMode?: MergeMode;
}

/** `units` cells in each direction; the output is as wide, or with mergeMode `concat` twice as wide. */
export function bidirectional(cell: Cell, { mergeMode = 'concat', ...options }: BidirectionalOptions): Layer {
  const { units } = options;
  const merge = merges[mergeMode];
  if (!merge) throw new RangeError(`bidirectional: mergeMode is one of ${Object.keys(merges).join(', ')}`);
  return {
    kind: 'bidirectional',
    outputWidth: () => merge.width * units,
    parameters: (D) => ({
      ...withPrefix(cell.parameters(D, units), 'forward.'),
      ...withPrefix(cell.parameters(D, units), 'backward.'),
    }),
    unroll(given) {
      const { k, name, training } = given;
      // Where each direction drops inputs of its own, the rows of a table are not the same for both any more.
      const { nodes, output: input } =
        options.dropout && given.input.gathered
          ? materialize(k, `${name}.rows`, given.batch, given.input)
          : { nodes: [], output: given.input };
      const context = { ...given, input };
      const inDirection = (part: 'forward' | 'backward') =>
        unrollCell(cell, options, part === 'backward', partOf(context, part));
      const [ahead, back] = [inDirection('forward'), inDirection('backward')];

      const [h, g] = [ahead.output.value as Tensor, back.output.value as Tensor];
      const y = k.zeros(h.shape[0]!, merge.width * units);
      const dy = training ? k.zeros(...y.shape) : null;
      const { mask } = ahead.output;
      const zero = mask && k.zeros(...y.shape);
      const mergeNode: GraphNode = {
        name,
        time: null,
        reads: { forward: h, backward: g },
        writes: { y },
        saved: {},
        gradients: { y: dy },
        scratch: { zero },
        parameters: [],
        forward() {
          merge.forward(k, y, h, g);
          if (mask) k.copyMasked(y, zero!, mask); // Y6
        },
        backward() {
          if (mask) k.copyMasked(dy!, zero!, mask);
          merge.backward(k, dy!, h, g, ahead.output.gradient!, back.output.gradient!);
        },
      };
      return {
        nodes: [...nodes, ...ahead.nodes, ...back.nodes, mergeNode],
        output: { ...ahead.output, value: y, gradient: dy },
        cells: { ...ahead.cells, ...back.cells },
        states: { ...withPrefix(ahead.states!, 'forward.'), ...withPrefix(back.states!, 'backward.') },
      };
    },
  };
}

/**
 * What one direction is given. Both read the same input; in the backward pass the backward direction comes first and
 * writes the input's gradient, the forward direction adds to it.
 */
function partOf(context: UnrollContext, part: 'forward' | 'backward'): UnrollContext {
  return {
    ...context,
    ...scopedTo(context, part),
    name: `${context.name}.${part}`,
    accumulateInputGradient: context.accumulateInputGradient || part === 'forward',
  };
}
