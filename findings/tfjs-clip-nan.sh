#!/usr/bin/env bash
# Clipping in TensorFlow.js on WebAssembly turns NaN into an ordinary number.
#
# What is surprising: tf.clipByValue(NaN, -1, 1) is -1 on the WebAssembly backend and NaN on the plain one. A
# gradient of NaN comes out of clipping as a valid gradient of the largest size allowed.
#
# Library:        @tensorflow/tfjs-core, -backend-cpu and -backend-wasm 4.22.0, on x64.
# Expected:       NaN stays NaN on every backend, as in PyTorch's clamp and in np.clip.
# What happens:   The result is the lower bound. relu6, also a clip, gives 0, while relu gives NaN.
# Why it matters: tfjs limits exploding gradients of recurrent networks by clipping by value. A network that
#                 has diverged then shows no NaN: its weights keep moving by full steps.
set -euo pipefail
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
export npm_config_cache="$work/cache"
npm install --prefix "$work" --ignore-scripts --no-audit --no-fund --loglevel=error \
  @tensorflow/tfjs-core@4.22.0 @tensorflow/tfjs-backend-cpu@4.22.0 @tensorflow/tfjs-backend-wasm@4.22.0
cd "$work"

cat > finding.cjs <<'JS'
const assert = require('node:assert/strict');
const tf = require('@tensorflow/tfjs-core');
require('@tensorflow/tfjs-backend-cpu');
require('@tensorflow/tfjs-backend-wasm');

async function measure(backend) {
  await tf.setBackend(backend);
  await tf.ready();
  const gradient = tf.tensor1d([NaN, 7, -0.5]);
  const results = {
    'clipByValue(-1, 1)': Array.from(tf.clipByValue(gradient, -1, 1).dataSync()),
    relu6: Array.from(tf.relu6(gradient).dataSync()),
    relu: Array.from(tf.relu(gradient).dataSync()),
  };
  for (const [name, values] of Object.entries(results)) {
    console.log(backend.padEnd(5), name.padEnd(19), `[NaN, 7, -0.5] -> [${values.join(', ')}]`);
  }
  return results;
}

async function main() {
  const cpu = await measure('cpu');
  const wasm = await measure('wasm');
  assert.deepEqual(cpu['clipByValue(-1, 1)'], [NaN, 1, -0.5]);
  assert.deepEqual(wasm['clipByValue(-1, 1)'], [-1, 1, -0.5]);
  assert.deepEqual([cpu.relu6[0], wasm.relu6[0]], [NaN, 0]);
  assert.deepEqual([cpu.relu[0], wasm.relu[0]], [NaN, NaN]);
}
main().catch((error) => {
  console.error(error.message);
  process.exit(1);
});
JS
node finding.cjs
