#!/usr/bin/env bash
# In Bun, a relaxed SIMD instruction changes its result while the program runs.
#
# What is surprising: Relaxed SIMD lets an engine choose among results, but once: its choices "are constant during
# the execution of any given program" (WebAssembly Core Specification 3.0, Relaxed Operations). JavaScriptCore's
# interpreter and its compiler choose differently, so the same call gives one result at first, and another once
# the function is compiled.
#
# Library:        Bun 1.4.5, for Linux on x64: npm package @oven/bun-linux-x64.
# Expected:       i32x4.relaxed_trunc_f32x4_s(NaN) and i32x4.relaxed_laneselect depend on engine and processor.
# What happens:   They depend on how often the function has been called: NaN becomes -2147483648 and later 0, 3e9
#                 becomes -2147483648 and later 2147483647. A mask of 80000000 selects the first byte of a lane,
#                 later its first bit; the specification allows only the latter, or the whole lane.
# Why it matters: Exponentials of the usual kind convert to whole numbers, and masks are selects. One that tests
#                 the relaxed instructions at the start, and then relies on the answer, breaks after some calls.
set -euo pipefail
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
export npm_config_cache="$work/cache"
npm install --prefix "$work" --ignore-scripts --no-audit --no-fund --loglevel=error \
  assemblyscript@0.28.20 @oven/bun-linux-x64@1.4.5
cd "$work"

cat > relaxed.ts <<'TS'
export function truncate(x: f32): i32 {
  return i32x4.extract_lane(i32x4.relaxed_trunc_f32x4_s(f32x4.splat(x)), 0);
}
export function select(x: i32, y: i32, mask: i32): i32 {
  return i32x4.extract_lane(i32x4.relaxed_laneselect(i32x4.splat(x), i32x4.splat(y), i32x4.splat(mask)), 0);
}
TS
node_modules/.bin/asc relaxed.ts --runtime stub --enable simd --enable relaxed-simd -O3 --outFile relaxed.wasm

cat > finding.mjs <<'JS'
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
const module = new WebAssembly.Module(readFileSync('relaxed.wasm'));
const { truncate, select } = new WebAssembly.Instance(module).exports;
const results = () => ({
  'truncate(NaN)': truncate(NaN),
  'truncate(3e9)': truncate(3e9),
  'select(aaaaaaaa, 55555555, 80000000)': (select(0xaaaaaaaa, 0x55555555, 0x80000000) >>> 0).toString(16),
});
const first = results();
let later = first;
// The compiler works in the background: give it time, but only as much as it needs.
for (let n = 0; n < 2000 && Object.keys(first).some((name) => later[name] === first[name]); n++) {
  for (let call = 0; call < 1000; call++) later = results();
  await new Promise((done) => setTimeout(done, 1));
}
console.log(`Bun ${Bun.version} ${process.arch}`);
for (const name in first) console.log(name.padEnd(38), 'at first:', first[name], ' later:', later[name]);
assert.deepEqual(Object.values(first), [-2147483648, -2147483648, 'aa555555']);
assert.deepEqual(Object.values(later), [0, 2147483647, 'd5555555']);
JS
node_modules/@oven/bun-linux-x64/bin/bun finding.mjs
