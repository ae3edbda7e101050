/** Mutants of layers, losses, kernels and optimizers. */
import { expect, test } from '@jest/globals';
import { equivalents, excuses } from '../gradcheck/mutants/equivalents.js';
import { generateAll } from '../gradcheck/mutants/generate.js';
import {
  activationFiles,
  kernelFiles,
  layerFiles,
  lossFiles,
  optimizerFiles,
  subjects,
} from '../gradcheck/mutants/subjects.js';
import { testMutantsOf } from './noticed.js';

[layerFiles, activationFiles, lossFiles, kernelFiles, optimizerFiles].forEach(testMutantsOf);

test('each mutant that is said to change nothing is there', () => {
  const all = subjects.flatMap(generateAll);

  for (const excuse of equivalents) {
    expect({ ...excuse, excused: all.filter((mutant) => excuses(excuse, mutant)).length }).toMatchObject({
      excused: 1,
    });
  }
});
