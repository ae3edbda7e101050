/** What the pages call the cells. */
import type { CELL_NAMES } from '../../cells/names.js';

export const CELL_LABELS: Readonly<Record<(typeof CELL_NAMES)[number], string>> = {
  rnn: 'tanh-RNN',
  lstm: 'LSTM',
  lstmPeephole: 'LSTM, peepholes',
  lstmCoupled: 'LSTM, coupled',
  lstmLayerNorm: 'LSTM, layer norm',
  gru: 'GRU',
  gruResetAfter: 'GRU, reset after',
  gruLayerNorm: 'GRU, layer norm',
};
