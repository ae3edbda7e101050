#!/usr/bin/env bash
# ndarray-ops ignores NaN in a maximum, and its argmax can return an index past the end.
#
# What is surprising: norminf of a gradient that contains NaN is the largest of the other entries, a valid
# number. argmax of a row of NaN, or of -Infinity, is the length of the row: one past its end.
#
# Library:        ndarray 1.1.1, ndarray-ops 1.2.2.
# Expected:       NaN, as from Math.max, NumPy and ops.norm2; and from argmax an index within the row, the
#                 first.
# What happens:   norminf and sup are finite. argmax of two NaN is 2.
# Why it matters: The largest entry shows whether training has diverged, and argmax picks the next word: that
#                 index stands for no word, and get() at it is undefined or the first entry of the next row.
set -euo pipefail
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
export npm_config_cache="$work/cache"
npm install --prefix "$work" --ignore-scripts --no-audit --no-fund --loglevel=error \
  ndarray@1.1.1 ndarray-ops@1.2.2
cd "$work"

cat > finding.cjs <<'JS'
const assert = require('node:assert/strict');
const ndarray = require('ndarray');
const ops = require('ndarray-ops');

const gradient = ndarray(Float32Array.from([NaN, 1, -2]));
const norms = { norminf: ops.norminf(gradient), sup: ops.sup(gradient), norm2: ops.norm2(gradient) };
console.log('of [NaN, 1, -2]:', norms, 'Math.max', Math.max(...gradient.data));
assert.deepEqual(norms, { norminf: 2, sup: 1, norm2: NaN });

for (const value of [NaN, -Infinity, 0]) {
  const scores = ndarray(Float32Array.from([value, value]));
  const [index] = ops.argmax(scores);
  console.log(`argmax of [${value}, ${value}] is ${index}, and there stands ${scores.get(index)}`);
  assert.equal(index, value === 0 ? 0 : 2);
}

const batch = ndarray(Float32Array.from([NaN, NaN, 0.25, 0.75]), [2, 2]);
const first = batch.pick(0);
console.log('in a batch there stands, of the next row,', first.get(ops.argmax(first)[0]));
assert.equal(first.get(ops.argmax(first)[0]), 0.25);
JS
node finding.cjs
