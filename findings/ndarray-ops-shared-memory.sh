#!/usr/bin/env bash
# ndarray-ops assigns between views of one array entry by entry, and reads entries it has just written.
#
# What is surprising: ops.assign(a, a.transpose(1, 0)) does not transpose: it makes the matrix symmetric.
# Shifting a row by one to the right fills it with its first entry; shifting to the left works.
#
# Library:        ndarray 1.1.1, ndarray-ops 1.2.2.
# Expected:       Overlapping views are assigned as if through a temporary copy, as in NumPy and in
#                 TypedArray.set and copyWithin of JavaScript, on which ndarray is built.
# What happens:   No copy and no error, and entries are lost.
# Why it matters: Shifting a window of a sequence by one step, reversing time and transposing a matrix are
#                 everyday operations with recurrent networks, and the result has the right shape and
#                 plausible numbers.
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

const row = () => ndarray(Float32Array.from([1, 2, 3, 4, 5, 6]));
const seen = (name, array, expected) => {
  const numbers = Array.from(array.data);
  console.log(name.padEnd(17), numbers.join(' '));
  assert.deepEqual(numbers, expected);
};

const right = row();
ops.assign(right.lo(1), right.hi(5));
seen('shift to the right', right, [1, 1, 1, 1, 1, 1]);

const left = row();
ops.assign(left.hi(5), left.lo(1));
seen('shift to the left', left, [2, 3, 4, 5, 6, 6]);

const reversed = row();
ops.assign(reversed, reversed.step(-1));
seen('reverse', reversed, [6, 5, 4, 4, 5, 6]);

const matrix = ndarray(Float32Array.from([1, 2, 3, 4, 5, 6, 7, 8, 9]), [3, 3]);
ops.assign(matrix, matrix.transpose(1, 0));
seen('transpose', matrix, [1, 4, 7, 4, 5, 8, 7, 8, 9]); // it would be 1 4 7 2 5 8 3 6 9

const typed = Float32Array.from([1, 2, 3, 4, 5, 6]);
typed.set(typed.subarray(0, 5), 1);
seen('TypedArray.set', { data: typed }, [1, 1, 2, 3, 4, 5]);
JS
node finding.cjs
