/** Whether a build fuses product and sum is computed, not assumed; the kernels' name says which it is. */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { expect, it } from '@jest/globals';
import { Arena } from '../../engine/wasm/platform/arena.js';
import { fuses } from '../../engine/wasm/platform/fused.js';
import { loadBuild, type BuildName } from '../../engine/wasm/platform/load.js';
import { WebAssembly, type Module } from '../../engine/wasm/platform/webAssembly.js';

interface Exports {
  gemm: (...args: number[]) => void;
  useScratch: (address: number) => void;
  SCRATCH_BYTES: { value: number };
}

/** A build from its file. Node 20 compiles relaxed SIMD only once one has been loaded. */
function compile(name: BuildName): Promise<Module> {
  return WebAssembly!.compile(readFileSync(new URL(`../../engine/wasm/${name}.wasm`, import.meta.url)));
}

/** Whether the product [s, x] · [1, x] is s + x², rounded once. */
function productFuses(module: Module): boolean {
  const arena = new Arena();
  const [a, b, out] = [arena.float32(2), arena.float32(2), arena.float32(1)];
  a.set([-(1 + 2 ** -11), 1 + 2 ** -12]);
  b.set([1, 1 + 2 ** -12]);
  const { exports } = new WebAssembly!.Instance(module, { env: { memory: arena.memory } });
  const { gemm, useScratch, SCRATCH_BYTES } = exports as Exports;
  useScratch(arena.reserve(SCRATCH_BYTES.value));
  gemm(out.byteOffset, 1, a.byteOffset, 2, 1, b.byteOffset, 1, 1, 1, 1, 2, 0);
  return out[0] === 2 ** -24;
}

/** The name of the kernels of a new process. */
function nameOfKernels(flags: readonly string[], before = ''): string {
  const engine = new URL('../../engine/index.js', import.meta.url).href;
  const script = `
    ${before}
    const { createKernels } = await import('${engine}');
    console.log((await createKernels()).name);
  `;
  const { stdout, stderr } = spawnSync(process.execPath, [...flags, '--input-type=module', '-e', script], {
    encoding: 'utf8',
    timeout: 30_000,
  });
  return stdout.trim() || stderr;
}

it.each(['hoisted', 'relaxed'] as BuildName[])(
  'the build %s is used if its matrix product fuses',
  async (name) => {
    const build = await loadBuild([name]);
    const module = await compile(name);
    expect(fuses(module)).toBe(productFuses(module));
    expect(build !== null).toBe(productFuses(module));
  },
);

it('the plain build does not fuse', async () => {
  const module = await compile('simd');
  expect([fuses(module), productFuses(module)]).toEqual([false, false]);
});

const onX64 = process.arch === 'x64' ? it : it.skip;

onX64('a processor without fused instructions runs the plain build, which is named as such', () => {
  expect(nameOfKernels(['--no-enable-fma3'])).toBe('wasm-simd');
});

it('an engine that states a version of V8 and can set no flags runs the plain build', () => {
  const asBun = `
    import { syncBuiltinESMExports } from 'node:module';
    import { readFileSync } from 'node:fs';
    import v8 from 'node:v8';
    const simd = readFileSync(new URL('${new URL('../../engine/wasm/simd.wasm', import.meta.url).href}'));
    WebAssembly.validate = (bytes) => simd.equals(bytes);
    v8.setFlagsFromString = () => { throw new Error('not yet implemented in Bun'); };
    syncBuiltinESMExports();
    const versions = { ...process.versions, v8: '11.3.244', bun: '1.1.0' };
    Object.defineProperty(process, 'versions', { value: versions });
  `;
  expect(nameOfKernels([], asBun)).toBe('wasm-simd');
});
