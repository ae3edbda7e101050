/** The forward pass alone of an LSTM that returns all hidden states, compared with ONNX Runtime. */
import { dense } from '../engine/shapes.js';
import { features, unroll } from '../models/index.js';
import type { Comparison } from './comparison.js';
import type { KernelSet } from './kernelSets.js';
import type { Competitor } from './measure.js';
import type { Peer } from './peers/peer.js';
import { buildModel } from './steps/model.js';
import type { NetworkSpec } from './steps/specs.js';
import { createForwardTask, type ForwardTask } from './steps/task.js';

export const FORWARD: readonly NetworkSpec[] = [
  { batch: 32, steps: 40, width: 64, units: 128 },
  { batch: 32, steps: 40, width: 128, units: 64 },
  { batch: 64, steps: 50, width: 512, units: 512 },
  { batch: 1, steps: 40, width: 128, units: 64 },
].map(({ batch, steps, width, units }) => ({
  id: `${batch}x${steps} ${width}->${units}`,
  title: `Forward pass: ${batch} x ${steps}, ${width} numbers, LSTM ${units}, all hidden states`,
  batch,
  steps,
  input: features(width),
  layers: [{ kind: 'lstm', units, returnSequences: true }],
}));

/** The largest difference of hidden states, which lie between -1 and 1. */
const TOLERANCE = 1e-5;

/**
 * Compares all hidden states with ours before anything is timed.
 * @throws Error when one differs
 */
export async function forwardComparison(
  spec: NetworkSpec,
  sets: readonly KernelSet[],
  peers: readonly Peer[],
): Promise<Comparison> {
  const task = createForwardTask(spec);
  const competitors: Competitor[] = [];
  let expected: Float32Array | undefined;
  const enter = (competitor: Competitor, outputs: Float32Array) => {
    expected ??= outputs;
    const difference = largestDifference(outputs, expected);
    if (!(difference <= TOLERANCE))
      throw new Error(`${competitor.name}: its hidden states differ from ours by up to ${difference}`);
    competitors.push(competitor);
  };

  for (const set of sets) {
    const { run, outputs } = build(set, task);
    enter({ id: set.id, name: set.name, threads: set.kernels.threads, run }, outputs);
  }
  for (const peer of peers) {
    const { competitor, outputs } = await peer.build(task);
    enter({ ...competitor, threads: peer.threads }, outputs!);
  }
  const notes = [`All have the same weights and input, and all hidden states agree to ${TOLERANCE}.`];
  return { id: spec.id, title: spec.title, notes, competitors };
}

function build({ kernels }: KernelSet, { spec, input }: ForwardTask) {
  const { batch, steps } = spec;
  const graph = unroll(buildModel(kernels, spec), { batch, steps });
  graph.input.data.set(input.data);
  const run = () => graph.forward();
  run();
  return { run, outputs: Float32Array.from(dense(graph.output)) };
}

function largestDifference(a: Float32Array, b: Float32Array): number {
  if (a.length !== b.length) return Infinity;
  return a.reduce((largest, x, i) => Math.max(largest, Math.abs(x - b[i]!)), 0);
}
