/**
 * Two recurrent layers over the same input, one reading it from the first step to the last, the other from
 * the last to the first. (Schuster and Paliwal 1997; Keras: Bidirectional.) Merges their outputs at each step
 * or, without returnSequences, their last states. A padded row carries its state on in either direction. The
 * outputs at padded steps are 0, as in Keras: there the state of one direction has no counterpart in the
 * other. (A recurrent layer alone repeats its state there, also as in Keras. Before the first real step that
 * is the initial state, where Keras has 0.)
 */
import { readOptions, requireChoice } from '../../engine/checks.js';
import { kernelsOnly, type Tensor } from '../../engine/index.js';
import type { Cell } from '../../cells/index.js';
import { requireCell } from '../../cells/requireCell.js';
import { dropoutAccepts } from '../layers/dropout.js';
import { defineLayer, type Layer, type UnrollContext } from '../layers/layer.js';
import { node, type GraphNode } from '../layers/node.js';
import type { Signal } from '../layers/signal.js';
import { CELL_DEFAULTS, cellConfig, requireCellOptions } from './cellContext.js';
import type { CellContext, CellOptions, CellSpecs } from './cellContext.js';
import { merges, type Merge, type MergeMode } from './merge.js';
import { unrollCell } from './unrollCell.js';

/** Options of a bidirectional layer. */
export interface BidirectionalOptions extends CellOptions {
  /** How to merge the two outputs: see merge.ts. Default `concat`. */
  mergeMode?: MergeMode;
}

/**
 * `units` cells in each direction. The output has width `units`, or 2·`units` with mergeMode `concat`.
 * @throws TypeError or RangeError when it is no cell, or an option is invalid
 */
export function bidirectional(cell: Cell, given: BidirectionalOptions): Layer {
  requireCell('bidirectional', cell);
  const defaults = { ...CELL_DEFAULTS, mergeMode: 'concat' } as const;
  const { mergeMode, ...options } = readOptions('bidirectional', given, defaults, ['units']);
  requireCellOptions('bidirectional', options);
  requireChoice('bidirectional: mergeMode', mergeMode, Object.keys(merges));
  const { units, dropout, dropoutPerGate } = options;
  const merge = merges[mergeMode];
  return defineLayer({
    kind: 'bidirectional',
    config: cellConfig('bidirectional', cell, { ...options, mergeMode }),
    outputWidth: () => merge.width * units,
    parameters: (D) => ({ forward: cell.parameters(D, units), backward: cell.parameters(D, units) }),
    accepts: (training) => dropoutAccepts(dropout, !dropoutPerGate, training),

    unroll(context) {
      const inDirection = (part: Direction) =>
        unrollCell(cell, options, part === 'backward', partOf(context, part));
      const [ahead, back] = [inDirection('forward'), inDirection('backward')];
      const merged = mergeNode(context, merge, units, ahead.output, back.output);
      return {
        nodes: [...ahead.nodes, ...back.nodes, merged.node],
        output: merged.output,
        cells: { ...ahead.cells, ...back.cells },
        states: { ...ahead.states, ...back.states },
      };
    },
  });
}

type Direction = 'forward' | 'backward';
type Context = UnrollContext<Record<Direction, CellSpecs>>;

function mergeNode(
  { k, name, training }: Context,
  merge: Merge,
  units: number,
  ahead: Signal,
  back: Signal,
): { node: GraphNode; output: Signal } {
  const [h, g] = [ahead.value as Tensor, back.value as Tensor];
  const y = k.zeros(h.shape[0]!, merge.width * units);
  const dy = training ? k.zeros(...y.shape) : null;
  const { mask } = ahead;
  const zero = mask && k.zeros(...y.shape);
  const merging = node({
    name,
    reads: { forward: h, backward: g },
    writes: { y },
    gradients: { y: dy },
    scratch: { zero },
    forward() {
      merge.forward(k, y, h, g);
      if (mask) k.copyMasked(y, zero!, mask); // Y6
    },
    backward() {
      if (mask) k.copyMasked(dy!, zero!, mask);
      merge.backward(k, dy!, h, g, ahead.gradient!, back.gradient!);
    },
  });
  return { node: kernelsOnly(merging), output: { ...ahead, value: y, gradient: dy } };
}

/**
 * The context of one direction. Both read the same input. In the backward pass the backward direction runs
 * first and writes the input's gradient; the forward direction adds to it.
 */
function partOf(context: Context, part: Direction): CellContext {
  return {
    ...context,
    name: `${context.name}.${part}`,
    parameters: context.parameters[part],
    gradients: context.gradients[part],
    accumulateInputGradient: context.accumulateInputGradient || part === 'forward',
  };
}
