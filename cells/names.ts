/** The names of the cells, apart from the cells: so a message can list them without loading them. */
export const CELL_NAMES = [
  'rnn',
  'lstm',
  'lstmPeephole',
  'lstmCoupled',
  'lstmLayerNorm',
  'gru',
  'gruResetAfter',
  'gruLayerNorm',
] as const;
