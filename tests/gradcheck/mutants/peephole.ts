/** Faults of the peepholes: which state a gate sees, and what it sends back along the same way. */
import { mutantsOf } from './mutant.js';

export const peepholeMutants = mutantsOf('cells/lstmPeephole.js', [
  {
    name: 'the output gate looks at the earlier c; backward takes the new one',
    from: 'gate[j + 3 * H] + p[q + 2 * H] * c)',
    to: 'gate[j + 3 * H] + p[q + 2 * H] * cPrev[n])',
  },
  {
    name: 'the forget gate looks through the peephole of the input gate',
    from: 'gate[j + H] + p[q + H] * cPrev[n]',
    to: 'gate[j + H] + p[q] * cPrev[n]',
  },
  {
    name: 'the input gate looks at the earlier output instead of the earlier c',
    from: "k.loop('lstmPeephole.forward', forward)(a, p, prev.c,",
    to: "k.loop('lstmPeephole.forward', forward)(a, p, prev.h,",
  },
  {
    name: 'what the output gate sends to c is left out',
    from: '(1 - tc * tc) + dao * p[q + 2 * H]',
    to: '(1 - tc * tc)',
  },
  {
    name: 'what the output gate sends to c goes past its sigmoid',
    from: '(1 - tc * tc) + dao * p[q + 2 * H]',
    to: '(1 - tc * tc) + dO * p[q + 2 * H]',
  },
  {
    name: 'what the output gate sends goes to the earlier c',
    from: 'dh[n] * o * (1 - tc * tc) + dao * p[q + 2 * H]; // Q7',
    to: 'dh[n] * o * (1 - tc * tc); dcPrev[n] = dao * p[q + 2 * H];',
  },
  {
    name: 'the earlier c hears of the forget gate, not of its peephole',
    from: 'dc * f + dai * p[q] + daf * p[q + H]',
    to: 'dc * f + dai * p[q]',
  },
  {
    name: 'no gradient goes through the peepholes to the earlier c',
    from: 'dc * f + dai * p[q] + daf * p[q + H]',
    to: 'dc * f',
  },
  {
    name: 'the peepholes of the input and the forget gate are exchanged on the way back',
    from: 'dai * p[q] + daf * p[q + H]',
    to: 'dai * p[q + H] + daf * p[q]',
  },
  {
    name: "the gradient of the input gate's peephole is taken with the new c",
    from: 'dp[m] = dai * cPrev[n];',
    to: 'dp[m] = dai * c[n];',
  },
  {
    name: "the gradient of the output gate's peephole is taken with the earlier c",
    from: 'dp[m + 2 * H] = dao * c[n];',
    to: 'dp[m + 2 * H] = dao * cPrev[n];',
  },
  {
    name: "the gradient of the output gate's peephole is taken with tanh(c)",
    from: 'dp[m + 2 * H] = dao * c[n];',
    to: 'dp[m + 2 * H] = dao * tc;',
  },
  {
    name: 'the peepholes are told of one row of the batch and one step only',
    from: 'k.sumRows(dp, scratch.dp);',
    to: 'dp.data.forEach((_, n) => (dp.data[n] += scratch.dp.data[n]));',
  },
  {
    name: 'the forget bias stands in the block of the candidate',
    from: 'blocks(0, 1, 0, 0)',
    to: 'blocks(0, 0, 1, 0)',
    check: 'invariants',
  },
]);
