import { expect, it } from '@jest/globals';
import { heldOutErrors } from '../../bench/forecaster/heldOut.js';
import { syntheticLoad } from '../../datasets/index.js';
import { createKernels, createRandom } from '../../models/index.js';
import { rhythmOf } from '../../tasks/electricity/clock.js';
import { splitOf, type Series } from '../../tasks/electricity/series.js';

it('a dropout is judged without the test part, after each of the epochs asked for', async () => {
  const readings = syntheticLoad(createRandom(1, 'load'), 35);
  const split = splitOf(readings);
  const kernels = await createKernels({ threads: 1 });
  const errors = (readings: Float64Array) => {
    const rhythm = rhythmOf(15 * 60_000)!;
    const series = { readings, filled: new Uint8Array(readings.length), rhythm, start: 0 };
    const record = { least: 0, most: 200 } as Series['record'];
    return heldOutErrors(kernels, { ...series, record }, 0.2, 1, [1, 3]);
  };
  const [first, third] = (await errors(readings)) as [number, number];
  expect(third).toBeLessThan(first);
  expect(await errors(readings.map((value, n) => (n < split ? value : 0)))).toEqual([first, third]);
  await kernels.close();
});
