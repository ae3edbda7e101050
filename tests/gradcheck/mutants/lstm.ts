/** Faults inside the LSTM: a factor, a term or an operand of one equation. */
import { mutantsOf } from './mutant.js';

export const lstmMutants = mutantsOf('cells/lstm.js', [
  {
    name: 'forward leaves out tanh(c), backward does not',
    seenIn: 'asked in nicodjimenez/lstm#7',
    from: 'h[n] = o * tc;',
    to: 'h[n] = o * c;',
  },
  {
    name: 'the derivative of tanh(c) is left out',
    seenIn: 'asked in nicodjimenez/lstm#7',
    from: 'dh[n] * o * (1 - tc * tc)',
    to: 'dh[n] * o',
  },
  {
    name: 'the gradient of c from t+1 is dropped',
    from: 'const dc = dC[n] + dh[n] * o',
    to: 'const dc = dh[n] * o',
  },
  {
    name: 'the gradient of c goes back past the forget gate',
    from: 'dcPrev[n] = dc * f;',
    to: 'dcPrev[n] = dc;',
  },
  {
    name: 'c is not carried: the forget gate keeps the earlier output',
    from: "k.loop('lstm.forward', forward)(a, prev.c,",
    to: "k.loop('lstm.forward', forward)(a, prev.h,",
  },
  {
    name: 'df is taken with the new c instead of the earlier one',
    from: "k.loop('lstm.backward', backward)(a, prev.c,",
    to: "k.loop('lstm.backward', backward)(a, arguments[2].state.c,",
  },
  {
    name: 'the factors of i * g are not exchanged in backward',
    from: 'const di = dc * g;',
    to: 'const di = dc * i;',
  },
  {
    name: "half of σ' is missing at the forget gate",
    from: 'df * f * (1 - f)',
    to: 'df * (1 - f)',
  },
  {
    name: "σ' is taken at the output, as if it were the input",
    from: 'di * i * (1 - i)',
    to: 'di * sigmoid(i) * (1 - sigmoid(i))',
  },
  {
    name: "the candidate, a tanh, gets σ'",
    from: 'dg * (1 - g * g)',
    to: 'dg * g * (1 - g)',
  },
  {
    name: "σ' at the output gate has the wrong sign",
    from: 'dO * o * (1 - o)',
    to: 'dO * o * (o - 1)',
  },
  {
    name: 'the forget bias stands in the block of the input gate',
    seenIn: 'asked in keras-team/keras#3088',
    from: 'blocks(0, 1, 0, 0)',
    to: 'blocks(1, 0, 0, 0)',
    check: 'invariants',
  },
]);
