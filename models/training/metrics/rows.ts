/** The rows of a graph that metrics count: those of padding and of weight 0 are not counted, the others once. */
import { show } from '../../../engine/checks.js';
import type { Tensor } from '../../../engine/index.js';
import type { Graph } from '../../graph/graph.js';
import { rowWeights } from '../../graph/invalidData.js';
import { isIndices } from '../../layers/signal.js';
import { argmax } from './argmax.js';

/** Options of metrics of answers. */
export interface AnswerOptions {
  /** A label whose rows are not counted, such as that of padding. Default: all rows are counted. */
  ignore?: number | undefined;
}

/** @throws RangeError unless it is a label, or left out */
export function requireIgnore(of: string, ignore: unknown): void {
  if (ignore !== undefined && !Number.isInteger(ignore))
    throw new RangeError(`${of}: ignore must be a label, a whole number, not ${show(ignore)}`);
}

/** @returns the labels, and whether row m counts */
export function countedRows(of: string, graph: Graph) {
  const labels = graph?.labels;
  if (!labels) throw new RangeError(`${of}: the graph has no labels`);
  const weights = rowWeights(graph);
  const isCounted = (m: number) => !weights || weights.data[weights.offset + m] !== 0;
  return { labels, isCounted };
}

/**
 * Calls `visit` with the class and the answer of each row that counts. For logits [rows, V] the answer is the
 * class of the largest one. A single logit answers 1 if it is above 0; its target, such as 0.95, means 1 from
 * 0.5 on.
 * @returns the number of classes
 * @throws RangeError if there are several targets per row
 */
export function eachAnswer(
  of: string,
  graph: Graph,
  ignore: number | undefined,
  visit: (truth: number, answer: number) => void,
): number {
  const { labels, isCounted } = countedRows(of, graph);
  const { data, offset, shape } = graph.output;
  const [M, V] = shape as [number, number];
  const isClass = isIndices(labels);
  if (!isClass && V > 1) throw new RangeError(`${of}: needs one target per row, not ${V}`);
  for (let m = 0; m < M; m++) {
    const label = labels.data[labels.offset + m]!;
    if (label === ignore || !isCounted(m)) continue;
    if (isClass) visit(label, argmax(data, offset + m * V, V));
    else visit(label < 0.5 ? 0 : 1, Number(data[offset + m]! > 0));
  }
  return isClass ? V : 2;
}

/**
 * Calls `visit` with the class of each row that counts, and where its V logits begin.
 * @throws RangeError if labels are not classes
 */
export function eachClass(
  of: string,
  graph: Graph,
  ignore: number | undefined,
  visit: (truth: number, logits: Tensor['data'], from: number, V: number) => void,
): void {
  const { labels, isCounted } = countedRows(of, graph);
  if (!isIndices(labels)) throw new RangeError(`${of}: needs labels that are classes, not targets`);
  const { data, offset, shape } = graph.output;
  const [M, V] = shape as [number, number];
  for (let m = 0; m < M; m++) {
    const label = labels.data[labels.offset + m]!;
    if (label !== ignore && isCounted(m)) visit(label, data, offset + m * V, V);
  }
}

/**
 * The sum of `errorOf(x - y)` over the entries of the rows that count, and their number.
 * @throws RangeError if labels are not targets
 */
export function sumOfErrors(of: string, graph: Graph, errorOf: (difference: number) => number): number[] {
  const { labels, isCounted } = countedRows(of, graph);
  if (isIndices(labels)) throw new RangeError(`${of}: needs labels that are targets, not classes`);
  const { data, offset, shape } = graph.output;
  const [M, N] = shape as [number, number];
  let [sum, count] = [0, 0];
  for (let m = 0; m < M; m++) {
    if (!isCounted(m)) continue;
    for (let n = m * N; n < (m + 1) * N; n++)
      sum += errorOf(data[offset + n]! - labels.data[labels.offset + n]!);
    count += N;
  }
  return [sum, count];
}
