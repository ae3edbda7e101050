/** Writes text with the Alice model, character by character: batch 1, with the state carried over. */
import { createRandom, unroll } from '../models/index.js';
import { generateByState } from '../tasks/alice/generate.js';
import type { Comparison, ComparisonResult } from './comparison.js';
import type { KernelSet } from './kernelSets.js';
import { buildModel } from './steps/model.js';
import { STEPS } from './steps/specs.js';

const CHARACTERS = 1000;

export const generateComparison = (sets: readonly KernelSet[]): Comparison => ({
  title: `Writing ${CHARACTERS} characters with the Alice model, each drawn from its odds`,
  competitors: sets.map(({ id, name, kernels }) => {
    const graph = unroll(buildModel(kernels, STEPS[0]!), { batch: 1, steps: 1 });
    const choice = { temperature: 1, random: createRandom(1) };
    const seed = Int32Array.of(0);
    return { id, name, asynchronous: true, run: () => generateByState(graph, seed, CHARACTERS, choice) };
  }),
});

/** Characters per second. */
export const charactersPerSecond = ({ competitors }: ComparisonResult) =>
  Math.round((1000 * CHARACTERS) / competitors[0]!.median);
