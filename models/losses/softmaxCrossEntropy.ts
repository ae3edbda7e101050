import { kernelsOnly, type Indices } from '../../engine/index.js';
import type { Loss } from './loss.js';

/**
 * For one of V classes, from logits [M,V]: ℓ = -ln softmax(x)[label].
 * (Goodfellow et al. 2016, section 6.2.2.3.)
 */
export const softmaxCrossEntropy: Loss<Indices> = kernelsOnly({
  name: 'softmaxCrossEntropy',
  labels: 'classes',
  link: 'softmax',
  forward: (k, dx, x, labels, weights) => k.softmaxCrossEntropy(dx, x, labels, weights),
});
