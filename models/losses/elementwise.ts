import { requireFunction, requireText } from '../../engine/checks.js';
import { meanElementLoss, type ElementLoss, type Tensor } from '../../engine/index.js';
import type { Loss } from './loss.js';

/**
 * A loss that is a mean over the entries of a row. `element` returns the loss of one entry and its derivative
 * with respect to x. It runs as a plain loop on all kernels.
 *
 *     const logCosh = elementwiseLoss('logCosh', (x, y) => ({
 *       loss: Math.log(Math.cosh(x - y)),
 *       derivative: Math.tanh(x - y),
 *     }));
 */
export function elementwiseLoss(name: string, element: ElementLoss): Loss<Tensor> {
  requireText('elementwiseLoss: name', name);
  requireFunction('elementwiseLoss: element', element);
  return {
    name,
    labels: 'targets',
    forward: (_, dx, x, targets, weights) => meanElementLoss(name, dx, x, targets, weights, element),
  };
}
