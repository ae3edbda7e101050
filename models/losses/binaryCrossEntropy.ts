import { kernelsOnly, type Tensor } from '../../engine/index.js';
import type { Loss } from './loss.js';

/**
 * For yes-no answers, one per column, from logits [M,N] and targets in [0, 1]: ℓ is the mean over n of
 * -y ln σ(x) - (1-y) ln(1-σ(x)). (Goodfellow et al. 2016, section 6.2.2.2.)
 */
export const binaryCrossEntropy: Loss<Tensor> = kernelsOnly({
  name: 'binaryCrossEntropy',
  labels: 'targets',
  link: 'sigmoid',
  limits: [0, 1],
  forward: (k, dx, x, targets, weights) => k.binaryCrossEntropy(dx, x, targets, weights),
});
