/**
 * Every public function is called with each argument and each option replaced by wrong values, as JavaScript
 * users do whom no types protect. It answers with an error of ours, which names the function or the argument.
 */
import { afterAll, describe, expect, it } from '@jest/globals';
import * as datasets from '../../../datasets/index.js';
import { createKernels, referenceKernels } from '../../../engine/index.js';
import * as library from '../../../models/index.js';
import * as interchange from '../../../models/interchange/index.js';
import { isAllowed } from './isAllowed.js';
import type { Calls } from './call.js';
import { datasetCalls } from './datasets.js';
import { engineCalls } from './engine.js';
import { judge, mayBeMissing, wrongCalls, type Answer } from './judge.js';
import { interchangeCalls } from './interchange.js';
import { inferenceCalls } from './inference.js';
import { kernelCalls } from './kernels.js';
import { layerCalls } from './layers.js';
import { modelCalls } from './models.js';
import { trainingCalls } from './training.js';

const kernels = await createKernels();
afterAll(() => kernels.close());

const calls: Calls = {
  ...engineCalls(kernels),
  ...layerCalls(kernels),
  ...modelCalls(kernels),
  ...trainingCalls(kernels),
  ...inferenceCalls(kernels),
  ...interchangeCalls(kernels),
  ...datasetCalls,
  ...kernelCalls('wasm', kernels),
  ...kernelCalls('reference', referenceKernels(Float32Array)),
};

/** What is no function to be called: errors, and cells, which layers call. */
const isCalled = (name: string, value: unknown) => typeof value === 'function' && !name.endsWith('Error');

it('the table has every public function', () => {
  const exported = Object.entries<unknown>({ ...library, ...interchange, ...datasets });
  const functions = exported.filter(([name, value]) => isCalled(name, value)).map(([name]) => name);
  expect(functions.filter((name) => !Object.hasOwn(calls, name))).toEqual([]);
});

describe.each(Object.keys(calls))('%s', (name) => {
  const make = calls[name]!;

  it('answers each wrong argument with an error that names it, or the function', async () => {
    const wrong: Answer[] = [];
    for (const call of wrongCalls(name, make)) {
      const isRight = isAllowed(call.path, call.value) || mayBeMissing(make(), call.path, call.value, name);
      const answer = await judge(call);
      if ((answer.says === 'nothing') !== isRight || (answer.says !== 'ours' && !isRight)) wrong.push(answer);
    }
    expect(wrong.map(({ path, value, says, message }) => `${path} = ${value}: ${says} ${message}`)).toEqual(
      [],
    );
  });
});
