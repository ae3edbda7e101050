/** Faults inside the cells: one operand, block or form of the equations is mistaken for another. */
import { storiesOf } from './story.js';

const rnn = storiesOf('cells/rnn', 'gradients', [
  {
    name: 'dW uses the new state instead of the previous one',
    function: 'accumulate',
    from: 'recurrentAccumulate(k, da, hIn, dW)',
    to: 'recurrentAccumulate(k, da, [arguments[2].state.h], dW)',
  },
  {
    name: 'under recurrent dropout, dW uses the whole state',
    function: 'accumulate',
    from: 'recurrentAccumulate(k, da, hIn, dW)',
    to: 'recurrentAccumulate(k, da, [arguments[2].prev.h], dW)',
  },
]);

const lstm = storiesOf('cells/lstm', 'gradients', [
  {
    name: 'forward omits tanh(c), backward does not',
    seenIn: 'asked in nicodjimenez/lstm#7',
    function: 'forward',
    from: 'h[n] = o * tc;',
    to: 'h[n] = o * c;',
  },
  {
    name: 'the derivative of tanh(c) is missing',
    seenIn: 'asked in nicodjimenez/lstm#7',
    function: 'backward',
    from: 'dh[n] * o * (1 - tc * tc)',
    to: 'dh[n] * o',
  },
  {
    name: 'c is not carried: the forget gate keeps the previous output',
    function: 'forward',
    from: '(a, prev.c,',
    to: '(a, prev.h,',
  },
  {
    name: 'backward does not exchange the factors of i * g',
    function: 'backward',
    from: 'const di = dc * g;',
    to: 'const di = dc * i;',
  },
  {
    name: "σ' is evaluated at the output, as if it were the input",
    function: 'backward',
    from: 'di * i * (1 - i)',
    to: 'di * sigmoid(i) * (1 - sigmoid(i))',
  },
  {
    name: "the candidate, a tanh, uses σ'",
    function: 'backward',
    from: 'dg * (1 - g * g)',
    to: 'dg * g * (1 - g)',
  },
  {
    name: 'the forget bias is in the block of the input gate',
    seenIn: 'asked in keras-team/keras#3088',
    function: 'parameters',
    from: 'blocks(0, 1, 0, 0)',
    to: 'blocks(1, 0, 0, 0)',
    check: 'invariants',
  },
]);

const peephole = storiesOf('cells/lstmPeephole', 'gradients', [
  {
    name: 'the output gate reads the previous c; backward uses the new one',
    function: 'forward',
    from: 'p[q + 2 * H] * c)',
    to: 'p[q + 2 * H] * cPrev[n])',
  },
  {
    name: 'the forget gate uses the peephole of the input gate',
    function: 'forward',
    from: 'p[q + H] * cPrev[n]',
    to: 'p[q] * cPrev[n]',
  },
  {
    name: "the gradient from the output gate to c omits the gate's sigmoid",
    function: 'backward',
    from: '+ dao * p[q + 2 * H]',
    to: '+ dO * p[q + 2 * H]',
  },
  {
    name: 'backward exchanges the peepholes of the input and the forget gate',
    function: 'backward',
    from: 'dai * p[q] + daf * p[q + H]',
    to: 'dai * p[q + H] + daf * p[q]',
  },
  {
    name: "the gradient of the input gate's peephole uses the new c",
    function: 'backward',
    from: 'dp[m] = dai * cPrev[n];',
    to: 'dp[m] = dai * c[n];',
  },
]);

const coupled = storiesOf('cells/lstmCoupled', 'gradients', [
  {
    name: 'forward exchanges f and 1-f, backward does not',
    function: 'forward',
    from: 'f * cPrev[n] + (1 - f) * g',
    to: '(1 - f) * cPrev[n] + f * g',
  },
  {
    name: 'the blocks of the candidate and the output gate are exchanged in dA',
    function: 'backward',
    from: 'dA[j + H] = dg * (1 - g * g);',
    to: '[dA[j + H], dA[j + 2 * H]] = [dO * o * (1 - o), dg * (1 - g * g)]; continue;',
  },
  {
    name: 'the forget bias is -1, as if the first block were the input gate',
    function: 'parameters',
    from: 'blocks(1, 0, 0)',
    to: 'blocks(-1, 0, 0)',
    check: 'invariants',
  },
]);

const gru = storiesOf('cells/gru', 'gradients', [
  {
    name: 'the backward pass is empty',
    seenIn: 'asked in pjreddie/darknet#636',
    function: 'backward',
    from: 'const H = prev.h.shape[1];',
    to: 'return;',
  },
  {
    name: 'dz has the wrong sign: z and 1-z exchanged',
    seenIn: 'asked in pytorch/pytorch#8153',
    function: 'backwardState',
    from: 'dh[m] * (hPrev[m] - n)',
    to: 'dh[m] * (n - hPrev[m])',
  },
  {
    name: 'forward keeps the old state by 1-z, backward by z',
    seenIn: 'asked in pytorch/pytorch#8153',
    function: 'forwardState',
    from: 'z * hPrev[m] + (1 - z) * n',
    to: '(1 - z) * hPrev[m] + z * n',
  },
  {
    name: 'forward resets before the product, backward omits the reset',
    seenIn: 'asked in pytorch/pytorch#8153',
    function: 'backwardGates',
    from: 'dhPrev[m] += drh[m] * r;',
    to: 'dhPrev[m] += drh[m];',
  },
  {
    name: 'dW_n uses hPrev, as if the reset came after the product',
    function: 'accumulate',
    from: 'transpose(saved.rh)',
    to: 'transpose(hIn[2])',
  },
  {
    name: 'the gradient of r * hPrev comes through the block of r instead of n',
    function: 'backward',
    from: 'transpose(columns(W, 2 * H, 3 * H))',
    to: 'transpose(columns(W, H, 2 * H))',
  },
]);

const resetAfter = storiesOf('cells/gruResetAfter', 'gradients', [
  {
    name: 'ds_n lacks the reset gate, as if the reset came before the product',
    seenIn: 'asked in pytorch/pytorch#8153',
    function: 'backward',
    from: 'ds[j + 2 * H] = dan * r;',
    to: 'ds[j + 2 * H] = dan;',
  },
  {
    name: 'dr uses hPrev, as if the reset came before the product',
    seenIn: 'asked in pytorch/pytorch#8153',
    function: 'backward',
    from: 'const dr = dan * s[j + 2 * H];',
    to: 'const dr = dan * hPrev[m];',
  },
  {
    name: 'the reset gate reads the recurrent side of the update gate',
    seenIn: 'like that reported in ddbourgin/numpy-ml#42',
    function: 'forward',
    from: 'sigmoid(gate[j + H] + s[j + H])',
    to: 'sigmoid(gate[j + H] + s[j])',
  },
]);

export const cellStories = [...rnn, ...lstm, ...peephole, ...coupled, ...gru, ...resetAfter];
