/** A recurrent layer: a cell that reads a sequence. */
import { readOptions, requireFlag } from '../../engine/checks.js';
import type { Cell } from '../../cells/index.js';
import { requireCell } from '../../cells/requireCell.js';
import { dropoutAccepts } from '../layers/dropout.js';
import { defineLayer, type Layer } from '../layers/layer.js';
import { reverseTime } from './reverse.js';
import { CELL_DEFAULTS, cellConfig, requireCellOptions, type CellOptions } from './cellContext.js';
import { unrollCell } from './unrollCell.js';

/** Options of a recurrent layer. */
export interface RecurrentOptions extends CellOptions {
  /**
   * Read from the last step to the first; a sequence of outputs is in that order too, last step first.
   * Default false.
   */
  goBackwards?: boolean;
}

/**
 * A layer of `units` cells. (Keras: SimpleRNN, LSTM, GRU.)
 * @throws TypeError or RangeError when it is no cell, or an option is invalid
 */
export function recurrent(cell: Cell, given: RecurrentOptions): Layer {
  requireCell('recurrent', cell);
  const defaults = { ...CELL_DEFAULTS, goBackwards: false };
  const { goBackwards, ...options } = readOptions('recurrent', given, defaults, ['units']);
  requireCellOptions('recurrent', options);
  requireFlag('recurrent: goBackwards', goBackwards);
  return defineLayer({
    kind: cell.name,
    config: cellConfig('recurrent', cell, { ...options, goBackwards }),
    outputWidth: () => options.units,
    parameters: (D) => cell.parameters(D, options.units),
    accepts: (training) => dropoutAccepts(options.dropout, !options.dropoutPerGate, training),

    unroll(context) {
      const unrolled = unrollCell(cell, options, goBackwards, context);
      if (!goBackwards || !options.returnSequences) return unrolled;
      const reversed = reverseTime(context.k, `${context.name}.reverse`, context.batch, unrolled.output);
      return { ...unrolled, ...reversed, nodes: [...unrolled.nodes, ...reversed.nodes] };
    },
  });
}
