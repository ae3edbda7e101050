/** The last node of a graph with a loss. */
import { hasMembers, show } from '../../engine/checks.js';
import { declaredPasses, kernelsOnly, type Indices, type Kernels, type Tensor } from '../../engine/index.js';
import { fixData } from './fixedData.js';
import { node, type GraphNode } from '../layers/node.js';
import type { Signal } from '../layers/signal.js';
import { losses, type Loss, type LossName } from '../losses/index.js';
import type { Model } from './model.js';

/** A loss in a graph. */
export interface LossNode {
  readonly node: GraphNode;
  /** Classes or targets, written by the caller. */
  readonly labels: Indices | Tensor;
}

/**
 * `forward` computes the loss and also writes dLoss/dx into the gradient of x, so `backward` does nothing.
 */
export function createLossNode(
  k: Kernels,
  loss: Loss,
  { value, gradient }: Signal,
  weights: Tensor | null,
): LossNode {
  const x = value as Tensor;
  const isClass = loss.labels === 'classes';
  const labels = fixData('labels', isClass ? k.indices(x.shape[0]!) : k.zeros(...x.shape));
  const lossNode = node({
    name: loss.name,
    reads: { x, labels },
    saved: { ...(gradient && { dx: gradient }) },
    scratch: { labels },
    forward: () => loss.forward(k, gradient, x, labels, weights ?? undefined),
    backward() {},
  });
  return { labels, node: kernelsOnly(lossNode, ['backward', ...declaredPasses(loss)]) };
}

/**
 * @throws RangeError when a loss that takes logits would get probabilities: e^x of e^x
 */
export function requireLogits(loss: Loss, last: Model['layers'][number] | undefined): void {
  if (!loss.link || !last?.layer.activation) return;
  throw new RangeError(
    `unroll: ${loss.name} takes logits, but ${last.name} ends in ${last.layer.activation}; leave out its activation`,
  );
}

/**
 * A loss given as a value or by name.
 * @throws RangeError when there is no loss of that name; TypeError when it is no loss
 */
export function lossOf(loss: Loss | LossName): Loss {
  if (typeof loss !== 'string') {
    if (hasMembers(loss, 'name', 'labels', 'forward')) return loss;
    throw new TypeError(`unroll: loss must be a loss or its name, not ${show(loss)}`);
  }
  if (Object.hasOwn(losses, loss)) return losses[loss];
  throw new RangeError(
    `unroll: there is no loss "${loss as string}"; there are ${Object.keys(losses).join(', ')}`,
  );
}
