/** The reference of the library: `npm run docs` makes it of the docstrings, and finds nothing to warn of. */
import { expect, it, jest } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

// TypeDoc compiles the library once more.
jest.setTimeout(120_000);

it('every public name is documented, and every link in a docstring leads somewhere', () => {
  const typedoc = join(process.cwd(), 'node_modules', 'typedoc', 'bin', 'typedoc');
  const { status, stdout, stderr } = spawnSync(process.execPath, [typedoc, '--emit', 'none'], {
    encoding: 'utf8',
  });
  expect({ status, said: `${stdout}${stderr}`.trim() }).toEqual({ status: 0, said: '' });
});
