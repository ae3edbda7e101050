/** No file makes a reader take more than four times its size of memory. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { hostile } from './hostile.js';

/** What a process takes for what it does besides: compiled code, small objects. */
const REST = 12 * 2 ** 20;

const program = join(process.cwd(), 'dist', 'tests', 'interchange', 'measureMemory.js');
// Only Linux says how much memory a process had at most since its program began.
const isMeasured = existsSync('/proc/self/status');

describe('a file that declares more than it has is refused within four times its size', () => {
  (isMeasured ? it : it.skip).each(Object.keys(hostile))('%s', (name) => {
    const input = hostile[name]!();
    const { stdout, stderr } = spawnSync(process.execPath, [program], { input, encoding: 'utf8' });
    expect(stderr).toBe('');
    const { grown, refusal } = JSON.parse(stdout) as { grown: number; refusal: string };
    expect(refusal).toMatch(/^it: .*(damaged|truncated|pickle makes more|four times its size)/);
    expect(grown).toBeLessThanOrEqual(4 * input.length + REST);
  });
});
