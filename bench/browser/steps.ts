/** The steps that the page times: those of `npm run bench`, and a small one, of the playground's size. */
import { oneHot } from '../../models/index.js';
import { STEPS, type StepSpec } from '../steps/specs.js';

const SMALL: StepSpec = {
  id: 'lstm32',
  title: 'LSTM: 32 x 20, one-hot 44, LSTM 32, softmax 44, RMSprop',
  batch: 32,
  steps: 20,
  input: oneHot(44),
  layers: [
    { kind: 'lstm', units: 32 },
    { kind: 'dense', units: 44 },
  ],
  loss: 'softmaxCrossEntropy',
  optimizer: 'rmsprop',
};

export const BROWSER_STEPS: readonly StepSpec[] = [SMALL, ...STEPS];
