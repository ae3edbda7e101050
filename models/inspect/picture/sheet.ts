/** A picture under construction: the lanes so far, and the names of boxes and weights. */
import type { Tensor } from '../../../engine/index.js';
import type { Graph } from '../../graph/graph.js';
import type { GraphNode } from '../../layers/node.js';
import { trace } from '../trace.js';
import { shownSteps } from './columns.js';
import type { Box, Lane } from './lane.js';
import { subscript, weightNames } from './letters.js';

export interface Sheet {
  readonly lanes: Lane[];
  /**
   * Adds a lane on top.
   * @param inward the node whose matrices lead to the lane
   * @param across the node whose matrices are between its steps
   * @returns its index
   */
  add(
    lane: Partial<Lane> & Pick<Lane, 'name' | 'kind' | 'boxes'>,
    inward?: GraphNode,
    across?: GraphNode,
  ): number;
  /**
   * Boxes for the steps of a sequence, or for one vector.
   * @param parts lengths of the parts of the sequence; empty for a vector
   */
  boxesOf(letter: string, parts: readonly number[], gradient: Tensor | null): (Box | null)[];
  /** Boxes for the states of a recurrent layer or direction. */
  stateBoxes(name: string, parts: readonly number[]): (Box | null)[];
}

const PLAIN = { recurrence: null, side: 0, from: [], continues: null, reversed: false } as const;

/** Creates an empty sheet; its boxes get gradient norms if a backward pass followed the forward pass. */
export function createSheet(graph: Graph): Sheet {
  const { batch: B, model } = graph;
  const traces = graph.lastPass === 'backward' ? trace(graph) : null;
  const nameOf = weightNames(graph);
  const shapes = new Map(model.parameters.list.map(({ name, value }) => [name, value.shape]));
  const lanes: Lane[] = [];
  const matricesOf = (node: GraphNode | undefined) =>
    (node?.parameters ?? []).filter((name) => shapes.get(name)!.length > 1).map(nameOf);
  const boxes = (letter: string, parts: readonly number[], normAt: (t: number) => number | null) =>
    shownSteps(parts).map((t) =>
      t === null ? null : { time: t, text: subscript(letter, t), norm: normAt(t) },
    );

  return {
    lanes,
    add(lane, inward, across) {
      const parameters = new Set([inward, across].flatMap((node) => node?.parameters ?? []));
      const weights = [...parameters].map((name) => ({ name: nameOf(name), shape: shapes.get(name)! }));
      const start = lanes[lane.from?.[0] ?? -1]?.start ?? 0;
      const matrices = { inward: matricesOf(inward), across: matricesOf(across) };
      lanes.push({ ...PLAIN, ...matrices, start, weights, ...lane });
      return lanes.length - 1;
    },
    boxesOf(letter, parts, gradient) {
      const known = traces && gradient;
      if (parts.length === 0) return [{ time: null, text: letter, norm: known ? norm(gradient) : null }];
      const T = parts.reduce((a, b) => a + b);
      const perStep = known && gradient.shape[0] === T * B ? gradient : null;
      return boxes(letter, parts, (t) => perStep && norm(perStep, t * B, (t + 1) * B));
    },
    stateBoxes(name, parts) {
      const norms = traces?.[name]?.norms?.['h'];
      return boxes('h', parts, (t) => norms?.[t] ?? null);
    },
  };
}

/** The Euclidean norm of some rows of a dense matrix. */
function norm({ data, offset, size, shape }: Tensor, from = 0, to = shape[0]!): number {
  const width = size / shape[0]!;
  let sum = 0;
  for (let n = offset + from * width; n < offset + to * width; n++) sum += data[n]! ** 2;
  return Math.sqrt(sum);
}
