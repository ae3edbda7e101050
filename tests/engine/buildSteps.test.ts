/** The steps of the build that change sources and modules: engine/wasm/pairVectors.js and hoistConstants.js. */
import { describe, expect, it } from '@jest/globals';

// They stay where they are: the build runs before there is anything in dist.
const load = async (name: string) =>
  (await import(new URL(`../../../engine/wasm/${name}.js`, import.meta.url).href)) as Record<
    string,
    (text: string) => string
  >;
const pairVectors = (await load('pairVectors'))['pairVectors']!;
const hoistConstants = (await load('hoistConstants'))['hoistConstants']!;

const withoutSpace = (text: string) => text.replace(/\s+/g, ' ').trim();
const expectText = (text: string, expected: string) =>
  expect(withoutSpace(text)).toBe(withoutSpace(expected));

/** The function of two vectors that is made of this one. */
function ofTwo(source: string): string {
  const result = pairVectors(source);
  expect(result.startsWith(source)).toBe(true);
  return result.slice(source.length);
}

describe('pairVectors', () => {
  it('puts a loop in steps of two vectors before a loop over vectors, which takes the one that may remain', () => {
    expectText(
      pairVectors(
        'let n = 0; for (; n <= end - 16; n += 16) f(4, x + n); if (n < end) f((end - n) >> 2, x + n);',
      ),
      `let n = 0;
       for (; n <= end - 32; n += 32) fOfTwo(x + n);
       for (; n <= end - 16; n += 16) f(4, x + n);
       if (n < end) f((end - n) >> 2, x + n);`,
    );
  });

  it('does so in braces, over several lines, and if the loop carries a sum', () => {
    expectText(
      pairVectors('for (; n <= end - 16; n += 16) {\n  sum = f(\n    4, sum, x + n,\n  );\n}'),
      `for (; n <= end - 32; n += 32) { sum = fOfTwo(sum, x + n, ); }
       for (; n <= end - 16; n += 16) { sum = f( 4, sum, x + n, ); }`,
    );
  });

  it('reads both halves before it stores, the upper half first, as V8 wants it', () => {
    expectText(
      ofTwo(`function f(lanes: i32, x: usize): void {
        storeLanes(x, f32x4.neg(loadLanes(x, lanes)), lanes);
      }`),
      `@inline function fOfTwo(x: usize): void {
        {
          const lower = f32x4.neg(v128.load(x, 0)), upper = f32x4.neg(v128.load(x, 16));
          v128.store(x, upper, 16);
          v128.store(x, lower);
        }
      }`,
    );
  });

  it('doubles variables that hold vectors and those computed from them, and no others', () => {
    expectText(
      ofTwo(`function f(lanes: i32, x: usize, factor: v128): void {
        const a = loadLanes(x, lanes), b = f32x4.mul(a, factor);
        const c = f32x4.sqrt(factor);
        storeLanes(x, f32x4.add(b, c), lanes);
      }`),
      `@inline function fOfTwo(x: usize, factor: v128): void {
        const a0 = v128.load(x, 0), a1 = v128.load(x, 16);
        const b0 = f32x4.mul(a0, factor), b1 = f32x4.mul(a1, factor);
        const c = f32x4.sqrt(factor);
        {
          const lower = f32x4.add(b0, c), upper = f32x4.add(b1, c);
          v128.store(x, upper, 16);
          v128.store(x, lower);
        }
      }`,
    );
  });

  it('computes an address once, into a variable that both halves use', () => {
    expectText(
      ofTwo(`function f(lanes: i32, x: usize, row: i32): void {
        const a = loadLanes(x + row, lanes);
        storeLanes(x + row, f32x4.neg(a), lanes);
      }`),
      `@inline function fOfTwo(x: usize, row: i32): void {
        const address0 = x + row;
        const a0 = v128.load(address0, 0), a1 = v128.load(address0, 16);
        {
          const lower = f32x4.neg(a0), upper = f32x4.neg(a1);
          v128.store(address0, upper, 16);
          v128.store(address0, lower);
        }
      }`,
    );
  });

  it('takes a branch if any lane of either half asks for it, and keeps addresses of a branch to it', () => {
    expectText(
      ofTwo(`function f(lanes: i32, x: usize, row: i32): void {
        const a = loadLanes(x, lanes);
        if (v128.any_true(a)) storeLanes(x + row, a, lanes);
        else storeLanes(x + row, f32x4.neg(a), lanes);
      }`),
      `@inline function fOfTwo(x: usize, row: i32): void {
        const a0 = v128.load(x, 0), a1 = v128.load(x, 16);
        if (v128.any_true(v128.or(a0, a1))) {
          const address0 = x + row;
          { const lower = a0, upper = a1; v128.store(address0, upper, 16); v128.store(address0, lower); }
        } else {
          const address0 = x + row;
          {
            const lower = f32x4.neg(a0), upper = f32x4.neg(a1);
            v128.store(address0, upper, 16);
            v128.store(address0, lower);
          }
        }
      }`,
    );
  });

  it('adds the halves to a carried sum in order, so that it has the bits of the loop over one vector', () => {
    expectText(
      ofTwo(`function f(lanes: i32, sum: v128, x: usize): v128 {
        return f32x4.add(sum, g(loadLanes(x, lanes), lanes));
      }`),
      `@inline function fOfTwo(sum: v128, x: usize): v128 {
        sum = f32x4.add(sum, g(v128.load(x, 0), 4));
        return f32x4.add(sum, g(v128.load(x, 16), 4));
      }`,
    );
  });

  it('leaves other loops and functions alone', () => {
    const source = `
      for (let m = 0; m < M; m++) f(m, x);
      for (; x < end; x += 16) sum = f32x4.add(sum, v128.load(x));
      function f(x: usize, lanes: i32): void { storeLanes(x, loadLanes(x, lanes), lanes); }`;
    expect(pairVectors(source)).toBe(source);
  });

  it.each([
    ['counts otherwise', 'for (let j = 0; j < n; j += 16) f(4, x + j);'],
    ['has another step', 'for (; j <= end - 16; j += 8) f(4, x + j);'],
    ['ends elsewhere', 'for (; j < end; j += 16) f(4, x + j);'],
    ['does more', 'for (; j <= end - 16; j += 16) { f(4, x + j); count++; }'],
  ])('throws and shows a loop over vectors that %s', (_, loop) => {
    expect(() => pairVectors(loop)).toThrow(`not a loop over vectors: ${loop}`);
  });

  it.each(['for (;;) {}', 'g(x);'])('throws and shows a statement that it cannot double: %s', (statement) => {
    const source = `function f(lanes: i32, x: usize): void { ${statement} }`;
    expect(() => pairVectors(source)).toThrow(`not a statement about vectors: ${statement}`);
  });
});

