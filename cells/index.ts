/**
 * The cells. To add one, write its file and list it here; the compiler then asks for its name in names.ts. Tests,
 * gradient checks and `--cell` follow.
 */
import type { Cell } from './cell.js';
import { lstmCoupled } from './lstmCoupled.js';
import { gru } from './gru.js';
import { gruLayerNorm } from './gruLayerNorm.js';
import { gruResetAfter } from './gruResetAfter.js';
import { lstm } from './lstm.js';
import { lstmLayerNorm } from './lstmLayerNorm.js';
import { lstmPeephole } from './lstmPeephole.js';
import type { CELL_NAMES } from './names.js';
import { rnn } from './rnn.js';

export type { Cell, Named, Step, StepGradients } from './cell.js';
export { gateParameters } from './cell.js';
export { gru, gruLayerNorm, gruResetAfter, lstm, lstmCoupled, lstmLayerNorm, lstmPeephole, rnn };

/** Every cell, by name. */
export const cells = {
  rnn,
  lstm,
  lstmPeephole,
  lstmCoupled,
  lstmLayerNorm,
  gru,
  gruResetAfter,
  gruLayerNorm,
} satisfies Record<(typeof CELL_NAMES)[number], Cell>;

/** Names of the cells, as for `--cell`. */
export type CellName = keyof typeof cells;
