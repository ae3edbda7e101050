/** Our training steps on 1, 2, 4 threads: their speedup, and a check that results are bit-identical. */
import { dense } from '../engine/shapes.js';
import type { Comparison, ComparisonResult } from './comparison.js';
import { countThreads, onThreads, type KernelSet } from './kernelSets.js';
import { build } from './steps/ours.js';
import { STEPS, type StepSpec } from './steps/specs.js';
import { createTask } from './steps/task.js';

const SPECS = STEPS.filter(({ id }) => ['alice', 'sentiment', 'pos', 'lstm512'].includes(id));
/** Includes 4 on every machine: on fewer cores it shows the cost of too many threads. */
const THREADS = [1, 2, 4];
/** Steps that are compared before timing. */
const COMPARED_STEPS = 3;

/** Milliseconds of a step by the number of threads. */
export type ScalingRow = Readonly<Record<number, number>>;

/** @param time runs a comparison */
export async function timeThreads(
  time: (comparison: Comparison) => Promise<ComparisonResult>,
): Promise<Record<string, ScalingRow>> {
  const sets = await Promise.all(THREADS.map(onThreads));
  const rows: Record<string, ScalingRow> = {};
  for (const spec of SPECS) {
    const { competitors } = await time(threadsComparison(spec, sets));
    rows[spec.id] = Object.fromEntries(competitors.map(({ threads, median }) => [threads!, median]));
  }
  await Promise.all(sets.map(({ kernels }) => kernels.close()));
  return rows;
}

function threadsComparison(spec: StepSpec, sets: readonly KernelSet[]): Comparison {
  const task = createTask(spec);
  const entries = sets.map(({ kernels }) => {
    const { model, run } = build(kernels, task);
    const losses = Array.from({ length: COMPARED_STEPS }, run);
    const { buffer, byteOffset, byteLength } = dense(model.parameters.values);
    // A copy, because the timed steps continue training.
    const bits = Buffer.from(Buffer.from(buffer, byteOffset, byteLength));
    return { threads: kernels.threads, losses, bits, run };
  });
  const [one, ...more] = entries;
  for (const { threads, losses, bits } of more) {
    if (bits.equals(one!.bits) && losses.every((loss, n) => loss === one!.losses[n])) continue;
    throw new Error(`${spec.id}: ${countThreads(threads)} give other numbers than one`);
  }
  return {
    title: `Threads. ${spec.title}`,
    notes: [
      `After ${COMPARED_STEPS} steps, all losses and parameters are bit-identical for any number of threads.`,
    ],
    gain: 'faster than one thread',
    competitors: entries.map(({ threads, run }) => ({
      id: `threads${threads}`,
      name: countThreads(threads),
      threads,
      run,
    })),
  };
}
