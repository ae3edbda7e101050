/** Faults in the losses and the training step: weights, order, clipping, and the optimizers' formulas. */
import { storiesOf } from './story.js';

const losses = storiesOf('reference/losses', 'losses', [
  {
    name: 'the derivative ignores the weights',
    function: '',
    from: 'rowLoss(m, weight)',
    to: 'rowLoss(m, inverse)',
  },
  {
    name: 'the mean is over all rows, including those of weight 0',
    function: '',
    from: 'total += W[m];',
    to: 'total += 1;',
  },
  {
    name: "the cross-entropy from logits gets a second σ'",
    function: '',
    from: 'derivative: 1 / (1 + exp(-x)) - y,',
    to: 'derivative: (1 / (1 + exp(-x)) - y) / (1 + exp(-x)) / (1 + exp(x)),',
  },
]);

const trainer = storiesOf('trainer', 'training', [
  {
    name: 'gradients are not zeroed between steps',
    function: 'step',
    from: 'k.fill(parameters.gradients, 0);',
    to: '',
  },
  {
    name: 'clipping comes after the update',
    function: 'step',
    from: 'clip?.(k, parameters);',
    to: 'queueMicrotask(() => clip?.(k, parameters)); // runs when the step is over',
  },
  {
    name: 'the mean square sees the unclipped gradient, the step the clipped one',
    function: 'step',
    from: 'clip?.(k, parameters);',
    // s as if rho s + (1-rho) g² had been computed before clipping, with rho = 0.9.
    to: `const unclipped = parameters.gradients.data.slice();
         clip?.(k, parameters);
         if (optimizer.name === 'rmsprop')
           unclipped.forEach((g, n) => (memory[0].data[n] += (g ** 2 - parameters.gradients.data[n] ** 2) / 9));`,
  },
  {
    name: 'every step counts as the first',
    function: 'step',
    from: 'memory, trainer.steps + 1);',
    to: 'memory, 1);',
  },
]);

const clipping = storiesOf('clipping', 'training', [
  {
    name: 'a gradient shorter than the limit is scaled up to it',
    function: 'scaleToNorm',
    from: 'if (norm > limit)',
    to: '',
  },
  {
    name: 'the norm is its square',
    function: 'scaleToNorm',
    from: 'Math.sqrt(k.sumOfSquares(gradient))',
    to: 'k.sumOfSquares(gradient)',
  },
  {
    name: 'the norm of each tensor is used as the global norm',
    function: 'clipByGlobalNorm',
    from: "clip('clipByGlobalNorm', (k, { gradients }) => scaleToNorm(k, gradients, limit))",
    to: 'clipByNorm(limit)',
  },
]);

const kernels = storiesOf('reference/elementwise', 'training', [
  {
    name: 'values are clipped only from above',
    function: 'clamp',
    from: 'ops.maxseq(out, -limit);',
    to: '',
  },
]);

const updates = storiesOf('reference/updates', 'training', [
  {
    name: 'rho weighs the new square instead of the old mean',
    function: 'rmsprop',
    from: 'rho * S[n] + (1 - rho) * gn * gn',
    to: '(1 - rho) * S[n] + rho * gn * gn',
  },
  {
    name: 'the look ahead of Nesterov takes the velocity twice, and no gradient',
    function: 'sgd',
    from: 'momentum * V[n] - rate * G[n] : V[n]',
    to: 'momentum * V[n] + V[n] : V[n]',
  },
  {
    name: "epsilon is under the root where it should be PyTorch's",
    function: 'rmsprop',
    from: 'sqrt(S[n] + inside) + outside',
    to: 'sqrt(S[n] + inside + outside)',
  },
  {
    name: 'the square root of the mean square is missing',
    function: 'rmsprop',
    from: '/ (sqrt(S[n] + inside) + outside)',
    to: '/ (S[n] + inside + outside)',
  },
]);

const optimizers = storiesOf('adam', 'training', [
  {
    name: "Adam's moments are not corrected for their start at 0",
    function: 'update',
    from: '(now * c) / (1 - beta1 ** step)',
    to: 'now',
  },
  {
    name: "Adam's corrections are exchanged",
    function: 'update',
    from: '(now * c) / (1 - beta1 ** step)',
    to: '(now * Math.sqrt(1 - beta1 ** step)) / (1 - beta2 ** step)',
  },
  {
    name: "epsilon is added to Adam's uncorrected root, where it should be PyTorch's",
    function: 'update',
    from: "epsilonPlacement === 'keras' ? epsilon : c * epsilon",
    to: 'epsilon',
  },
  {
    name: 'the decay of the weights is not decoupled: it is added to the gradient',
    function: 'update',
    from: 'k.decay(w, now * weightDecay);',
    to: 'w.data.forEach((value, n) => (g.data[n] += weightDecay * value));',
  },
]);

export const trainingStories = [...losses, ...trainer, ...clipping, ...kernels, ...updates, ...optimizers];
