/** How much of the gradient of a loss at the last step arrives at earlier steps. */
import { createRandom, trace, unroll, type LayerTrace, type Model } from '../../models/index.js';
import type { LineChart, Series, Table } from '../report/index.js';
import { sums } from '../common/addingProblem.js';

const BATCH = 100;

/** By state (h, c), the norms of dLoss/dstate_t over a batch; entry d is for the step d before the last. */
export type Flow = Readonly<Record<string, readonly number[]>>;

export interface FlowSettings {
  readonly steps: number;
  readonly seed: number;
}

/** Runs a batch of the adding problem forward and backward through a recurrent network. */
export const gradientFlow = (model: Model, settings: FlowSettings): Flow => createFlow(model, settings)();

/** @returns a function that does so with the weights of that moment */
export function createFlow(model: Model, { steps, seed }: FlowSettings): () => Flow {
  const graph = unroll(model, { batch: BATCH, steps, loss: 'meanSquaredError' });
  const examples = sums(createRandom(seed, 'flow'), BATCH);
  for (let row = 0; row < BATCH; row++) examples.write(graph, row, row);
  return () => {
    graph.forward();
    graph.backward();
    const [{ norms }] = Object.values(trace(graph)) as [LayerTrace];
    return Object.fromEntries(
      Object.entries(norms!).map(([state, byStep]) => [state, [...byStep].reverse()]),
    );
  };
}

/** The state that holds a cell's memory: c if there is one. */
export const memoryOf = (flow: Flow): readonly number[] => (flow.c ?? flow.h)!;

/** The norm far away, relative to the norm one step away. */
export const shareAt = (norms: readonly number[], distance: number): number => norms[distance]! / norms[1]!;

/** The distances in tables: a tenth, a half and nine tenths of all steps. */
const distances = (steps: number): number[] => [0.1, 0.5, 0.9].map((part) => Math.round(part * steps));

/** A curve of norms by distance. */
export const byDistance = (
  name: string,
  norms: readonly number[],
  style: Pick<Series, 'cell'> = {},
): Series => ({
  name,
  points: norms.map((norm, distance) => [distance, norm]),
  ...style,
});

export function flowChart(title: string, state: string, series: readonly Series[]): LineChart {
  const [x, y] = ['distance from the loss, steps', `norm of dLoss/d${state}`];
  return { kind: 'lineChart', title, x, y, logarithmic: true, series };
}

/** The norms at a few distances, relative to the norm one step away. */
export function shareTable(
  title: string,
  curves: readonly (readonly [name: string, norms: readonly number[], ...more: readonly string[]])[],
  more: readonly string[] = [],
): Table {
  const shown = distances(curves[0]![1].length);
  return {
    kind: 'table',
    title,
    head: ['', ...more, ...shown.map((distance) => `${distance} ${distance === 1 ? 'step' : 'steps'} away`)],
    rows: curves.map(([name, norms, ...cells]) => [
      name,
      ...cells,
      ...shown.map((distance) => shareAt(norms, distance).toExponential(1)),
    ]),
  };
}
