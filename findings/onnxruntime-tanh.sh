#!/usr/bin/env bash
# The tanh of ONNX Runtime exceeds 1 for some inputs, and is not monotonic.
#
# What is surprising: Tanh is a quotient of two float32 polynomials, clamped at an input of 9, not at an
# output of 1. Between 8 and 9 it is sometimes 1.0000002, and of two neighbouring inputs the larger one often
# has the smaller tanh.
#
# Library:        onnxruntime-web 1.30.0, WebAssembly on one thread.
# Expected:       An error of an ulp or two, but never a result above 1, which libraries usually prevent.
# What happens:   Of a million inputs between -12 and 12, more than two thousand have |tanh| above 1.
# Why it matters: The derivative 1 - y * y of such a state is negative, and its atanh is NaN. Exporters that
#                 unroll a tanh-RNN, such as PyTorch's and Keras's, compute every state with this node.
set -euo pipefail
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
export npm_config_cache="$work/cache"
npm install --prefix "$work" --ignore-scripts --no-audit --no-fund --loglevel=error onnxruntime-web@1.30.0
cd "$work"

cat > finding.cjs <<'JS'
const assert = require('node:assert/strict');
const ort = require('onnxruntime-web');

// A model of one node, y = Tanh(x), as a protocol buffer of strings, messages and small numbers.
const message = (field, ...parts) => {
  const bytes = parts.flatMap((part) => (typeof part === 'string' ? [...Buffer.from(part)] : part));
  return [(field << 3) | 2, bytes.length, ...bytes];
};
const number = (field, value) => [field << 3, value];
const float32 = number(1, 1);
const oneDimension = message(2, message(1, message(2, 'n')));
const value = (name) => [...message(1, name), ...message(2, message(1, float32, oneDimension))];
const node = message(1, message(1, 'x'), message(2, 'y'), message(4, 'Tanh'));
const graph = message(7, node, message(2, 'graph'), message(11, value('x')), message(12, value('y')));
const model = Uint8Array.from([...number(1, 8), ...graph, ...message(8, number(2, 17))]);

async function main() {
  ort.env.wasm.numThreads = 1;
  const session = await ort.InferenceSession.create(model);
  const n = 1_000_001;
  const x = Float32Array.from({ length: n }, (_, i) => -12 + (24 * i) / (n - 1));
  const y = (await session.run({ x: new ort.Tensor('float32', x, [n]) })).y.data;

  let largest = 0;
  let above = 0;
  let falls = 0;
  let error = 0;
  for (let i = 0; i < n; i++) {
    largest = Math.max(largest, Math.abs(y[i]));
    error = Math.max(error, Math.abs(y[i] - Math.tanh(x[i])));
    if (Math.abs(y[i]) > 1) above++;
    if (i > 0 && y[i] < y[i - 1]) falls++;
  }
  console.log('largest absolute tanh', largest, ' 1 - y * y', 1 - largest * largest);
  console.log('above 1', above, ' falls', falls, ' of', n);
  console.log('largest error', error.toExponential(1));
  assert.equal(largest, Math.fround(1 + 2 ** -22));
  assert(above > 1000);
  assert(falls > 100_000);
  assert(error < 4e-7);
}
main().catch((error) => {
  console.error(error.message);
  process.exit(1);
});
JS
node finding.cjs
