#!/usr/bin/env bash
# Binaryen's pass "licm" moves nothing out of the for-loops that AssemblyScript compiles.
#
# What is surprising: The pass is named after loop-invariant code motion, and nothing in the loop writes the
# global. But the pass moves only what is at the top of a loop's body, and a for-loop compiles to a loop whose
# body is an `if`.
#
# Library:        assemblyscript 0.28.20 with its binaryen, optimization level 3.
# Expected:       With `--runPasses licm`, the global is read and spread over a vector once, before the loop.
# What happens:   Both stay in the loop; the module has the same bytes with the pass and without.
# Why it matters: V8 from 13 on materializes vector constants in each iteration. Replacing them by globals does
#                 not help until something moves the loads out of the loop.
set -euo pipefail
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
export npm_config_cache="$work/cache"
npm install --prefix "$work" --ignore-scripts --no-audit --no-fund --loglevel=error assemblyscript@0.28.20
cd "$work"

cat > scale.ts <<'TS'
export let factor: f32 = 0.1;
export function scale(p: usize, end: usize): void {
  for (; p < end; p += 16) v128.store(p, f32x4.mul(v128.load(p), f32x4.splat(factor)));
}
TS
compile() { node_modules/.bin/asc scale.ts --runtime stub --enable simd -O3 "$@"; }
compile --outFile plain.wasm
compile --runPasses licm --outFile moved.wasm --textFile moved.wat

cat > finding.cjs <<'JS'
const assert = require('node:assert/strict');
const { readFileSync } = require('node:fs');
const text = readFileSync('moved.wat', 'utf8');
const [loop, read] = [text.search(/\bloop\b/), text.indexOf('global.get')];
const [next] = /\b(if|block|br_if)\b/.exec(text.slice(loop + 4)) ?? [];
console.log(`reads of the global: ${text.split('global.get').length - 1}, ${read > loop ? 'in' : 'before'} the loop`);
console.log(`what the loop holds first: ${next}`);
const same = readFileSync('plain.wasm').equals(readFileSync('moved.wasm'));
console.log(`the module with the pass and without: ${same ? 'the same bytes' : 'different'}`);
assert.ok(loop > 0 && read > loop);
assert.equal(next, 'if');
assert.ok(same);
JS
node finding.cjs
