/** The errors of e^x, tanh and σ in float32, in units in the last place (ulp) of the exact value. */
import { describe, expect, it } from '@jest/globals';
import { Arena } from '../../engine/wasm/platform/arena.js';
import { loadBuild, type BuildName } from '../../engine/wasm/platform/load.js';
import { WebAssembly } from '../../engine/wasm/platform/webAssembly.js';

type Map = (y: number, x: number, n: number) => void;
type Exports = Record<'mapExp' | 'mapTanh' | 'mapSigmoid', Map>;

// Another form of σ for x > 0, so that neither e^x nor the quotient overflows.
const sigmoid = (x: number) => (x < 0 ? Math.exp(x) / (1 + Math.exp(x)) : 1 / (1 + Math.exp(-x)));

const functions = [
  { name: 'mapExp', exact: Math.exp, bound: 1.1, atInfinity: [0, Infinity] },
  { name: 'mapTanh', exact: Math.tanh, bound: 2.7, atInfinity: [-1, 1] },
  { name: 'mapSigmoid', exact: sigmoid, bound: 2.7, atInfinity: [0, 1] },
] as const;

const N = 2 ** 14;

// Without a processor that fuses, there is no relaxed build.
const builds: BuildName[] = (await loadBuild(['relaxed'])) ? ['relaxed', 'simd'] : ['simd'];

describe.each(builds)('in the build %s', (build) => {
  describe.each(functions)('$name', ({ name, exact, bound, atInfinity }) => {
    it(`is within ${bound} ulp over the whole float32 range`, async () => {
      const { x, y, map } = await load(build, name);
      const bits = new Uint32Array(x.buffer, x.byteOffset, N);
      let worst = { error: 0, x: 0 };
      // A prime step, so that the low bits vary too; half a million numbers.
      for (let next = 0; next < 2 ** 32;) {
        for (let n = 0; n < N; n++, next += 8191) bits[n] = next;
        map(N);
        for (let n = 0; n < N; n++) {
          const error = ulps(y[n]!, exact(x[n]!));
          if (!(error <= worst.error)) worst = { error, x: x[n]! };
        }
      }
      expect(worst.error).toBeLessThanOrEqual(bound);
    });

    it('is exact at NaN, infinity and numbers too small to square', async () => {
      const { x, y, map } = await load(build, name);
      const special = [NaN, -Infinity, Infinity, 0, -0, 1e-30, -1e-30, 1e-45, -1e-45];
      x.set(special);
      map(special.length);
      expect(Array.from(y.subarray(0, 3))).toEqual([NaN, ...atInfinity]);
      expect(y.subarray(3, special.length)).toEqual(Float32Array.from(special.slice(3), exact));
    });

    it('is bit-identical in a vector and at the end of a row, and writes nothing after it', async () => {
      const { x, y, map } = await load(build, name);
      for (let n = 0; n < 9; n++) x[n] = Math.sin(n) * 5;
      map(9);
      const whole = y.slice(0, 9);
      for (let length = 1; length < 9; length++) {
        y.fill(7);
        map(length);
        expect(y.subarray(0, 9)).toEqual(whole.map((value, n) => (n < length ? value : 7)));
      }
    });
  });
});

/** Arrays of N numbers in a new arena, and y = f(x) for the first n. */
async function load(name: BuildName, f: keyof Exports) {
  const build = await loadBuild([name]);
  const arena = new Arena();
  const [x, y] = [arena.float32(N), arena.float32(N)];
  const { exports } = new WebAssembly!.Instance(build!.module, { env: { memory: arena.memory } });
  return { x, y, map: (n: number) => (exports as Exports)[f](y.byteOffset, x.byteOffset, n) };
}

const float = new Float32Array(1);
const floatBits = new Uint32Array(float.buffer);

/** |actual - exact| in units in the last place of `exact` as a float32; 0 where it rounds to `actual`. */
function ulps(actual: number, exact: number): number {
  float[0] = exact;
  if (Object.is(actual, float[0])) return 0;
  const exponent = Math.max((floatBits[0]! >>> 23) & 255, 1) - 127;
  return Math.abs(actual - exact) / 2 ** (exponent - 23);
}
