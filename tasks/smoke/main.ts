/** `npm run tasks:smoke`: a short run of each program. */
import { print } from '../common/say.js';
import { smoke } from './smoke.js';
import { smokeRuns } from './runs.js';

for (const run of smokeRuns) {
  const start = performance.now();
  const { wrong, printed } = await smoke(run);
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  print(`${wrong === null ? 'runs' : 'FAILS'}  ${run} (${seconds} s)`);
  if (wrong === null) continue;
  print(`${printed.trimEnd()}\n${wrong}`);
  process.exitCode = 1;
}
