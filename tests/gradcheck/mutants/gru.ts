/** Faults inside the two GRUs, many of them one form taken for the other. */
import { mutantsOf } from './mutant.js';

const resetBefore = mutantsOf('cells/gru.js', [
  {
    name: 'the backward pass is empty',
    seenIn: 'asked in pjreddie/darknet#636',
    from: "k.loop('gru.backward.state', backwardState)(a, prev.h, dState.h, da, dPrev.h);",
    to: 'return;',
  },
  {
    name: 'the gradient of the candidate lacks 1-z',
    from: 'const dn = dh[m] * (1 - z);',
    to: 'const dn = dh[m];',
  },
  {
    name: 'dz has the wrong sign: z and 1-z exchanged',
    seenIn: 'asked in pytorch/pytorch#8153',
    from: 'dh[m] * (hPrev[m] - n)',
    to: 'dh[m] * (n - hPrev[m])',
  },
  {
    name: 'the gradient of z through 1-z is lost',
    from: 'dh[m] * (hPrev[m] - n)',
    to: 'dh[m] * hPrev[m]',
  },
  {
    name: 'forward keeps the old state by 1-z, backward by z',
    seenIn: 'asked in pytorch/pytorch#8153',
    from: 'h[m] = z * hPrev[m] + (1 - z) * n;',
    to: 'h[m] = (1 - z) * hPrev[m] + z * n;',
  },
  {
    name: 'the direct path from h to hPrev is missing',
    from: 'dhPrev[m] = dh[m] * z;',
    to: 'dhPrev[m] = 0;',
  },
  {
    name: 'the gradient through the candidate is assigned to dhPrev, not added',
    from: 'dhPrev[m] += drh[m] * r;',
    to: 'dhPrev[m] = drh[m] * r;',
  },
  {
    name: 'reset is before the product in forward, and left out on the way back',
    seenIn: 'asked in pytorch/pytorch#8153',
    from: 'dhPrev[m] += drh[m] * r;',
    to: 'dhPrev[m] += drh[m];',
  },
  {
    name: 'dW_n is taken with hPrev, as if the reset stood after the product',
    from: 'transpose(saved.rh)',
    to: 'transpose(hIn)',
  },
  {
    name: 'the gradient of the gates overwrites the rest of dhPrev',
    from: 'transpose(columns(W, 0, 2 * H)), true);',
    to: 'transpose(columns(W, 0, 2 * H)));',
  },
  {
    name: 'the gradient of r * hPrev comes through the block of r instead of n',
    from: 'transpose(columns(W, 2 * H, 3 * H))',
    to: 'transpose(columns(W, H, 2 * H))',
  },
]);

const resetAfter = mutantsOf('cells/gruResetAfter.js', [
  {
    name: 'ds_n lacks the reset gate, as if the reset stood before the product',
    seenIn: 'asked in pytorch/pytorch#8153',
    from: 'ds[j + 2 * H] = dan * r;',
    to: 'ds[j + 2 * H] = dan;',
  },
  {
    name: 'dr is taken with hPrev, as if the reset stood before the product',
    seenIn: 'asked in pytorch/pytorch#8153',
    from: 'const dr = dan * s[j + 2 * H];',
    to: 'const dr = dan * hPrev[m];',
  },
  {
    name: 'the second bias gets no gradient',
    from: 'k.sumRows(dbW, scratch.ds);',
    to: '',
  },
  {
    name: 'the reset gate reads the recurrent side of the update gate',
    seenIn: 'like that reported in ddbourgin/numpy-ml#42',
    from: 'const r = sigmoid(gate[j + H] + s[j + H]);',
    to: 'const r = sigmoid(gate[j + H] + s[j]);',
  },
]);

export const gruMutants = [...resetBefore, ...resetAfter];
