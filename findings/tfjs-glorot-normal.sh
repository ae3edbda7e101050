#!/usr/bin/env bash
# The Glorot and He normal initializers of TensorFlow.js give weights that are 12 % too small.
#
# What is surprising: glorotNormal draws from a normal distribution truncated at two standard deviations. That
# leaves 0.880 of the requested standard deviation, and tfjs does not compensate.
#
# Library:        @tensorflow/tfjs-layers 4.22.0.
# Expected:       The standard deviation is sqrt(2 / (fanIn + fanOut)), as in Glorot's paper. Keras 3 also
#                 truncates, but first divides by 0.8796; PyTorch does not truncate.
# What happens:   0.88 of it. glorotUniform has the right one.
# Why it matters: The same name and formula give smaller weights than in Keras. A recurrent network multiplies
#                 by its matrix at every step: 0.88 to the 50th power is 0.0017.
set -euo pipefail
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
export npm_config_cache="$work/cache"
npm install --prefix "$work" --ignore-scripts --no-audit --no-fund --loglevel=error \
  @tensorflow/tfjs-core@4.22.0 @tensorflow/tfjs-backend-cpu@4.22.0 @tensorflow/tfjs-layers@4.22.0
cd "$work"

cat > finding.cjs <<'JS'
const assert = require('node:assert/strict');
const tf = require('@tensorflow/tfjs-core');
require('@tensorflow/tfjs-backend-cpu');
const { initializers } = require('@tensorflow/tfjs-layers');

const n = 400; // so 160,000 weights, and the standard deviation is known to about 0.2 %
function ratio(name, asked) {
  const weights = initializers[name]({ seed: 1 }).apply([n, n]).dataSync();
  const found = Math.sqrt(weights.reduce((sum, w) => sum + w * w, 0) / weights.length);
  const numbers = `asked ${asked.toFixed(5)}  found ${found.toFixed(5)}  ratio ${(found / asked).toFixed(3)}`;
  console.log(name.padEnd(14), numbers);
  return found / asked;
}
const near = (x, y) => Math.abs(x - y) < 0.01;
assert(near(ratio('glorotNormal', Math.sqrt(2 / (n + n))), 0.88));
assert(near(ratio('heNormal', Math.sqrt(2 / n)), 0.88));
assert(near(ratio('glorotUniform', Math.sqrt(2 / (n + n))), 1));
JS
node finding.cjs
