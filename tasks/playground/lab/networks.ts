/** The networks of an exhibit. They are those of the command line: the same weights, examples and losses. */
import * as nn from '../../../models/index.js';
import { addingModel, addingProblem, BASELINE } from '../../common/addingProblem.js';
import type { Problem } from '../../common/problem.js';
import { createFlow, type Flow } from '../../lab/gradientFlow.js';
import { setForgetBias, setSpectralRadius } from '../../lab/initialization.js';
import { topologies } from '../../topologies/topologies.js';
import type { Topology } from '../../topologies/topology.js';
import { SIZES, type AddingExhibit, type Exhibit, type TopologyExhibit } from './exhibit.js';
import type { Answered } from './protocol.js';

export interface Network {
  readonly model: nn.Model;
  /** Trains on the next batch. @returns its loss @throws InputError when it is not finite */
  step(): number;
  /** Null: this exhibit does not show it. */
  readonly flow: (() => Flow) | null;
  readonly answer: (() => Promise<Answered>) | null;
}

export interface Networks {
  readonly all: readonly Network[];
  readonly batches: number | null;
  readonly baseline: number;
}

export const createNetworks = (kernels: nn.Kernels, exhibit: Exhibit): Networks =>
  exhibit.kind === 'adding' ? addingNetworks(kernels, exhibit) : topologyNetwork(kernels, exhibit);

function addingNetworks(kernels: nn.Kernels, exhibit: AddingExhibit): Networks {
  const { cells, units, seed, radius, bias, hasFlows } = exhibit;
  const all = cells.map((cell): Network => {
    const model = addingModel(kernels, cell, seed, units);
    if (cell === 'rnn' && radius !== null) setSpectralRadius(model, radius);
    if (cell === 'lstm' && bias !== null) setForgetBias(model, bias);
    const flow = hasFlows ? createFlow(model, exhibit) : null;
    return { model, step: createStep(addingProblem(model, exhibit)), flow, answer: null };
  });
  return { all, batches: null, baseline: BASELINE };
}

function topologyNetwork(kernels: nn.Kernels, { name, cell, seed }: TopologyExhibit): Networks {
  const topology: Topology = topologies[name];
  const { defaults } = topology;
  const { epochs } = defaults;
  const { problem, example } = topology.create(kernels, {
    cell,
    epochs,
    size: SIZES[name] ?? defaults.size,
    seed,
  });
  const answer = async (): Promise<Answered> => {
    const { graph, reads, right, says } = await example();
    graph.backward();
    // An encoder's steps come before those of its decoder.
    const norms = Object.values(nn.trace(graph)).flatMap((layer) => [...layer.norms!.h!]);
    return { reads, right, says, norms };
  };
  const { model } = problem.trainer;
  const batches = epochs * Math.ceil(problem.training.count / problem.batch);
  const { output } = nn.unroll(model, { ...problem.unroll, batch: 1 });
  const baseline = name === 'adding' ? BASELINE : Math.log(output.shape.at(-1)!);
  return { all: [{ model, step: createStep(problem), flow: null, answer }], batches, baseline };
}

/** @returns a function that trains on the next batch, as `fit` does; batches of an epoch are of one size */
export function createStep({ trainer, training, batch, unroll, shuffle }: Problem): () => number {
  const graph = nn.unroll(trainer.model, { ...unroll, batch });
  const { count } = training;
  let [next, order] = [count, null as ArrayLike<number> | null];
  return () => {
    if (next + batch > count) {
      next = 0;
      order = shuffle?.permutation(count) ?? null;
    }
    for (let row = 0; row < batch; row++, next++) training.write(graph, row, order?.[next] ?? next);
    return trainer.step(graph);
  };
}
