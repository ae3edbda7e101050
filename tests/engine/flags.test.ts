/** Kernels ask V8 for better code by flags of the process (engine/wasm/platform/v8.ts). Nobody else may notice. */
import { spawnSync } from 'node:child_process';
import { describe, expect, it, jest } from '@jest/globals';

// Each test starts programs.
jest.setTimeout(60_000);

/** Creates kernels in a process with these flags, then runs some more lines, and returns what all of it prints. */
function run(flags: readonly string[], more: string, options = '{}') {
  const script = `
    import { createKernels } from '${new URL('../../engine/index.js', import.meta.url).href}';
    // Whether a program may name functions of V8. (V8 remembers texts that it has parsed, so no two are the same.)
    const allowed = (when) => {
      try {
        return typeof new Function(when, '%HasFastProperties(' + when + ')') === 'function';
      } catch {
        return false;
      }
    };
    const before = allowed('before');
    const { name } = await createKernels(${options});
    ${more}
  `;
  return runScript(flags, script);
}

function runScript(flags: readonly string[], script: string) {
  const args = [...flags, '--input-type=module', '--eval', script];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
  return { status, printed: stdout.trim(), stderr };
}

const quietly = (printed: string) => ({ status: 0, printed, stderr: '' });

describe('creating kernels', () => {
  it('prints nothing', () => {
    expect(run([], '')).toEqual(quietly(''));
    expect(run([], '', '{ threads: 2 }').stderr).toBe('');
  });

  it('leaves the functions of V8 as forbidden to programs as they were', () => {
    expect(run([], `console.log(before, allowed('after'));`)).toEqual(quietly('false false'));
  });

  it.each(['--allow-natives-syntax', '--allow_natives_syntax'])(
    'leaves them allowed to a process with %s',
    (flag) => {
      expect(run([flag], `console.log(before, allowed('after'));`)).toEqual(quietly('true true'));
    },
  );

  it('with { wide: false } gives kernels of 128 bits', () => {
    expect(run([], 'console.log(name);', '{ wide: false }')).toEqual(
      quietly(expect.stringMatching(/^wasm-(relaxed-)?simd$/) as unknown as string),
    );
  });

  it('gives them to a process that may not make code from strings', () => {
    // Such a process cannot load ndarray-ops, which does. So only the builds are loaded, not the library.
    const script = `
      import { BUILDS, loadBuild } from '${new URL('../../engine/wasm/platform/load.js', import.meta.url).href}';
      console.log((await loadBuild(BUILDS)).name);
    `;
    expect(runScript(['--disallow-code-generation-from-strings'], script)).toEqual(
      quietly(expect.stringMatching(/^(hoisted|relaxed|simd)$/) as unknown as string),
    );
  });
});
