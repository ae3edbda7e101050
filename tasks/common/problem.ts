/** What a program trains. It needs no terminal: the same training runs on a page. */
import type { Trainer } from '../../models/index.js';
import type { TrainingOptions } from './training.js';

export interface Problem extends Omit<TrainingOptions, 'epochs' | 'afterEpoch'> {
  readonly trainer: Trainer;
}
