/** The last node of a graph with a loss. */
import { hasMembers, show } from '../../engine/checks.js';
import { declaredPasses, kernelsOnly, type Indices, type Kernels, type Tensor } from '../../engine/index.js';
import { fixData } from './fixedData.js';
import { node, type GraphNode } from '../layers/node.js';
import type { Signal } from '../layers/signal.js';
import { losses, type Loss, type LossName } from '../losses/index.js';
import type { Model } from './model.js';

/** Computes the weights [rows] of a loss before each pass, from its labels and the mask (null: all are real). */
export type RowWeights = (weights: Tensor, labels: Indices | Tensor, mask: Tensor | null) => void;

/** The loss of a graph, if it has one: the fields of the same names, its node, and the limits of its targets. */
export interface UnrolledLoss {
  readonly nodes: readonly GraphNode[];
  readonly labels: Indices | Tensor | null;
  readonly weights: Tensor | null;
  readonly weight: () => number;
  readonly limits: Loss['limits'];
}

/** @param mask of the rows of the output; they weigh as much unless there are weights */
export function unrollLoss(
  { kernels: k, layers }: Model,
  options: { loss?: Loss | LossName | null; weights?: boolean | RowWeights },
  output: Signal,
  mask: Tensor | null,
): UnrolledLoss {
  const rows = (output.value as Tensor).shape[0]!;
  const weights = options.weights ? fixData('weights', ones(k, rows)) : null;
  const rowWeights = weights ?? mask;
  const given = { weights, weight: () => (rowWeights ? sum(rowWeights) : rows) };
  if (options.loss === null || options.loss === undefined)
    return { ...given, nodes: [], labels: null, limits: undefined };
  const loss = lossOf(options.loss);
  requireLogits(loss, layers.at(-1));
  const compute = typeof options.weights === 'function' ? options.weights : null;
  const x = output.value as Tensor;
  const isClass = loss.labels === 'classes';
  const labels = fixData('labels', isClass ? k.indices(rows) : k.zeros(...x.shape));
  const prepare = () => {
    compute?.(weights!, labels, mask);
    if (weights) requireWithin(weights, [0, Number.MAX_VALUE], null);
    if (loss.limits) requireWithin(labels, loss.limits, rowWeights);
    return 0;
  };
  // An embedding writes its mask in its own `prepare`, which comes before this one.
  const preparing = weights || loss.limits ? { prepare } : {};
  const lossNode = createLossNode(k, loss, output, { labels, weights: rowWeights, preparing });
  return { ...given, nodes: [lossNode], labels, limits: loss.limits };
}

interface LossParts {
  readonly labels: Indices | Tensor;
  readonly weights: Tensor | null;
  readonly preparing: Pick<GraphNode, 'prepare'>;
}

/**
 * `forward` computes the loss and also writes dLoss/dx into the gradient of x, so `backward` does nothing.
 */
function createLossNode(
  k: Kernels,
  loss: Loss,
  { value, gradient }: Signal,
  { labels, weights, preparing }: LossParts,
): GraphNode {
  const x = value as Tensor;
  const lossNode = node({
    name: loss.name,
    reads: { x, labels },
    saved: { ...(gradient && { dx: gradient }) },
    scratch: { labels },
    ...preparing,
    forward: () => loss.forward(k, gradient, x, labels, weights ?? undefined),
    backward() {},
  });
  return kernelsOnly(lossNode, ['backward', ...declaredPasses(loss)]);
}

/** @throws RangeError, which the graph puts in words, unless all rows that count are within the limits */
function requireWithin(
  { data, offset, size, shape }: Tensor | Indices,
  [least, most]: readonly [number, number],
  weights: Tensor | null,
): void {
  const width = shape[1] ?? 1;
  for (let n = 0; n < size; n++) {
    const value = data[offset + n]!;
    if (value >= least && value <= most) continue;
    if (weights?.data[weights.offset + Math.floor(n / width)] !== 0)
      throw new RangeError(`${value} is not within ${least} and ${most}`);
  }
}

/**
 * @throws RangeError when a loss that takes logits would get probabilities: e^x of e^x
 */
function requireLogits(loss: Loss, last: Model['layers'][number] | undefined): void {
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

function sum({ data, offset, size }: Tensor): number {
  let total = 0;
  for (let n = offset; n < offset + size; n++) total += data[n]!;
  return total;
}

/** A vector of ones. */
export function ones(k: Kernels, n: number): Tensor {
  const t = k.zeros(n);
  k.fill(t, 1);
  return t;
}
