#!/usr/bin/env bash
# In TensorFlow.js, the mask after Add has a dimension too many.
#
# What is surprising: Masked sequences go through LSTM layers, and through Add. After Add, the next recurrent layer
#                     fails, because the mask is [1,B,T], and only that of the first input.
#
# Library:        @tensorflow/tfjs-layers 4.22.0.
# Expected:       x + f(x) of masked sequences has their mask, as in Keras, whose API this one follows.
# What happens:   With 2 sequences of 4 steps: "Operands could not be broadcast together with shapes 2,2 and 1,4".
#                 A dense layer above works, and one sequence of one step does.
# Why it matters: Residual stacks of recurrent layers cannot have padded batches, and converted Keras models stop at
#                 their first prediction, not when they are loaded.
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
const { input, layers, model } = require('@tensorflow/tfjs-layers');

const weights = { kernelInitializer: 'ones', recurrentInitializer: 'zeros', returnSequences: true };

/** x + f(x) of masked sequences, and a layer above. */
function run(above, batch, steps) {
  const sequences = input({ shape: [null, 3] });
  const x = layers.masking({ maskValue: 0 }).apply(sequences);
  const sum = layers.add().apply([x, layers.simpleRNN({ units: 3, ...weights }).apply(x)]);
  const network = model({ inputs: sequences, outputs: above.apply(sum) });
  try {
    return network.predict(tf.ones([batch, steps, 3])).shape.join(',');
  } catch (error) {
    return error.message;
  }
}

const recurrent = () => layers.simpleRNN({ units: 2, ...weights });
const said = [
  run(layers.dense({ units: 2 }), 2, 4),
  run(recurrent(), 2, 4),
  run(recurrent(), 1, 1),
];
console.log('dense above:', said[0]);
console.log('recurrent above:', said[1]);
console.log('recurrent above, one step:', said[2]);
assert.equal(said[0], '2,4,2');
assert.match(said[1], /could not be broadcast together with shapes 2,2 and 1,4/);
assert.equal(said[2], '1,1,2');
JS
node finding.cjs
