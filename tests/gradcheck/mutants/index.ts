/** All planted faults: mistakes that are easily made, and hard to see. */
import { coupledMutants } from './coupled.js';
import { gruMutants } from './gru.js';
import { layerMutants } from './layers.js';
import { lossMutants } from './losses.js';
import { lstmMutants } from './lstm.js';
import type { Mutant } from './mutant.js';
import { peepholeMutants } from './peephole.js';
import { rnnMutants } from './rnn.js';
import { sumMutants } from './sums.js';
import { timeMutants } from './time.js';
import { trainingMutants } from './training.js';

export type { Mutant } from './mutant.js';

export const mutants: readonly Mutant[] = [
  ...rnnMutants,
  ...lstmMutants,
  ...peepholeMutants,
  ...coupledMutants,
  ...gruMutants,
  ...timeMutants,
  ...sumMutants,
  ...layerMutants,
  ...lossMutants,
  ...trainingMutants,
];
