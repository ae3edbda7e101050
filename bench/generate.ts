/** Writes text with the Alice model, character by character: batch 1, with the state carried over. */
import { createRandom, generate } from '../models/index.js';
import type { Comparison, ComparisonResult } from './comparison.js';
import type { KernelSet } from './kernelSets.js';
import { buildModel } from './steps/model.js';
import { STEPS } from './steps/specs.js';

const CHARACTERS = 1000;

export const generateComparison = (sets: readonly KernelSet[]): Comparison => ({
  title: `Writing ${CHARACTERS} characters with the Alice model, each drawn from its odds`,
  competitors: sets.map(({ id, name, kernels }) => {
    const model = buildModel(kernels, STEPS[0]!);
    const choice = { random: createRandom(1) };
    return { id, name, asynchronous: true, run: () => generate(model, [0], CHARACTERS, choice) };
  }),
});

/** Characters per second. */
export const charactersPerSecond = ({ competitors }: ComparisonResult) =>
  Math.round((1000 * CHARACTERS) / competitors[0]!.median);
