/** Faults of the walk through time: what arrives from t+1, from the loss, through padding and across windows. */
import { mutantsOf } from './mutant.js';

const walk = mutantsOf('models/recurrent/bptt.js', [
  {
    name: 'what the loss sends replaces what t+1 has sent back',
    from: 'k.add(dState.h, fromLoss);',
    to: 'k.copy(dState.h, fromLoss);',
  },
  {
    name: 'what the loss sends is added twice',
    from: 'k.add(dState.h, fromLoss);',
    to: 'k.add(dState.h, fromLoss), k.add(dState.h, fromLoss);',
  },
  {
    name: 'what t+1 has sent back counts twice',
    from: 'k.add(dState.h, fromLoss);',
    to: '{ if (t !== last) k.scale(dState.h, 2); k.add(dState.h, fromLoss); }',
  },
  {
    name: 'the buffer of the last gradient is not zeroed between two backward passes',
    from: 'k.fill(dState[s], 0);',
    to: ';',
  },
  {
    name: 'the gradient leaks across the border of the window before',
    seenIn: 'asked in keras-team/keras#1820',
    from: 'k.fill(dState[s], 0);',
    to: 'k.copy(dState[s], d.stateAfter(s, 0));',
  },
]);

const cell = mutantsOf('models/recurrent/unrollCell.js', [
  {
    name: 'only the last step hears of the loss, though all states are returned',
    from: 'return rows(dOutput, t * B, (t + 1) * B);',
    to: 'return t === last ? rows(dOutput, dOutput.shape[0] - B, dOutput.shape[0]) : null;',
  },
  {
    name: 'overlapping windows go on from the end of the window instead of `advance`',
    from: '[0, T, advance]',
    to: '[0, T, T]',
  },
  {
    name: 'the state is not carried on',
    from: 'carry: () => k.copy(initial, next)',
    to: 'carry: () => k.fill(initial, 0)',
  },
  {
    name: 'the gradient of the initial state is that of the state after the first step',
    from: 'backward.stateAfter(s, 0)',
    to: 'backward.stateAfter(s, 1)',
  },
]);

const masks = mutantsOf('models/recurrent/bptt.js', [
  {
    name: 'a padded row keeps h but not c',
    from: 'k.copyMasked(step.state[s], step.prev[s], stepMask);',
    to: "if (s === 'h') k.copyMasked(step.state[s], step.prev[s], stepMask);",
  },
  {
    name: 'the mask is not applied to dc',
    from: 'k.copyMasked(dPrev[s], carriedBack[s], stepMask);',
    to: "if (s === 'h') k.copyMasked(dPrev[s], carriedBack[s], stepMask);",
  },
  {
    name: 'a padded row stops the gradient instead of handing it on',
    from: 'k.copyMasked(dPrev[s], carriedBack[s], stepMask);',
    to: 'k.copyMasked(dPrev[s], zero, stepMask);',
  },
  {
    name: 'padded rows still change the weights',
    from: 'k.copyMasked(dState[s], zero, stepMask);',
    to: '',
  },
  {
    name: 'padded rows hand the gradient on and also send it through the cell',
    from: 'k.copyMasked(dPrev[s], carriedBack[s], stepMask);',
    to: 'k.add(dPrev[s], carriedBack[s]);',
  },
]);

const handover = [
  ...mutantsOf('models/recurrent/encoderDecoder.js', [
    {
      name: 'the decoder sends nothing back to the encoder',
      from: 'k.copy(dFinalState[s], decoder[s].gradient);',
      to: ';',
    },
    {
      name: 'the decoder sends dh back to the encoder but not dc',
      from: 'k.copy(dFinalState[s], decoder[s].gradient);',
      to: "if (s === 'h') k.copy(dFinalState[s], decoder[s].gradient);",
    },
    {
      name: 'the decoder sends back what the passes before have sent as well',
      from: 'k.copy(dFinalState[s], decoder[s].gradient);',
      to: 'k.add(dFinalState[s], decoder[s].gradient);',
    },
  ]),
  ...mutantsOf('models/recurrent/unrollCell.js', [
    {
      name: 'a state that was handed on is taken for 0',
      from: 'prevIsZero = !initialStateComputed &&',
      to: 'prevIsZero = initialStateComputed ||',
    },
  ]),
  ...mutantsOf('models/recurrent/bptt.js', [
    {
      name: 'what the decoder sends back arrives at every step of the encoder',
      from: 't === last && dFinalState',
      to: 'dFinalState',
    },
  ]),
];

const walker = mutantsOf('models/graph/passes.js', [
  {
    name: 'backward walks the nodes in forward order',
    from: "works(own, 'backward').reverse()",
    to: "works(own, 'backward')",
  },
  {
    name: 'backward stops one node early',
    from: "works(own, 'backward').reverse()",
    to: "works(own, 'backward').reverse().slice(0, -1)",
  },
]);

export const timeMutants = [...walk, ...cell, ...masks, ...handover, ...walker];
