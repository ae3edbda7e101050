/** Faults of the training step: order, clipping, and the optimizers' formulas. No gradient check can see them. */
import { mutantsOf } from './mutant.js';

const check = 'training';

const trainer = mutantsOf('models/training/trainer.js', [
  {
    name: 'gradients are not zeroed between steps',
    check,
    from: 'k.fill(parameters.gradients, 0);',
    to: '',
  },
  {
    name: 'clipping comes after the update',
    check,
    from: 'clip?.(k, parameters);',
    to: 'queueMicrotask(() => clip?.(k, parameters)); // runs when the step is over',
  },
  {
    name: 'the mean square sees the unclipped gradient, the step the clipped one',
    check,
    from: 'clip?.(k, parameters);',
    // s as if rho s + (1-rho) g² had been computed before clipping, with rho = 0.9.
    to: `const seen = parameters.gradients.data.slice();
         clip?.(k, parameters);
         if (optimizer.name === 'rmsprop')
           seen.forEach((g, n) => (memory[0].data[n] += (g ** 2 - parameters.gradients.data[n] ** 2) / 9));`,
  },
  {
    name: 'every step counts as the first',
    check,
    from: 'memory, trainer.steps);',
    to: 'memory, 1);',
  },
]);

const clipping = mutantsOf('engine/clipping.js', [
  {
    name: 'a gradient shorter than the limit is lengthened to it',
    check,
    from: 'if (norm > limit)',
    to: '',
  },
  {
    name: 'the norm is its square',
    check,
    from: 'Math.sqrt(k.sumOfSquares(gradient))',
    to: 'k.sumOfSquares(gradient)',
  },
  {
    name: 'the norm of each tensor is taken for the global norm',
    check,
    from: 'return (k, { gradients }) => scaleToNorm(k, gradients, limit);',
    to: 'return clipByNorm(limit);',
  },
]);

const kernels = mutantsOf('engine/reference/index.js', [
  {
    name: 'values are clipped from above only',
    check,
    from: 'ops.maxseq(out, -limit);',
    to: '',
  },
]);

const updates = mutantsOf('engine/reference/updates.js', [
  {
    name: 'the velocity is forgotten',
    check,
    from: 'V[n] = momentum * V[n] - rate * G[n];',
    to: 'V[n] = -rate * G[n];',
  },
  {
    name: 'rho weighs the new square instead of the old mean',
    check,
    from: 'S[n] = rho * S[n] + (1 - rho) * gn * gn;',
    to: 'S[n] = (1 - rho) * S[n] + rho * gn * gn;',
  },
  {
    name: 'the root of the mean square is forgotten',
    check,
    from: '/ sqrt(S[n] + epsilon)',
    to: '/ (S[n] + epsilon)',
  },
  {
    name: 'the mean of the gradients is assigned, not averaged',
    check,
    from: 'M[n] = beta1 * M[n] + (1 - beta1) * gn;',
    to: 'M[n] = gn;',
  },
]);

const optimizers = mutantsOf('engine/optimizers/adam.js', [
  {
    name: "Adam's moments are not corrected for their start at 0",
    check,
    from: '(rateAt(rate, step) * Math.sqrt(1 - beta2 ** step)) / (1 - beta1 ** step)',
    to: 'rateAt(rate, step)',
  },
  {
    name: "Adam's corrections are exchanged",
    check,
    from: '(rateAt(rate, step) * Math.sqrt(1 - beta2 ** step)) / (1 - beta1 ** step)',
    to: '(rateAt(rate, step) * Math.sqrt(1 - beta1 ** step)) / (1 - beta2 ** step)',
  },
]);

export const trainingMutants = [...trainer, ...clipping, ...kernels, ...updates, ...optimizers];
