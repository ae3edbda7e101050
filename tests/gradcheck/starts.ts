/**
 * The states before each window. Truncation holds them fixed: the window's gradient stops there. They are
 * computed by one unrolling of the whole sequence, so a graph that carries wrong states is detected.
 */
import {
  normal,
  tensor,
  unroll,
  type Graph,
  type Model,
  type Random,
  type Tensor,
} from '../../models/index.js';
import type { Configuration } from './configuration.js';
import type { Sequence } from './sequence.js';

/** One state of one layer before one window, and its gradient. */
export interface Start {
  readonly layer: string;
  readonly state: string;
  readonly value: Tensor;
  readonly gradient: Tensor;
}

/** Element [w] holds the states before window w. */
export function createStarts(
  model: Model,
  { size: { B, T }, initialState, real, windows }: Configuration,
  sequence: Sequence,
  random: Random,
): Start[][] {
  const { count, advance } = windows;
  const noise = model.dropoutRandom.state();
  const long = unroll(model, {
    batch: B,
    steps: (count - 1) * advance + T,
    mask: real !== null,
    // With the windows' dropout: masks that are the same at all steps do not depend on the number of steps.
    training: true,
  });
  const states = Object.entries(long.states).flatMap(([layer, states]) =>
    Object.entries(states).map(([state, { initial }]) => ({ layer, state, initial })),
  );
  if (initialState) for (const { initial } of states) normal(0.5)(initial, random);
  sequence.write(long, 0);
  long.forward();
  model.dropoutRandom.restore(noise);

  return Array.from({ length: count }, (_, w) =>
    states.map(({ layer, state, initial }) => {
      const value = w === 0 ? initial : stateAfter(long, layer, state, w * advance);
      const gradient = tensor(new Float64Array(value.size), ...value.shape);
      return { layer, state, value: tensor(Float64Array.from(value.data), ...value.shape), gradient };
    }),
  );
}

/** The state after `steps` steps, as written by the node of the last of them. */
function stateAfter(graph: Graph, layer: string, state: string, steps: number): Tensor {
  return graph.nodes.find(({ name }) => name === `${layer}@${steps - 1}`)!.writes[state]!;
}
