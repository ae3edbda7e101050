/** Faults of the coupling: the forget gate takes part in both terms of c, and has one gradient for both. */
import { mutantsOf } from './mutant.js';

export const coupledMutants = mutantsOf('cells/lstmCoupled.js', [
  {
    name: 'the candidate is let in by f instead of 1-f; backward is not told',
    from: 'f * cPrev[n] + (1 - f) * g',
    to: 'f * cPrev[n] + f * g',
  },
  {
    name: 'f keeps the candidate, 1-f the memory; backward is not told',
    from: 'f * cPrev[n] + (1 - f) * g',
    to: '(1 - f) * cPrev[n] + f * g',
  },
  {
    name: 'df has the term of the LSTM only: its part in 1-f is forgotten',
    from: 'dc * (cPrev[n] - g)',
    to: 'dc * cPrev[n]',
  },
  {
    name: 'the part of df in 1-f has the wrong sign',
    from: 'dc * (cPrev[n] - g)',
    to: 'dc * (cPrev[n] + g)',
  },
  {
    name: 'the candidate hears as if f had let it in',
    from: 'const dg = dc * (1 - f);',
    to: 'const dg = dc * f;',
  },
  {
    name: 'the gradient of c goes back by way of the input gate',
    from: 'dcPrev[n] = dc * f;',
    to: 'dcPrev[n] = dc * (1 - f);',
  },
  {
    name: 'the gradient of c from t+1 is dropped',
    from: 'const dc = dC[n] + dh[n] * o',
    to: 'const dc = dh[n] * o',
  },
  {
    name: 'the blocks of the candidate and the output gate are exchanged in dA',
    from: 'dA[j + H] = dg * (1 - g * g);',
    to: '[dA[j + H], dA[j + 2 * H]] = [dO * o * (1 - o), dg * (1 - g * g)]; continue;',
  },
  {
    name: 'the forget bias is -1, as if the first block were the input gate',
    from: 'blocks(1, 0, 0)',
    to: 'blocks(-1, 0, 0)',
    check: 'invariants',
  },
]);
