/** Faults of the losses: signs, counts and weights. */
import { mutantsOf } from './mutant.js';

export const lossMutants = mutantsOf('engine/reference/losses.js', [
  {
    name: 'the derivative of the softmax forgets the label',
    check: 'losses',
    from: 'dX[row + v] = weight * (probability - (v === label ? 1 : 0));',
    to: 'dX[row + v] = weight * probability;',
  },
  {
    name: 'the value is a mean, the derivative that of the sum',
    check: 'losses',
    from: 'dX[row + v] = weight *',
    to: 'dX[row + v] =',
  },
  {
    name: 'the derivative is not divided by the outputs of a row',
    check: 'losses',
    from: 'dX[n] = (weight * derivative) / N;',
    to: 'dX[n] = weight * derivative;',
  },
  {
    name: 'the derivative ignores the weights',
    check: 'losses',
    from: 'rowLoss(m, weight)',
    to: 'rowLoss(m, inverse)',
  },
  {
    name: 'the mean is over all rows, not over those that count',
    check: 'losses',
    from: 'total += W[m];',
    to: 'total += 1;',
  },
  {
    name: "the cross-entropy from logits gets a second σ'",
    check: 'losses',
    from: 'derivative: 1 / (1 + exp(-x)) - y,',
    to: 'derivative: (1 / (1 + exp(-x)) - y) / (1 + exp(-x)) / (1 + exp(x)),',
  },
  {
    name: 'the 2 of the square is missing',
    check: 'losses',
    from: 'derivative: 2 * (x - y),',
    to: 'derivative: x - y,',
  },
]);
