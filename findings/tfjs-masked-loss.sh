#!/usr/bin/env bash
# Masking in TensorFlow.js hides padding from the layers but not from the loss.
#
# What is surprising: The recurrent layer respects a Masking layer, but the loss and the metrics are means
# over all steps, including padding. The model trains on whatever labels the padding has.
#
# Library:        @tensorflow/tfjs-layers 4.22.0.
# Expected:       The mask applies to the loss too, as in Keras, whose API and documentation this one follows.
# What happens:   A model that is right at both real steps has a loss of 24.5, not 0: (0 + 0 + 49 + 49) / 4.
# Why it matters: Accuracies of padded sequences are mostly those of the padding, and with a mask the losses
#                 of tfjs and Keras cannot be compared.
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
const { layers, sequential } = require('@tensorflow/tfjs-layers');

// One unit that outputs its input. The last two of the four steps are padding, with labels of 9.
const input = tf.tensor3d([1, 2, 0, 0], [1, 4, 1]);
const labels = tf.tensor3d([1, 2, 9, 9], [1, 4, 1]);
const model = sequential();
model.add(layers.masking({ maskValue: 0, inputShape: [4, 1] }));
const weights = { kernelInitializer: 'ones', recurrentInitializer: 'zeros' };
model.add(layers.simpleRNN({ units: 1, activation: 'linear', returnSequences: true, ...weights }));
model.compile({ loss: 'meanSquaredError', optimizer: 'sgd', metrics: ['mse'] });

const outputs = Array.from(model.predict(input).dataSync());
const [loss, metric] = model.evaluate(input, labels).map((x) => x.dataSync()[0]);
console.log('outputs', outputs.join(' '), ' (at padding the last real one: the layer knows the mask)');
console.log('loss', loss, ' metric', metric, ' on the real steps alone: 0');
assert.deepEqual(outputs, [1, 2, 2, 2]);
assert.equal(loss, 24.5);
assert.equal(metric, 24.5);
JS
node finding.cjs
