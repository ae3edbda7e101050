/** All planted faults. Each names a mistake that a published library has made, or that everybody makes once. */
import { gruMutants } from './gru.js';
import { lossMutants } from './losses.js';
import { lstmMutants } from './lstm.js';
import type { Mutant } from './mutant.js';
import { rnnMutants } from './rnn.js';
import { sumMutants } from './sums.js';
import { timeMutants } from './time.js';
import { trainingMutants } from './training.js';

export type { Mutant } from './mutant.js';

export const mutants: readonly Mutant[] = [
  ...rnnMutants,
  ...lstmMutants,
  ...gruMutants,
  ...timeMutants,
  ...sumMutants,
  ...lossMutants,
  ...trainingMutants,
];
