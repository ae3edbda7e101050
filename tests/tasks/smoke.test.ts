/** Every program runs offline on the bundled data. */
import { describe, expect, it } from '@jest/globals';
import { smokeRuns } from '../../tasks/smoke/runs.js';
import { smoke } from '../../tasks/smoke/smoke.js';
import { taskCommands } from '../../tasks/tasks.js';

describe('npm run tasks:smoke', () => {
  it.each(smokeRuns)('runs %s', async (run) => {
    const { wrong, printed } = await smoke(run);
    expect(wrong === null ? '' : `${printed}\n${wrong}`).toBe('');
  });

  it('covers every program', () => {
    const run = new Set(smokeRuns.map((line) => line.split(' ')[0]));
    expect([...run].sort()).toEqual(
      taskCommands()
        .map((command) => command.name())
        .sort(),
    );
  });

  it('reports a program that fails', async () => {
    expect((await smoke('alice --epochs none')).wrong).toBe('exit status 1');
  });
});
