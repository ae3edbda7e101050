/** Faults inside the tanh-RNN, and of sums over time in general. */
import { mutantsOf } from './mutant.js';

export const rnnMutants = mutantsOf('cells/rnn.js', [
  {
    name: "tanh' is left out",
    from: 'dA[n] = dh[n] * (1 - h[n] * h[n]);',
    to: 'dA[n] = dh[n];',
  },
  {
    name: "tanh' is taken at the output, as if it were the input",
    from: '(1 - h[n] * h[n])',
    to: '(1 - tanh(h[n]) ** 2)',
  },
  {
    name: 'the gradient of the earlier state is multiplied by W, not by its transpose',
    from: 'k.matmul(dhIn, da, transpose(W));',
    to: 'k.matmul(dhIn, da, W);',
  },
  {
    name: 'dW is taken with the new state instead of the earlier one',
    from: 'accumulate(k, { W: dW }, { hIn }, { da })',
    to: 'accumulate(k, { W: dW }, { state: { h: hIn } }, { da })',
  },
  {
    name: 'under recurrent dropout, dW is taken with the whole state',
    from: 'accumulate(k, { W: dW }, { hIn }, { da })',
    to: 'accumulate(k, { W: dW }, { prev: { h: hIn } }, { da })',
  },
  {
    name: 'dW is assigned where it must be added, so that only the last window counts',
    from: 'k.matmul(dW, transpose(hIn), da, true);',
    to: 'k.matmul(dW, transpose(hIn), da);',
  },
]);
