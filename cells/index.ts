/** The cells. To add one, write its file and list it here; tests, gradient checks and `--cell` follow. */
import type { Cell } from './cell.js';
import { lstmCoupled } from './lstmCoupled.js';
import { gru } from './gru.js';
import { gruResetAfter } from './gruResetAfter.js';
import { lstm } from './lstm.js';
import { lstmPeephole } from './lstmPeephole.js';
import { rnn } from './rnn.js';

export type { Cell, Named, Step, StepGradients } from './cell.js';
export { gateParameters } from './cell.js';
export { lstmCoupled, gru, gruResetAfter, lstm, lstmPeephole, rnn };

/** Every cell, by name. */
export const cells = { rnn, lstm, lstmPeephole, lstmCoupled, gru, gruResetAfter } satisfies Record<
  string,
  Cell
>;

/** Names of the cells, as for `--cell`. */
export type CellName = keyof typeof cells;
