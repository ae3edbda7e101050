/**
 * tfjs for the tests, on its plain JavaScript backend: it runs the same everywhere, in the same order.
 * Production mode turns off its advice to install another package, and its own safety checks.
 */
import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
// Registers the derivatives of the operations as well.
import { layers, sequential } from '@tensorflow/tfjs-layers';

tf.enableProdMode();

export { layers, sequential, tf };
