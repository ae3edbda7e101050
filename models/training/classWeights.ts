/** Weights of rows by the class of their label. */
import { requireNumber, show } from '../../engine/checks.js';
import type { RowWeights } from '../graph/lossNode.js';
import { isIndices } from '../layers/signal.js';

/**
 * Weighs each row by the class of its label, for `weights` of `unroll`: rare classes more, say. A single target
 * is class 1 from 0.5 on. Padding has weight 0. (Keras: class_weight, but its mean divides by the number of rows,
 * ours and PyTorch's by the sum of their weights; PyTorch: weight of CrossEntropyLoss; tfjs: classWeight.)
 *
 *     const unroll = { steps, loss: 'softmaxCrossEntropy', weights: classWeights([1, 5]) };
 *
 * @param weights by class, 0 or more; classes that are left out have weight 1
 * @throws TypeError or RangeError when a weight is no number, or negative
 */
export function classWeights(weights: readonly number[] | Readonly<Record<number, number>>): RowWeights {
  if (typeof weights !== 'object' || weights === null || Object.keys(weights).length === 0)
    throw new TypeError(`classWeights takes an array or an object of weights by class, not ${show(weights)}`);
  const byClass = new Map<number, number>();
  for (const [name, weight] of Object.entries(weights)) {
    requireNumber(`classWeights: the weight of class ${name}`, weight, { least: 0 });
    byClass.set(Number(name), weight);
  }
  return (rows, labels, mask) => {
    if (labels.size !== rows.size) throw new RangeError('classWeights: needs one label per row');
    const isClass = isIndices(labels);
    for (let m = 0; m < rows.size; m++) {
      const label = labels.data[labels.offset + m]!;
      const isReal = !mask || mask.data[mask.offset + m] !== 0;
      const weight = byClass.get(isClass ? label : Number(label >= 0.5)) ?? 1;
      rows.data[rows.offset + m] = isReal ? weight : 0;
    }
  };
}
