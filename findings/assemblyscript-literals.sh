#!/usr/bin/env bash
# In AssemblyScript, x * 0.1 and 0.1 * x are different products.
#
# What is surprising: A literal takes the type of the operand to its left. So for x of type f32, x * 0.1 is
# computed in float32, even if the result is stored as f64, while 0.1 * x is computed in float64. And x == 0.1
# can be true while 0.1 == x is false.
#
# Library:        assemblyscript 0.28.20.
# Expected:       A literal with a decimal point is an f64, as in C and Java, or takes its type from where the
#                 result is stored; either way, the order of the operands does not matter.
# What happens:   With x = 0.7: 0.07000000029802322 and 0.06999999880790711. With x = 1, x * 1e300 is
#                 Infinity.
# Why it matters: Kernels in float32 keep some sums in float64. Swapping two operands, for style or for a
#                 linter rule about literals on the left, changes their precision without any message from
#                 the compiler.
set -euo pipefail
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
export npm_config_cache="$work/cache"
npm install --prefix "$work" --ignore-scripts --no-audit --no-fund --loglevel=error assemblyscript@0.28.20
cd "$work"

cat > module.ts <<'TS'
export function literalRight(x: f32): f64 { let y: f64 = x * 0.1; return y; }
export function literalLeft(x: f32): f64 { let y: f64 = 0.1 * x; return y; }
export function largeRight(x: f32): f64 { let y: f64 = x * 1e300; return y; }
export function largeLeft(x: f32): f64 { let y: f64 = 1e300 * x; return y; }
export function equalRight(x: f32): bool { return x == 0.1; }
export function equalLeft(x: f32): bool { return 0.1 == x; }
TS
node_modules/.bin/asc module.ts -O3 --runtime stub --outFile module.wasm

cat > finding.cjs <<'JS'
const assert = require('node:assert/strict');
const compiled = new WebAssembly.Module(require('node:fs').readFileSync('module.wasm'));
const f = new WebAssembly.Instance(compiled).exports;
const seen = (name, value, expected) => {
  console.log(name.padEnd(22), value);
  assert.equal(value, expected);
};
seen('x * 0.1, x = 0.7', f.literalRight(0.7), Math.fround(Math.fround(0.7) * Math.fround(0.1)));
seen('0.1 * x', f.literalLeft(0.7), 0.1 * Math.fround(0.7));
seen('x * 1e300, x = 1', f.largeRight(1), Infinity);
seen('1e300 * x', f.largeLeft(1), 1e300);
seen('x == 0.1, x = 0.1', Boolean(f.equalRight(0.1)), true);
seen('0.1 == x', Boolean(f.equalLeft(0.1)), false);
assert.notEqual(f.literalRight(0.7), f.literalLeft(0.7));
JS
node finding.cjs
