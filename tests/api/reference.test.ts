/** `npm run docs` generates the library reference from the docstrings without warnings. */
import { expect, it, jest } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

// TypeDoc compiles the library once more.
jest.setTimeout(120_000);

it('every public name is documented, and every link in a docstring resolves', () => {
  const typedoc = join(process.cwd(), 'node_modules', 'typedoc', 'bin', 'typedoc');
  const { status, stdout, stderr } = spawnSync(process.execPath, [typedoc, '--emit', 'none'], {
    encoding: 'utf8',
  });
  expect({ status, said: `${stdout}${stderr}`.trim() }).toEqual({ status: 0, said: '' });
});