describe('hoistConstants', () => {
  /** A function in the form that binaryen prints. */
  const functionOf = (name: string, ...lines: string[]) =>
    [` (func $${name} (param $0 i32)`, ...lines.map((line) => `  ${line}`), ' )', ''].join('\n');
  const moduleOf = (...functions: string[]) => `(module\n${functions.join('')})\n`;
  const constant = (...lanes: string[]) => `(v128.const i32x4 ${lanes.join(' ')})`;
  const same = (lane: string) => constant(lane, lane, lane, lane);
  const [ONE, TWO] = ['0x3f800000', '0x40000000'];
  const loop = (...uses: string[]) => `(loop $again ${uses.map((use) => `(drop ${use})`).join(' ')})`;

  it('loads a constant of a loop before it, from a global that V8 cannot take for a constant', () => {
    expect(hoistConstants(moduleOf(functionOf('f', '(local $1 i32)', loop(same(ONE)))))).toBe(
      '(module\n' +
        ` (global $${ONE} (mut f32) (f32.const 1))\n` +
        functionOf(
          'f',
          '(local $1 i32)',
          `(local $${ONE} v128)`,
          `(local.set $${ONE} (f32x4.splat (global.get $${ONE})))`,
          loop(`(local.get $${ONE})`),
        ) +
        ')\n',
    );
  });

  it('loads it once per function, whatever the number of loops and uses, from one global of the module', () => {
    const uses = [loop(same(ONE), same(TWO)), loop(same(ONE))];
    const text = hoistConstants(moduleOf(functionOf('f', ...uses), functionOf('g', loop(same(ONE)))));
    const count = (part: string) => text.split(part).length - 1;
    expect(count(`(global $${ONE} `)).toBe(1);
    expect(count(`(local $${ONE} v128)`)).toBe(2);
    expect(count(`(local.set $${ONE} `)).toBe(2);
    expect(count(`(local.get $${ONE})`)).toBe(3);
    expect(count(`(local.get $${TWO})`)).toBe(1);
    expect(text).not.toContain('v128.const');
  });

  it('finds constants in inner loops', () => {
    const text = hoistConstants(moduleOf(functionOf('f', `(loop $outer ${loop(same(ONE))})`)));
    expect(text).toContain(`(loop $outer (loop $again (drop (local.get $${ONE}))))`);
  });

  it.each([
    ['outside of loops', `(drop ${same(ONE)})`],
    ['that are 0, which needs no load', loop(same('0x00000000'))],
    ['whose lanes differ', loop(constant(ONE, ONE, TWO, TWO))],
  ])('leaves constants %s', (_, line) => {
    const text = moduleOf(functionOf('f', line));
    expect(hoistConstants(text)).toBe(text);
  });

  it.each([
    ['0x80000000', '-0'],
    ['0x00800000', '1.1754943508222875e-38'],
    ['0x3dcccccd', '0.10000000149011612'],
  ])('writes the number with the bits %s exactly: %s', (bits, number) => {
    expect(hoistConstants(moduleOf(functionOf('f', loop(same(bits)))))).toContain(`(f32.const ${number})`);
    expect(new Int32Array(Float32Array.of(Number(number)).buffer)[0]).toBe(Number(bits) | 0);
  });

  it.each(['0x7f800000', '0x7fffffff', '0xffffffff'])(
    'throws for %s, whose bits a number may lose',
    (bits) => {
      expect(() => hoistConstants(moduleOf(functionOf('f', loop(same(bits)))))).toThrow(
        `${bits} is not a finite number`,
      );
    },
  );
});
