#!/usr/bin/env bash
# The epsilon of RMSprop in TensorFlow.js suppresses small gradients; the same epsilon in Adam does not.
#
# What is surprising: RMSprop has epsilon inside the root, g / sqrt(s + 1e-7), Adam outside: sqrt(v) + 1e-7.
# Inside, it acts like its own root, 3e-4, so gradients below 1e-3 are no longer normalized to one size.
#
# Library:        @tensorflow/tfjs-core 4.22.0, epsilon 1e-7 for both.
# Expected:       1e-7 only prevents division by 0, and a gradient of 1e-5 is far above it. So the first step
#                 of RMSprop is lr / sqrt(0.1), 3.16 lr, for any gradient.
# What happens:   For a gradient of 1e-5 it is 0.032 lr, a hundredth of that. Adam's is 0.99 lr.
# Why it matters: Gradients of a mean over many steps and rows are often that small. The same settings then
#                 train at a different speed than in PyTorch, whose RMSprop adds epsilon to the root.
set -euo pipefail
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
export npm_config_cache="$work/cache"
npm install --prefix "$work" --ignore-scripts --no-audit --no-fund --loglevel=error \
  @tensorflow/tfjs-core@4.22.0 @tensorflow/tfjs-backend-cpu@4.22.0
cd "$work"

cat > finding.cjs <<'JS'
const assert = require('node:assert/strict');
const tf = require('@tensorflow/tfjs-core');
require('@tensorflow/tfjs-backend-cpu');

const lr = 1e-3;
const epsilon = 1e-7;
/** The first step from 0, in learning rates. */
function firstStep(optimizer, gradient) {
  const weight = tf.variable(tf.scalar(0));
  optimizer.applyGradients([{ name: weight.name, tensor: tf.scalar(gradient) }]);
  return -weight.dataSync()[0] / lr;
}

const steps = new Map();
console.log('gradient   RMSprop      Adam   (first step, in learning rates)');
for (const gradient of [1, 1e-2, 1e-3, 1e-4, 1e-5, 1e-6]) {
  const rmsprop = firstStep(tf.train.rmsprop(lr, 0.9, 0, epsilon), gradient);
  const adam = firstStep(tf.train.adam(lr, 0.9, 0.999, epsilon), gradient);
  steps.set(gradient, { rmsprop, adam });
  const columns = [rmsprop, adam].map((step) => step.toFixed(5).padStart(9));
  console.log(gradient.toExponential(0).padEnd(8), ...columns);
}
const near = (x, y) => Math.abs(x - y) < 0.01 * y;
assert(near(steps.get(1).rmsprop, 1 / Math.sqrt(0.1)));
assert(near(steps.get(1e-5).rmsprop, 1e-5 / Math.sqrt(0.1e-10 + epsilon))); // 0.0316
assert(near(steps.get(1e-5).adam, 1e-5 / (1e-5 + epsilon))); // 0.99
JS
node finding.cjs
