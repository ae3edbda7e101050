/**
 * What callers write into a graph: padding is cleared before each pass. All else is looked at only when a pass
 * has failed, so that good data cost nothing; a failure is then told as the data's.
 */
import type { Indices, Tensor } from '../../engine/index.js';
import { isIndices } from '../layers/signal.js';
import type { Loss } from '../losses/index.js';
import type { Graph } from './graph.js';

/** The number of the example in a row of the batch, where it is not the row's own. */
export const exampleNumbers = new WeakMap<Graph, (row: number) => number>();

/** The weights of the rows of the loss, [rows]: those given or the mask; null: all are 1. */
export const rowWeights = ({ weights, layers }: Graph): Tensor | null =>
  weights ?? layers.at(-1)?.output.mask ?? null;

/**
 * Sets the input to 0 where the mask is 0: 0 times what padding may hold, such as NaN, would not be 0.
 * @throws RangeError when a mask is neither 0 nor 1
 */
export function clearPadding(input: Tensor | Indices, mask: Tensor): void {
  const { data, size } = input;
  const { data: real, size: rows } = mask;
  const width = size / rows;
  for (let m = 0; m < rows; m++) {
    // A loop, because calls of `fill` for a few numbers take longer.
    if (real[m] === 0) for (let n = m * width; n < (m + 1) * width; n++) data[n] = 0;
    else if (real[m] !== 1) throw new RangeError(`a mask is ${real[m]}`);
  }
}

/** The error of a pass, told as the data's if they are to blame. */
export function explained(graph: Graph, error: unknown, limits?: Loss['limits']): unknown {
  const wrong = invalidData(graph, limits);
  return wrong ? new RangeError(wrong, { cause: error }) : error;
}

/** What to look at: its name, the numbers, what is right in words and as a function, and the rows that count. */
type Look = readonly [string, Tensor | Indices | null, string, (x: number) => boolean, (Tensor | null)?];

/**
 * `label 3 of example 2, step 5: classes are 0 to 2`: the first number that cannot be right; null if there is none.
 * @param limits of the targets. Default: any finite number
 */
export function invalidData(
  graph: Graph,
  [least, most]: Loss['limits'] = [-Infinity, Infinity],
): string | null {
  const { model, input, mask, weights, labels, output, batch } = graph;
  const counted = rowWeights(graph);
  const isBelow = (count: number) => (x: number) => x >= 0 && x < count;
  const [symbols, classes] = [model.input.width, output.shape[1]!];
  const isTarget = (x: number) => Number.isFinite(x) && x >= least && x <= most;
  const looks: Look[] = [
    ['mask', mask, 'a mask is 1 for a real step, 0 for padding', (x) => x === 0 || x === 1],
    ['weight', weights, 'weights are finite and not negative', isBelow(Infinity)],
    isIndices(input)
      ? ['symbol', input, `symbols are 0 to ${symbols - 1}`, isBelow(symbols)]
      : ['input', input, 'inputs are finite numbers', Number.isFinite],
    labels && isIndices(labels)
      ? ['label', labels, `classes are 0 to ${classes - 1}`, isBelow(classes), counted]
      : [
          'target',
          labels,
          `targets are ${most < Infinity ? `${least} to ${most}` : 'finite numbers'}`,
          isTarget,
          counted,
        ],
  ];
  for (const [what, numbers, rule, isRight, counted] of looks) {
    if (!numbers) continue;
    const { data, offset, size, shape } = numbers;
    // Symbols of several columns lie side by side.
    const width = what === 'symbol' ? model.input.columns : (shape[1] ?? 1);
    for (let n = 0; n < size; n++) {
      const row = Math.floor(n / width);
      const value = data[offset + n]!;
      if (isRight(value) || counted?.data[counted.offset + row] === 0) continue;
      const step = size / width > batch ? `, step ${Math.floor(row / batch)}` : '';
      const entry = width > 1 ? `, entry ${n % width}` : '';
      return `${what} ${value} of example ${exampleNumber(graph, row % batch)}${step}${entry}: ${rule}`;
    }
  }
  return null;
}

const exampleNumber = (graph: Graph, row: number) => exampleNumbers.get(graph)?.(row) ?? row;
