/**
 * Faults in the pass through time: in gradients from t+1, from the loss, through padding and across windows.
 */
import { storiesOf } from './story.js';

const walk = storiesOf('bptt', 'gradients', [
  {
    name: 'the gradient from the loss is added twice',
    function: 'backward',
    from: 'k.add(dState.h, fromLoss);',
    to: 'k.add(dState.h, fromLoss), k.add(dState.h, fromLoss);',
  },
  {
    name: 'the gradient leaks into the previous window',
    seenIn: 'asked in keras-team/keras#1820',
    function: 'backward',
    from: 'k.fill(dState[s], 0);',
    to: 'k.copy(dState[s], d.stateAfter(s, 0));',
  },
  {
    name: 'a padded row keeps h but not c',
    function: 'forward',
    from: 'k.copyMasked(step.state[s], step.prev[s], stepMask);',
    to: "if (s === 'h') k.copyMasked(step.state[s], step.prev[s], stepMask);",
  },
  {
    name: 'the mask is not applied to dc',
    function: 'backward',
    from: 'k.copyMasked(dPrev[s], carriedBack[s], stepMask);',
    to: "if (s === 'h') k.copyMasked(dPrev[s], carriedBack[s], stepMask);",
  },
  {
    name: 'a padded row stops the gradient instead of passing it on',
    function: 'backward',
    from: 'k.copyMasked(dPrev[s], carriedBack[s], stepMask);',
    to: 'k.copyMasked(dPrev[s], zero, stepMask);',
  },
  {
    name: 'padded rows pass the gradient on and also send it through the cell',
    function: 'backward',
    from: 'k.copyMasked(dPrev[s], carriedBack[s], stepMask);',
    to: 'k.add(dPrev[s], carriedBack[s]);',
  },
  {
    name: "the decoder's gradient arrives at every step of the encoder",
    function: 'backward',
    from: 't === last && dFinalState',
    to: 'dFinalState',
  },
]);

const borders = storiesOf('unrollCell', 'gradients', [
  {
    name: 'only the last step gets a gradient from the loss, though all states are returned',
    function: 'fromLoss',
    from: 'return rows(dOutput, t * B, (t + 1) * B);',
    to: 'return t === last ? rows(dOutput, dOutput.shape[0] - B, dOutput.shape[0]) : null;',
  },
  {
    name: 'overlapping windows continue from the end of the window instead of `advance`',
    function: 'carriedState',
    from: '[0, T, advance]',
    to: '[0, T, T]',
  },
  {
    name: 'the gradient of the initial state is that of the state after the first step',
    function: 'carriedState',
    from: 'backward.stateAfter(s, 0)',
    to: 'backward.stateAfter(s, 1)',
  },
  {
    name: 'a state that was passed on is treated as 0',
    function: 'prepare',
    from: 'prevIsZero = !initialStateComputed &&',
    to: 'prevIsZero = initialStateComputed ||',
  },
]);

const handover = storiesOf('encoderDecoder', 'gradients', [
  {
    name: 'the decoder sends dh back to the encoder but not dc',
    function: 'backward',
    from: 'k.copy(dFinalState[s], decoder[s].gradient);',
    to: "if (s === 'h') k.copy(dFinalState[s], decoder[s].gradient);",
  },
]);

const order = storiesOf('passes', 'gradients', [
  {
    name: 'backward walks the nodes in forward order',
    function: 'planPasses',
    from: "works(own, 'backward').reverse()",
    to: "works(own, 'backward')",
  },
  {
    name: 'backward stops one node early',
    function: 'planPasses',
    from: "works(own, 'backward').reverse()",
    to: "works(own, 'backward').reverse().slice(0, -1)",
  },
]);

const reversed = storiesOf('unrolledCell', 'gradients', [
  {
    name: 'in a backward direction, the gradients of the states are stored in forward order',
    function: 'createUnrolledCell',
    from: 'timeMajor(k, given, (dPrev,',
    to: 'timeMajor(k, { ...given, reverse: false }, (dPrev,',
  },
]);

export const timeStories = [...walk, ...borders, ...handover, ...order, ...reversed];
