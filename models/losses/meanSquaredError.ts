import { kernelsOnly, type Tensor } from '../../engine/index.js';
import type { Loss } from './loss.js';

/** For real numbers [M,N]: ℓ is the mean over n of (x-y)². */
export const meanSquaredError: Loss<Tensor> = kernelsOnly({
  name: 'meanSquaredError',
  labels: 'targets',
  forward: (k, dx, x, targets, weights) => k.meanSquaredError(dx, x, targets, weights),
});
